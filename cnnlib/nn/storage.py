"""Named arrays to and from one `.npz` file, without pickle: opening a file never runs code. And from a mapping.

What a file says of itself is compared with the network before any number is read: a file that claims to hold
gigabytes, or arrays that nobody asked for, costs no more than its table of contents.
"""

import contextlib
import io
import math
import zipfile

import numpy as np

from .. import _writing, arguments

_HEAD = 10_000   # bytes of an array's header; one of ours has 128
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def save_arrays(path, arrays):
    """Write `arrays` (name -> array) to `path`, in one go: an interrupted save leaves the old file as it was.

    ValueError for NaN and infinite numbers, which `load_arrays` would not read.
    """
    path = _writing.target(path, "model.npz", ".npz")
    if faults := [fault for name, array in arrays.items() if (fault := _not_finite(name, array))]:
        raise ValueError(f"{path.name:.80} was not written, because no network works with such numbers: "
                         f"{_told(faults)}")
    return _writing.write(path, lambda file: np.savez(file, **arrays))


def load_arrays(path, parameters):
    """Read the arrays of `save_arrays`, {name: array}, each in the dtype of its parameter.

    ValueError unless they have exactly the names and shapes of `parameters`, and finite numbers that its dtype holds.
    """
    path = _writing.named(path, "model.npz", ".npz")
    with _writing.about(path):
        file = open(path, "rb")   # noqa: SIM115  (closed below)
    with file:
        with _damage(path):
            archive = zipfile.ZipFile(file)
            members = _members(archive)
        _refuse(path, _other_names(members, parameters))
        with _damage(path):
            stored = {name: _Stored(archive, member) for name, member in members.items()}
        _refuse(path, _other_arrays(stored, parameters))
        with _damage(path):
            arrays = {name: each.read() for name, each in stored.items()}
    return _fitting(arrays, parameters, f"{path.name:.80}")


def given_arrays(mapping, parameters):
    """The arrays of a mapping {name: array}, as `load_arrays` reads them from a file, with the same errors.

    What PyTorch counts, "….num_batches_tracked", is left out: nothing here depends on it.
    """
    names = [name for name in mapping if not str(name).endswith(".num_batches_tracked")]
    if faults := _other_names(names, parameters):
        raise ValueError(f"path: these arrays belong to another network: {_told(faults)}")
    arrays = {name: arguments.as_array(mapping[name], f"path[{name!r}]") for name in parameters}
    if faults := _other_arrays(arrays, parameters):
        raise ValueError(f"path: these arrays belong to another network: {_told(faults)}")
    return _fitting(arrays, parameters, "path")


def _fitting(arrays, parameters, called):
    """The arrays in the dtypes of the parameters; ValueError where these cannot hold their numbers."""
    kinds = {name: p.data.dtype if p.made else np.dtype(np.float32) for name, p in parameters.items()}
    faults = [fault for name, array in arrays.items() if (fault := _not_finite(name, array))]
    faults += [
        f"{name} holds {array.dtype}, of which {kinds[name]} would change numbers: convert the network's own data first"
        for name, array in arrays.items() if not _exact(array, kinds[name])
    ]
    if faults:
        raise ValueError(f"{called} does not fit this network: {_told(faults)}")
    return {name: array.astype(kinds[name], copy=False) for name, array in arrays.items()}


# --- what a file says of itself ---------------------------------------------------------------------------------------

def _members(archive):
    """{name of an array: where it lies in the file}."""
    found = {}
    for member in archive.infolist():
        name = member.filename.removesuffix(".npy")
        if name in found:
            raise ValueError(f"it holds {name:.60} twice")
        found[name] = member
    return found


class _Stored:
    """An array in the file, its numbers unread: `shape`, `dtype`."""

    def __init__(self, archive, member):
        self.open = lambda: archive.open(member)
        if member.compress_type not in _PACKINGS or member.flag_bits & 1:   # others unpack without bounds
            raise ValueError(f"{member.filename:.60} is packed in another way")
        with self.open() as file:
            head = io.BytesIO(file.read(_HEAD))
        version = np.lib.format.read_magic(head)
        if version not in ((1, 0), (2, 0)):
            raise ValueError(f"{member.filename:.60} has npy version {version}")
        read = getattr(np.lib.format, f"read_array_header_{version[0]}_0")
        self.shape, self.fortran, self.dtype = read(head, _HEAD)
        self.start = head.tell()
        if self.dtype.hasobject:
            raise ValueError(f"{member.filename:.60} holds Python objects")

    def read(self):
        """The numbers; not a byte beyond what the shape needs, all of which zip compares with its checksum."""
        size = math.prod(self.shape) * self.dtype.itemsize
        with self.open() as file:
            content = file.read(self.start + size)
            if len(content) != self.start + size or file.read(1):
                raise ValueError(f"found another number of bytes than the shape {self.shape} needs")
        flat = np.frombuffer(content, self.dtype, offset=self.start)
        return flat.reshape(self.shape, order="F" if self.fortran else "C")


# --- what is wrong with it --------------------------------------------------------------------------------------------

def _other_names(found, parameters):
    return [f"{name} is missing" for name in parameters if name not in found] + [
        f"{name!s:.60} is not in this network" for name in found if name not in parameters]


def _other_arrays(found, parameters):
    return [f"{name} has shape {each.shape!s:.60}, expected {parameters[name].shape}"
            for name, each in found.items() if each.shape != parameters[name].shape] + [
        f"{name} holds {each.dtype!s:.60}, expected floats" for name, each in found.items() if each.dtype.kind != "f"]


def _not_finite(name, array):
    count = array.size - np.isfinite(array).sum()
    return f"{name} holds {count} NaN or infinite of {array.size}" if count else None


def _exact(array, dtype):
    """Whether every number is the same in the dtype."""
    if np.can_cast(array.dtype, dtype, "safe"):
        return True
    with np.errstate(all="ignore"):
        return np.array_equal(array.astype(dtype), array)


def _told(faults):
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return f"{'; '.join(faults[:3])}{more}"


def _refuse(path, faults):
    if faults:
        raise ValueError(f"{path.name:.80} was saved from another network: {_told(faults)}")


@contextlib.contextmanager
def _damage(path):
    """Damage shows itself in as many ways as zip and npy have fields."""
    try:
        yield
    except Exception as error:
        told = f"{error!s:.120}"
        raise ValueError(f"{path.name:.80} is damaged, or was not saved with model.save: {told}") from None
