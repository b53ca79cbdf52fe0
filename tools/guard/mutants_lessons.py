"""Ways in which cnnlib could be wrong, continued: data, pictures, exercises, notebooks. See mutants.py.

Changes of a notebook's text are there to be noticed by strict nbval; so are two of the code, whose tests are notebooks.
"""

from .mutants import at

DATA = at(
    "cnnlib/data/files.py",
    ("scaled-by-256", "pixels are divided by 256",
     "scaled /= 255", "scaled /= 256"),
    ("checksum-unchecked", "altered files of the right size are used",
     "if found != digest:", "if len(raw) != size:", "test_assets"),
    tests="test_data",
) + at(
    "cnnlib/data/image_sets.py",
    ("test-half-is-training", "the test half holds training images",
     "test = unit(x_test[:, None]), y_test.astype(np.int64)",
     "test = unit(x_train[:len(x_test), None]), y_train[:len(x_test)].astype(np.int64)"),
    ("labels-one-on", "every training label belongs to the image before",
     "train = unit(x_train[:, None]), y_train.astype(np.int64)",
     "train = unit(x_train[:, None]), np.roll(y_train.astype(np.int64), 1)"),
    tests="test_data",
) + at(
    "cnnlib/data/photos.py",
    ("blue-green-red", "photos have their colours in the order blue, green, red",
     "np.ascontiguousarray(pixels.transpose(2, 0, 1))", "np.ascontiguousarray(pixels.transpose(2, 0, 1)[::-1])"),
    ("coins-from-25", "the coins to be tested on keep the numbers of the whole picture",
     "labels[mask] -= first - 1", "labels[mask] -= 0 * first"),
    tests="test_data",
) + at(
    "cnnlib/data/signals.py",
    ("heart-without-zero", "the heart's voltage counts from the wrong zero",
     'z["adc"].astype(np.float64) - z["adc_zero"]', 'z["adc"].astype(np.float64)'),
    ("time-of-samples", "a recording's times begin one sample late",
     "return np.arange(len(self.values)) / self.rate", "return np.arange(1, len(self.values) + 1) / self.rate"),
    tests="test_data",
) + at(
    "cnnlib/data/drawn.py",
    ("drawn-same-garments", "the pictures to be tested on show garments that were trained on",
     "sets.x_test if split == TEST else sets.x_train", "sets.x_train"),
    ("drawn-same-texture", "the pictures to be tested on lie on the texture that was trained on",
     "photo(name)[:, which * HALF:][:, :HALF]", "photo(name)[:, :HALF]"),
    ("drawn-mask-mirrored", "the mask of a mirrored garment is not mirrored",
     "mask[place] |= cloth", "mask[place] |= cloth[:, ::-1]"),
    ("drawn-last-garment-only", "the mask holds the last garment only",
     "mask[place] |= cloth", "mask[:] = False; mask[place] = cloth"),
    tests="test_drawn",
) + at(
    "cnnlib/data/idx.py",
    ("idx-halves-swapped", "of files in MNIST's format the test half is trained on",
     'for part in ("train", "t10k"):\n        for dim', 'for part in ("t10k", "train"):\n        for dim'),
    ("idx-label-limit", "a label one beyond the last class is read",
     "if labels.max(initial=0) >= class_count:", "if labels.max(initial=0) > class_count:"),
    tests="test_from_idx",
)

