r"""Formulas as MathML, set when a page is made: no script has to run for them.

Browsers set MathML with a font that has a table of mathematical measures. Few machines have one, so one travels along:
`font()` is its file, and `style(address)` tells a page to use it.
"""

import functools
import re

from ..data import files
from .errors import PublishError, need

# A sign before a number, which stands close to it: after what opens, separates or relates.
_SIGN = re.compile(r"(<mo[^>]*>(?:\[|&#x0*(?:28|7B|2C|3B|3D|2264|2265|2248|2190|2192|B7|D7|3C|3E);)</mo>)"
                   r"<mo>(&#x0*(?:2212|2B);)</mo>", re.IGNORECASE)
_LEFT = re.compile(r">[^<]*(\\[A-Za-z]+)")   # a command that nobody read


@functools.lru_cache(4096)
def mathml(tex, block=False):
    r"""A formula in TeX, without its dollars, as the text of a `<math>` element; `block` on lines of its own.

    Raises PublishError for what cannot be read.

    >>> mathml("x^2")[:15]
    '<math xmlns="ht'
    >>> "<msup>" in mathml("x^2"), 'display="block"' in mathml("x^2", block=True)
    (True, True)
    >>> mathml(r"\frac{1")
    Traceback (most recent call last):
    cnnlib.publish.errors.PublishError: the formula \frac{1 cannot be set: its braces do not match
    """
    need("latex2mathml")
    from latex2mathml.converter import convert

    tex = tex.strip()
    braces = re.findall(r"(?<!\\)[{}]", tex)
    if braces.count("{") != braces.count("}"):
        raise PublishError(f"the formula {tex:.120} cannot be set: its braces do not match")
    try:
        text = convert(tex, display="block" if block else "inline")
    except Exception as error:   # each fault is an exception of another kind there
        raise PublishError(f"the formula {tex:.120} cannot be set: {type(error).__name__} {error}") from None
    if left := _LEFT.search(text):
        raise PublishError(f"the formula {tex:.120} cannot be set: there is no command {left[1]}")
    return _SIGN.sub(r'\1<mo form="prefix">\2</mo>', text)


def font():
    """The bytes of the font, a WOFF2 file."""
    return files.read("maths.woff2")


def style(address):
    """The style sheet of formulas, with the font at an address, which may be a `data:` address.

    >>> 'url("maths.woff2")' in style("maths.woff2")
    True
    """
    return f'''@font-face {{ font-family: "Cnnlib Maths"; src: url("{address}") format("woff2"); }}
math {{ font-family: "Cnnlib Maths", math; font-size: 1.1em; }}
math[display="block"] {{ overflow: auto hidden; padding: 4px 0; }}
'''
