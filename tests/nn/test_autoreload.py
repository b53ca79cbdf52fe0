"""A module of the package that changes under `%autoreload`: what was made before goes on working with what is new."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHANGED = """
import os, pathlib, sys, time
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()

def run(code):
    shell.run_cell(code).raise_error()

run("%load_ext autoreload")
run("%autoreload 2")
run("import numpy as np, cnnlib as cnn; from cnnlib import nn; scene = cnn.viz.slide([1, 2, 3], [1, 1])")
run("old = nn.Sequential(nn.Flatten(), nn.Linear(4, 2)); data = np.eye(4), [0, 1, 0, 1]")
file = pathlib.Path(sys.argv[1])
file.write_text(file.read_text(encoding="utf-8") + "\\nchanged = True\\n", encoding="utf-8")
os.utime(file, (time.time() + 5,) * 2)
run("new = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))")
run("import importlib; assert importlib.import_module(%r).changed" % ".".join(file.with_suffix("").parts))
for model in ("old", "new"):
    run(f"nn.fit({model}, data, epochs=1, progress=False); nn.SGD({model}.parameters())")
    run(f"{model}.load({model}.save('m'))")
run("old[1].weight = new[1].weight; nn.Sequential(*new, nn.Linear(2, 2))")
run("player = scene.player(); player.w = [1, 2]; cnn.viz.slide([1, 2], [1]).player()")
"""


@pytest.mark.alike(4)
@pytest.mark.parametrize("module", ["nn/layer.py", "nn/layers.py", "nn/optim.py", "viz/slide/scene.py"])
def test_a_module_changes(tmp_path, module):
    for folder in ("cnnlib", "assets"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-c", CHANGED, f"cnnlib/{module}"], cwd=tmp_path, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
