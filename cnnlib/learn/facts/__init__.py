"""What a wrong answer is, compared with the right one, where no typical mistake explains it: a fact, never a cause."""

from .search import fact, otherwise

__all__ = ["fact", "otherwise"]
