"""A notebook that was run, as the source of a page: what is for the kernel goes, what is long is folded, cells can be
found by their ids.

- A cell that only asks for an exercise, a hint or a solution gives way to what it shows.
- A check keeps its code; its verdict, "not yet", says nothing where no code runs.
- Proofs are folded, and so is what comes out of a cell that waits for a prediction, as they are in JupyterLab.
- Before each cell stands an empty element with the id `cell-id=NAME`, to which links between notebooks lead.
"""

import re

from nbformat.v4 import new_markdown_cell

SHOWS = re.compile(r"cnn\.learn\.(?:exercise|hint|solution)\([^()]*\)")
CHECKS = re.compile(r"^\s*cnn\.learn\.check\(", re.M)
PROOF = "Proof of the numbers above"
PREDICTED, OPENED = "Your prediction first; then open what came out", "What came out"
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_TOP = re.compile(r"(?:# .*\n*)?(?:\*About \d+ minutes.*(?:\n.+)*\n*)?")
_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: +#+)? *$")


def page(notebook, source, deck=None):
    """The cells of a page, as a notebook; that which is given is changed. `deck` are its slides, if there are any."""
    cells = []
    for number, cell in enumerate(notebook.cells, 1):
        cells += [new_markdown_cell(f'<div class="cnn-anchor" id="cell-id={cell.id}"></div>'), *_shown(cell)]
        if number == 1:
            cells = [*cells[1:], cells[0]]
    notebook.cells = cells
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"},
                         "language_info": {"name": "python"}}
    if not any(re.match(r"# ", line) for line in cells[0].source.splitlines() if cells[0].cell_type == "markdown"):
        cells.insert(0, new_markdown_cell(f"# {source.path.stem}"))
    if source.kind == "lesson":   # below its title and its minutes: what follows may lead to the next cell's picture
        top = _TOP.match(cells[0].source)
        rest = cells[0].source[top.end():]
        cells[:1] = [new_markdown_cell(top[0]), _box(source, deck), new_markdown_cell(rest)]
    return notebook


# --- one cell ---------------------------------------------------------------------------------------------------------

def _shown(cell):
    """The cells that stand on the page for one of the notebook."""
    if cell.cell_type == "markdown":
        cell.source = unfolded(cell.source)
        return [cell]
    if cell.cell_type != "code":
        return []
    if SHOWS.fullmatch(cell.source.strip()):
        return [new_markdown_cell(unfolded(output.data["text/markdown"])) for output in cell.outputs
                if "text/markdown" in output.get("data", {})]
    cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
    if CHECKS.search(cell.source):
        cell.outputs = [output for output in cell.outputs if 'data-state="not yet"' not in _html(output)]
    tags, folded = cell.metadata.get("tags", []), cell.metadata.get("jupyter", {})
    if "proof" in tags or folded.get("source_hidden"):
        _fold(cell, "hide-input", PROOF, PROOF)
    elif folded.get("outputs_hidden") and cell.outputs:
        _fold(cell, "hide-output", PREDICTED, OPENED)
    return [cell]


def _fold(cell, tag, closed, opened):
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), tag]
    cell.metadata["mystnb"] = {"code_prompt_show": closed, "code_prompt_hide": opened}


def _html(output):
    return output.get("data", {}).get("text/html", "")


def unfolded(text):
    """Markdown whose headings within `<details>` are rubrics: a section of a page must not begin within one.

    >>> print(unfolded("<details>\\n\\n## What you need\\n\\nA pen.\\n</details>\\n\\n## Next"))
    <details>
    <BLANKLINE>
    ```{rubric} What you need
    :heading-level: 3
    ```
    <BLANKLINE>
    A pen.
    </details>
    <BLANKLINE>
    ## Next
    """
    lines, depth, fence = [], 0, None
    for line in text.split("\n"):
        if mark := _FENCE.match(line):
            fence = None if fence and mark[1].startswith(fence) else fence or mark[1]
        elif fence is None:
            heading = _HEADING.match(line)
            if heading and depth:
                line = f"```{{rubric}} {heading[2]}\n:heading-level: {min(6, len(heading[1]) + 1)}\n```"
            depth += line.count("<details") - line.count("</details")
        lines.append(line)
    return "\n".join(lines)


def _box(source, deck):
    """At the top of a lesson: how to run it for real, because checks need a kernel, and where its slides are."""
    lecture = f" **You lecture?** Here are [its slides]({deck.path.parent.name}/{deck.path.name})." if deck else ""
    return new_markdown_cell(
        '<aside class="cnn-box" aria-label="This page">\n\n'
        f"**Everything that moves here is alive.** Only code does not run on this page.{lecture}\n\n"
        "<details><summary>Run it, and have your answers checked</summary>\n\n"
        "Copy the project and, in its folder, run these two commands:\n\n"
        f"```text\npip install uv\nuv run jupyter lab notebooks/{source.path.name}\n```\n\n</details></aside>")
