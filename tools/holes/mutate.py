"""Small changes of a function's text, one at a time: a sign, a bound, a name, a term, a line; one too many, one lost.

What is no mistake here is not tried: single precision, which is forgiven; defaults, since a case gives every argument.
"""

import ast
import collections
import contextlib
import copy
import inspect
import re
import textwrap
import warnings
from typing import NamedTuple

OPERATORS = {
    ast.Add: [ast.Sub, ast.Mult], ast.Sub: [ast.Add], ast.Mult: [ast.Add, ast.Div], ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Div, ast.Mult], ast.Mod: [ast.FloorDiv], ast.Pow: [ast.Mult], ast.MatMult: [ast.Mult],
    ast.BitAnd: [ast.BitOr], ast.Lt: [ast.LtE, ast.Gt], ast.LtE: [ast.Lt], ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt], ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot], ast.And: [ast.Or],
    ast.Or: [ast.And]
}
WORDS = {
    "max": ["min", "sum", "mean"], "min": ["max"], "sum": ["mean", "max", "prod"], "mean": ["sum", "max"],
    "std": ["var", "mean", "max"], "zeros": ["ones"], "ones": ["zeros"], "prod": ["sum"], "sqrt": ["abs"],
    "floor": ["ceil"], "ceil": ["floor"], "maximum": ["minimum"], "correlate": ["convolve"], "convolve": ["correlate"],
    "correlate1d": ["convolve1d"], "append": ["extend"], "transpose": ["reshape"], "reshape": ["transpose"],
    "nanmean": ["mean"],
}
MADE = {"zeros": 1, "array": 1, "asarray": 1, "full": 2, "astype": 0}     # arrays, and how many arguments are no dtype
HALF = 22      # characters that are kept of either end of a long line
OF_SHAPES = ("sorted({})", "sum({})", "np.prod({})", "len({})", "{}[0]", "{}[-1]", "{}[1:]", "{}[:-1]")   # compared
IN_ITSELF = re.compile(r"\b(\w+)\.append\(\1\)")   # NumPy goes round in such a list for seconds
STRINGS = {"valid": ["full", "same"], "edge": ["wrap"]}


class Mutant(NamedTuple):
    """A changed function, and the line that changed, before and after."""

    change: str
    function: callable


def mutants(way, every=1):
    """All `Mutant`s of a function of a module, written with `def`; or one in so many. What reads alike is numbered.

    >>> def plus(a, b):
    ...     return a + b
    >>> [mutant.change for mutant in mutants(plus)][:4]
    ['return a + b -> return a', 'return a + b -> return b', 'a + b -> b + b', 'a + b -> a - b']
    """
    way = inspect.unwrap(way)
    tree = ast.parse(textwrap.dedent(inspect.getsource(way)))
    alike = collections.Counter()
    for number, change in enumerate(_changes(tree)):
        alike[change] += 1
        if number % every == 0 and not IN_ITSELF.search(change):
            text = f"{change} ({alike[change]})" if alike[change] > 1 else change
            with contextlib.suppress(SyntaxError):   # a starred name alone
                yield Mutant(text, _made(tree, way))


def _made(tree, way):
    """The function that the text makes: it calls itself where it did so before, all else is what it was."""
    space = dict(way.__globals__)
    with warnings.catch_warnings(action="ignore"):   # such code is not what one would write
        exec(compile(tree, f"<{way.__name__}, changed>", "exec"), space)
    return space[way.__name__]


def _changes(tree):
    """Change the tree in place in one way after the other; each is undone before the next. Yields what it becomes."""
    (function,) = tree.body
    bound = {part.arg if isinstance(part, ast.arg) else part.id for part in ast.walk(function)
             if isinstance(part, ast.arg) or (isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store))}
    names = sorted(bound - {"_"})
    for around, holder, key in _places(function):
        old = holder[key]
        seen = {ast.dump(old)}
        for new in _instead(old, names):
            if (text := ast.dump(new)) in seen:
                continue
            seen.add(text)
            outside = not isinstance(old, ast.stmt)
            before = _short(around if outside else old)
            holder[key] = ast.fix_missing_locations(ast.copy_location(new, old))
            yield f"{before} -> {_short(around if outside else new)}"
            holder[key] = old


class _Fields:
    """The fields of a node, to be read and written like places of a list."""

    def __init__(self, node):
        self.node = node

    def __getitem__(self, name):
        return getattr(self.node, name)

    def __setitem__(self, name, value):
        setattr(self.node, name, value)


def _places(node):
    """(node, holder, key) of every place below a node that holds a part of the code, except the head of a `def`."""
    for name, value in ast.iter_fields(node):
        if name in ("args", "decorator_list") and isinstance(node, (ast.FunctionDef, ast.Lambda)):
            continue
        holder, keys = (value, range(len(value))) if isinstance(value, list) else (_Fields(node), [name])
        for key in keys:
            if isinstance(holder[key], ast.AST) and getattr(holder[key], "arg", None) != "strict":
                yield node, holder, key
                yield from _places(holder[key])


def _short(node):
    """A node as one short line; of a loop or a condition its head."""
    text = ast.unparse(node).split("\n")[0]
    return text if len(text) <= 2 * HALF else f"{text[:HALF]}…{text[-HALF:]}"


# --- what may stand there instead -------------------------------------------------------------------------------------

def _instead(node, names):
    """Nodes to put in the place of this one."""
    for kind in type(node).__mro__:
        if kind in RULES:
            yield from RULES[kind](node, names)


