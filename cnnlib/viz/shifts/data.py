"""What a shift of the input does to every stage of a computation: which cells stay, and which move along.

`shifts` computes everything once, for every shift; the figure (figure.py) and the live view (player.py) only show it.
"""

import hashlib
from functools import cached_property

import numpy as np

from ... import shapes
from ...arguments import shown
from ..kit.alt import LONGEST
from ..kit.arrays import values
from ..kit.numbers import number
from ..kit.shown import Shown

MOST = 300_000       # numbers in all: more would make the page slow
LONGEST_NAME = 40    # characters
FEW = 12             # so many cells, or fewer, are read out one by one

# How far two numbers may be apart and still count as equal, as a share of the largest number of their stage: sums that
# are taken in another order differ in their last digits. By the bytes of the float type.
_NOISE = {2: 1e-2, 4: 1e-5}
_FINE = 1e-9


def shifts(x, stages, strides=None):
    """Shift x by 0, 1, 2, … cells and compute every stage each time: a `Shifts`, to be asked, drawn and played with.

    x is (N,) or (H, W). `stages` maps names to functions, in order; each gets the array of the stage before it, the
    first gets x, and returns an array with as many axes (a single number counts as one cell). The shift is
    `np.roll` along the last axis: what leaves on the right comes back on the left. So nothing enters or leaves the
    picture, and no change can be blamed on what was cut off; only the stages' own borders, their padding, are left.

    `strides` states the stride of a stage along the last axis by name, `{"pool": 2}`, or None for a stage whose cells
    stand for no places (the scores of classes, say). The others are taken to be the length before // the length after,
    at least 1. That is right for "same" padding and for pooling; a long filter without padding shortens x too much for
    it, so state its stride.

    Raises TypeError for stages that are no dict of functions, and ValueError for an x that is empty, has other axes or
    holds NaN, for a stage that returns such an array or another shape for another shift (both name the stage), for
    strides of stages that do not exist, and for more than 300000 numbers in all.

    >>> pooled = shifts([0, 0, 1, 1, 0, 0, 1, 1], {"pool": lambda a: a.reshape(-1, 2).max(1)})
    >>> pooled.values["pool"][0].tolist(), pooled.values["pool"][1].tolist()
    ([0.0, 1.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0])
    >>> pooled.same["pool"].tolist()[:3], pooled.moved["pool"][:3]
    ([4, 2, 0], [4, None, 4])
    """
    x = values(x, "x")
    if x.ndim not in (1, 2):
        slip = ": one channel of it? x[0]" if x.ndim == 3 else ""
        raise ValueError(f"x must have the shape (N,) or (H, W), found {x.shape}{slip}")
    _check_stages(stages)
    strides = _checked_strides(strides, stages)
    N, runs, noise = x.shape[-1], [], {}
    _refuse_many(N, x.size)
    for s in range(N):
        runs.append(_run(np.roll(x, s, axis=-1), stages, s, noise))
        if not s:
            _refuse_many(N, sum(array.size for array in runs[0].values()))
        for name, array in runs[s].items():
            if array.shape != runs[0][name].shape:
                raise ValueError(f'stage "{name}" must return the same shape for every shift, found '
                                 f"{runs[0][name].shape} unshifted and {array.shape} at shift {s}")
    return Shifts({name: np.stack([run[name] for run in runs]) for name in runs[0]}, strides, noise)


def _check_stages(stages):
    if not isinstance(stages, dict):
        raise TypeError(f"stages must be a dict of names and functions, found {type(stages).__name__}")
    if not stages:
        raise ValueError("stages is empty, expected at least one name and function")
    for name, function in stages.items():
        if not isinstance(name, str):
            raise TypeError(f"stages must have texts as names, found {shown(name)}")
        if not 1 <= len(name.strip()) <= len(name) <= LONGEST_NAME or not name.isprintable() or name == "x":
            raise ValueError(f"stages must have names of 1 to {LONGEST_NAME} characters on one line, and not x, which "
                             f"is the input, found {shown(name)}")
        if not callable(function):
            raise TypeError(f'stage "{name}" must be a function, found {type(function).__name__}: called already?')


def _checked_strides(strides, stages):
    strides = {} if strides is None else strides
    if not isinstance(strides, dict):
        raise TypeError(f"strides must be a dict of stages and their strides, found {type(strides).__name__}")
    if unknown := [name for name in strides if name not in stages]:
        raise ValueError(f"strides has {shown(unknown[0])}, expected names of stages: {', '.join(stages)}")
    return {name: None if stride is None else shapes.integer(stride, f'strides["{name}"]', 1)
            for name, stride in strides.items()}


