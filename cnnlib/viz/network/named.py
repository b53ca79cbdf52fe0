"""The parts of a network by their names, as `Network.figure(here=…)` takes them."""

import re
from typing import NamedTuple

import numpy as np

from ...arguments import several, shown
from ..kit.run import array
from .columns import shown_of

BACK = "the way back"
MOST = 12   # parts that are drawn: of a deeper network the first and the last ones


class Parts(NamedTuple):
    """What is drawn, in order; which of it is marked; of one map its column, number, layer and weights, or None."""

    drawn: list
    names: list
    all: bool
    back: bool
    column: str | None = None
    map: int | None = None
    kernel: dict | None = None
    weights: np.ndarray | None = None


def parts_of(network, here):
    """The `Parts` that are meant. "CONV1" and "conv 1" are the same, "CONV1 map 2" is one of its maps.

    Raises TypeError for what is no text nor a list of texts, ValueError for what is not there.
    """
    names = ["input", *(column["name"] for column in network.columns)]
    if network.classes:
        names[-1] = "answer"
    drawn = names if len(names) <= MOST else names[:MOST // 2] + names[-MOST // 2:]
    wanted = [here] if isinstance(here, str) else several(here, "here", "names of layers")
    if not wanted:
        raise ValueError('here must name a part of the network, found none: "all" marks everything')
    for each in wanted:
        if not isinstance(each, str):
            raise TypeError(f"here must be the name of a layer or a list of names, found {shown(each)}")
    if len(wanted) == 1 and _plain(wanted[0]) in ("all", "back"):
        return Parts(drawn, drawn, True, _plain(wanted[0]) == "back")
    if len(wanted) == 1 and (found := re.fullmatch(r"(.*\S)\s*map\s*(\d+)", wanted[0].strip(), re.IGNORECASE)):
        return _one_map(network, drawn, _name(network, found[1], drawn), int(found[2]))
    return Parts(drawn, [_name(network, each, drawn) for each in wanted], False, False)


def _one_map(network, drawn, name, number):
    column = None if name in ("input", "answer") else shown_of(network.columns, name)
    count = column["shape"][0] if column and len(column["shape"]) == 3 else 0
    if number >= min(count, 16):   # so many are drawn
        has = f"has the maps 0 to {min(count, 16) - 1} in the picture" if count else "has no maps"
        raise ValueError(f"here must name a map that there is, found map {number} of {name}, which {has}")
    layer = network.layers[column["layer"]]
    if column is not network.columns[0] or layer["kind"] != "Conv2d" or network.shape[0] != 1:
        return Parts(drawn, [name], False, False, name, number)
    weights = array(layer["weights"]["w"])[number, 0]
    return Parts(drawn, ["input", name], False, False, name, number, layer, weights)


def _name(network, text, drawn):
    plain = _plain(text)
    known = {_plain(name): name for name in drawn}
    if network.classes:
        known[_plain(network.columns[-1]["name"])] = "answer"
    if plain not in known:
        raise ValueError(f'here must be one of {", ".join(drawn)}, "all" or "back", found {shown(text, 40)}')
    return known[plain]


def _plain(text):
    return "".join(text.lower().split())
