"""What a learner's own source says: is it written there, what a sentence about the code claims?

The numbers prove what an answer does, never how it is written. So a sentence that speaks of the code, such as
"`return` belongs after the loop", is told only if the source has it; otherwise it is asked.
"""

import ast
import contextlib
import functools
import inspect
import re
import textwrap

LOOPS = (ast.For, ast.While)


def parsed(function):
    """The syntax trees of a function and of those of its own module that it calls; [] where there is no source.

    >>> len(parsed(inspect.unwrap)) > 0, parsed(len)
    (True, [])
    """
    with contextlib.suppress(Exception):   # typed at a prompt, made by exec, half of a line, strange: nothing is known
        return _trees(function)
    return []


def _trees(function):
    while isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function):
        function = vars(type(function)).get("__call__", function)   # an object that can be called
    function = inspect.unwrap(function)
    trees, space = [_tree(function)], function.__globals__
    names = {node.id for node in ast.walk(trees[0]) if isinstance(node, ast.Name)}
    for other in (space.get(name) for name in sorted(names)):
        if inspect.isfunction(other) and other is not function and other.__module__ == function.__module__:
            trees.append(_tree(other))
    return trees


def _tree(function):
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _all(tree, kinds):
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


# --- what a sentence claims -------------------------------------------------------------------------------------------

def _inside(kinds):
    """Does one of these stand inside a loop?"""
    def found(tree):
        return any(isinstance(node, kinds) for loop in _all(tree, LOOPS)
                   for statement in loop.body for node in ast.walk(statement))

    return found


def _has(*kinds, test=lambda node: True):
    return lambda tree: any(map(test, _all(tree, kinds)))


def _named(*names):
    return _has(ast.Name, ast.Attribute, test=lambda node: getattr(node, "id", getattr(node, "attr", None)) in names)


def _operator(*kinds):
    return _has(ast.BinOp, ast.AugAssign, test=lambda node: isinstance(node.op, kinds))


CLAIMS = [   # what a sentence says, and what must then stand in the source
    (r"`return` belongs|You return after", _inside(ast.Return)),
    (r"`break` or `return`", _inside((ast.Return, ast.Break))),
    (r"`break` ends", _inside(ast.Break)),
    (r"`append`|You append", _named("append", "insert", "extend")),
    (r"`?range`? (already )?leaves out|`range\(\w+\)` leaves out|`range` already jumps", _named("range", "arange")),
    (r"`range` and slices", lambda tree: _named("range", "arange")(tree) or _has(ast.Slice)(tree)),
    (r"[Bb]rackets (are|is) missing|`//` comes before|brackets turns", _operator(ast.Div, ast.FloorDiv)),
    (r"Both of your slices", _has(ast.Slice)),
    (r"\bloops?\b", _has(*LOOPS, ast.comprehension)),
]


def confirmed(sentence, trees):
    """May this be told as it stands? True for a sentence that claims nothing of the code, or asks.

    >>> early = ast.parse("for i in x: return i")
    >>> confirmed("You return after the first place: `return` belongs after the loop.", [early])
    True
    >>> confirmed("You append after every product.", [early]), confirmed("You subtract.", [early])
    (False, True)
    """
    claims = [seen for pattern, seen in CLAIMS if re.search(pattern, sentence)]
    return "?" in sentence or all(any(map(seen, trees)) for seen in claims)


def worded(sentence, function):
    """A sentence as it may be told of this function: as a question, if its source does not show it."""
    return sentence if confirmed(sentence, ()) or confirmed(sentence, parsed(function)) else f"Is it this? {sentence}"