def _refuse_many(N, cells):
    if N * cells > MOST:
        raise ValueError(f"found {N} shifts of {cells} cells in all stages, {N * cells} numbers, expected at most "
                         f"{MOST}: take a part of x, such as x[..., :32], or fewer stages")


def _run(x, stages, s, noise):
    """All stages of one shifted x, {"x": x, name: array, ...}; how exact each is goes into `noise`."""
    run, last, noise["x"] = {"x": x}, x, _FINE
    for name, function in stages.items():
        try:
            made = function(last.copy())   # a function that writes into its argument must not change what is shown
        except Exception as error:
            error.add_note(f'in stage "{name}", which got an array of shape {last.shape} at shift {s}')
            raise
        found = getattr(made, "dtype", None)
        array = values(made, f'stage "{name}"')
        array = array.reshape((1,) * x.ndim) if array.ndim == 0 else array
        if array.ndim != x.ndim:
            axes = ("(N,)", "(H, W)")[x.ndim - 1]
            raise ValueError(f'stage "{name}" must return an array {axes}, as x is one, found shape {array.shape}')
        coarse = _NOISE.get(found.itemsize, _FINE) if getattr(found, "kind", "") == "f" else _FINE
        noise[name] = max(coarse, noise[list(run)[-1]], noise.get(name, 0))
        run[name] = last = array
    return run


