"""The house as its imports draw it: no circle, each room above those it uses, the kit and the trial by themselves."""

import ast
import functools
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# From the ground up: a room may import those before it, itself, and nothing else. Rooms in one row know nothing of
# each other.
STOREYS = [
    ["cnnlib.arguments"],
    ["cnnlib.shapes", "cnnlib._writing", "cnnlib._plain"],
    ["cnnlib.taps", "cnnlib.ops"],
    ["cnnlib.data", "cnnlib.nn"],
    ["cnnlib.zoo"],
    ["cnnlib.trial"],
    ["cnnlib.viz.kit"],
    ["cnnlib.viz.figures", "cnnlib.viz.slide", "cnnlib.viz.shifts", "cnnlib.viz.stack"],
    ["cnnlib.viz.kernel", "cnnlib.viz.network"],
    ["cnnlib.viz"],
    ["cnnlib.learn"],
    ["cnnlib.publish"],
    ["cnnlib"],
]
APART = [   # (who, whom): never, though it would not be upwards
    ("cnnlib.trial", "cnnlib.nn"), ("cnnlib.trial", "cnnlib.zoo"), ("cnnlib.viz.kit", "cnnlib.trial"),
    ("cnnlib.viz", "cnnlib.nn"), ("cnnlib.viz", "cnnlib.zoo"), ("cnnlib.viz", "cnnlib.data"),
]
MOST_FLOORS = 6   # of viz


def module_of(path):
    """cnnlib/viz/__init__.py -> cnnlib.viz"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted((ROOT / "cnnlib").rglob("*.py"))}


def imported(name, text=None):
    """The modules of cnnlib that a module imports, wherever in it; what a package hands on counts as where it is."""
    path = MODULES.get(name)
    package = name if path and path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(text if text is not None else path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "cnnlib"}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[:len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            if base.split(".")[0] == "cnnlib":
                found |= {whole if (whole := f"{base}.{alias.name}") in MODULES else base for alias in node.names}
    return found - {name}


@functools.cache
def imports():
    """{module: those it imports} of the whole package."""
    return {name: imported(name) for name in MODULES}


def room(name):
    """The room that a module is in: the longest name on the list that leads to it."""
    names = [each for row in STOREYS for each in row if name == each or name.startswith(f"{each}.")]
    return max(names, key=len)


def upwards(imports):
    """Imports of a room that is not below: (who, whom). Solutions are shown, so they may say `import cnnlib`."""
    height = {each: n for n, row in enumerate(STOREYS) for each in row}
    return sorted((who, whom) for who, others in imports.items() for whom in others
                  if room(who) != room(whom) and height[room(whom)] >= height[room(who)]
                  and not (whom == "cnnlib" and who.startswith("cnnlib.learn.lesson_")))


def circles(imports):
    """Groups of modules that import each other: what is left when all that nothing leads back to is taken away."""
    left = {name: set(others) for name, others in imports.items()}
    while True:
        needed = {whom for others in left.values() for whom in others}
        ends = [name for name, others in left.items() if not others & set(left) or name not in needed]
        if not ends:
            return sorted(left)
        for name in ends:
            del left[name]


def floors(imports, folder):
    """{module: floor} in a folder: a module stands above all that it imports there; 1 is the ground."""
    inside = {name: {o for o in others if o.startswith(f"{folder}.")} for name, others in imports.items()
              if name.startswith(f"{folder}.")}
    height = {}

    def floor(name):
        if name not in height:
            height[name] = 1 + max((floor(other) for other in inside[name] if other in inside), default=0)
        return height[name]

    return {name: floor(name) for name in inside}


def test_every_import_goes_down():
    assert upwards(imports()) == []


def test_no_modules_import_each_other():
    assert circles(imports()) == []


@pytest.mark.parametrize(("who", "whom"), APART)
def test_what_stays_apart(who, whom):
    assert [(a, b) for a, others in imports().items() if f"{a}.".startswith(f"{who}.")
            for b in others if f"{b}.".startswith(f"{whom}.")] == []


def test_viz_has_few_floors():
    tall = floors(imports(), "cnnlib.viz")
    assert max(tall.values()) <= MOST_FLOORS, {name: floor for name, floor in tall.items() if floor > MOST_FLOORS}


@pytest.mark.parametrize(("who", "text", "whom"), [
    ("cnnlib.viz.kit.cells", "def f():\n    from ..slide import data\n", "cnnlib.viz.slide.data"),
    ("cnnlib.trial.words", "from ..viz.kit.numbers import number", "cnnlib.viz.kit.numbers"),
    ("cnnlib.ops.conv", "import cnnlib.nn.layers", "cnnlib.nn.layers"),
    ("cnnlib.viz.shifts.data", "from cnnlib.viz.slide import scene, data", "cnnlib.viz.slide.scene"),
    ("cnnlib.viz.slide.data", "from .. import shifts", "cnnlib.viz.shifts"),
])
def test_an_arrow_upwards_is_seen(who, text, whom):
    """Also one between neighbours, and one inside of a function."""
    assert (who, whom) in upwards({who: imported(who, text)})


def test_a_circle_is_seen():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == ["a", "b", "c"]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_floors_are_counted():
    imports = {"viz.a": {"viz.b", "c"}, "viz.b": {"viz.d"}, "viz.d": set(), "c": {"d"}, "d": set()}
    assert floors(imports, "viz") == {"viz.a": 3, "viz.b": 2, "viz.d": 1}
