"""A rule of the house style: nothing that a notebook shows or asserts comes from a clock.

What a clock says differs from machine to machine, and with what else the machine does. A cell may measure, and its text
may ask the reader to print what was measured; stored, and compared by nbval, it would turn red on a busy day.
"""

import ast
import re

from .proofs import statements

CLOCKS = {"time", "timeit", "datetime"}   # modules


def no_clock(nb, folder):
    """No output and no assertion comes from a clock."""
    found, measured = [], set()
    for i, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            magics = re.findall(r"^\s*(%+time\w*)", cell.source, re.M)
            found += [f"cell {i} shows what {magic} measures" for magic in magics]
            found += [f"cell {i} depends on a clock: {ast.unparse(each)}"
                      for each in depend(statements(cell), measured)]
    return found


def depend(statements, measured):
    """Those that show or judge what was measured. Names that hold such a thing are added to `measured`."""
    found = []
    for each in statements:
        match each:
            case ast.ImportFrom(module=module, names=names) if module in CLOCKS:
                measured.update(name.asname or name.name for name in names)
            case ast.Import(names=names):
                measured.update(name.asname or name.name for name in names if name.name in CLOCKS)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                (measured.update if uses(each, measured, ast.Load) else measured.difference_update)(written(each))
            case ast.FunctionDef(name=name, body=body):
                measured.update({name} if uses(each, measured) else ())
                found += depend(body, set(measured))
            case ast.For(target=target, iter=values):
                measured.update(written(target) if uses(values, measured) else ())
                found += depend(each.body + each.orelse, measured)
            case ast.With(body=body):
                found += depend(body, measured)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend"))):
                measured.update({name} if uses(each, measured) else ())
            case ast.Return() | ast.Expr(value=ast.Call(func=ast.Attribute(attr="sleep"))):
                pass
            case _:
                found += [each] if uses(each, measured) else []
    return found


def uses(node, measured, context=ast.expr_context):
    """Does one of these names stand in a piece of code?"""
    return any(isinstance(n, ast.Name) and n.id in measured and isinstance(n.ctx, context) for n in ast.walk(node))


def written(node):
    """The names that a piece of code writes."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
