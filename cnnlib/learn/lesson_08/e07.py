"""Dense blocks: how many maps there are when nothing is thrown away."""

import numpy as np

from ... import nn
from ...zoo.densenet import dense_block, transition
from ..exercise import Exercise
from ..slips import slips


def solution(C, k, blocks):
    counts = []
    for n in blocks:
        if counts:
            C = C // 2        # a transition, between two blocks
        C = C + n * k         # every layer puts k maps beside the others
        counts.append(C)
    return counts


# --- other right ways -------------------------------------------------------------------------------------------------

def layer_by_layer(C, k, blocks):
    counts, maps = [], C
    for block, n in enumerate(blocks):
        for _ in range(n):
            maps += k
        counts.append(maps)
        if block < len(blocks) - 1:
            maps //= 2
    return counts


def halved_after(C, k, blocks):
    counts = []
    for n in blocks:
        C += n * k
        counts += [C]
        C //= 2
    return counts


def recursive(C, k, blocks):
    if len(blocks) == 0:
        return []
    made = C + k * blocks[0]
    return [made, *recursive(made // 2, k, blocks[1:])]


def of_layers(C, k, blocks):
    shape, counts = (C, 64, 64), []
    for n in blocks:
        block = dense_block(shape[0], n, k)
        shape = block.output_shape(shape)
        counts.append(shape[0])
        shape = nn.Sequential(*transition(shape[0])).output_shape(shape)
    return counts


def filled_in(C, k, blocks):
    counts = np.zeros(len(blocks))
    for i in range(len(blocks)):
        start = C if i == 0 else counts[i - 1] // 2
        counts[i] = start + k * blocks[i]
    return counts


def draw(rng):
    return int(rng.integers(1, 40)), int(rng.integers(1, 13)), tuple(rng.integers(1, 7, rng.integers(1, 5)).tolist())


GROW, HALVE, LAST = "maps += k", "maps //= 2", "        if block < len(blocks) - 1:\n            maps //= 2\n"
NOTE, RESULT, LOOP = "counts.append(maps)", "return counts", "        for _ in range(n):\n            maps += k\n"
INSIDE = "You halve inside the block: the transition comes once, between two blocks."
NO_HALF = "The transitions are missing: between two blocks the number of maps is halved."
AFTER = "You note the number after the transition: note the number at the end of a block, before halving."
ROUND = "Half of an odd number is rounded down: use `// 2`."
ADDED = "That is only what a block makes: its maps join the others, and none is thrown away."
ONE = "Every layer of a block makes k maps: you counted one layer in each block."
ANEW_HALF = "Your transition leaves half of the maps from the start: it halves the current number."
INDEX = "`index` finds the first block with that many layers: two blocks may have the same number. Count the " \
        "blocks instead."
ANEW = "Every block starts with what the transition leaves, not with C again."

EXERCISE = Exercise(
    id="08.7",
    title="Nothing is thrown away",
    statement="""In a dense block every layer reads *all* existing maps, makes **k** new ones and puts them beside the
others. Between two blocks a **transition** halves the number of maps, rounded down. There is none after the last block.

Write `dense(C, k, blocks)`: `C` maps go into the first block, and `blocks` tells how many layers each block has. Return
a list: the number of maps at the end of each block, before the transition. For example `dense(16, 4, (2, 3))` returns
`[24, 24]`: 16 + 4 + 4, then half of it, 12 + 4 + 4 + 4.""",
    signature="dense(C, k, blocks): whole number, whole number, B whole numbers -> (B,)",
    difficulty=2,
    minutes=5,
    hints=(
        "One layer adds k maps. How many do the n layers of a block add?",
        "Go from block to block with one number in hand. A block adds n · k to it: note the result. Then the "
        "transition halves it for the next block.",
        "The loop `for n in blocks:` has three steps: `C = C + n * k`, `counts.append(C)`, `C = C // 2`. The "
        "result of the last halving is not noted.",
    ),
    solution=solution,
    errors="""- *`C * k`*, or $k$ alone: the new maps join the others, so the numbers add up.
- *Noted after the transition*: then the last block seems to end with half of its maps.
- *`C / 2`* gives half a map if the number is odd.
- *Halved once more at the end*: transitions come between blocks. There is none after the last.""",
    praise="Every layer adds k, every transition halves.",
    insight="DenseNet-121 is `dense(64, 32, (6, 12, 24, 16))`. The last layer of its third block reads 992 maps, and "
            "makes 32.",
    cases=[(16, 4, (2, 3)), (64, 32, (6, 12, 24, 16)), (5, 2, (1, 1)), (3, 4, (2,)), (8, 3, (1, 2, 4)),
           (7, 1, (2, 2, 2)), (2, 12, (1, 3)), (24, 12, (4, 4, 4)), (200, 25, (3, 1))],
    draw=draw,
    edges=[(1, 1, (1,)), (1, 1, (1, 1, 1)), (3, 3, (2, 2)), (5, 2, (1, 1, 1, 1, 1)), (32768, 1, (1, 30, 1))],
    returns="counts",
    right=[layer_by_layer, halved_after, recursive, of_layers, filled_in],
    wrong=slips(
        [layer_by_layer, filled_in],
        (NO_HALF, LAST, ""), (NO_HALF, "counts[i - 1] // 2", "counts[i - 1]"),
        (AFTER, f"        {NOTE}\n" + LAST, LAST + f"        {NOTE}\n"),
        ("You note the number after a transition, even after the last block: note the number at the end of each block.",
         RESULT, "return np.array(counts) // 2"),
        ("You halve before the first block, too: C maps go into it.",
         "counts, maps = [], C", "counts, maps = [], C // 2"),
        ("You have a transition after the last block: it comes only between two blocks.",
         RESULT, "return [*counts[:-1], counts[-1] // 2]"),
        (INSIDE, GROW, "maps = (maps + k) // 2", HALVE, "maps = maps"),
        (ROUND, HALVE, "maps /= 2"),
        ("You round up: half of an odd number is rounded down.", HALVE, "maps = -(-maps // 2)"),
        ("Your transition subtracts k maps: it halves their number.", HALVE, "maps -= k"),
        ("Your transition doubles the maps: it halves their number.", HALVE, "maps *= 2"),
        ("Your transition leaves a quarter: it halves the number of maps.", HALVE, "maps //= 4"),
        ("You halve k, too: every layer makes k maps, in all blocks.", HALVE, "maps, k = maps // 2, k // 2"),
        ("You double k: every layer makes k maps, in all blocks.", HALVE, "maps, k = maps // 2, 2 * k"),
        ("You halve even numbers only: halve odd ones, too, and round down.",
         HALVE, "maps = maps if maps % 2 else maps // 2"),
        ("Your transition adds k maps: it only halves.", HALVE, "maps = maps // 2 + k"),
        ("Your transition halves only the first C maps: it halves all maps.",
         "start + k * blocks[i]", "C // 2**i + k * sum(blocks[:i + 1])"),
        ("You count the layers of earlier blocks again: a block adds k for each of its own layers.",
         LOOP, "        maps += k * sum(blocks[:block + 1])\n"),
        ("Your layers multiply k: each of the n layers adds k, n · k in all.", LOOP, "        maps += k**n\n"),
        ("You use the block's index as its number of layers: `for n in blocks` gives the layers.",
         "range(n)", "range(block)"),
        ("Your transition throws away half of the new maps: it halves all maps.",
         HALVE, "maps -= n * k - n * k // 2"),
        ("Your transition comes after the first block only: there is one between any two.",
         "block < len(blocks) - 1", "block == 0"),
        ("You recognise the last block by its number of layers: another block may have as many.",
         "block < len(blocks) - 1", "n != blocks[-1]"),
        (INDEX, "counts[i - 1] // 2", "(counts[i - 1] // 2 if blocks.index(blocks[i]) else counts[i - 1])"),
        (ANEW, HALVE, "maps = C"), (ANEW_HALF, HALVE, "maps = C // 2"), (ANEW_HALF, "counts[i - 1] // 2", "C // 2"),
        ("Your transition halves what the block added: it halves all maps.",
         "counts[i - 1] // 2", "k * blocks[i - 1] // 2"),
        (ADDED, LOOP, "        maps = n * k\n"), (ADDED, GROW, "maps = k"),
        ("You add up maps as in ResNet: here they stand side by side, so their number grows.",
         GROW, "maps += 0"),
        ("You multiply the maps: a layer adds k.", LOOP, "        maps *= n * k\n"),
        ("Your layers double the maps: each adds k, whatever it reads.", GROW, "maps *= 2"),
        ("Your layers make as many maps as they read, plus k: each makes k.", GROW, "maps += maps + k"),
        ("You multiply the maps: a layer adds k.", LOOP, "        maps *= k\n"),
        ("You round to the nearest whole number: half of an odd number is rounded down.",
         HALVE, "maps = round(maps / 2)"),
        ((NO_HALF, "The C maps that go into the first block are missing: they are kept."),
         "C if i == 0 else counts[i - 1] // 2", "0 if i == 0 else counts[i - 1]"),
        ((ANEW, "You halve before the first block, too: C maps go into it."),
         "C if i == 0 else counts[i - 1] // 2", "C // 2"),
        (ONE, LOOP, "        maps += k\n"),
        ("You count the layers of a block once: each makes k maps, n · k in all.", LOOP, "        maps += n\n"),
        ("Your block adds n + k maps: each of its n layers makes k, so n · k.", LOOP, "        maps += n + k\n"),
        ("Your block grows faster and faster: each layer makes k maps, not k more than the one before.",
         LOOP, "        maps += k * n * (n + 1) // 2\n"),
        ("There is one layer too few in each block: `range(n)` loops n times.", "range(n)", "range(n - 1)"),
        ("There is one layer too many in each block: `range(n)` loops n times.", "range(n)", "range(n + 1)"),
        ("There is one layer too few in each block: `range(n)` loops n times.", "range(n)", "range(1, n)"),
        ("You give all blocks the layers of the first: each has its own number.", "range(n)", "range(blocks[0])"),
        (ANEW, "counts[i - 1] // 2", "C"),
        ("You return how many maps go in: return how many there are at the end of a block.",
         f"        {NOTE}\n", "", "        for _ in range(n)", f"        {NOTE}\n        for _ in range(n)"),
        (ADDED, "start + k", "0 * start + k"),
        ("That is the last block only: return one number for each block.", RESULT, "return counts[-1:]"),
        ("That is the number at the very end: return one for each block.", RESULT, "return counts[-1]"),
        ("Your list includes the start: it should hold one number for each block.", RESULT, "return [C, *counts]"),
        ("You note every layer: return one number for each block.",
         f"        {NOTE}\n", "", GROW, f"{GROW}\n            {NOTE}"),
        ("Your list includes the numbers after the transitions: give one number for each block, at its end.",
         HALVE, f"maps //= 2\n            {NOTE}"),
        ("You return after the first block: `return` belongs after the loop.", f"        {NOTE}\n",
         f"        {NOTE}\n        return counts\n"),
        ("The last block is missing: one number for each block.", RESULT, "return counts[:-1]"),
        ("The blocks are in reverse order.", RESULT, "return counts[::-1]"),
        ("You add up all blocks: return one number for each.", RESULT, "return sum(counts)"),
        ("C and k are swapped: C maps go in, and every layer makes k.",
         "counts, maps = [], C", "counts, maps, k = [], k, C"),
    ),
)
