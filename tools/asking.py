"""Rules of the house style: a question stays open until its answer is unfolded, its cell run, or its player asked."""

import re

# A player's output as text: the digest of its scene, or of what else it shows.
DIGEST = re.compile(
    r"(?:(?:Conv|ConvTranspose|MaxPool|AvgPool)[12]d .* (?:-> \d+(?:x\d+)*, \d+ steps|to predict)"
    r"|Shifts \d.* \d+(?:x\d+)?, \d+ shifts|KernelLab .* -> \d+x\d+|Stack \d.*, shift .*"
    r"|Network \d.* \d+ weights, (?:no image|\d+ images?)), [0-9a-f]{4}$", re.M)

BAR = re.compile(r"training: \d+ (?:networks|epochs)")   # the output of a progress bar

ASKED = re.compile(r"\*\*Predict|\?\*?\*?$", re.M)               # a question, at the end of its paragraph
SIZE_ASKED = re.compile(r"(?:[Hh]ow many outputs|shape of \$y\$)\?")


def digest(output):
    """The digest of the scene that a player's output shows; None for any other output."""
    found = DIGEST.match(output.get("data", {}).get("text/plain", ""))
    return found and found.group()


def tells(output):
    """Whether an output can give something away: a player that asks and a progress bar do not."""
    return "to predict" not in (digest(output) or "") and not BAR.match(output.get("data", {}).get("text/plain", ""))


def waiting(nb, folder):
    """Between a question and the fold with its answer stands no output that tells; and where a size is asked for, the
    player below does not have the sizes that the question names."""
    found, size, asked, told = [], [], None, None
    for i, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            open_ones = [] if waits(cell) else cell.get("outputs", [])
            seen = [out for out in open_ones if tells(out)]
            told = told if told is not None or asked is None or not seen else i
            digests = [digest(out) for out in seen if digest(out)]
            if size and any(all(f" {number} " in f"{line} " for number in size) for line in digests):
                found.append(f"cell {i}: its player shows the size that is asked for above it")
            size = size if not seen else []
            continue
        question, fold, _ = cell.source.partition("<details")
        if re.search(r"^#+ ", question, re.M):
            asked = told = None
        if fold and told is not None and not ASKED.search(question):
            found.append(f"cell {told}: its output stands between a question and the answer in cell {i}")
        if ASKED.search(question) or fold:
            asked, told = None if fold else i, None
        size = re.findall(r"\$([FSPD]) = (\d+)\$", question) if SIZE_ASKED.search(question) else []
        size = [{"F": "k"}.get(letter, letter.lower()) + number for letter, number in size]
    return found


def waits(cell):
    """Whether a cell's stored output is folded, as JupyterLab does it: running the cell unfolds it."""
    return cell.metadata.get("jupyter", {}).get("outputs_hidden", False)


def predicted(nb, folder):
    """An output is folded only if a prediction was asked for, in this part of the lesson or the one before."""
    found, asked, parts = [], False, 0
    for i, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            if waits(cell) and not (asked and cell.get("outputs")):
                what = "nothing was asked" if cell.get("outputs") else "there is none"
                found.append(f"cell {i}: its output is folded, but {what}")
            continue
        before, predict, after = cell.source.partition("**Predict")
        parts = 0 if predict else parts
        parts += len(re.findall(r"^## ", after or before, re.M))
        asked = bool(predict or asked) and parts < 2
    return found
