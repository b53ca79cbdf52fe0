"""The two tests of section 6 in one table: kinds of maps, how alike they are in each test, and whether they pass."""

import html
from statistics import fmean

from ..measured import number, table

DIFFERENT, ALIKE = 0.3, 0.5
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
        return {"text/html": table(_HEAD, map(self._line, self.means)), "text/plain": repr(self)}

    def _line(self, name):
        return html.escape(name), *(f"{number(f'{mean:.2f}')} {_word(passed)}"
                                    for mean, passed in zip(self.means[name], self.passes(name), strict=True))


def _word(passed):
    return "passes" if passed else "fails"