class Shifts(Shown):
    """Every stage at every shift; `shifts` makes it. Its parts go by the name of the stage, "x" is the input.

    `values[stage][s]`: the array at shift s. `same[stage][s]`: how many of its cells are as they were unshifted
    (invariance: all of them). `moved[stage][s]`: how many are what the unshifted array shows if it is rolled along
    (equivariance: all of them); None where s is no multiple of the stride, because there is no such place to move to.
    `strides[stage]`: by how many cells of x its cells are apart, or None. `size[stage]`: how many cells it has.
    """

    title = "Shifts"

    def __init__(self, values, strides, noise):
        self.values, self.names, self.x = values, list(values), values["x"][0]
        self.size = {name: all_[0].size for name, all_ in values.items()}
        self.limit = {name: float(np.abs(all_).max()) or 1.0 for name, all_ in values.items()}
        self.tolerance = {name: noise[name] * self.limit[name] for name in values}
        for array in values.values():
            array.setflags(write=False)
        self.strides = self._strides(strides)
        places = range(self.count)
        self.same = {name: np.array([int(self.stays(name, s).sum()) for s in places]) for name in values}
        self.moved = {name: [None if (mask := self.moves(name, s)) is None else int(mask.sum()) for s in places]
                      for name in values}

    @property
    def count(self):
        """How many shifts there are, counted from 0: as many as x is long."""
        return self.x.shape[-1]

    steps = count

    def _strides(self, stated):
        """Cells of x from one cell of a stage to the next, for each stage."""
        found = {"x": 1}
        for before, name in zip(self.names, self.names[1:], strict=False):
            old, new = self.values[before].shape[-1], self.values[name].shape[-1]
            if name not in stated and new >= 2 * old and found[before] is not None:
                raise ValueError(f'stage "{name}" makes {new} cells of {old}, so its stride is not clear: state it, '
                                 f'strides={{"{name}": 1}}, or None if its cells stand for no places')
            own = stated.get(name, max(1, old // new))
            found[name] = None if own is None or found[before] is None else found[before] * own
        return found

    def _equal(self, name, a, b):
        return np.abs(a - b) <= self.tolerance[name]

    def stays(self, name, s):
        """Which cells of a stage are unchanged at shift s, as an array of truth values."""
        name, s = self._stage_at(name, s)
        return self._equal(name, self.values[name][s], self.values[name][0])

    def moves(self, name, s):
        """Which cells have moved along at shift s, as an array of truth values; None where that is not defined."""
        name, s = self._stage_at(name, s)
        stride = self.strides[name]
        if stride is None or s % stride or self.values[name].shape[-1] == 1:   # a single cell has nowhere to go
            return None
        return self._equal(name, self.values[name][s], np.roll(self.values[name][0], s // stride, axis=-1))

    # --- to look at ---------------------------------------------------------------------------------------------------

    def figure(self, shift=0):
        """A matplotlib Figure: every stage unshifted and at this shift, with its changed cells marked.

        Raises ValueError for a shift that does not exist.
        """
        return super().figure(self._checked(shift))

    def player(self, shift=0):
        """The live view with a slider: a widget whose trait `shift` is the shift shown, in step with the browser.

        A shift beyond the first or the last shows that one.
        """
        shift = 0 if shift is None else shapes.integer(shift, "shift", -10**12)
        return super().player(shift=min(max(0, shift), self.count - 1))

    # --- in words -----------------------------------------------------------------------------------------------------

    def told(self, name, s):
        """What the two meters of a stage say at shift s: (of the unchanged, of those moved along).

        >>> shifts([0, 1, 0, 0], {"largest": np.max}).told("largest", 1)
        ('1 of 1 unchanged', 'moved along: not defined, because a single cell has no place to move to')
        """
        name, s = self._stage_at(name, s)
        size, moved, stride = self.size[name], self.moved[name][s], self.strides[name]
        if moved is not None:
            words = f"{moved} of {size} moved along"
        elif stride is None:
            words = "moved along: not defined, because its cells stand for no places"
        elif self.values[name].shape[-1] == 1:
            words = "moved along: not defined, because a single cell has no place to move to"
        else:
            words = f"moved along: not defined, because {s} is not a multiple of the stride {stride}"
        return f"{self.same[name][s]} of {size} unchanged", words

    def alt(self, s=0):
        """What `figure(s)` shows, in words of at most 500 characters."""
        s = self._checked(s)
        lines = [f"{name}: {', '.join(self.told(name, s))}" for name in self.names[1:]]
        told = [line + self._becomes(name, s) for name, line in zip(self.names[1:], lines, strict=True)]
        start = f"x of {_shape(self.x)} cells, rolled by {s} along its last axis. "
        for parts in (told, lines):
            if len(text := start + ". ".join(parts) + ".") <= LONGEST:
                return text
        kept = []
        while lines and len(start) + sum(len(line) + 2 for line in (*kept, lines[0])) < LONGEST - 30:
            kept.append(lines.pop(0))
        return start + ". ".join([*kept, f"And {len(lines)} more stages."])

    def _becomes(self, name, s):
        if self.size[name] > FEW:
            return ""
        before, after = (" ".join(map(number, self.values[name][at].ravel())) for at in (0, s))
        return f" ({before} becomes {after})" if s else f" ({before})"

    def _stage_at(self, name, s):
        if not isinstance(name, str) or name not in self.values:
            raise ValueError(f"name must be a stage, {shown(', '.join(self.names), 100)}, found {shown(name)}")
        return name, shapes.integer(s, "s", 0, self.count - 1)

    def _checked(self, s):
        s = 0 if s is None else shapes.integer(s, "shift", 0)
        if s >= self.count:
            raise ValueError(f"shift must be one of 0 to {self.count - 1}, found {s}: x is {self.count} cells long")
        return s

    @cached_property
    def digest(self):
        """One line that is the same on every machine: the sizes of all stages, and a hash of x and of all counts."""
        chain = " -> ".join([_shape(self.x), *(f"{name} {_shape(self.values[name][0])}" for name in self.names[1:])])
        data = [" ".join(f"{n + 0.0:.6g}" for n in self.x.ravel().tolist())]
        data += [f"{self.same[name].tolist()} {self.moved[name]}" for name in self.names]
        return f"Shifts {chain}, {self.count} shifts, {hashlib.sha256(repr(data).encode()).hexdigest()[:4]}"

    @property
    def spec(self):
        """Everything as JSON-ready data, for the browser; a new dict each time."""
        return {"axes": self.x.ndim, "count": self.count, "stages": [self._stage(name) for name in self.names]}

    def _stage(self, name):
        arrays = self.values[name]
        told = [self.told(name, s)[1] for s in range(self.count)]
        return {
            "name": name, "rows": 1 if arrays.ndim == 2 else arrays.shape[1], "columns": arrays.shape[-1],
            "values": arrays.reshape(self.count, -1).tolist(), "limit": self.limit[name],
            "tolerance": self.tolerance[name], "stride": self.strides[name], "same": self.same[name].tolist(),
            "moved": self.moved[name], "told": told,
        }


def _shape(array):
    return "x".join(map(str, array.shape))
