"""Speed beside the alternatives, as ratios measured in one run on one machine; writes results.md.

    uv run --group benchmark python benchmarks/compare.py [seconds per row]

Below 1 is faster than the alternative. PyTorch runs on two threads, as NumPy's matrix products do.
"""

import contextlib
import pathlib
import sys
import tracemalloc

import numpy as np
import rivals
import torch
import torch.nn.functional as F
import torch_networks as twins
from scipy import ndimage, signal
from timing import agree, interleaved, machine, ratio

import cnnlib as cnn
from cnnlib.nn.threads import SMALL
from cnnlib.ops import conv, pool
from cnnlib.ops.loss import loss_and_gradient
from cnnlib.ops.parallel import one_blas_thread
from cnnlib.ops.window import geometry

THREADS = 2
RESULTS = pathlib.Path(__file__).with_name("results.md")
rng = np.random.default_rng(0)

# What a layer inside a network receives: the batch last in memory, float32.
CONVOLUTIONS = [   # N, C, H, W, K, F, stride, padding, target
    (64, 1, 28, 28, 8, 5, 1, 2, 0.75),
    (64, 8, 14, 14, 16, 5, 1, 0, 2.5),
    (32, 3, 32, 32, 8, 5, 1, 0, 1.3),
    (8, 64, 56, 56, 64, 3, 1, 1, 2.2),
    (1, 3, 224, 224, 64, 7, 2, 3, 0.9),
]
POOLS = [((64, 8, 28, 28), 2, 2, 0.55), ((8, 64, 112, 112), 3, 2, 2.0)]


def drawn(*shape):
    """Random float32 (N, C, H, W) with the batch last in memory."""
    return rng.standard_normal((*shape[1:], shape[0]), dtype=np.float32).transpose(3, 0, 1, 2)


def tensor(array, grad=False):
    """The same numbers for PyTorch, in its own order."""
    return torch.tensor(np.ascontiguousarray(array), requires_grad=grad)


def convolution(N, C, H, W, K, f, stride, padding):
    """Forward and backward of one layer here and in PyTorch."""
    x, w, b = drawn(N, C, H, W), drawn(K, C, f, f), np.zeros(K, np.float32)
    g = geometry((H, W), (f, f), stride, padding)
    dy = drawn(N, K, *g.out)
    tx, tw, tb, tdy = tensor(x, True), tensor(w, True), tensor(b, True), tensor(dy)
    w = np.ascontiguousarray(w)

    def here():
        _, cache = conv.forward(x, w, b, g)
        return conv.input_gradient(dy, w, g, x.shape), conv.weight_gradient(dy, cache, w, g), conv.bias_gradient(dy)

    def pytorch():
        return torch.autograd.grad(F.conv2d(tx, tw, tb, stride, padding), (tx, tw, tb), tdy)

    return {"cnnlib": here, "PyTorch": pytorch}


def pooling(shape, f, stride):
    """Forward and backward of max-pooling, on what comes out of a ReLU."""
    x = np.maximum(drawn(*shape), 0)
    g = pool.window(shape[2:], f, stride, 0)
    dy = drawn(*shape[:2], *g.out)
    tx, tdy = tensor(x, True), tensor(dy)
    return {
        "cnnlib": lambda: pool.max_backward(dy, x, pool.max_forward(x, g), g),
        "PyTorch": lambda: torch.autograd.grad(F.max_pool2d(tx, f, stride), tx, tdy)[0],
    }


def step(model, network, batch, *shape):
    """One training step with Adam: forward, loss, backward, update."""
    x, y = rng.random((batch, *shape), dtype=np.float32), rng.integers(10, size=batch)
    model.train()
    network.train()
    ours = cnn.nn.Adam(model.parameters())
    theirs = torch.optim.Adam(network.parameters())
    tx, ty = torch.tensor(x), torch.tensor(y)

    small = batch * model.macs(shape) < SMALL   # which fit, too, finds out once for all its steps

    def here():
        with one_blas_thread() if small else contextlib.nullcontext():
            logits = model.forward(x)
            _, dlogits = loss_and_gradient(logits, y)
            model.backward(dlogits, need_dx=False)
            ours.step()

    def pytorch():
        theirs.zero_grad()
        F.cross_entropy(network(tx), ty).backward()
        theirs.step()

    return {"cnnlib": here, "PyTorch": pytorch}


