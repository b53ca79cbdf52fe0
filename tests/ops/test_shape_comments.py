"""The shapes at the end of lines in cnnlib/ops are true: read there, and compared while the operations run.

`y = x @ w.T   # (N, in) @ (in, out)` says the shapes of both factors, any other line the shape of what it makes. The
letters have the sizes that a case gives them here, no two of them equal, or that the code's own integers have (q, Gp);
others stand for one size within one call. So they do in layout.py and tall.py, which serve arrays of any kind.
"""

import ast
import io
import itertools
import re
import sys
import tokenize
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.ops import conv, loss, parallel, pool

FOLDER = Path(conv.__file__).parent
FILES = sorted(set(FOLDER.glob("*.py")) - {FOLDER / "check.py"})   # which looks at arrays and makes none
ANY_KIND = {"layout.py", "tall.py"}
SHAPE = r"\([^()]*,[^()]*\)"


# --- what the lines say -----------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A statement, the lines of its head, and what the comment behind it says: its shapes, None where a word stands."""

    node: ast.stmt
    head: range
    shapes: list
    product: bool


def lines(source):
    """Every statement in the functions of a module."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    nodes = {node.lineno: node for function in functions for node in ast.walk(function) if isinstance(node, ast.stmt)}
    for node in nodes.values():
        end = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno
        text = re.split("[;:]", comments.get(end, "#"))[0].removeprefix("# ")
        items = re.findall(rf"{SHAPE}|[^,@()]+", text) if re.match(rf"(\w+, )?{SHAPE}", text) else []
        items = [item for item in map(str.strip, items) if item]
        yield Line(node, range(node.lineno, end + 1), [i if i[0] == "(" else None for i in items], "@" in text)


LINES = {path: list(lines(path.read_text(encoding="utf-8"))) for path in FILES}
SAID = {(path.name, line.head[-1]) for path in FILES for line in LINES[path] if line.shapes}


def moves(node):
    """Whether a line brings an array into another shape without that its own words say which."""
    if hasattr(node, "body"):   # its head alone
        return any(moves(part) for name, part in ast.iter_fields(node) if name in ("iter", "test"))
    for part in ast.walk(node):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
            return True
        if isinstance(part, ast.Subscript) and any(
                isinstance(index, ast.Constant) and index.value is None for index in ast.walk(part.slice)):
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("transpose", "swapaxes", "T", "matmul", "vecdot"):
            return True
        if isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "reshape":
            words = [word for size in part.args for word in ast.walk(size)]
            if any(isinstance(word, (ast.UnaryOp, ast.Starred, ast.Attribute, ast.Call)) for word in words):
                return True
    return False


# --- what is so -------------------------------------------------------------------------------------------------------


def match(shape, found, letters, own):
    """The letters, with those that were new, if `shape` ("(K, C·F)") is true of the sizes found; else None."""
    letters, sizes = dict(letters), [size.strip() for size in shape.strip("()").split(",") if size.strip()]
    if sizes[-1] == "...":   # whatever follows
        sizes, found = sizes[:-1], found[:len(sizes) - 1]
    if len(sizes) != len(found):
        return None
    for size, n in zip(sizes, found, strict=True):
        known = letters | own
        new = {name for name in re.findall(r"[A-Za-z]\w*", size) if name not in known}
        rest = re.sub(r"[A-Za-z]\w*", lambda name, known=known: str(known.get(name[0], 1)), size.replace("·", "*"))
        value = eval(rest)
        if new and n % value == 0 and len(new) == 1 and re.fullmatch(r"[\w·]+", size):
            letters[new.pop()] = n // value
        elif new or value != n:
            return None
    return letters


class Watch:
    """Follows a call through cnnlib/ops: `seen` are the lines whose shapes were compared, `wrong` what was not so."""

    def __init__(self, *worlds):
        self.worlds, self.seen, self.wrong = worlds, set(), []
        self.lines = {str(path): {n: line for line in LINES[path] for n in line.head} for path in FILES}

    def __call__(self, frame, event, arg):
        """Of a frame that begins: what follows it line by line."""
        if frame.f_code.co_filename not in self.lines or frame.f_code.co_name.startswith("<"):
            return None
        name = Path(frame.f_code.co_filename).name
        at, worlds, before = self.lines[frame.f_code.co_filename], [{}] if name in ANY_KIND else self.worlds, None

        def follow(frame, event, arg):
            nonlocal before, worlds
            now = at.get(frame.f_lineno) if event == "line" else None
            if event in ("line", "return") and before and before.shapes and now is not before:
                worlds = self.compare(name, before, frame, arg, worlds)
            before = now if event == "line" else before
            return follow

        return follow

    def compare(self, name, line, frame, made, worlds):
        """The worlds in which the line is true; all of them, and a note, if it is true in none."""
        space = frame.f_globals | frame.f_locals
        own = {key: int(n) for key, n in space.items() if isinstance(n, (int, np.integer)) and not isinstance(n, bool)}
        own |= {"G": own["groups"]} if "groups" in own else {}
        own |= {"r": space["rows"][1] - space["rows"][0]} if isinstance(space.get("rows"), tuple) else {}
        self.seen.add((name, line.head[-1]))
        for shape, array in zip(line.shapes, arrays(line, space, made), strict=False):
            if shape:
                there = [match(shape, np.shape(array), world, own) for world in worlds]
                there = [letters for letters in there if letters is not None]
                if not there:
                    self.wrong.append(f"{name}:{line.head[-1]} says {shape}, found {np.shape(array)}")
                worlds = there or worlds
        return worlds


def arrays(line, space, made):
    """What a line made, as many arrays as its shapes; `made` is what its function gave back, if that was the line."""
    node, run = line.node, lambda part: eval(ast.unparse(part), space)
    if line.product:
        for part in ast.walk(node):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
                return run(part.left), run(part.right)
            if isinstance(part, ast.Call) and ast.unparse(part.func) == "np.matmul":
                return run(part.args[0]), run(part.args[1])
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if isinstance(target, ast.Tuple):
        return [space[name.id] if isinstance(name, ast.Name) else None for name in target.elts]
    if isinstance(node, ast.Return):
        result = made
    elif isinstance(target, ast.Name) and not isinstance(node, ast.AugAssign):
        result = space[target.id]
    else:
        result = run(node.value)
    return result if len(line.shapes) > 1 else [result]


# --- the cases --------------------------------------------------------------------------------------------------------


def sizes(N, C, H, W, K, Fh, Fw, G=1, s=(1, 1), p=1):
    """All letters of a convolution; of those above 1 no two are equal."""
    Hp, Wp = H + 2 * p, W + 2 * p
    letters = {"N": N, "C": C, "H": H, "W": W, "K": K, "Fh": Fh, "Fw": Fw, "G": G, "Hp": Hp, "Wp": Wp,
               "h": (Hp - Fh) // s[0] + 1, "w": (Wp - Fw) // s[1] + 1}
    differ = [n for name, n in letters.items() if n > 1 and (p or name not in ("Hp", "Wp"))]
    differ += [n // G for n in (C, K) if G > 1]
    assert len(set(differ)) == len(differ), letters
    return letters


def taller(letters, q):
    """The same layer with fewer filters that come q times (tall.py)."""
    return letters | {"K": letters["K"] * q, "Fh": letters["Fh"] + q - 1, "h": letters["h"] // q}


def swapped(letters, pads=(1, 1)):
    """The convolution that leads back, with these paddings: of a transposed one, or of a gradient."""
    other = {"C": "K", "K": "C", "H": "h", "W": "w", "h": "H", "w": "W"}
    turned = {name: letters[other.get(name, name)] for name in letters}
    return turned | {"Hp": letters["h"] + 2 * pads[0], "Wp": letters["w"] + 2 * pads[1]}


def signal(**letters):
    """The letters of an operation on signals, and what they are as images of width 1."""
    image = {"H": "L", "Hp": "Lp", "Fh": "F", "h": "l"}
    return letters | {name: letters[one] for name, one in image.items() if one in letters} | {"W": 1, "Wp": 1, "Fw": 1,
                                                                                              "w": 1}


def ones(letters, *shapes):
    """Arrays of ones: "N C H W" as an array (N, C, H, W)."""
    return [np.ones([letters[name] for name in shape.split()]) for shape in shapes]


def there_and_back(forward, backward, arrays, **options):
    y = forward(*arrays, **options)
    backward(np.ones(y.shape), *arrays[:2], **options)


def convolutions():
    for letters, worlds, options in (
        (GROUPS, [GROUPS], {"stride": (2, 3), "groups": 3}), (THIN, [THIN], {"stride": 2, "groups": 6}),
        (TALL, [TALL, taller(TALL, 3)], {}), (TURNED, [TURNED, swapped(TURNED, (2, 3))], {"groups": 2}),
    ):
        x, w, b = ones(letters, "N C H W", "K C Fh Fw", "K")
        w = w[:, :letters["C"] // letters["G"]]
        yield worlds, lambda x=x, w=w, b=b, options=options: there_and_back(
            cnn.conv2d, cnn.conv2d_backward, (x, w, b), padding=1, **options)
    x, w, b = ones(WAVES, "N C L", "K C F", "K")
    yield [WAVES], lambda: there_and_back(cnn.conv1d, cnn.conv1d_backward, (x, w, b), stride=2, padding=1)


GROUPS = sizes(N=2, C=12, H=21, W=32, K=15, Fh=6, Fw=7, G=3, s=(2, 3))
THIN = sizes(N=4, C=18, H=20, W=30, K=12, Fh=5, Fw=7, G=6, s=(2, 2))
TALL = sizes(N=2, C=6, H=14, W=21, K=10, Fh=5, Fw=9)
TURNED = sizes(N=7, C=36, H=14, W=19, K=6, Fh=4, Fw=5, G=2)
WAVES = signal(N=2, C=3, K=4, G=1, L=20, F=5, Lp=22, l=9)
POOLED = sizes(N=2, C=7, H=20, W=28, K=1, Fh=4, Fw=3, s=(2, 2))
IMAGE = sizes(N=1, C=1, H=7, W=70, K=1, Fh=4, Fw=12)
SMALL = sizes(N=1, C=1, H=11, W=13, K=1, Fh=2, Fw=3, s=(2, 2), p=0)
BIGGER = {"N": 2, "C": 4, "H": 5, "W": 6, "K": 3, "G": 1, "Fh": 8, "Fw": 9, "h": 14, "w": 17}
LINES_1D = {"H": 1, "W": 30, "Fh": 1, "Fw": 5, "h": 1, "w": 26, "Hp": 1, "Wp": 30}
DENSE = {"N": 3, "in": 5, "out": 4, "classes": 7}


def others():
    x, gamma = ones(POOLED, "N C H W", "C")
    windows = {"kernel_size": (4, 3), "stride": 2, "padding": 1}
    yield [POOLED], lambda: cnn.max_pool2d_backward(cnn.max_pool2d(x, **windows), x, **windows)
    for pads in (True, False):
        yield [POOLED], lambda pads=pads: cnn.avg_pool2d_backward(
            cnn.avg_pool2d(x, **windows, count_include_pad=pads), x, **windows, count_include_pad=pads)
    for function in (cnn.max_pool1d, cnn.avg_pool1d):
        yield [signal(N=2, C=3, L=20, F=5, Lp=20, l=4)], lambda function=function: function(np.ones((2, 3, 20)), 5)
    yield [POOLED], lambda: (cnn.global_max_pool2d(x), cnn.global_avg_pool2d_backward(cnn.global_avg_pool2d(x), x))
    yield [POOLED], lambda: (cnn.batch_norm2d(x, gamma, gamma), cnn.batch_norm2d_backward(x, x, gamma))
    big, w, b = ones(BIGGER, "N C H W", "C K Fh Fw", "K")
    yield [BIGGER, swapped(BIGGER)], lambda: there_and_back(
        cnn.conv_transpose2d, cnn.conv_transpose2d_backward, (big, w, b), stride=2, padding=1)
    image, kernel = ones(IMAGE, "H W", "Fh Fw")
    yield [IMAGE], lambda: cnn.correlate2d(image, kernel, padding=1)
    yield [IMAGE], lambda: cnn.correlate2d(image * np.inf, kernel, padding=1)
    yield [LINES_1D], lambda: cnn.correlate1d(np.ones(30), np.ones(5))
    long = LINES_1D | {"Fw": 12, "w": 19}   # a filter that gets a band, as a column
    yield [long, long | {"Fh": 12, "Fw": 1}], lambda: cnn.correlate1d(np.ones(30), np.ones(12))
    yield [SMALL, SMALL | {"N": 143}], lambda: cnn.as_matrix(*ones(SMALL, "Fh Fw"), (11, 13), stride=2)
    x1, w1, b1 = ones(DENSE, "N in", "out in", "out")
    yield [DENSE], lambda: there_and_back(cnn.linear, cnn.linear_backward, (x1, w1, b1))
    yield [DENSE], lambda: loss.loss_and_gradient(np.ones((3, 7)), [0, 6, 2])
    yield [DENSE], lambda: loss.loss_and_gradient(np.ones((3, 7, 2, 5)), np.full((3, 2, 5), 6))


def watched(worlds, call):
    """A `Watch` of one call, all of it in this thread."""
    watch, before = Watch(*worlds), sys.gettrace()
    sys.settrace(watch)
    try:
        call()
    finally:
        sys.settrace(before)
    return watch


@pytest.fixture
def one_thread(monkeypatch):
    monkeypatch.setattr(parallel, "cores", lambda: 1)


def test_every_shape_is_what_the_line_says(one_thread, monkeypatch):
    """In one block and in several, with the work in one part and cut by channels or groups; and none is left out."""
    seen = set()
    for block, short, large in ((conv.BLOCK_BYTES, conv.SHORT_SUMS, pool.LARGE), (200_000, 0, 1000)):
        monkeypatch.setattr(conv, "BLOCK_BYTES", block)
        monkeypatch.setattr(conv, "SHORT_SUMS", short)
        monkeypatch.setattr(pool, "LARGE", large)
        for worlds, call in itertools.chain(convolutions(), others()):
            watch = watched(worlds, call)
            assert watch.wrong == []
            seen |= watch.seen
    assert sorted(SAID - seen) == []


def test_every_line_that_changes_a_shape_says_it():
    silent = [f"{path.name}:{line.head[-1]}" for path in FILES for line in LINES[path]
              if not line.shapes and not isinstance(line.node, ast.FunctionDef) and moves(line.node)]
    assert silent == []


@pytest.mark.parametrize("path", [path for path in FILES if any(line.shapes for line in LINES[path])],
                         ids=lambda path: path.name)
def test_letters_are_explained_at_the_top_of_a_file(path):
    words = set(re.findall(r"\w+", ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))))
    shapes = " ".join(shape for line in LINES[path] for shape in line.shapes if shape)
    assert set(re.findall(r"[A-Za-z]\w*", shapes)) - words == set()


@pytest.mark.parametrize(("right", "wrong"), [
    ("(C, r, w, N)", "(C, w, r, N)"), ("# (K,)", "# (C,)"), ("(G, K/G, h·w·N), (G", "(K/G, G, h·w·N), (G"),
    ("@ (G, r·w·N, K/G)", "@ (G, K/G, r·w·N)"), ("tap, (N, C, r, w)", "tap, (C, N, r, w)"),
    ("# (N, K, h, w), cache", "# (N, K, w, h), cache"), ("(N, Gp, Cp, r, w)", "(Gp, N, Cp, r, w)"),
])
def test_a_wrong_comment_is_noticed(right, wrong, one_thread, monkeypatch):
    """For each kind of line: what is written into, factors, results, loops."""
    monkeypatch.setattr(conv, "SHORT_SUMS", 0)   # by the longer way
    path = FOLDER / "conv.py"
    text = path.read_text(encoding="utf-8")
    assert right in text
    monkeypatch.setitem(LINES, path, list(lines(text.replace(right, wrong))))
    assert any(watched(worlds, call).wrong for worlds, call in convolutions())
