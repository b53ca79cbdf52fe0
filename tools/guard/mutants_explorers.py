"""Ways in which cnnlib could be wrong, continued: networks that run in the browser, drawings and pictures brought into
it, the kernel lab, the explorer of a stack, and the tours beside them. See mutants.py.

What is wrong in JavaScript shows in a browser only, so the tests of these changes are named one by one.
"""

from .mutants import at

NUMPYS = "test_layers_run::test_outputs_and_gradients_are_numpys"
LAYERS = at(
    "cnnlib/viz/kit/layers.py",
    ("told-padding-even", "of padding that is uneven the browser is told one side twice",
     "[list(sides) for sides in g.pad]", "[[before, before] for before, _ in g.pad]"),
    ("told-half", "weights are told in half precision although that does not hold them",
     "exact = np.array_equal(half, numbers)", "exact = np.allclose(half, numbers, atol=1e-2)"),
    ("told-as-its-base", "a layer that computes forward in its own way is told as the one it inherits from",
     'if base.__name__ in KINDS and getattr(type(layer), "forward", None) is getattr(base, "forward", None):',
     "if base.__name__ in KINDS:"),
    tests="test_layers_spec",
) + at(
    "cnnlib/viz/kit/static/layers.js",
    ("run-half-thousand", "the browser reads half precision by thousands, not by 1024",
     "fraction / 1024", "fraction / 1000",
     "test_digits_run::test_all_test_digits_are_read_as_numpy_reads_them"),
    ("run-softmax-overflow", "the browser's softmax of large scores overflows",
     "Math.exp(value - most)", "Math.exp(value)", "test_layers_run::test_softmax_of_large_numbers"),
    ("run-remembers", "outputs of an input of another size are written over those of the last",
     "if (held && String(held.shape) === String(shape))", "if (held)",
     "test_layers_run::test_images_of_another_size"),
    tests=NUMPYS,
) + at(
    "cnnlib/viz/kit/static/windows.js",
    ("run-pool-tie", "the gradient of max pooling goes to the last of equal cells, in the browser",
     "x[p] > best", "x[p] >= best"),
    ("run-odd-tap", "the last weights of a filter, which do not come in fours, slide at stride 1",
     "weight * all[from + j * sw]", "weight * all[from + j]"),
    ("run-groups-read-all", "each group of filters reads the channels of the first, on the way back in the browser",
     "const from = Math.floor(k / each) * depth;", "const from = 0;"),
    tests=NUMPYS,
)

DRAWINGS = at(
    "cnnlib/data/centring.py",
    ("centred-a-pixel-off", "the centre of mass of a drawing comes into pixel 13",
     "SIDE // 2 - int(", "SIDE // 2 - 1 - int("),
    ("centred-rounded-down", "the shorter side of a drawing is rounded down",
     "(2 * BOX * n + longest) // (2 * longest)", "BOX * n // longest"),
    tests="test_centring",
) + at(
    "cnnlib/zoo/digits.py",
    ("digits-training", "the network that reads digits comes ready to be trained on, not to be used",
     'lenet5().load(npz("digits_lenet.npz"))', 'lenet5().load(npz("digits_lenet.npz")).train()'),
    tests="test_digits",
) + at(
    "cnnlib/viz/kit/static/centre.js",
    ("drawn-rounded", "in the browser the centre of mass comes to the nearest pixel",
     "Math.floor(moment / sum + 1e-6)", "Math.round(moment / sum)"),
    tests="test_digits_run::test_drawings_are_centred_as_in_python",
) + at(
    "cnnlib/viz/kit/static/pictures.js",
    ("picture-bgr", "red and blue of a picture of one's own change places",
     "data[4 * n + c];", "data[4 * n + 2 - c];", "test_pictures::test_files"),
    ("picture-unread-head", "how large a JPEG is, is seen only when it is unpacked",
     "at += 2 + view.getUint16(at + 2)", "at += view.getUint16(at + 2)"),
    tests="test_pictures::test_what_says_that_it_is_huge",
)

NUMPY_LAB = "test_kernel_view::test_the_browser_computes_what_numpy_computes"
KERNEL = at(
    "cnnlib/viz/kernel/data.py",
    ("lab-flipped", "the kernel lab turns the kernel round",
     "correlate2d(self._padded(each, around), table,", "correlate2d(self._padded(each, around), table[::-1, ::-1],"),
    ("lab-reflect-edge", "padding that reflects repeats the pixels of the edge",
     '"reflect": "reflect"', '"reflect": "symmetric"'),
    ("lab-composed-turned", "two kernels are composed with the second turned round",
     "np.ndenumerate(self.second[0])", "np.ndenumerate(self.second[0, ::-1, ::-1])"),
    ("lab-grey-bgr", "grey is made as if blue came first",
     "np.array([0.299, 0.587, 0.114])", "np.array([0.114, 0.587, 0.299])"),
    tests="test_kernel",
) + at(
    "cnnlib/viz/kernel/static/convolve.js",
    ("live-flipped", "the browser turns the kernel round",
     "[weight, (u * columns + v) * dilation]", "[table.at(-1 - u).at(-1 - v), (u * columns + v) * dilation]"),
    ("live-reflect-edge", "in the browser padding that reflects repeats the pixels of the edge",
     "return m < n ? m : turn - m; }", "return m < n ? m : turn - m - 1; }"),
    tests=NUMPY_LAB,
) + at(
    "cnnlib/viz/kernel/static/tasks.js",
    ("task-other-way", "the tour takes the kernel that moves the picture to the other side",
     "way = [down, right].map(n => -n)", "way = [down, right]"),
    tests="test_kernel_view::test_the_tour_of_lesson_03",
) + at(
    "cnnlib/viz/kernel/static/loupe.js",
    ("loupe-padding", "the loupe takes the first row of the picture for padding",
     "around.push(r < top ||", "around.push(r <= top ||"),
    tests="test_kernel_numbers::test_the_terms_under_the_loupe",
) + at(
    "cnnlib/viz/kernel/static/histogram.js",
    ("histogram-wide", "the histogram has no bar for the largest value",
     "(value / limit + 1) / 2 * (BARS - 1))]++", "(value / limit + 1) / 2 * BARS)]++"),
    tests="test_kernel_numbers::test_the_bars_of_the_histogram",
)