def predictions(model, network, images, *shape):
    """What a network says of images: the forward pass alone, in batches."""
    x, _ = rng.random((images, *shape), dtype=np.float32), network.eval()
    tx = torch.tensor(x).split(128)

    def pytorch():
        with torch.inference_mode():
            return torch.cat([network(batch) for batch in tx])

    return {"cnnlib": lambda: cnn.nn.predict(model, x), "PyTorch": pytorch}


def whole_training(epochs=5):
    """LeNet on 8,000 garments, with shifts, Adam and a cosine schedule; accuracies are compared by the caller."""
    data = cnn.data.fashion_mnist()
    accuracy = {}

    def here():
        model = cnn.zoo.lenet5()
        cnn.nn.fit(model, data, epochs=epochs, shift=1, progress=False)
        accuracy["cnnlib"] = cnn.nn.evaluate(model, data.x_test, data.y_test)[1]

    def pytorch():
        network, shuffle = twins.lenet(), np.random.default_rng(0)
        for theirs, ours in zip(network.parameters(), cnn.zoo.lenet5().parameters(), strict=True):
            theirs.data = torch.tensor(ours.data)   # both start from the same weights
        optimiser = torch.optim.Adam(network.parameters(), lr=0.002)
        batches = cnn.nn.batches.Batches(data.x_train, data.y_train, 64, 1, False, shuffle)
        for step in range(epochs * len(batches)):
            if step % len(batches) == 0:
                serve = batches.epoch()
            optimiser.param_groups[0]["lr"] = 0.002 * cnn.nn.cosine(step / (epochs * len(batches)))
            xb, yb = next(serve)
            optimiser.zero_grad()
            F.cross_entropy(network(torch.tensor(xb)), torch.tensor(yb)).backward()
            optimiser.step()
        with torch.no_grad():
            right = network(torch.tensor(data.x_test)).argmax(1).numpy() == data.y_test
        accuracy["PyTorch"] = right.mean()

    return {"cnnlib": here, "PyTorch": pytorch}, accuracy


def one_filter():
    """One filter on one image, for PyTorch a batch of one."""
    image, kernel = rng.standard_normal((512, 512)), rng.standard_normal((3, 3))
    x, w = torch.tensor(image)[None, None], torch.tensor(kernel)[None, None]

    def pytorch():
        with torch.inference_mode():
            return F.conv2d(x, w)[0, 0]

    return {"cnnlib": lambda: cnn.correlate2d(image, kernel), "PyTorch": pytorch}


