"""The two halves of whatever is split: one to learn from, one to be tested on."""

from ..arguments import shown

TRAIN, TEST = "train", "test"


def split_index(split):
    """0 for "train", 1 for "test"; ValueError or TypeError for anything else."""
    if not isinstance(split, str):
        raise TypeError(f'split must be "{TRAIN}" or "{TEST}", found {shown(split)}')
    if split not in (TRAIN, TEST):
        near = next((f': "{name}"?' for name in (TRAIN, TEST) if name in split.lower()), "")
        raise ValueError(f'split must be "{TRAIN}" or "{TEST}", found {shown(split)}{near}')
    return (TRAIN, TEST).index(split)
