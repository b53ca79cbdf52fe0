"""Networks of the literature and of the lessons, one file each."""

from .lenet import lenet5, lenet_notes

__all__ = ["lenet5", "lenet_notes"]
