"""Markdown as a row of blocks, what a slide can keep, fold, put into the notes or leave out one by one; and as HTML."""

import functools
import re
from typing import NamedTuple

from .. import maths
from ..errors import need

_ENDS = re.compile(r"(?<=[.!?])(\*{0,2})\s+(?=[A-Z*`$\[(“\"])")
_PAIRS = ("**", "$", "`")


class Block(NamedTuple):
    """One block of Markdown: `kind` is "heading", "text", "list", "table", "formula", "answer" or "other"; its source;
    of a heading, its level."""

    kind: str
    source: str
    level: int = 0

    @property
    def words(self):
        """How many words it has."""
        return len(self.source.split())

    @property
    def title(self):
        """A heading without its signs."""
        return self.source.strip("# \n")


def blocks(source):
    """The blocks of a Markdown text, in order; what stands between <details> and </details> is one of them.

    >>> [block.kind for block in blocks("# One\\n\\nTwo.\\n\\n<details><summary>3</summary>\\n\\n# 4\\n\\n</details>")]
    ['heading', 'text', 'answer']
    """
    lines, found, folded, depth = source.split("\n"), [], [], 0
    for token in _parser().parse(source):
        if token.level or not token.map:
            continue
        text = "\n".join(lines[token.map[0]:token.map[1]]).rstrip()
        if folded or (token.type == "html_block" and "<details" in text):
            depth += text.count("<details") - text.count("</details")
            folded.append(text)
            if depth <= 0:
                found.append(Block("answer", "\n\n".join(folded)))
                folded = []
        else:
            found.append(_block(token, text))
    return found + ([Block("answer", "\n\n".join([*folded, "</details>"]))] if folded else [])


def _block(token, text):
    kinds = {"bullet_list_open": "list", "ordered_list_open": "list", "table_open": "table"}
    if token.type == "heading_open":
        return Block("heading", text, int(token.tag[1]))
    if token.type == "paragraph_open":
        return Block("formula" if text.startswith("$$") and text.endswith("$$") else "text", text)
    return Block(kinds.get(token.type, "other"), text)


def sentences(text):
    """The sentences of a paragraph; an end within bold, code or a formula is none.

    >>> sentences("**One.** It is 1. **Two or two. Both.** Three is `a. B`. Four.")
    ['**One.** It is 1.', '**Two or two. Both.**', 'Three is `a. B`.', 'Four.']
    """
    found, start = [], 0
    for end in _ENDS.finditer(text):
        piece = text[start:end.end(1)]
        whole = all(piece.count(sign) % 2 == 0 for sign in _PAIRS) and piece.count("(") == piece.count(")")
        if whole and len(piece.split()) > 2:   # "**Blur.**" heads what follows
            found.append(piece.strip())
            start = end.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def shortened(text, most, least=1):
    """(what a slide says, what is left for the notes): whole sentences, so many at least, with at most `most` words."""
    said, words, every = [], 0, sentences(text)
    for sentence in every:
        words += len(sentence.split())
        if len(said) >= least and words > most:
            break
        said.append(sentence)
    return " ".join(said), " ".join(every[len(said):])


def html(source):
    """Markdown as HTML, formulas as MathML. Links to other lessons lead nowhere from a single file: their words stay.

    >>> html("*[Pixel](glossary.ipynb)*, [a page](https://example.org)")
    '<p><em>Pixel</em>, <a href="https://example.org">a page</a></p>\\n'
    """
    return _parser().render(source)


@functools.cache
def _parser():
    need("markdown_it", "mdit_py_plugins")
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(dollarmath_plugin, renderer=lambda tex, options: maths.mathml(tex, options.get("display_mode", False)))
    parser.core.ruler.push("only_far_links", _only_far_links)
    return parser


def _only_far_links(state):
    for block in state.tokens:
        open_links = []
        for token in block.children or ():
            if token.type == "link_open":
                open_links.append(str(token.attrGet("href")).startswith(("http:", "https:")))
            near = token.type in ("link_open", "link_close") and not open_links[-1]
            if token.type == "link_close":
                open_links.pop()
            if near:
                token.type, token.content, token.tag, token.nesting = "text", "", "", 0
