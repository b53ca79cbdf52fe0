"""Which lines of a cell teach: those that compute, not those that draw, import or prove."""

import ast
import re

_DRAWS = re.compile(r"\bcnn\.(?:viz|learn)\b|\bfig\b|\bFigure\b|\bax(?:es)?\b|\bplt\b|\.player\(|\bdisplay\(")
_COMPUTES = re.compile(r"\bcnn\.(?!data\b|zoo\b)\w|\bdef \w|^(?:for|while) ", re.M)
_WORDS = re.compile(r"\A(?:titles|panels|curves)\s*=")   # what a picture is given to write
_NEVER = (ast.Import, ast.ImportFrom, ast.Assert)
_ARITHMETIC = (ast.Mult, ast.Pow, ast.MatMult, ast.Div, ast.Add, ast.Sub)


def teaching(source, draws):
    """The lines of a cell that teach; "" if none does. If the cell `draws`, only what computes is left: the rest
    prepares the picture.

    >>> print(teaching("import numpy as np\\ny = x ** 2   # why\\ntitles = ['y']\\nfig = cnn.viz.image_grid(y)", True))
    y = x ** 2   # why
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:   # a magic of IPython: then all of it
        return source.strip("\n")
    lines = source.split("\n")
    kept = [each for each in statements if _teaches(each, ast.get_source_segment(source, each), draws)]
    return "\n".join("\n".join(_lines(lines, statement)) for statement in kept)


def _teaches(statement, text, draws):
    if isinstance(statement, _NEVER) or _DRAWS.search(text) or _worded(statement) or (draws and _WORDS.match(text)):
        return False
    return not draws or (bool(_COMPUTES.search(text)) and not _fills(statement)) or _calculates(statement)


def _fills(statement):
    """Whether it is a loop that collects what is drawn: it appends, or puts titles together."""
    return isinstance(statement, (ast.For, ast.While)) and any(
        isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Attribute) and node.attr == "append")
        for node in ast.walk(statement))


def _calculates(statement):
    """Whether it assigns what it calculates from names: `x ** 2`, not `2 * 3`, not `x[2 * n:]`, and not to a part of
    what is there."""
    return isinstance(statement, ast.Assign) and isinstance(statement.targets[0], (ast.Name, ast.Tuple)) and any(
        isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC)
        and any(isinstance(each, ast.Name) for each in ast.walk(node)) for node in _values(statement.value))


def _values(node):
    """The parts of an expression, without the places in brackets behind a name."""
    yield node
    for each in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.Subscript) and each is node.slice):
            yield from _values(each)


def _worded(statement):
    """Whether it prints a sentence: that stands below as it came out."""
    call = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr) and isinstance(call, ast.Call) and getattr(call.func, "id", "") == "print" \
        and any(isinstance(each, ast.JoinedStr) or isinstance(getattr(each, "value", 0), str) for each in call.args)


def _lines(lines, statement):
    first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
    return lines[first - 1:statement.end_lineno]
