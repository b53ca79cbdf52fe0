"""How long a network takes in the browser, a digit or an image at a time; writes live_network.md.

    uv run python benchmarks/live_network.py

In a real Chromium, by the page's own clock: 200 images one after the other, seven times. The first round, in which the
browser still compiles, is told apart. Below 5 ms a digit leave most of a frame of 16 ms to the drawing.
"""

import pathlib
import statistics
import sys

from playwright.sync_api import sync_playwright
from timing import machine

import cnnlib as cnn
from cnnlib.viz.kit.layers import described

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tests" / "browser"))
from lab import FLAGS, find_chromium
from modules import load

RESULTS = pathlib.Path(__file__).with_name("live_network.md")
NETWORKS = {
    "LeNet, 1x28x28": (cnn.zoo.lenet5(), (1, 28, 28)),
    "LeNet of the notes, 3x32x32": (cnn.zoo.lenet_notes(), (3, 32, 32)),
    "classifier(2, 2, 1), 1x28x28": (cnn.zoo.classifier(2, 2, 1), (1, 28, 28)),
}
TIMED = """async ([layers, shape, rounds, images]) => {
    const { network } = await import("./kit/static/layers.js");
    const model = network(layers), x = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, Math.random);
    const timed = work => Array.from({ length: rounds }, () => {
        const begun = performance.now();
        for (let n = 0; n < images; n++) work();
        return (performance.now() - begun) / images;
    });
    const forward = timed(() => model.run(x, shape)), outputs = model.run(x, shape), last = layers.length - 1;
    return [forward, timed(() => model.gradient(outputs, x, last, 0))];
}"""


def main():
    """Measure and write."""
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = load(browser.new_context())
        for name, (model, shape) in NETWORKS.items():
            times = page.evaluate(TIMED, [described(model, shape), shape, 7, 200])
            first, *forward = times[0]
            rows.append(f"| {name} | {first:.2f} | **{statistics.median(forward):.2f}** | "
                        f"{statistics.median(times[1]):.2f} |")
        browser.close()
    head = ["# Networks in the browser", "",
            "Milliseconds for one image through all layers, and for the gradient of one score. Written by "
            "`live_network.py`.", "", f"Machine: {machine()}.", "",
            "| network | forward, first 200 | forward, then | gradient |", "|---|---|---|---|"]
    RESULTS.write_text("\n".join([*head, *rows, ""]), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
