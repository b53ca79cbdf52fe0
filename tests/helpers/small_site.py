"""A small series of its own for the tests of the site: a lesson, a page and solutions."""

import os
from unittest import mock

from notebooks_made import code, markdown, written

from cnnlib.publish.site.build import build

HEAD = """# 00 · A small lesson

*About 7 minutes, one exercise included. Parts marked **Extra** take 3 more and can wait.*

It has a formula, $y = [-1, 2]$, and a [word](words.ipynb#cell-id=kernel).

<details><summary>What you need</summary>

## What you need

The [words](words.ipynb), and [how we write](../CONTRIBUTING.md).
</details>"""
PROOF = {"metadata": {"jupyter": {"source_hidden": True}, "tags": ["proof"]}}
WAITS = {"metadata": {"jupyter": {"outputs_hidden": True}}}
LESSON = [
    markdown(HEAD, "head"),
    code("import cnnlib as cnn", "imports"),
    markdown("## Slide\n\n$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[k]$$", "slide"),
    code("cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).player(step=0)", "player"),
    code("# Proof of the numbers above\nassert cnn.correlate1d([1, 2], [1, 1])[0] == 3", "proof") | PROOF,
    markdown("**Predict:** how much is 6 times 7?", "predict"),
    code("print(6 * 7)\ncnn.viz.slide([3, 1, 4], [1, 1]).player(step=0)", "waits") | WAITS,
    code('cnn.learn.exercise("01.1")', "ask"),
    code('answer = cnn.learn.TODO\ncnn.learn.check("01.1", answer)', "check"),
    code('cnn.learn.hint("01.1")', "hint"),
    code('cnn.learn.solution("01.1")', "solution"),
    code('from cnnlib.learn import library\ncnn.learn.quiz("01")', "quiz"),
    code("cnn.viz.show(cnn.viz.image_grid(cnn.data.photo('coins')[None, :40, :40]), 'A piece of a coin.')", "picture"),
]
WORDS = [
    markdown("# Words", "head"),
    *[markdown(f"## Word {n}\n\n" + "It has a long text. " * 60, f"word-{n}") for n in range(6)],
    markdown("## Kernel\n\nA small table of weights; see [the slide](00_small.ipynb#cell-id=slide).", "kernel"),
]
SOLVED = [markdown("# Solutions of lesson 00\n\nThose of [00_small](../00_small.ipynb).", "head"), code("1 + 1", "sum")]


def series(folder):
    """The folder of its notebooks, written."""
    (folder / "notebooks" / "solutions").mkdir(parents=True)
    (folder / "docs").mkdir()
    (folder / "docs" / "teaching.md").write_text(
        "# Teaching\n\nBegin with [the slide](../notebooks/00_small.ipynb#cell-id=slide).\n\n"
        "| | what for |\n|---|---|\n| **Site** | $\\leftarrow$ for students |\n", encoding="utf-8")
    (folder / "README.md").write_text(
        "# A series\n\n| [00_small](notebooks/00_small.ipynb) | 7 | add `two` numbers |\n", encoding="utf-8")
    written(folder / "notebooks" / "00_small.ipynb", *LESSON)
    written(folder / "notebooks" / "words.ipynb", *WORDS)
    written(folder / "notebooks" / "solutions" / "00_small.ipynb", *SOLVED)
    return folder / "notebooks"


def built(folder, **options):
    """The folder of its site, built."""
    notebooks = series(folder)
    with mock.patch.dict(os.environ, {"CNNLIB_CACHE": str(folder / "kept")}):
        return build(folder / "site", notebooks, **options)
