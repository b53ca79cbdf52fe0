"""In which state a stack is: the shift, the unit, the switches; checked in one place, for `stack_explorer` and the
browser.
"""

from typing import NamedTuple

from ... import shapes
from ...arguments import shown, truth
from .meter import BORDERS
from .rebuild import PADDING, POOLING, STRIDES


class State(NamedTuple):
    """See `data.stack_explorer`."""

    dy: int = 0
    dx: int = 0
    borders: str = "wrap"
    unit: tuple | None = None
    conv_stride: int | None = None
    pool_stride: int | None = None
    pooling: str | None = None
    padding: str = "zeros"
    blur: bool = False

    @property
    def told(self):
        """What is not as usual, in one line; at least the shift.

        >>> State(dx=2, blur=True).told
        'shift 0 2 wrap, blur'
        """
        parts = [f"shift {self.dy} {self.dx} {self.borders}"]
        parts += [f"unit {' '.join(map(str, self.unit))}"] if self.unit else []
        parts += [f"{name} {value}" for name, value in self._asdict().items()
                  if name in ("conv_stride", "pool_stride", "pooling", "padding")
                  and value != State._field_defaults[name]]
        return ", ".join([*parts, *(["blur"] if self.blur else [])])


MOST_CELLS = 9999
CHOICES = {"borders": BORDERS, "conv_stride": STRIDES, "pool_stride": STRIDES, "pooling": POOLING, "padding": PADDING}


def stated(stack, given):
    """The `State` of a stack. TypeError and ValueError for what there is not."""
    if unknown := [name for name in given if name not in State._fields]:
        raise TypeError(f"state has no {shown(unknown[0], 40)}, expected {', '.join(State._fields)}")
    found = {}
    for name, value in given.items():
        if name in ("dy", "dx"):
            most = stack.reach[name == "dx"]
            found[name] = shapes.integer(value, name, -most, most)
        elif name == "blur":
            found[name] = truth(value, name)
        elif name == "unit":
            found[name] = _unit(stack, value)
        else:
            found[name] = _chosen(value, name)
    return State(**found)


def _chosen(value, name):
    choices = CHOICES[name]
    if not any(value is choice or (type(value) is type(choice) and value == choice) for choice in choices):
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, found {shown(value)}")
    return value


def _unit(stack, unit):
    if unit is None:
        return None
    if not isinstance(unit, (tuple, list)) or not unit or not isinstance(unit[0], str):
        raise TypeError(f'unit must be ("CONV1", channel, row, column) or ("FC3", number), found {shown(unit)}')
    name, *place = unit
    if name not in stack.names:
        raise ValueError(f"unit must be of a stage, {', '.join(stack.names)}, found {shown(name, 40)}")
    shape = stack.shape_of(name)
    if len(place) != len(shape):
        wanted = "channel, row, column" if len(shape) == 3 else "number"
        raise ValueError(f'unit must be ("{name}", {wanted}), found {shown(unit)}')
    # Rows and columns may be those of a larger map, as other strides make it; they are held within the one shown.
    most = [shape[0] - 1, *(MOST_CELLS for _ in shape[1:])]
    return name, *(shapes.integer(at, f"unit[{n}]", 0, last) for n, (at, last) in enumerate(
        zip(place, most, strict=True), 1))
