"""Named arrays to and from one `.npz` file, without pickle."""

import os
import pathlib
import zipfile

import numpy as np


def save_arrays(path, arrays):
    """Write `arrays` (name -> array) to `path`, in one go: an interrupted save leaves the old file as it was."""
    path = pathlib.Path(path)
    if path.suffix != ".npz":
        path = path.with_name(path.name + ".npz")
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
    path = pathlib.Path(path)
    if not path.exists() and path.suffix != ".npz":
        path = path.with_name(path.name + ".npz")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise
    except (ValueError, OSError, EOFError, KeyError, AttributeError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path.name} is damaged or no saved network, expected an .npz file: {error}") from None
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
