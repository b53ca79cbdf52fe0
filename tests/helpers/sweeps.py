"""How many examples hypothesis draws."""

import os


def examples(count):
    """`count`, and in CI, where they are the same each time, a quarter of them."""
    return -(-count // 4) if "CI" in os.environ else count
