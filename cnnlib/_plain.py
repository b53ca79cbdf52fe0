"""Signs for readers who have few: an output that cannot say "−" or "×" gets "-" and "x" in their place.

On Windows a pipe or a file that is printed to speaks cp1252 or cp437, and `print(scene.alt())` would raise there. So
once, when cnnlib is imported, such an output learns what to do with signs it does not have. Nothing else changes: what
it has it says as before, an output that speaks Unicode is left as it is, and so is one that was told what to do.
"""

import codecs
import sys
import unicodedata

SIGNS = {
    "−": "-", "–": "-", "×": "x", "·": "*", "÷": "/", "⊙": "*", "≈": "~", "…": "...", "→": "->", "∂": "d", "√": "sqrt ",
    "∞": "inf", "²": "^2", "ᵀ": "^T", "⌊": "floor(", "⌋": ")", "★": "*", "◥": "^", "≤": "<=", "≥": ">=", "≠": "!=",
    "“": '"', "”": '"', "‘": "'", "’": "'", "✗": "x", "✓": "v", "°": " degrees",
}   # fmt: skip
NAME = "cnnlib.plain"


def _spelt(error):
    """What to say in place of what cannot be encoded: our own spelling, the letter without its accent, or "?"."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    told = ""
    for sign in error.object[error.start:error.end]:
        apart = unicodedata.normalize("NFKD", sign).replace("⁄", "/")   # ½ is 1⁄2, é is e and its accent
        told += SIGNS.get(sign) or apart.encode("ascii", "ignore").decode() or "?"
    return told, error.end


def teach(stream):
    """Let an output of few signs spell the others, if it would raise."""
    try:
        if stream.errors == "strict" and not codecs.lookup(stream.encoding).name.startswith("utf"):
            stream.reconfigure(errors=NAME)
    except (AttributeError, LookupError, TypeError, ValueError, OSError):   # none, closed, or of another kind
        pass


codecs.register_error(NAME, _spelt)
teach(sys.stdout)
