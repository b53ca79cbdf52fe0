"""Ways in which cnnlib could be wrong, each a small change of its text: what the guard makes and tests must notice.

`old` stands exactly once in `file` and is replaced by `new`. `tests` are what is run first, "test_conv" for a file,
"test_conv::test_x" for one test of it, "gallery.ipynb" for a notebook. Here is all that calculates with sizes and
arrays; networks are in mutants_nn.py and mutants_zoo.py; data, pictures, exercises and notebooks in mutants_lessons.py;
tours and mistakes in mutants_player.py; the kernel lab, the explorer of a stack and what they share in
mutants_explorers.py; words, what is measured and rules of style in mutants_words.py.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One change for the worse."""

    name: str
    means: str
    file: str
    old: str
    new: str
    tests: tuple


def at(file, *changes, tests):
    """Changes (name, means, old, new) of one file, noticed by the same tests; a change may name tests of its own."""
    return [Mutant(name, means, file, old, new, tuple(own or tests.split())) for name, means, old, new, *own in changes]


SIZES = at(
    "cnnlib/shapes.py",
    ("size-ceil", "output sizes are rounded up, not down",
     "return Axis(before, after, room // stride + 1,", "return Axis(before, after, -(-room // stride) + 1,"),
    ("padding-once", "padding is added on one side only",
     'before = after = 0 if padding == "valid" else padding',
     'before, after = 0, 0 if padding == "valid" else padding'),
    ("same-in-front", 'the odd cell of "same" padding goes to the front',
     "before, after = total // 2, total - total // 2", "before, after = total - total // 2, total // 2"),
    ("dilation-no-size", "dilation does not make the kernel span more",
     "    span = spanned(kernel_size, dilation)\n    most", "    span = kernel_size\n    most"),
    ("field-jump", "strides are added up, not multiplied, on the way to a receptive field",
     "jump[a] *= stride[a]", "jump[a] += stride[a] - 1"),
    ("field-size", "a receptive field grows by F cells, not by F - 1",
     "size[a] += (span - 1) * jump[a]", "size[a] += span * jump[a]"),
    ("field-start", "a receptive field moves by P cells of its own layer, not of the input",
     "_padding_before(padding[a], span, stride[a]) * jump[a]", "_padding_before(padding[a], span, stride[a])"),
    tests="test_shapes",
) + at(
    "cnnlib/ops/window.py",
    ("strides-swapped", "vertical and horizontal stride are swapped",
     "return Geometry(kernel, stride, tuple(", "return Geometry(kernel, stride[::-1], tuple("),
    tests="test_conv",
)

ARGUMENTS = at(
    "cnnlib/arguments.py",
    ("value-uncut", "a value in a message may fill the page",
     "return text if len(text) <= longest else", "return text if True else"),
    ("masks-in-lists", "masks inside lists are dropped in silence",
     "        if kinds <= _PLAIN or not depth:", "        if True:"),
    ("explosion", "what is far too large is made all the same",
     "    if needed > max(LARGEST, 16 * given):", "    if False:", "test_room"),
    ("truth-of-anything", "anything is taken for True or False",
     "    if isinstance(value, (bool, np.bool_)) or", "    if True or"),
    ("foreign-order", "half precision of another machine is computed in half",
     "if not array.dtype.isnative:", "if False:", "test_layouts"),
    tests="test_arguments",
) + at(
    "cnnlib/shapes.py",
    ("same-unbounded", '"same" padding has no end',
     "        if span > 2 * n + 100:", "        if False:"),
    tests="test_room",
) + at(
    "cnnlib/ops/plain.py",
    ("wide-band", "a window far apart gets a band of zeros",
     "if reads <= WIDE * taps else", "if True else"),
    ("taps-flipped", "tap by tap, the kernel is turned round",
     "zip(w.flat, seen([x], g), strict=True)", "zip(w.flat[::-1], seen([x], g), strict=True)"),
    tests="test_room",
)

