"""Strict nbval on a notebook of a test's own."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def verdicts(path):
    """What strict nbval says of each code cell, "PASSED" or "FAILED", and all that it prints."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-c", ROOT / "pyproject.toml", "-o", "addopts=", "-p",
               "no:cacheprovider", "--rootdir", path.parent, "--nbval", "--nbval-current-env",
               f"--nbval-sanitize-with={ROOT / 'tests/nbval_sanitize.cfg'}", path]
    # With CI set pytest would tell every failure in full twice.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    result = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, env=environment)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    found = {int(n): verdict for verdict, n in re.findall(r"^(PASSED|FAILED) .*Cell (\d+)", result.stdout, re.M)}
    return [found[n] for n in sorted(found)], result.stdout
