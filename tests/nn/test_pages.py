"""A step of training works in the memory that the step before has let go of."""

import platform
import subprocess
import sys

import pytest

STEPS = """
import resource
import numpy as np
from cnnlib import nn, zoo
{first}
model, x = zoo.lenet5().train(), np.zeros((64, 1, 28, 28), np.float32)

def step():
    model.backward(model.forward(x), need_dx=False)

for _ in range(5):
    step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    step()
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 20)
"""


def faults(first=""):
    """Pages that a step asks the system for anew, in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", STEPS.format(first=first)], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_hardly_any_page_is_fetched_anew():
    """And where heaps are cut off as usual (M_TRIM_THRESHOLD), many are."""
    assert faults() < 40 < faults("import ctypes; ctypes.CDLL(None).mallopt(-1, 128 * 1024)")
