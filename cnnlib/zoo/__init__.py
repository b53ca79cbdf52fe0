"""Networks of the literature and of the lessons, one file each."""

from .classifier import classifier
from .lenet import lenet5, lenet_notes

__all__ = ["classifier", "lenet5", "lenet_notes"]
