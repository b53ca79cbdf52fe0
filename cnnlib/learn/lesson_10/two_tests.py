"""The two tests of section 6 in one table: kinds of maps, how alike they are in each test, and whether they pass."""

import html
from statistics import fmean

DIFFERENT, ALIKE = 0.3, 0.5
_LEFT = 'style="text-align:left"'
_HEAD = ("", f"trained and random: below {DIFFERENT}", f"two trained: above {ALIKE}")


class Verdict:
    """A table for `rows`, which maps a kind of map to a pair of lists: how alike its maps of several pairs of networks
    are, trained and random, and both trained. It passes the first test if the mean is below 0.3, the second if it is
    above 0.5. As text in a notebook the table has no numbers, which differ between machines.

    >>> Verdict({"gradient": ([0.2, 0.3], [0.2, 0.1]), "occlusion": ([0.1], [0.6])})
    gradient: passes, fails
    occlusion: passes, passes
    """

    def __init__(self, rows):
        self.means = {name: (fmean(map(float, apart)), fmean(map(float, together)))
                      for name, (apart, together) in rows.items()}

    def passes(self, name):
        """Does this kind of map pass the first test, and does it pass the second?"""
        apart, together = self.means[name]
        return apart < DIFFERENT, together > ALIKE

    def __repr__(self):
        return "\n".join(f"{name}: {', '.join(map(_word, self.passes(name)))}" for name in self.means)

    def _repr_mimebundle_(self, include=None, exclude=None):
        head = "".join(f'<th scope="col" {_LEFT}>{text}</th>' for text in _HEAD)
        body = "".join(self._line(name) for name in self.means)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return {"text/html": table, "text/plain": repr(self)}

    def _line(self, name):
        cells = "".join(f'<td {_LEFT}><data class="cnn-measured">{mean:.2f}</data> {_word(passed)}</td>'
                        for mean, passed in zip(self.means[name], self.passes(name), strict=True))
        return f"<tr><td {_LEFT}>{html.escape(name)}</td>{cells}</tr>"


def _word(passed):
    return "passes" if passed else "fails"
