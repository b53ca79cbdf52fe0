"""What a command says, in one line, when it cannot do what it was asked."""

import importlib.util

MOST = 300   # characters


class PublishError(ValueError):
    """A command cannot do what is asked: its text says why, and what to do. On the command line it is that one line."""

    def __init__(self, text):
        text = " ".join(str(text).split())
        super().__init__(text if len(text) <= MOST else text[:MOST - 1] + "…")


def need(*modules):
    """Raise PublishError unless these modules, which only publishing needs, are installed. None is imported: some of
    them take seconds.

    >>> need("json")
    >>> need("nowhere")   # doctest: +ELLIPSIS
    Traceback (most recent call last):
    cnnlib.publish.errors.PublishError: nowhere is not installed: pip install "cnnlib[publish]", ...
    """
    for name in modules:
        if importlib.util.find_spec(name) is None:
            raise PublishError(f'{name} is not installed: pip install "cnnlib[publish]", in a clone '
                               "uv sync --extra publish")
