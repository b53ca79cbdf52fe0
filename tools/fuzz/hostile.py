"""Values that no one should pass and someone will. Each is the text of an expression, so that a call can be repeated.

The names that they use are those of `NAMES`: NumPy, cnnlib, and the few objects made here.
"""

import decimal
import fractions
import pathlib

import numpy as np

import cnnlib as cnn


class Long:
    """An object whose repr would fill a page."""

    def __repr__(self):
        return "Long(" + "x" * 60_000 + ")"


class Sub(np.ndarray):
    """An array of another class."""


class Like:
    """Something that NumPy takes for an array."""

    def __array__(self, dtype=None, copy=None):
        return np.ones((3, 3), dtype or float)


class Broken:
    """Something that says it is an array and is not."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array after all")


def ran(layer, x):
    """A layer that has run forward, so that it can go backward."""
    layer(x)
    return layer


def listed(array):
    """An array as lists that end in its rows, which stay arrays: what lists of examples look like."""
    return [listed(part) for part in array] if array.ndim > 1 else array


def masked(array):
    """The array with its first number masked."""
    mask = np.zeros(array.shape, bool)
    mask.flat[:1] = True
    return np.ma.masked_array(array, mask)


NAMES = {name: value for name, value in globals().items() if not name.startswith("__")}

def _each(lines):
    return lines.split()


NUMBERS = _each("""
None True False 0 1 -1 2 3 7 50 1000 10**4 10**6 10**9 2**31 2**63 2**64 10**400 -10**400 10**5000 0.0 -0.0 0.5 -0.5 1.5
2.0 1e308 1e-320 float('nan') float('inf') -float('inf') 1j complex('nan') np.int8(2) np.uint64(2**64-1) np.float16(2)
np.float32('nan') np.float64(0.1) np.bool_(True) np.array(2) np.array(2.5) fractions.Fraction(1,2)
fractions.Fraction(10**400) decimal.Decimal('1e999') decimal.Decimal('nan') np.datetime64('2020') np.timedelta64(3)
(1,2) (2,1) (0,0) (3,3) (1,1,1) (10**6,1) (1,10**6) (10**400,1) ((1,1),(1,1)) (1,None) ("same",0) ("x","y") [1,2]
""")
TEXTS = _each("""
"" "same" "valid" "x" "0.1" "3" "$" "$x^{$" "a$b$c" "\\n" "\\0" "é"*50 "x"*60000 b"abc" "dx" "max"
""")
CONTAINERS = _each("""
[] () {} set() [None] [[]] [[1,2],[3]] [1,"a"] {"a":1} {"a":None} {1,2} range(3) range(0) range(10**12) iter([1,2])
(i.real.for.i.in.range(3)) list(range(50000)) ["x"*1000]*100 {"x"*1000:1} [[1,2],[3,4]] [[[[1.0,2.0],[3.0,4.0]]]]
[10**400,1] [float('nan')] [1e308,-1e308,1e308] ["a","b"] [True,False] [1j] [(5,),(2,2)] [(10**400,)] [(3,1,10**400)]
[5] ["ab"] [object()]*3 [lambda:0] [[0,0,0],[0,1,1]] [[0,-5,0]] [[10**15,0,0]] [[0.5,1,2]]
""")
ARRAYS = _each("""
np.zeros(0) np.zeros((0,3)) np.zeros((1,0,4,4)) np.array(3.0) np.ones(3) np.ones((2,3)) np.ones((2,3,4))
np.ones((1,1,4,4)) np.ones((1,)*6) np.arange(4) np.array([None,1]) np.array([1,"a"],object) np.array(["a","b"])
np.array([1j,2]) np.zeros(3,"f4,i4") np.array([1,2],"M8[D]") np.ma.masked_array([1.,2,3],[0,1,0])
[np.ma.masked_array([1.,2],[0,1]),[1,2]] [np.ma.masked,1] np.ma.masked np.array([2**63],np.uint64) np.array([2**60])
np.full((2,2),1e308) np.full(3,np.inf) np.full(3,np.nan) np.ones((3,3),">f8") np.ones(3,np.float16)
np.full((4,4),6e4,np.float16) np.ones(3,np.longdouble) np.array([True,False]) np.ones(3).view(Sub)
np.broadcast_to(1.0,(4,4)) np.array([[-1]]) np.array([[1e-320]]) np.array([2.0,-0.0,1e200])
""")
OBJECTS = _each("""
object() type int len (lambda*a,**k:None) (lambda*a,**k:1/0) np np.random.default_rng(0) Long() Like() Broken() Sub
cnn.nn.ReLU() cnn.nn.ReLU cnn.nn.Parameter((2,)) ... slice(None) NotImplemented Exception("x")
pathlib.Path("x") [Long()]
""")
VALUES = [text.replace(".for.", " for ").replace("i.real", "i").replace(".in.", " in ")
          for text in (*NUMBERS, *TEXTS, *CONTAINERS, *ARRAYS, *OBJECTS)]
_LIKELY = [*NUMBERS] * 2 + VALUES   # what is a number is wrong by being another number, more often than by its kind

# What can be done to a right array, {} in the text.
TWISTS = _each("""
{}[None] {}[0] {}[...,0] {}[...,:1] {}[:0] {}.ravel() {}.T {}.reshape(-1,1) {}.astype(np.float16) {}.astype('>f8')
{}.astype('>f4') {}.astype(int) {}.astype(object) {}.astype(complex) {}.astype(str) {}.astype(bool)
{}.astype(np.longdouble)
{}.tolist() listed({}) [{},{}] [{}] masked({}) [masked({})] listed(masked({})) {}*np.inf {}*np.nan {}*1e308 {}*-1e308
{}*1e200 {}*0 -{} ({}+2**60) {}.view(Sub) iter({}) {}[...,::-1] np.asfortranarray({}) np.repeat({},300,-1)
np.where({}=={}.max(),np.inf,{}) np.where({}=={}.max(),np.nan,{}) np.where({}=={}.max(),-np.inf,{})
""")


def values(good):
    """What to put in place of `good`, the text of a right value: a list to choose from."""
    value = eval(good, dict(NAMES))
    if isinstance(value, np.ndarray):
        return [text.replace("{}", f"({good})") for text in TWISTS] + VALUES
    if isinstance(value, (list, tuple)):   # keep the kind, spoil what is in it
        inside = [f"{type(value).__name__}([{text}]*{max(1, len(value))})" for text in _LIKELY]
        added = [f"({good})+{type(value).__name__}([{text}])" for text in VALUES]
        return [*inside, *added, *_LIKELY, *_LIKELY, f"({good})[:-1]", f"({good})*2", f"np.array({good}, object)"]
    if isinstance(value, dict):
        inside = [f"{{**{good}, {key!r}: {text}}}" for key in value for text in VALUES]
        less = [f"{{k: v for k, v in {good}.items() if k != {key!r}}}" for key in value] * 20
        return [*inside, *less, *VALUES, *VALUES]
    return _LIKELY


assert all(compile(text, text, "eval") for text in VALUES), (cnn, decimal, fractions, pathlib)   # whose names they use