def _but(node, **fields):
    """The same node with some fields changed."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _more(node, by):
    """The number, `by` more or less."""
    return ast.BinOp(node, ast.Add() if by > 0 else ast.Sub(), ast.Constant(abs(by)))


def _exchanged(parts):
    """The list with two neighbours exchanged, in all ways."""
    for i in range(len(parts) - 1):
        yield [*parts[:i], parts[i + 1], parts[i], *parts[i + 2:]]


def _one_less(parts):
    """The list without one of its parts, in all ways that leave any."""
    for i in range(len(parts) if len(parts) > 1 else 0):
        yield parts[:i] + parts[i + 1:]


def _operator(node, names):
    for other in OPERATORS.get(type(node), ()):
        yield other()


def _binary(node, names):
    yield from (node.left, node.right)
    if isinstance(node.op, ast.Div):
        yield ast.Call(ast.Name("int", ast.Load()), [node], [])


def _boolean(node, names):
    yield from node.values


def _compare(node, names):
    for i, op in enumerate(node.ops):
        for other in OPERATORS.get(type(op), ()):
            yield _but(node, ops=[*node.ops[:i], other(), *node.ops[i + 1:]])
    if len(node.ops) > 1:
        yield _but(node, ops=node.ops[1:], left=node.comparators[0], comparators=node.comparators[1:])
        yield _but(node, ops=node.ops[:-1], comparators=node.comparators[:-1])
    elif all("shape" in (getattr(side, "attr", None), getattr(getattr(side, "func", None), "attr", None))
             for side in (node.left, *node.comparators)):
        for way in OF_SHAPES:
            left, right = (ast.parse(way.format(ast.unparse(side)), mode="eval").body
                           for side in (node.left, *node.comparators))
            yield _but(node, left=left, comparators=[right])


def _unary(node, names):
    yield node.operand


def _constant(node, names):
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, str):
        yield from map(ast.Constant, STRINGS.get(value, ()))


def _name(node, names):
    if isinstance(node.ctx, ast.Load):
        others = names if node.id in names else WORDS.get(node.id, ())
        yield from (ast.Name(other, ast.Load()) for other in others if other != node.id)


def _attribute(node, names):
    yield from (_but(node, attr=other) for other in WORDS.get(node.attr, ()))


def _call(node, names):
    args, keywords = node.args, [k for k in node.keywords if k.arg != "strict"]
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        stop = min(len(args) - 1, 1)
        for by in (-1, 1):
            yield _but(node, args=[*args[:stop], _more(args[stop], by), *args[stop + 1:]])
        yield _but(node, args=[ast.Constant(1), *args] if len(args) == 1 else [_more(args[0], 1), *args[1:]])
    for fewer in [*_one_less(args), *_exchanged(args)]:
        yield _but(node, args=fewer)
    for keyword in keywords:     # `strict` only says what is true
        yield _but(node, keywords=[k for k in node.keywords if k is not keyword])
    if (made := MADE.get(getattr(node.func, "attr", None))) is not None:
        yield _but(node, args=args[:made], keywords=[ast.keyword("dtype", ast.Name("int", ast.Load()))])
    if isinstance(node.func, ast.Attribute) and not (isinstance(node.func.value, ast.Name)
                                                     and node.func.value.id in ("np", "math", "cnn", "nn")):
        yield node.func.value        # the method is not called
    elif len(args) == 1:
        yield args[0]                # the function is not called


def _if_else(node, names):
    yield from (node.body, node.orelse)


def _condition(node, names):
    yield _but(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If):
        yield from (_but(node, test=ast.Constant(value)) for value in (True, False))


def _subscript(node, names):
    if isinstance(node.ctx, ast.Load):
        yield node.value
    if not isinstance(node.slice, (ast.Slice, ast.Tuple, ast.Constant)):
        yield from (_but(node, slice=_more(node.slice, by)) for by in (-1, 1))


def _slice(node, names):
    for name in ("lower", "upper", "step"):
        bound = getattr(node, name)
        if bound is not None:
            yield _but(node, **{name: None})
            if name != "step" and not isinstance(bound, ast.Constant):
                yield from (_but(node, **{name: _more(bound, by)}) for by in (-1, 1))


def _row(node, names):
    if isinstance(node.ctx, ast.Load):
        for parts in [*_one_less(node.elts), *_exchanged(node.elts)]:
            yield _but(node, elts=parts)


def _comprehension(node, names):
    for i in range(len(node.ifs)):
        yield _but(node, ifs=node.ifs[:i] + node.ifs[i + 1:])


def _statement(node, names):
    if not isinstance(node, (ast.FunctionDef, ast.Return, ast.Pass)):
        yield ast.Pass()


def _added_to(node, names):
    yield ast.Assign([node.target], node.value, lineno=0)


def _loop(node, names):
    """What comes behind a loop is not known here: a `return` that stands inside is tried as one that gives what the
    loop has filled."""
    filled = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in ("y", "total", "counts", "M", "rows")]
    for name in dict.fromkeys(filled):
        yield _but(node, body=[*node.body, ast.Return(ast.Name(name, ast.Load()))])


RULES = {
    ast.operator: _operator, ast.boolop: _operator, ast.BinOp: _binary, ast.BoolOp: _boolean, ast.Compare: _compare,
    ast.UnaryOp: _unary, ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.Call: _call,
    ast.IfExp: lambda node, names: [*_if_else(node, names), *_condition(node, names)], ast.If: _condition,
    ast.While: _condition, ast.Subscript: _subscript, ast.Slice: _slice, ast.Tuple: _row, ast.List: _row,
    ast.comprehension: _comprehension, ast.stmt: _statement, ast.AugAssign: _added_to, ast.For: _loop,
}
