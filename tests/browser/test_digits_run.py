"""The network that reads digits, in a real browser: all test digits as NumPy has them, and drawings centred alike."""

import base64

import numpy as np
import pytest
from modules import load
from strokes import DIGITS, inked

import cnnlib as cnn
from cnnlib.viz.kit.layers import described

# Numbers travel as the bytes of float32.
INIT = """async () => {
  const bytes = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));
  window.floats = text => new Float32Array(bytes(text).buffer);
  window.packed = values => {
    const all = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    let text = "";
    for (let n = 0; n < all.length; n += 1000) text += String.fromCharCode(...all.subarray(n, n + 1000));
    return btoa(text);
  };
  Object.assign(window, await import("./kit/static/layers.js"), await import("./kit/static/centre.js"));
}"""
LOGITS = """([layers, images]) => {
  const model = network(layers), x = floats(images), logits = new Float32Array(x.length / 784 * 10);
  for (let n = 0; n < x.length / 784; n++) {
    logits.set(model.run(x.subarray(n * 784, (n + 1) * 784), [1, 28, 28]).at(-1).values, n * 10);
  }
  return packed(logits);
}"""
CENTRED = """drawings => drawings.map(([text, height, width]) => {
  const digit = centred(floats(text), height, width);
  return digit && packed(digit);
})"""


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    page = load(context)
    page.evaluate(INIT)
    yield page
    context.close()


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array, np.float32).tobytes()).decode("ascii")


def unpacked(text):
    return np.frombuffer(base64.b64decode(text), np.float32)


def test_all_test_digits_are_read_as_numpy_reads_them(page):
    model, digits = cnn.zoo.digits(), cnn.data.mnist()
    seen = unpacked(page.evaluate(LOGITS, [described(model, (1, 28, 28)), packed(digits.x_test)])).reshape(-1, 10)
    assert seen.shape == (1000, 10)
    assert np.abs(seen - cnn.nn.predict(model, digits.x_test)).max() < 1e-4
    assert (seen.argmax(axis=1) == digits.y_test).mean() >= 0.97


def drawings():
    """Written ones, those of MNIST, thin and small ones, and any."""
    rng = np.random.default_rng(2)
    yield from (inked(strokes, side) for _, strokes in DIGITS for side in (28, 131))
    yield from cnn.data.mnist().x_test[:40, 0]
    for shape in [(1, 1), (1, 90), (90, 1), (2, 3), (20, 20), (21, 19), (57, 40)]:
        yield np.ones(shape)
        yield np.pad(rng.random(shape), [(3, 8), (0, 5)])
        yield rng.random(shape) * (rng.random(shape) > 0.8) + np.eye(*shape) / 2


def test_drawings_are_centred_as_in_python(page):
    drawn = [np.clip(drawing, 0, 1).astype(np.float32) for drawing in drawings()]
    found = page.evaluate(CENTRED, [[packed(drawing), *drawing.shape] for drawing in drawn])
    for drawing, seen in zip(drawn, found, strict=True):
        assert np.abs(unpacked(seen).reshape(28, 28) - cnn.data.centred(drawing)).max() < 1e-4, drawing.shape


def test_without_ink_there_is_nothing_to_centre(page):
    assert page.evaluate(CENTRED, [[packed(np.zeros((5, 4))), 5, 4]]) == [None]
