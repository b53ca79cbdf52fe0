"""A small ResNet beside LeNet on Fashion-MNIST, 8,000 images to learn from, 2,000 for tests; writes small_resnet.md.

    uv run python benchmarks/small_resnet.py      (on a machine that does nothing else: about ten minutes)

LeNet is trained as in lesson 06, with mirrored images too, and with all that the ResNet gets; its best mean counts. The
recipes were chosen with 1,000 of the training images held out, not by the test.
"""

import os
import pathlib
import time

import numpy as np
from timing import machine

import cnnlib as cnn
from cnnlib import nn

RESULTS = pathlib.Path(__file__).with_name("small_resnet.md")
SEEDS = 0, 1, 2
GAIN, PARAMETERS, SECONDS = 1.0, 100_000, 150   # points of accuracy; of the ResNet; for one training


def small_resnet(seed):
    """Three blocks of 16, 32 and 64 maps, on images halved by the first convolution."""
    return cnn.zoo.resnet((1, 1, 1), classes=10, in_channels=1, width=16, stem="half", seed=seed)


LESSON = {"epochs": 20, "lr": 0.003, "weight_decay": 0.0003, "shift": 1}
LONGER = {"epochs": 30, "lr": 0.003, "weight_decay": 0.001, "shift": 1, "flip": True}
ROWS = {   # name: (network, recipe)
    "LeNet, as in lesson 06": (cnn.zoo.lenet5, LESSON),
    "LeNet, mirrored as well": (cnn.zoo.lenet5, LESSON | {"flip": True}),
    "LeNet, as the ResNet": (cnn.zoo.lenet5, LONGER),
    "small ResNet": (small_resnet, LONGER),
}


def trained(network, seed, lr, weight_decay, **options):
    """Accuracy on the test images in per cent, parameters, seconds, and seconds of computing of one training."""
    data, model = cnn.data.fashion_mnist(), network(seed=seed)
    optimizer = nn.Adam(model.parameters(), lr=lr, weight_decay=weight_decay)
    start = time.perf_counter(), time.process_time()
    nn.fit(model, data, optimizer=optimizer, seed=seed, progress=False, **options)
    seconds = time.perf_counter() - start[0], time.process_time() - start[1]
    _, accuracy = nn.evaluate(model, data.x_test, data.y_test)
    return 100 * accuracy, sum(p.size for p in model.parameters()), *seconds


def told(recipe):
    """A recipe in words."""
    words = {"epochs": "{} epochs", "lr": "Adam {}", "weight_decay": "weight decay {}", "shift": "shifts by {}",
             "flip": "mirrored"}
    return ", ".join(words[name].format(value) for name, value in recipe.items() if value)


def row(name, recipe, runs):
    """One line of the table."""
    accuracy, parameters, seconds, computing = np.array(runs).T
    each = " ".join(f"{value:.2f}" for value in accuracy)
    return (f"| {name} | {told(recipe)} | {parameters[0]:,.0f} | {each} | **{accuracy.mean():.2f}** | "
            f"{seconds.max():.0f} | {computing.max():.0f} |")


def report(found):
    """The whole of small_resnet.md; `found` is {name: [what `trained` returns for each seed]}."""
    means = {name: np.mean([run[0] for run in runs]) for name, runs in found.items()}
    *_, resnet = ROWS
    rival = max((name for name in means if name != resnet), key=means.get)
    gains = [ours[0] - theirs[0] for ours, theirs in zip(found[resnet], found[rival], strict=True)]
    spread = np.std(gains, ddof=1) / np.sqrt(len(gains))
    parameters, seconds = found[resnet][0][1], max(run[2] for run in found[resnet])
    lines = [row(name, recipe, found[name]) for name, (_, recipe) in ROWS.items()]
    return "\n".join([
        "# A small ResNet beside LeNet\n",
        "Accuracy in per cent on the 2,000 test images of `cnn.data.fashion_mnist()`, trained on its 8,000 others; "
        f"seeds {', '.join(map(str, SEEDS))}. Written by `small_resnet.py`.\n",
        f"Machine: {machine()}; {os.getloadavg()[2]:.1f} processes wanted its cores meanwhile.\n",
        "| network | recipe | parameters | each seed | mean | seconds, at most | of computing |",
        "|---|---|---|---|---|---|---|",
        *lines,
        f"\nThe ResNet is ahead of the best LeNet ({rival}) by **{np.mean(gains):.2f} points** "
        f"(standard error {spread:.2f}; seed by seed {', '.join(f'{gain:.2f}' for gain in gains)}); target {GAIN:.0f}. "
        f"Parameters: {parameters:,}, target below {PARAMETERS:,}. "
        f"Longest training: {seconds:.0f} seconds, target {SECONDS}.\n",
        "One image in 2,000 is 0.05 points; of one network's accuracy chance alone makes ± 0.7.\n"])


def main():
    found = {name: [] for name in ROWS}
    for seed in SEEDS:
        for name, (network, recipe) in ROWS.items():
            found[name].append(trained(network, seed, **recipe))
            print(f"seed {seed}, {name}: {found[name][-1][0]:.2f} %, {found[name][-1][2]:.0f} s", flush=True)
    RESULTS.write_text(report(found), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
