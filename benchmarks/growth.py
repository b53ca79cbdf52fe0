"""How time and peak memory of a convolution grow with batch, channels, image and kernel size; writes growth.png.

    uv run --group benchmark python benchmarks/growth.py

From one starting point, one number grows at a time. Time is forward and backward, the median of several rounds; memory
is the peak of what is allocated during the forward pass, its output included, as tracemalloc sees it.
"""

import pathlib
import tracemalloc

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
from timing import interleaved, machine

from cnnlib.ops import conv
from cnnlib.ops.window import geometry

START = {"batch": 16, "channels": 16, "image": 32, "kernel": 3}
GROWTH = {
    "batch": (4, 8, 16, 32, 64, 128),
    "channels": (4, 8, 16, 32, 64, 128),
    "image": (8, 16, 32, 64, 128),
    "kernel": (1, 3, 5, 7, 9),
}
PICTURE = pathlib.Path(__file__).with_name("growth.png")


def layer(batch, channels, image, kernel):
    """Forward, and forward with backward, of a layer with as many filters as channels, its padding keeping the size."""
    rng = np.random.default_rng(0)
    g = geometry((image, image), kernel, 1, kernel // 2)
    x, dy = (rng.random((channels, image, image, batch), np.float32).transpose(3, 0, 1, 2) for _ in range(2))
    w = rng.random((channels, channels, kernel, kernel), np.float32)

    def both():
        _, cache = conv.forward(x, w, None, g)
        conv.weight_gradient(dy, cache, w, g)
        conv.input_gradient(dy, w, g, x.shape)

    return lambda: conv.forward(x, w, None, g), both


def measure(**numbers):
    """(milliseconds forward and backward, peak megabytes forward)."""
    forward, both = layer(**numbers)
    milliseconds = 1000 * float(np.median(interleaved({"both": both}, seconds=0.4)["both"]))
    tracemalloc.start()
    forward()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return milliseconds, peak


def main():
    """Measure everything, print it, draw it."""
    fig, panels = plt.subplots(2, 4, figsize=(12, 6), sharex="col", sharey="row", layout="constrained")
    for column, (name, values) in enumerate(GROWTH.items()):
        measured = np.array([measure(**{**START, name: value}) for value in values])
        for value, (milliseconds, peak) in zip(values, measured, strict=True):
            print(f"{name:8} {value:4}: {milliseconds:8.2f} ms, {peak:7.1f} MB", flush=True)
        for row, (label, unit) in enumerate((("forward and backward", "ms"), ("peak memory, forward", "MB"))):
            ax = panels[row, column]
            ax.loglog(values, measured[:, row], "o-", color=("#3B7DD8", "#661144")[row])
            ax.grid(alpha=0.3)
            ax.set_xticks(values, [str(value) for value in values])
            ax.minorticks_off()
            if column == 0:
                ax.set_ylabel(f"{label}, {unit}")
        panels[1, column].set_xlabel(name)
    at = ", ".join(f"{name} {value}" for name, value in START.items())
    fig.suptitle(f"One number grows, the others stay at {at} (float32)\n{machine()}", fontsize=10)
    fig.savefig(PICTURE, dpi=100)


if __name__ == "__main__":
    main()
