"""Small notebooks for the tests of what is published."""

import json


def markdown(source, id):
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def code(source, id, outputs=()):
    return {"cell_type": "code", "id": id, "metadata": {}, "source": source, "outputs": list(outputs),
            "execution_count": None}


def notebook(*cells, **changes):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | changes


def written(path, *cells, **changes):
    """The path, with such a notebook in it."""
    path.write_text(json.dumps(notebook(*cells, **changes)), encoding="utf-8")
    return path
