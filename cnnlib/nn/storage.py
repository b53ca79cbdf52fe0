"""Named arrays to and from one `.npz` file, without pickle: opening a file never runs code."""

import os
import pathlib

import numpy as np


def save_arrays(path, arrays):
    """Write `arrays` (name -> array) to `path`, in one go: an interrupted save leaves the old file as it was."""
    path = _with_suffix(path)
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb") as file:
            np.savez(file, **arrays)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def load_arrays(path, expected):
    """Read the arrays of `save_arrays`; ValueError unless they have exactly the names and shapes of `expected`."""
    path = _with_suffix(path)
    try:
        # Not np.load, which takes a file of another format for a pickle and then says how to open it all the same.
        with open(path, "rb") as file, np.lib.npyio.NpzFile(file, allow_pickle=False) as stored:
            arrays = {name: np.asarray(stored[name]) for name in stored.files}
    except (FileNotFoundError, PermissionError, IsADirectoryError):
        raise
    except Exception as error:   # damage shows itself in as many ways as zip and npy have fields
        raise ValueError(f"{path.name} is damaged or no network saved with model.save: {error}") from None
    faults = [f"{name} is missing" for name in expected if name not in arrays]
    faults += [f"{name} is not in this network" for name in arrays if name not in expected]
    faults += [
        f"{name} has shape {arrays[name].shape}, expected {shape}"
        for name, shape in expected.items()
        if name in arrays and arrays[name].shape != shape
    ]
    faults += [f"{name} holds {a.dtype}, expected floats" for name, a in arrays.items() if a.dtype.kind != "f"]
    if faults:
        more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
        raise ValueError(f"{path.name} was saved from another network: {'; '.join(faults[:3])}{more}")
    return arrays


def _with_suffix(path):
    """The same for saving and loading, so that both mean the same file."""
    path = pathlib.Path(path)
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz")