PICTURES = at(
    "cnnlib/viz/slide/frame.py",
    ("frame-bias-twice", "a step of the player adds the bias twice",
     "values += bias\n", "values += 2 * bias\n"),
    ("frame-ties-to-the-last", "the player frames the last of equal maxima",
     "winners = windows.argmax(axis=1)", "winners = windows.shape[1] - 1 - windows[:, ::-1].argmax(axis=1)"),
    ("frame-filters-for-channels", "partial sums of a gradient go by channel, not by filter",
     'axis = 1 if scene.record.by == "output" else 0', "axis = 1"),
    ("frame-max-padding", "padding counts as 0 in the player's maximum",
     '-np.inf if scene.record.action == "max" else 0.0', "0.0"),
    ("frame-average-of-stride", "the player's mean divides by the stride's cells",
     "/ prod(scene.kernel)", "/ prod(scene.stride)"),
    tests="test_scene",
) + at(
    "cnnlib/viz/slide/spec.py",
    ("digest-blind", "the digest of a scene does not depend on its weights",
     'for name in ("x", "w", "b", "dy") if (array', 'for name in ("x", "b", "dy") if (array'),
    tests="test_spec",
) + at(
    "cnnlib/viz/slide/compare.py",
    ("compare-last-step", "a wrong function is shown at the last step that differs, not at the first",
     "return self.differs[0] if self.differs", "return self.differs[-1] if self.differs"),
    tests="test_compare",
) + at(
    "cnnlib/viz/slide/player.py",
    ("differences-untold", "the player does not tell the browser which steps of a function differ",
     "self.differs = comparison.differs", "self.differs = []"),
    ("calls-untold", "the browser does not hear that a function was called again",
     "self.calls += 1 ", "self.calls += 0 "),
    tests="test_compare",
) + at(
    "cnnlib/trial/rounding.py",
    ("compare-too-kind", "a function that is off by a hundredth agrees",
     "TOLERANCE = 1e-6 ", "TOLERANCE = 1e-2 "),
    tests="test_compare",
) + at(
    "cnnlib/viz/figures/masks.py",
    ("masks-exchanged", "pixels that were missed are drawn as marked too much",
     "(~on & true, *_MISSED), (on & ~true, *_TOO_MUCH)", "(on & ~true, *_MISSED), (~on & true, *_TOO_MUCH)"),
    ("pieces-turned", "the number of a piece stands at its row and column exchanged",
     "ax.text(column, row, str(piece)", "ax.text(row, column, str(piece)"),
    ("masks-said-exchanged", "a figure says missed for too much",
     "{_percent(~o & t)}, {_percent(o & ~t)}", "{_percent(o & ~t)}, {_percent(~o & t)}", "test_alt"),
    tests="test_viz_masks",
) + at(
    "cnnlib/viz/figures/matrices.py",
    ("matrix-zeros-counted", "zeros count among a matrix's different numbers",
     "return weights.size, np.unique(weights).size", "return weights.size, np.unique(matrix).size"),
    tests="test_viz_matrices",
) + at(
    "cnnlib/viz/figures/results.py",
    ("curve-worst-epoch", "the dot marks the epoch with the highest validation loss",
     "best = int(np.argmin(held_out))", "best = int(np.argmax(held_out))"),
    ("recall-by-column", "recall is divided by how often a class was said, not by how often it was",
     "enumerate(counts.sum(axis=1))", "enumerate(counts.sum(axis=0))"),
    tests="test_viz_images",
) + at(
    "cnnlib/viz/slide/fit.py",
    ("formula-padding-once", "the player's size formula leaves out one side's padding",
     'return f"2·{before}" if', 'return f"{before}" if'),
    tests="test_figure_lines",
)

LEARNING = at(
    "cnnlib/learn/judging.py",
    ("everything-passes", "every answer that runs is right",
     "if not found and not changed and not done.remembers:", "if True:",
     "test_suspicions::test_one_mistake_two_mistakes_and_an_unknown_one"),
    ("suspicion-of-one-case", "a mistake is named if it explains a single case",
     "return all(alike(a, b, allowed)", "return any(alike(a, b, allowed)",
     "test_suspicions::test_one_mistake_two_mistakes_and_an_unknown_one"),
    ("suspicion-guessed", "where two mistakes explain an answer, one of them is named",
     "claim = claims.pop() if len(claims) == 1 else None", "claim = min(claims) if claims else None",
     "test_suspicions::test_mistakes_that_cannot_be_told_apart_are_named_only_if_they_share_a_sentence"),
    ("edges-lost", "what is right in all other cases is right, whatever it does at the edges",
     "if verdict.passed and inner is not exercise:", "if False:",
     "test_answers::test_the_edges_count_only_for_what_is_right_in_all_other_cases"),
    tests="test_suspicions",
) + at(
    "cnnlib/trial/rounding.py",
    ("rounding-too-kind", "answers may be off by a tenth",
     "ROUNDING = 1e-9 ", "ROUNDING = 1e-1 "),
    ("whole-numbers-rounded", "large whole numbers are taken for their neighbours",
     "WHOLE = 0.01 ", "WHOLE = 10.0 ", "test_answers::test_whole_numbers_are_exact_however_large"),
    tests="test_answers::test_rounding_is_forgiven_and_nothing_more",
) + at(
    "cnnlib/learn/exercise.py",
    ("drawn-cases-lost", "answers are tried on the written cases only, not on those drawn",
     " if self.draw else []", " if False else []"),
    ("drawn-cases-vary", "every learner's answer is tried on other cases",
     "np.random.default_rng(sum(map(ord, self.id)))", "np.random.default_rng()"),
    tests="test_answers::test_written_cases_come_first_then_those_drawn_which_are_always_the_same",
) + at(
    "cnnlib/trial/apart.py",
    ("time-tenfold", "an endless loop may take ten times its seconds",
     "signal.setitimer(signal.ITIMER_REAL, seconds)", "signal.setitimer(signal.ITIMER_REAL, 10 * seconds)",
     "test_limits::test_a_loop_that_never_ends_is_stopped"),
    ("memory-without-limit", "an answer may ask for all the memory there is",
     "resource.setrlimit(resource.RLIMIT_AS,", "(resource.RLIMIT_AS,",
     "test_limits::test_ten_gigabytes_become_a_sentence"),
    ("copies-live-on", "what an answer has started goes on after its check",
     "os.killpg(pid, signal.SIGKILL)", "pass", "test_apart::test_what_it_starts_ends_with_it"),
    tests="test_apart",
) + at(
    "cnnlib/trial/calls.py",
    ("arguments-shared", "an answer that changes its arguments spoils the exercise",
     "own_args, own = copy.deepcopy((args, named))", "own_args, own = args, named"),
    ("changes-unseen", "an answer may change its arguments",
     "if not _same(before, after))", "if False)"),
    tests="test_answers::test_changed_inputs",
) + at(
    "cnnlib/learn/trying.py",
    ("memory-untold", "a function may answer differently when it is called again",
     "done.remembers = not _same(", "done.remembers = False and _same("),
    tests="test_whatever::test_a_function_that_remembers_is_told_so",
) + at(
    "cnnlib/learn/quiz.py",
    ("quiz-wrong-is-right", "the first wrong option of a question counts as right",
     "[o.right for o in self.options].index(True)", "[o.right for o in self.options].index(False)"),
    ("quiz-never-noted", "answers to a quiz are not noted",
     "record_quiz(self.quiz", "(lambda *_: None)(self.quiz"),
    tests="test_learn_quiz",
) + at(
    "cnnlib/learn/progress.py",
    ("tries-not-counted", "tries are not counted",
     'entry["tries"] += 1', 'entry["tries"] += 0'),
    ("passed-forgotten", "a later wrong try takes a passed exercise back",
     'entry["passed"] = entry["passed"] or passed', 'entry["passed"] = passed'),
    ("writers-unlocked", "two kernels that note something at once lose one of it",
     "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass",
     "test_learn_progress::test_threads_that_write_at_once_lose_nothing"),
    ("quiz-last-counts", "the last result of a quiz counts, not the best",
     '"right": min(max(best, right), of)', '"right": right'),
    tests="test_learn_progress",
) + at(
    "cnnlib/learn/library.py",
    ("stub-is-a-try", "an exercise that nobody has answered counts as tried",
     'if verdict.state != "not yet":', "if True:"),
    tests="test_learn_progress",
)

