"""The words that go with a picture, for those who cannot see it."""

SHORTEST, LONGEST = 20, 500   # characters


def checked_alt(alt):
    """The alternative text on one line, or the error that says what is wrong with it.

    >>> checked_alt("three cells,   holding 1, 2 and 3")
    'three cells, holding 1, 2 and 3'
    """
    if not isinstance(alt, str):
        raise TypeError(f"alt: found {type(alt).__name__}, expected text that says what there is to see.")
    alt = " ".join(alt.split())
    if not SHORTEST <= len(alt) <= LONGEST:
        slip = "say what there is to see, with its numbers" if len(alt) < SHORTEST else "keep to what matters"
        found = f" ({alt!r})" if len(alt) < SHORTEST else ""
        raise ValueError(
            f"alt: found {len(alt)} characters{found}, expected {SHORTEST} to {LONGEST}: {slip}."
        )
    return alt
