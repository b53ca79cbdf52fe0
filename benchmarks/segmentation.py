"""A U-Net with skips and without, on garments, and on coins; writes segmentation.md.

    uv run python benchmarks/segmentation.py      (on a machine that does nothing else: about five minutes)

The networks are those of lesson 09. On garments both see the same pictures once, and are tested on other garments on
the other half of each texture; of the coins they learn from the upper half of the photograph, and count the lower.
"""

import os
import pathlib
import time

import numpy as np
from scipy import ndimage
from timing import machine

import cnnlib as cnn
from cnnlib import nn

RESULTS = pathlib.Path(__file__).with_name("segmentation.md")
SEEDS = 0, 1, 2
PICTURES, PIECES, SIZE = 8000, 400, 48
SMALLEST = 100                              # pixels of a coin, at half size
GARMENTS, COINS, SECONDS = 0.86, 0.85, 90   # what is asked for


def level(C, K, depth, skips):
    """One level of a U-Net and all below it; without skips nothing is set beside what comes up."""
    if not depth:
        return two(C, K)
    below = nn.Sequential(nn.MaxPool2d(2), *level(K, 2 * K, depth - 1, skips),
                          nn.ConvTranspose2d(2 * K, K, 2, stride=2))
    return [*two(C, K), *([nn.DenseBlock(below), *two(2 * K, K)] if skips else [below, *two(K, K)])]


def two(C, K):
    """Two convolutions, each with batch norm and ReLU."""
    return [layer for channels in (C, K) for layer in (
        nn.Conv2d(channels, K, 3, padding=1, bias=False), nn.BatchNorm2d(K), nn.ReLU())]


def network(seed, depth, skips=True):
    return nn.Sequential(*level(1, 8, depth, skips), nn.Conv2d(8, 2, 1), seed=seed)


def trained(model, data, **options):
    """The network after training, seconds, and seconds of computing."""
    start = time.perf_counter(), time.process_time()
    nn.fit(model, data, optimizer=nn.Adam(model.parameters(), lr=0.01), flip=True, progress=False, **options)
    return model, time.perf_counter() - start[0], time.process_time() - start[1]


def iou(found, true):
    return float((found & true).sum() / (found | true).sum())


def garments(seed, skips):
    """IoU of cloth, seconds, seconds of computing."""
    data, test = (cnn.data.garments_on_texture(split, n=n) for split, n in (("train", PICTURES), ("test", None)))
    model, *seconds = trained(network(seed, 3, skips), data, epochs=1, batch_size=8)
    return iou(nn.predict(model, test.x).argmax(axis=1) == 1, test.y == 1), *seconds


def halved(part):
    """Image and mask at half size, (72, 192): means of 2 x 2 pixels."""
    return [np.asarray(a, float)[:144].reshape(72, 2, 192, 2).mean(axis=(1, 3)) for a in (part.image, part.mask)]


def pieces(seed):
    """Pieces of the upper half, turned and re-lit: (n, 1, size, size), (n, size, size)."""
    rng, (image, mask) = np.random.default_rng(seed), halved(cnn.data.coins("train"))
    x, y = np.empty((PIECES, 1, SIZE, SIZE), np.float32), np.empty((PIECES, SIZE, SIZE), int)
    for i in range(PIECES):
        row, column = (rng.integers(side - SIZE + 1) for side in image.shape)
        place, turns = np.s_[row:row + SIZE, column:column + SIZE], rng.integers(4)
        contrast, light = rng.uniform(0.3, 1.2), rng.uniform(0, 0.2)
        x[i, 0] = np.rot90(image[place] * contrast + light, turns).clip(0, 1)
        y[i] = np.rot90(mask[place] >= 0.5, turns)
    return x, y


def coins(seed):
    """IoU at full size, coins counted, seconds, seconds of computing."""
    model, *seconds = trained(network(seed, 2), pieces(seed), epochs=2, batch_size=4)
    part = cnn.data.coins("test")
    found = nn.predict(model, halved(part)[0][None, None].astype(np.float32)).argmax(axis=1)[0] == 1
    counted = (np.bincount(ndimage.label(found)[0].ravel())[1:] >= SMALLEST).sum()
    return iou(found.repeat(2, axis=0).repeat(2, axis=1), part.mask[:144]), int(counted), *seconds


def each(values, digits=3):
    return " ".join(f"{value:.{digits}f}" for value in values)


def report(found):
    """The whole of segmentation.md; `found` is {name: [what was measured for each seed]}."""
    with_skips, without, counted = (found[name] for name in ("with skips", "without", "coins"))
    gains = [ours[0] - theirs[0] for ours, theirs in zip(with_skips, without, strict=True)]
    rows = [f"| {name} | {each(run[0] for run in runs)} | **{np.mean([run[0] for run in runs]):.3f}** | "
            f"{max(run[-2] for run in runs):.0f} | {max(run[-1] for run in runs):.0f} |"
            for name, runs in found.items()]
    return "\n".join([
        "# Segmentation: a U-Net with skips and without, and coins\n",
        f"Intersection over union on held-out pictures; seeds {', '.join(map(str, SEEDS))}. On garments "
        f"(`cnn.data.garments_on_texture`, 300 pictures of 48 x 48 to be tested on) each network saw {PICTURES:,} "
        f"pictures once, in batches of 8, Adam 0.01, mirrored. On coins {PIECES} pieces of the upper half of the "
        "photograph, turned and re-lit, twice, in batches of 4; tested on the lower half, at full size. Written by "
        "`segmentation.py`.\n",
        f"Machine: {machine()}; {os.getloadavg()[2]:.1f} processes wanted its cores meanwhile.\n",
        "| network | each seed | mean | seconds, at most | of computing |",
        "|---|---|---|---|---|",
        *rows,
        f"\nWith skips at least {min(run[0] for run in with_skips):.3f}, target {GARMENTS}. The difference to none is "
        f"**{np.mean(gains):.3f}** (seed by seed {each(gains)}). Coins at least {min(run[0] for run in counted):.3f}, "
        f"target {COINS}; counted of the 12: {', '.join(str(run[1]) for run in counted)}. "
        f"Longest training: {max(run[-2] for run in with_skips):.0f} seconds, target {SECONDS}.\n"])


def main():
    found = {"with skips": [], "without": [], "coins": []}
    for seed in SEEDS:
        for name, measured in (("with skips", garments(seed, True)), ("without", garments(seed, False)),
                               ("coins", coins(seed))):
            found[name].append(measured)
            print(f"seed {seed}, {name}: {measured}", flush=True)
    RESULTS.write_text(report(found), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
