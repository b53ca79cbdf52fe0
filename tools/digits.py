"""The network that reads digits: trains the LeNet of lesson 06 on handwritten digits into assets/digits_lenet.npz.

    python -m tools.digits            train it again, some minutes, and list it with its size and checksum
    python -m tools.digits --check    train nothing, write nothing; exit 1 if what is stored is too large, reads too
                                      few of the test digits, or is listed wrongly

It learns from the 4,000 training digits of cnn.data.mnist() and variants of them: turned, slanted, stretched, bent,
thickened and thinned, each then centred as a drawing is. MNIST was written in the United States, where a 1 is a plain
stroke: with a flag it is a 7 there. So some of the variants of a 1 get the flag that it has in Europe. Nothing here was
chosen by the test digits. Another build of NumPy trains to other weights, as good: so what is stored is checked, not
repeated.
"""

import hashlib
import io
import re
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

import cnnlib as cnn

from . import command

ASSETS = Path(__file__).resolve().parents[1] / "assets"
NAME = "digits_lenet.npz"
LARGEST, LEAST = 300_000, 0.97   # bytes; share of the test digits that it must read
VARIANTS, EPOCHS = 14, 10
FLAGS = 0.3   # share of the variants of a 1 that get one, or would if they did not lean


def flagged(image, rng):
    """A 1 (28, 28) with a flag, as it is written in Europe: from its top down to the left. Not one that leans much."""
    rows, columns = np.nonzero(image > 0.5)
    height, lean = np.ptp(rows) + 1, np.ptp(columns) + 1
    if lean > 0.5 * height:
        return image
    top, finer, pen = rows.min(), 4, max(1.5, image.sum() / height)
    x, y = columns[rows == top].mean() + 0.5, top + pen / 2
    angle, length = np.radians(rng.uniform(30, 60)), height * rng.uniform(0.2, 0.5)
    ends = [(x, y), (x - length * np.sin(angle), y + length * np.cos(angle))]
    flag = Image.new("L", (28 * finer, 28 * finer))
    draw, r = ImageDraw.Draw(flag), pen * finer / 2
    draw.line([(finer * x, finer * y) for x, y in ends], fill=255, width=round(2 * r))
    for x, y in ends:
        draw.ellipse((finer * x - r, finer * y - r, finer * x + r, finer * y + r), fill=255)
    return np.maximum(image, np.asarray(flag.reduce(finer), np.float32) / 255)


def variant(image, label, rng):
    """A digit (28, 28) as somebody else might have written it, centred again; None for one of which little is left."""
    if label == 1 and rng.random() < FLAGS:
        image = flagged(image, rng)
    turn, slant = np.radians(rng.uniform(-12, 12)), rng.uniform(-0.2, 0.2)
    way = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ [[1, 0], [slant, 1]]
    way = way @ np.diag(rng.uniform(0.85, 1.15, 2))
    places = np.moveaxis(np.indices(image.shape), 0, -1) - 13.5   # (28, 28, 2)
    bent = ndimage.gaussian_filter(rng.uniform(-1, 1, (2, 28, 28)), (0, 4, 4)) * rng.uniform(0, 30)   # a pixel or so
    moved = np.moveaxis(places @ way.T, -1, 0) + 13.5 + bent
    image = ndimage.map_coordinates(np.pad(image, 6), moved + 6, order=1)
    match rng.integers(5):
        case 0:
            image = ndimage.grey_dilation(image, (2, 2))
        case 1:
            image = ndimage.grey_dilation(image, footprint=ndimage.generate_binary_structure(2, 1))
        case 2:
            image = np.minimum(image, ndimage.grey_erosion(image, (2, 1)) * 0.5 + image * 0.5)
    image[image < 0.02] = 0   # what no pen would leave
    return cnn.data.centred(image.clip(0, 1)) if image.max() > 0.5 else None


def variants(x, y, times, seed=0):
    """Digits (N, 1, 28, 28) with their labels, and as many variants of each."""
    rng = np.random.default_rng(seed)
    more = [(made, label) for _ in range(times) for image, label in zip(x[:, 0], y, strict=True)
            if (made := variant(image, label, rng)) is not None]
    images, labels = zip(*more, strict=True)
    return np.concatenate([x, np.stack(images)[:, None]]), np.concatenate([y, labels])


def trained(x, y, progress=True, seed=0):
    """LeNet, trained on these digits and variants of them; its weights are ones that float16 holds."""
    model = cnn.zoo.lenet5(seed=seed)
    optimizer = cnn.nn.Adam(model.parameters(), lr=0.002, weight_decay=1e-4)
    cnn.nn.fit(model, variants(x, y, VARIANTS, seed), epochs=EPOCHS, optimizer=optimizer, schedule=cnn.nn.cosine,
               shift=1, seed=seed, progress=progress)
    for parameter in model.parameters():
        parameter.data = parameter.data.astype(np.float16).astype(np.float32)
    return model


def packed(model):
    """The bytes of the file: half precision, compressed."""
    file = io.BytesIO()
    np.savez_compressed(file, **{name: p.data.astype(np.float16) for name, p in model.named_parameters()})
    return file.getvalue()


def faults(model, raw):
    """What is wrong with it, a line each."""
    digits = cnn.data.mnist()
    _, read = cnn.nn.evaluate(model, digits.x_test, digits.y_test)
    print(f"{NAME}: {len(raw):,} bytes, reads {read:.1%} of the test digits")
    found = [f"{len(raw):,} bytes, expected at most {LARGEST:,}"] * (len(raw) > LARGEST)
    return found + [f"reads {read:.1%} of the test digits, expected at least {LEAST:.0%}"] * (read < LEAST)


def listings(raw):
    """The two lists of files in assets/ with the size and the checksum of these bytes: {path: text}."""
    sums, page = ASSETS / "checksums.sha256", ASSETS / "PROVENANCE.md"
    line = f"# {len(raw)} bytes\n{hashlib.sha256(raw).hexdigest()}  {NAME}\n"
    return {sums: re.sub(rf"# \d+ bytes\n\w+  {re.escape(NAME)}\n", line, sums.read_text(encoding="utf-8")),
            page: re.sub(rf"(?<=\| `{re.escape(NAME)}` \| )[\d,]+", f"{len(raw):,}", page.read_text(encoding="utf-8"))}


def main(arguments=None):
    """The command line; returns the exit code."""
    options, path = command.parser("tools.digits", __doc__).parse_args(arguments), ASSETS / NAME
    if options.check:
        raw = path.read_bytes()
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            model = cnn.zoo.lenet5().load(dict(arrays))
    else:
        digits = cnn.data.mnist()
        model = trained(digits.x_train, digits.y_train)
        raw = packed(model)
    problems, failed = faults(model, raw), False
    for each, content in {path: raw, **listings(raw)}.items():
        changed = not problems and command.put(each, content, options.check)
        failed |= command.told(each, changed, options.check, problems if each == path else ())
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
