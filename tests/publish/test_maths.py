"""Formulas are set as MathML when a page is made."""

import pytest

from cnnlib.publish.errors import PublishError
from cnnlib.publish.maths import mathml

pytest.importorskip("latex2mathml", reason="what publishes is not installed: uv sync --extra publish")


@pytest.mark.parametrize(("tex", "part"), [
    ("x^2", "<msup>"), (r"\frac{1}{2}", "<mfrac>"), (r"\sqrt{2}", "<msqrt>"), (r"\sum_{u=0}^{F-1}", "<munderover>"),
    (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", "<mtable>"), (r"\text{a side}", "<mtext>"),
    ("a < b", "<mo>&#x0003C;</mo>"), (r"\{1\}", "&#x0007B;"),
])
def test_a_formula_is_set(tex, part):
    assert part in mathml(tex, block=True)


@pytest.mark.parametrize(("tex", "signs"), [
    ("[-1, 0, 1]", 1), ("a - b", 0), ("a = -b", 1), ("(-1, -2)", 2), ("-a", 0), (r"2 \cdot -3", 1), ("f(x) - 1", 0),
])
def test_a_sign_stands_close_to_its_number(tex, signs):
    """At the beginning of a formula it does so anyway."""
    assert mathml(tex).count('form="prefix"') == signs


@pytest.mark.parametrize("tex", [r"\frac{1", "{", r"\nosuchcommand x", r"\left( x", "x^2^3"])
def test_what_cannot_be_set_is_an_error(tex):
    with pytest.raises(PublishError, match="cannot be set"):
        mathml(tex)
