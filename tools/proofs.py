"""Two rules of the house style: what a cell shows teaches, and what proves it lies folded below.

A cell of proof begins with the line `# Proof of the numbers above`, which JupyterLab shows in place of the folded cell.
It asserts what the cells above have shown and hands nothing on, so a reader may leave it folded and never run it.
"""

import ast
import re

FIRST_LINE = "# Proof of the numbers above"
METADATA = {"jupyter": {"source_hidden": True}, "tags": ["proof"]}
LONGEST_CLAUSE = 100   # characters that a cell may add to what a figure says of itself


def is_proof(cell):
    """Is this a cell of proof, or meant to be one?"""
    return (cell.cell_type == "code"
            and (cell.source.startswith(FIRST_LINE) or "proof" in cell.metadata.get("tags", [])))


def statements(cell):
    """The statements of a code cell; lines that begin with % or ! are left out."""
    return ast.parse(re.sub(r"^[%!].*$", "pass", cell.source, flags=re.M)).body


def proved(nb, folder):
    """Asserts stand in cells of proof only: folded, tagged, below what they prove; they print and hand on nothing."""
    found, handed = [], set()
    for i, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        body = statements(cell)
        asserts = any(isinstance(node, ast.Assert) for part in body for node in ast.walk(part))
        for name in sorted(handed & _taken(body)):
            found.append(f"cell {i} takes {name} from a cell of proof")
        if not is_proof(cell):
            found += [f"cell {i} asserts, and is no cell of proof"] if asserts else []
            handed -= _given(body)
            continue
        handed |= _given(body)
        found += [f"cell {i}, of proof, {fault}" for fault in _faults(nb, i, asserts)]
    return found


def _faults(nb, i, asserts):
    """What is wrong with a cell of proof by itself and in its place."""
    cell, before = nb.cells[i], nb.cells[i - 1] if i else None
    return [fault for fault, is_there in {
        f"does not begin with {FIRST_LINE!r}": cell.source.partition("\n")[0] != FIRST_LINE,
        f"has the metadata {dict(cell.metadata)}, expected {METADATA}": dict(cell.metadata) != METADATA,
        "asserts nothing": not asserts,
        "has an output": bool(cell.outputs),
        "has nothing above it to prove": before is None or is_proof(before),
    }.items() if is_there]


def _given(body):
    """The names that statements write for those below; those inside functions and comprehensions stay there."""
    names, inner = set(), (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, inner):
            waiting += ast.iter_child_nodes(node)
    return names


def _taken(body):
    """The names that statements read before they have written them."""
    taken, given = set(), set()
    for part in body:
        read = {node.id for node in ast.walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        read |= {node.target.id for node in ast.walk(part)
                 if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)}
        loop = isinstance(part, (ast.For, ast.While, ast.With, ast.If, ast.FunctionDef))
        taken |= read - given - (_given([part]) if loop else set())
        given |= _given([part])
    return taken


def short_alt(nb, folder):
    """Figures say themselves what they show; a cell adds one short clause at most, written where it is shown."""
    found = []
    for i, cell in enumerate(nb.cells):
        for node in (n for part in statements(cell) for n in ast.walk(part)) if cell.cell_type == "code" else ():
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "show":
                words = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "alt")]
                found += [f"cell {i}: {fault}" for word in words if (fault := _long(word))]
    return found


def _long(word):
    """What is wrong with a piece of alternative text in a cell, if anything."""
    if not isinstance(word, (ast.Constant, ast.JoinedStr)):
        return f"the words of its figure are made elsewhere: {ast.unparse(word)[:60]}"
    size = len(ast.unparse(word)) - len("''")
    return f"{size} characters of alternative text, expected at most {LONGEST_CLAUSE}" if size > LONGEST_CLAUSE else ""