CONVOLUTION = at(
    "cnnlib/ops/conv.py",
    ("kernel-flipped", "convolution turns the kernel round",
     "flat, weights = _by_group(y, groups), _by_group(w, groups)",
     "flat, weights = _by_group(y, groups), _by_group(w[:, :, ::-1, ::-1], groups)"),
    ("bias-dropped", "convolution forgets the bias",
     "here += b.reshape(groups, -1, 1)", "here += 0 * b.reshape(groups, -1, 1)"),
    ("bias-twice", "convolution adds the bias twice",
     "here += b.reshape(groups, -1, 1)", "here += 2 * b.reshape(groups, -1, 1)"),
    ("bias-per-channel", "convolution adds the bias once for every channel",
     "here += b.reshape(groups, -1, 1)", "here += pieces[0].shape[1] * b.reshape(groups, -1, 1)"),
    ("groups-mixed", "each group of filters reads the channels of another one",
     "np.matmul(weights, patches, out=here)", "np.matmul(weights, patches[::-1], out=here)", "test_groups"),
    ("dw-flipped", "the weight gradient is turned round",
     "np.ascontiguousarray(dw).reshape(w.shape)", "np.ascontiguousarray(dw).reshape(w.shape)[:, :, ::-1, ::-1]"),
    ("way-back-unturned", "dx as a convolution of dy takes the filters as they are",
     "w.reshape(groups, K // groups, depth, Fh, Fw)[..., ::-1, ::-1].swapaxes(1, 2)",
     "w.reshape(groups, K // groups, depth, Fh, Fw).swapaxes(1, 2)", "test_way_back"),
    ("way-back-pads", "dx as a convolution of dy pads the other side",
     "(far - before, far - after)", "(far - after, far - before)", "test_way_back"),
    ("dx-not-flipped", "the input gradient slides the kernel as it is, not turned round",
     "weights = w.reshape(groups", "weights = w[:, :, ::-1, ::-1].reshape(groups"),
    ("dx-not-cropped", "the input gradient is cut out as if the padding came last",
     "return joined(dpieces, dpadded)[:, :, top:top + H, left:left + W]",
     "return joined(dpieces, dpadded)[:, :, :H, :W]"),
    ("db-one-example", "the bias gradient is summed over the cells, not over the batch",
     "flat = batch_last(dy).reshape(dy.shape[1], -1)", "flat = dy[0].reshape(dy.shape[1], -1)"),
    ("db-mean", "the bias gradient is a mean",
     "return flat.sum(axis=1)", "return flat.mean(axis=1)"),
    tests="test_conv",
) + at(
    "cnnlib/ops/layout.py",
    ("dilation-rows-lost", "rows are read next to each other, whatever the dilation",
     "i = first * g.stride[0] + u * g.dilation[0]", "i = first * g.stride[0] + u"),
    ("dilation-columns-lost", "columns are read next to each other, whatever the dilation",
     "divmod(v * g.dilation[1], phases)", "divmod(v, phases)"),
    tests="test_conv",
) + at(
    "cnnlib/ops/tall.py",
    ("rows-jumbled", "rows computed in one go come out in another order",
     "together = buffer.swapaxes(1, 2)", "together = buffer"),
    tests="test_tall",
) + at(
    "cnnlib/ops/plain.py",
    ("signal-flipped", "short filters are turned round on signals",
     'np.correlate(x[0], w[0], mode="valid")', 'np.convolve(x[0], w[0], mode="valid")', "test_conv"),
    ("band-flipped", "the band of an image's line holds the kernel from right to left",
     "+ u * dilation] = row[:, None]", "+ u * dilation] = row[::-1, None]"),
    ("matrix-transposed", "the matrix of a convolution is transposed",
     "return matrix.reshape(sizes)", "return matrix.reshape(sizes).reshape(sizes[::-1]).T"),
    tests="test_plain",
) + at(
    "cnnlib/ops/transpose.py",
    ("output-padding-lost", "transposed convolution ignores output_padding",
     "sizes.append((n - 1) * s - 2 * p + f + e)", "sizes.append((n - 1) * s - 2 * p + f)"),
    ("transposed-padding-once", "transposed convolution removes padding on one side only",
     "sizes.append((n - 1) * s - 2 * p + f + e)", "sizes.append((n - 1) * s - p + f + e)"),
    ("transposed-bias-dropped", "transposed convolution forgets the bias",
     "y += b[:, None, None]", "y += 0 * b[:, None, None]"),
    tests="test_transpose",
) + at(
    "cnnlib/ops/check.py",
    ("nan-unnoticed", "NaN in an input is accepted",
     "if not np.isnan(_least(array)):", "if True:"),
    ("labels-unchecked", "a label beyond the last class is accepted",
     "wrong = (array < 0) | (array >= classes)", "wrong = array < 0"),
    tests="test_errors_arrays",
)

