"""What somebody's function sees, heard from the copy of the program in which it is called."""

import pickle
import tempfile


class Heard:
    """A list that a copy of this program may append to as well."""

    def __init__(self):
        self._file = tempfile.TemporaryFile("a+b", buffering=0)   # noqa: SIM115  (as long as the list)

    def append(self, thing):
        """At the end, whoever says it."""
        self._file.write(pickle.dumps(thing))

    def __iter__(self):
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def __len__(self):
        return sum(1 for _ in self)

    def __del__(self):
        self._file.close()