BOTH = "test_stack_numbers::test_the_browser_works_out_what_numpy_does"
STACK = at(
    "cnnlib/viz/stack/meter.py",
    ("meter-of-after", "the meter divides by the size of the layer after the shift, not before",
     "size = np.sqrt((a[mask] ** 2).sum())", "size = np.sqrt((b[mask] ** 2).sum())"),
    ("meter-of-all", "where zeros come in, the meter compares these, too",
     "off = _off(moved(before, down, across, borders), after, mask)",
     "off = _off(moved(before, down, across, borders), after, np.ones_like(mask))"),
    ("meter-worst", "between two cells the meter takes the worse of the whole moves",
     "off < best[0] - NOISE", "off > best[0] + NOISE"),
    tests="test_stack",
) + at(
    "cnnlib/viz/stack/data.py",
    ("stride-own", "a map is moved by the stride of its last layer, not of all up to it",
     'tuple(a * b for a, b in zip(step, layer["stride"], strict=True))', 'tuple(layer["stride"])'),
    tests="test_stack",
) + at(
    "cnnlib/viz/stack/rebuild.py",
    ("blur-unnormalised", "the weights of the blur do not add up to 1",
     "TAPS = (0.25, 0.5, 0.25)", "TAPS = (1.0, 2.0, 1.0)"),
    ("ring-with-zeros", "padding that reads on at the other side reads zeros",
     "            self._pad(padding, True)\n", "            self._pad(padding, False)\n"),
    ("blur-before-relu", "the blur comes before the ReLU that follows",
     'if made.owed and not (following in POINTWISE and stages[n + 1] == made.stage):', "if made.owed:"),
    tests="test_stack",
) + at(
    "cnnlib/viz/stack/fields.py",
    ("field-unpadded", "fields lie as if nothing was padded",
     "start.append(at * stride - before)", "start.append(at * stride)"),
    tests="test_stack",
) + at(
    "cnnlib/viz/kit/run.py",
    ("pool-zero-wins", "the zeros around a map win in max pooling",
     "constant_values=-1e300", "constant_values=0"),
    tests="test_stack",
) + at(
    "cnnlib/viz/stack/static/explored.js",
    ("unit-row", "in the browser the units of all channels but the first lie below the map",
     "[Math.floor(index / columns) % rows, index % columns]", "[Math.floor(index / columns), index % columns]"),
    tests=BOTH,
) + at(
    "cnnlib/viz/stack/static/meter.js",
    ("meter-wraps-left", "in the browser nothing comes in where the image moves to the right",
     "((from % n) + n) % n : from", "from % n : from"),
    tests=BOTH,
) + at(
    "cnnlib/viz/stack/static/tasks.js",
    ("task-steady", "the tour asks for a prediction that moves more",
     "return distance < below ?", "return distance > below ?"),
    tests="test_stack_numbers::test_when_a_task_of_a_tour_is_done",
) + at(
    "cnnlib/viz/stack/static/paint.js",
    ("image-red", "of an image in colour the red alone is shown",
     "values[(C === CHANNELS ? c : 0) * area + n]", "values[n]"),
    tests="test_stack_view::test_an_image_in_colour",
)

GUIDED = at(
    "cnnlib/viz/kit/tour.py",
    ("page-unsolved", "the page behind a task knows nothing of what it asked for",
     "            settings = then\n", ""),
    tests="test_kernel",
) + at(
    "cnnlib/viz/kit/static/tour.js",
    ("done-once", "a tour knows only the last of the tasks that are done",
     '[...(model.get("done") ?? []), now]', "[now]"),
    tests="test_kernel_view::test_the_tour_of_lesson_03",
) + at(
    "cnnlib/viz/kit/static/guide.js",
    ("task-put-aside", "what a task asked for is put aside as if the visitor had changed it by chance",
     "[page.set, page.then].some(", "[page.set].some("),
    ("typed-exactly", "a number that is typed must be right to the last digit",
     "Math.max(near, 1e-9 * Math.abs(value))", "1e-9 * Math.abs(value)"),
    tests="test_stack_view::test_a_tour_asks_for_a_number_and_for_a_setting",
)

EXPLORERS = [*LAYERS, *DRAWINGS, *KERNEL, *STACK, *GUIDED]