POOLING = at(
    "cnnlib/ops/pool.py",
    ("max-padded-with-zeros", "max-pooling pads with zeros, which win over negative numbers",
     "_padded(x[:, part], g, -np.inf)", "_padded(x[:, part], g, 0)"),
    ("ties-to-the-last", "of equal maxima the last takes the gradient",
     "in zip(seen(pieces, g), seen(dpieces, g), strict=True):",
     "in reversed(list(zip(seen(pieces, g), seen(dpieces, g), strict=True))):"),
    ("ties-to-all", "of equal maxima each takes the whole gradient",
     "            hit &= free\n", ""),
    ("average-of-stride", "average pooling divides by the stride's cells, not the window's",
     "cells = g.kernel[0] * g.kernel[1]", "cells = g.stride[0] * g.stride[1]"),
    ("average-counts-padding", "average pooling counts padding, whatever it is told",
     "if count_include_pad or not any(map(any, g.pad)):", "if count_include_pad in (True, False):"),
    ("average-gradient-count", "the gradient of average pooling counts padding, whatever it is told",
     "share = dy / _counts(x, g, count_include_pad)", "share = dy / _counts(x, g, True)"),
    ("maximum-times-zero", "an infinite gradient becomes NaN beside the maximum",
     "dview += routed(share, hit)", "dview += share * hit", "test_routed"),
    ("long-sums-in-single", "pooling adds thousands of numbers in single precision",
     "if terms <= FEW else np.result_type(dtype, np.float64)", "", "test_layouts"),
    ("average-into-input", "average pooling adds up in its input",
     "y = first.astype(_summing(x.dtype, math.prod(g.kernel)))",
     "y = first.astype(_summing(x.dtype, math.prod(g.kernel)), copy=False)"),
    ("global-not-shared", "each cell takes the whole gradient of the mean over a map",
     "(dy / (x.shape[2] * x.shape[3]))[:, :, None, None]", "dy[:, :, None, None]"),
    ("pooling-stride-1", "pooling windows overlap unless told otherwise",
     "geometry(size, kernel_size, kernel_size if stride is None", "geometry(size, kernel_size, 1 if stride is None"),
    ("average-1d-counts", "average pooling of signals counts padding, whatever it is told",
     'return avg_forward(x, g, truth(count_include_pad, "count_include_pad"))[..., 0]',
     "return avg_forward(x, g)[..., 0]"),
    tests="test_pool",
)

NORM = at(
    "cnnlib/ops/norm.py",
    ("variance-n-1", "the variance of a batch divides by n - 1",
     "np.vecdot(centred, centred) / flat.shape[1]", "np.vecdot(centred, centred) / (flat.shape[1] - 1)"),
    ("eps-dropped", "batch normalisation divides by the deviation without eps",
     "return _scaled(x, mean, gamma / np.sqrt(var + eps), beta)",
     "return _scaled(x, mean, gamma / np.sqrt(var), beta)"),
    ("norm-gradient-short", "the gradient forgets that the variance depends on x",
     "dx -= normal", "dx -= 0 * normal"),
    ("gamma-beta-swapped", "the gradients of scale and shift are swapped",
     "[:, None, None], dgamma, dbeta", "[:, None, None], dbeta, dgamma"),
    tests="test_norm",
) + at(
    "cnnlib/ops/layout.py",
    ("total-in-its-dtype", "sums lose digits where the numbers do not lie side by side",
     "dtype=np.result_type(x.dtype, np.float64), keepdims", "keepdims"),
    tests="test_layouts",
)

