"""Strict nbval on a notebook of a test's own, or on outputs of a notebook that was run elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

from nbformat import from_dict
from nbval.plugin import IPyNbFile, coalesce_streams, get_sanitize_patterns

ROOT = Path(__file__).resolve().parents[2]
SANITIZE = ROOT / "tests" / "nbval_sanitize.cfg"


def verdicts(path):
    """What strict nbval says of each code cell, "PASSED" or "FAILED", and all that it prints."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-c", ROOT / "pyproject.toml", "-o", "addopts=", "-p",
               "no:cacheprovider", "--rootdir", path.parent, "--nbval", "--nbval-current-env",
               f"--nbval-sanitize-with={SANITIZE}", path]
    # With CI set pytest would tell every failure in full twice; and which plugins load here is not asked of it.
    environment = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    result = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, env=environment)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    found = {int(n): verdict for verdict, n in re.findall(r"^(PASSED|FAILED) .*Cell (\d+)", result.stdout, re.M)}
    return [found[n] for n in sorted(found)], result.stdout


def differences(path, outputs, request):
    """What strict nbval says where these outputs, a list for each code cell, are not those that the notebook holds."""
    file = IPyNbFile.from_parent(request.session, path=path)
    file.sanitize_patterns.update(get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8")))
    cells, found = list(file.collect()), []
    assert len(cells) == len(outputs), (len(cells), len(outputs))
    for cell, new in zip(cells, outputs, strict=True):
        stored = coalesce_streams(cell.cell.outputs)
        if cell.options["check"] and not cell.compare_outputs(coalesce_streams(list(map(from_dict, new))), stored):
            found.append(f"{cell.name}: {' '.join(cell.comparison_traceback)}")
    return found