# What is stored in the notebooks must be what their code gives, and the other way round.
NOTEBOOKS = at(
    "notebooks/00_start_here.ipynb",
    ("stored-ratio", "a notebook: a stored ratio is off by one",
     "14,450,688 against 456: 31,690 times as many", "14,450,688 against 456: 31,691 times as many"),
    tests="00_start_here.ipynb",
) + at(
    "notebooks/01_convolution_1d.ipynb",
    ("stored-product", "a notebook: a stored dot product is off by one",
     "no match, but large  [0, 9]   ->   9", "no match, but large  [0, 9]   ->   8"),
    ("worked-signal", "a notebook: a worked example has another signal than its output",
     "x2 = np.array([0, 1, -1, 1, 1])", "x2 = np.array([0, 1, -1, 1, 2])"),
    tests="01_convolution_1d.ipynb",
) + at(
    "notebooks/02_template_matching.ipynb",
    ("stored-count", "a notebook: a stored count of heartbeats is off by one",
     "12 found, scores from 0.95 up", "11 found, scores from 0.95 up"),
    tests="02_template_matching.ipynb",
) + at(
    "notebooks/gallery.ipynb",
    ("stored-digest", "a notebook: the stored digest of a scene is another one",
     "Conv1d 1x5 k2 s1 p0 -> 1x4, 4 steps, 9924", "Conv1d 1x5 k2 s1 p0 -> 1x4, 4 steps, 9925"),
    ("worked-kernel", "a notebook: a worked example has another kernel than its picture's words",
     "diagonal = np.eye(3)", "diagonal = np.eye(3)[::-1]"),
    ("worked-sign", "a notebook: a worked example has its signs the other way round",
     "right_minus_left = np.array([[-1, 0, 1]] * 3)", "right_minus_left = np.array([[1, 0, -1]] * 3)"),
    tests="gallery.ipynb",
) + at(
    "cnnlib/shapes.py",
    ("size-ceil-in-lessons", "as size-ceil, noticed by a lesson alone",
     "return Axis(before, after, room // stride + 1,", "return Axis(before, after, -(-room // stride) + 1,"),
    tests="01_convolution_1d.ipynb",
) + at(
    "cnnlib/viz/slide/frame.py",
    ("frame-bias-in-gallery", "as frame-bias-twice, noticed by the gallery alone",
     "values += bias\n", "values += 2 * bias\n"),
    tests="gallery.ipynb",
)

LESSONS = [*DATA, *PICTURES, *LEARNING, *NOTEBOOKS]