DENSE = at(
    "cnnlib/ops/activation.py",
    ("relu-leaks", "the gradient of ReLU passes where x is negative",
     "return routed(dy, x > 0)", "return routed(dy, x != 0)"),
    ("relu-times-zero", "an infinite gradient becomes NaN where ReLU is flat",
     "return routed(dy, x > 0)", "return dy * (x > 0)", "test_routed"),
    ("leak-lost", "the gradient of leaky ReLU is that of ReLU",
     "return np.where(x > 0, dy, _times(dy, slope))", "return np.where(x > 0, dy, _times(dy, 0))"),
    ("softmax-axis", "softmax sums over the batch, whatever the axis",
     "return x, e, total(e, axis, keepdims=True)", "return x, e, total(e, 0, keepdims=True)"),
    ("softmax-in-half", "softmax of half precision sums in half",
     "    x = x.astype(check.working(x.dtype), copy=False)\n", "", "test_layouts"),
    ("softmax-overflow", "softmax of large logits overflows",
     "    x = x - x.max(axis=axis, keepdims=True)\n", ""),
    ("log-softmax-underflow", "log-softmax is the logarithm of what may be 0",
     "    shifted, _, sums = exponentials(x, _axis(axis, x))\n    return (shifted - np.log(sums))",
     "    _, e, sums = exponentials(x, _axis(axis, x))\n    return np.log(e / sums)"),
    tests="test_dense",
) + at(
    "cnnlib/ops/linear.py",
    ("linear-bias-twice", "the linear layer adds its bias twice",
     "y += b.astype(x.dtype, copy=False)", "y += 2 * b.astype(x.dtype, copy=False)"),
    ("linear-db-mean", "the bias gradient of the linear layer is a mean over the batch",
     "np.ascontiguousarray(dy.T).sum(axis=1)", "np.ascontiguousarray(dy.T).mean(axis=1)"),
    ("linear-db-one-by-one", "the bias gradient of the linear layer loses digits where the batch is large",
     "np.ascontiguousarray(dy.T).sum(axis=1)", "dy.sum(axis=0)", "test_layouts"),
    tests="test_dense",
) + at(
    "cnnlib/ops/loss.py",
    ("loss-sum", "the loss is a sum over the batch, not a mean",
     "total(losses, None) / labels.size", "total(losses, None)"),
    ("loss-gradient-sum", "the gradient of the loss is that of a sum",
     "dlogits /= labels.size", "dlogits /= 1"),
    ("loss-of-pixels-by-image", "the gradient for pixels is that of a sum over each picture",
     "dlogits /= labels.size", "dlogits /= len(labels)"),
    tests="test_dense",
)

TAPS = at(
    "cnnlib/taps/tables.py",
    ("tap-off-by-one", "every tap reads one cell too far",
     "d * np.arange(f) - before\n", "d * np.arange(f) - before + 1\n"),
    ("tap-wraps-round", "beyond the right border a tap reads the next row",
     " & (columns >= 0) & (columns < win.size[1])", " & (columns >= 0)"),
    tests="test_taps",
) + at(
    "cnnlib/taps/readings.py",
    ("tap-weight-gradient", "read by weight, a tap's input and output are swapped",
     "return _turned(_checked(table), [WEIGHT, IN, OUT])", "return _turned(_checked(table), [WEIGHT, OUT, IN])"),
    ("tap-matrix-transposed", "the matrix of a table is transposed",
     "table[:, OUT] * inputs + table[:, IN]", "table[:, IN] * outputs + table[:, OUT]"),
    ("tap-field-padding", "a receptive field holds a cell that is padding",
     "        cells = cells[cells != PADDING]\n", ""),
    ("tap-padding-swapped", "the way back keeps the taps that read padding",
     "return _turned(table[table[:, IN] != PADDING], [IN, OUT, WEIGHT])", "return _turned(table, [IN, OUT, WEIGHT])"),
    tests="test_taps",
)

NUMBERS = [*SIZES, *ARGUMENTS, *CONVOLUTION, *POOLING, *NORM, *DENSE, *TAPS]
