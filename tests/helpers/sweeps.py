"""How many examples hypothesis draws."""

import os


def examples(count):
    """`count`, and in CI, where they are the same each time, an eighth of them."""
    return -(-count // 8) if "CI" in os.environ else count