def memory():
    """Megabytes of arrays, at most, while VGG-16 is made and looks at one image."""
    tracemalloc.start()   # NumPy reports its arrays to it
    cnn.zoo.vgg16()(np.zeros((1, 3, 224, 224), np.float32))
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def numpy_rows():
    """(work, ways, the rivals written in NumPy and SciPy): forward passes only, in the order C people store arrays."""
    for N, C, H, W, K, f, stride, padding, _ in CONVOLUTIONS:
        x = np.pad(np.ascontiguousarray(drawn(N, C, H, W)), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
        w = np.ascontiguousarray(drawn(K, C, f, f))
        ways = {
            "cnnlib": lambda x=x, w=w, s=stride: cnn.conv2d(x, w, stride=s),
            "im2col": lambda x=x, w=w, s=stride: rivals.im2col(x, w, s),
            "windows + tensordot": lambda x=x, w=w, s=stride: rivals.windows_tensordot(x, w, s),
            "windows + einsum": lambda x=x, w=w, s=stride: rivals.windows_einsum(x, w, s),
        }
        if stride == 1 and C <= 3:
            ways["scipy.signal.correlate"] = lambda x=x, w=w: rivals.scipy_correlate(x, w)
        yield f"{N}x{C}x{H}x{W}, {K} {f}x{f}, stride {stride}, padding {padding}", ways
    x, w = np.ascontiguousarray(drawn(2, 1, 28, 28)), np.ascontiguousarray(drawn(4, 1, 5, 5))
    yield "2x1x28x28, 4 5x5", {"cnnlib": lambda: cnn.conv2d(x, w), "nested loops": lambda: rivals.loops(x, w)}
    image, kernel = rng.standard_normal((512, 512)), rng.standard_normal((3, 3))
    yield "512x512 image, 3x3, float64", {
        "cnnlib": lambda: cnn.correlate2d(image, kernel),
        "scipy.signal.correlate2d": lambda: signal.correlate2d(image, kernel, mode="valid"),
        "scipy.signal.correlate": lambda: signal.correlate(image, kernel, mode="valid"),
        "scipy.ndimage.correlate": lambda: ndimage.correlate(image, kernel)[1:-1, 1:-1],
        "windows + einsum": lambda: rivals.windows_einsum(image[None, None], kernel[None, None])[0, 0],
    }
    x1, w1 = rng.standard_normal(1_000_000), rng.standard_normal(9)
    yield "one million samples, 9 taps, float64 (target 0.65)", {
        "cnnlib": lambda: cnn.correlate1d(x1, w1),
        "np.correlate": lambda: np.correlate(x1, w1, mode="valid"),
        "scipy.signal.correlate": lambda: signal.correlate(x1, w1, mode="valid"),
    }


def line(work, times, other, target=""):
    """One row of a table: work, time here, ratio, its middle half, target."""
    middle, low, high = ratio(times, "cnnlib", other)
    milliseconds = 1000 * np.median(times["cnnlib"])
    print(f"{work:58} {milliseconds:9.2f} ms   {middle:5.2f} x {other}   {target}", flush=True)
    return f"| {work} | {other} | {milliseconds:.2f} | **{middle:.2f}** | {low:.2f}-{high:.2f} | {target} |"


def main(seconds):
    torch.set_num_threads(THREADS)
    torch_rows = []
    for *numbers, target in CONVOLUTIONS:
        N, C, H, W, K, f, stride, padding = numbers
        ways = convolution(*numbers)
        agree(ways)
        work = f"{N}x{C}x{H}x{W}, {K} {f}x{f}, stride {stride}, padding {padding}"
        torch_rows.append(line(work, interleaved(ways, seconds), "PyTorch", target))
    for shape, f, stride, target in POOLS:
        ways = pooling(shape, f, stride)
        agree(ways)
        work = f"max-pool {f}x{f}, stride {stride}, {'x'.join(map(str, shape))}"
        torch_rows.append(line(work, interleaved(ways, seconds), "PyTorch", target))
    for work, ways, target in (
        ("512x512 image, one 3x3, float64, forward", one_filter(), 0.7),
        ("LeNet training step, batch 64, Adam", step(cnn.zoo.lenet5(), twins.lenet(), 64, 1, 28, 28), 1.1),
        ("LeNet's predictions for 512 images", predictions(cnn.zoo.lenet5(), twins.lenet(), 512, 1, 28, 28), 1.1),
        ("ResNet-18, one image 3x224x224, forward",
         predictions(cnn.zoo.resnet18(), twins.resnet18(), 1, 3, 224, 224), 1.5),
        ("ResNet-18 training step, 16x3x32x32, Adam",
         step(cnn.zoo.resnet18(classes=10), twins.resnet18(10), 16, 3, 32, 32), 2.0),
    ):
        torch_rows.append(line(work, interleaved(ways, seconds), "PyTorch", target))
    ways, accuracy = whole_training()
    times = interleaved(ways, seconds=0, least=3, calls=1)
    reached = ", ".join(f"{name} {share:.1%}" for name, share in accuracy.items())
    torch_rows.append(line(f"training LeNet, 5 epochs (test: {reached})", times, "PyTorch", 1.1))
    numpy_lines = []
    for work, ways in numpy_rows():
        agree(ways)
        times = interleaved(ways, seconds)
        numpy_lines += [line(work, times, other) for other in ways if other != "cnnlib"]
    head = "| work | against | here, ms | ratio | middle half | target |\n|---|---|---|---|---|---|"
    RESULTS.write_text(
        "# Speed beside the alternatives\n\n"
        "Ratios of times, medians over interleaved rounds in one process: below 1, cnnlib is faster. Written by "
        f"`compare.py`.\n\nMachine: {machine()}; PyTorch {torch.__version__}, {torch.get_num_threads()} threads.\n\n"
        f"## Forward and backward, against PyTorch\n\n{head}\n" + "\n".join(torch_rows) + "\n\n"
        f"VGG-16 on one image of 3x224x224, forward: {memory():.0f} MB at most, weights included (target: 1,200).\n\n"
        f"## Forward, against other ways in NumPy and SciPy\n\n{head}\n" + "\n".join(numpy_lines) + "\n",
        encoding="utf8",
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
