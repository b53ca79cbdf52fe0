"""What a wrong answer is, compared with the right one: told where it fits every case, and where it alone fits."""

import dataclasses

import numpy as np
import pytest
from answers import exercise, on_unix

import cnnlib as cnn
from cnnlib.learn import facts, showing
from cnnlib.learn.facts.reruns import UNKNOWN
from cnnlib.learn.trying import tried

EX = {id: cnn.learn.exercise(id) for id in cnn.learn.exercises()}
line, sizes, image, pool = (EX[id].solution for id in ("01.2", "01.3", "03.2", "05.3"))
strided, layers, said = EX["01.4"].solution, EX["04.2"].solution, EX["06.4"].solution
stack, dense = EX["08.2"].solution, EX["08.7"].solution


def told(id, answer):
    """The fact about an answer, whether or not a mistake is known that explains it."""
    ex = EX[id] if isinstance(id, str) else id
    return facts.fact(ex, tried(ex, answer, ex.all_cases).outcomes, answer)


# --- changes of the result --------------------------------------------------------------------------------------------

RESULTS = [
    ("01.2", lambda x, w: -line(x, w), "with the opposite sign"),
    ("01.2", lambda x, w: np.abs(line(x, w)), "without the sign"),
    ("01.2", lambda x, w: np.maximum(line(x, w), 0), "with every number below 0 set to 0"),
    ("01.2", lambda x, w: np.maximum(line(x, w), -1), "with -1 instead of everything below it"),
    ("01.2", lambda x, w: np.round(line(x, w)), "rounded to whole numbers"),
    ("01.2", lambda x, w: line(x, w).astype(int), "with the decimals cut off"),
    ("03.2", lambda x, w: np.trunc(image(x, w)).astype(int).astype(np.uint8),
     "kept as uint8: whole numbers that wrap round"),
    ("01.2", lambda x, w: 1 - line(x, w), "subtracted from 1"),
    ("01.2", lambda x, w: 7 * line(x, w), "multiplied by 7"),
    ("01.2", lambda x, w: line(x, w) / -4, "divided by -4"),
    ("01.2", lambda x, w: line(x, w) + 3, "with 3 added"),
    ("01.2", lambda x, w: line(x, w) / len(w), "divided by `len(w)`"),
    ("01.2", lambda x, w: line(x, w) * w.sum(), "multiplied by the sum of `w`"),
    ("01.3", lambda N, F, S, P, D: sizes(N, F, S, P, D) + F**2, "with `F ** 2` added"),
    ("01.2", lambda x, w: line(x, w)[:-1], "but the last number is missing"),
    ("01.2", lambda x, w: line(x, w)[1:], "but the first number is missing"),
    ("01.2", lambda x, w: [*line(x, w)[:-1], 0], "but with 0 in the last place"),
    ("01.2", lambda x, w: [0, *line(x, w)], "with an extra 0 at the beginning"),
    ("01.2", lambda x, w: line(x, w)[::2], "but only every second number"),
    ("01.2", lambda x, w: line(x, w)[::-1], "in reverse order"),
    ("01.2", lambda x, w: np.roll(line(x, w), 1), "shifted forward by one, wrapping round"),
    ("01.2", lambda x, w: np.cumsum(line(x, w)), "each added to all before it"),
    ("01.2", lambda x, w: np.sort(line(x, w)), "sorted by size"),
    ("01.2", lambda x, w: sum(line(x, w)), "but all added up to one number"),
    ("01.2", lambda x, w: max(line(x, w)), "but only the largest"),
    ("01.2", lambda x, w: line(x, w)[0], "but only the first, as a plain number"),
    ("01.2", lambda x, w: 0 * line(x, w), "All your numbers are 0, but there are as many as there should be."),
    ("03.2", lambda x, w: image(x, w).T, "with rows and columns swapped"),
    ("03.2", lambda x, w: image(x, w)[::-1], "in reverse order along the rows"),
    ("03.2", lambda x, w: image(x, w).ravel(), "but all in one list"),
    ("03.2", lambda x, w: image(x, w)[:-1, :-1], "but the last row and column are missing"),
    ("03.2", lambda x, w: np.pad(image(x, w), 1), "with a frame of zeros"),
    ("04.2", lambda x, w, b: layers(x, w, b).sum(0), "but all maps added up"),
    ("01.2", lambda x, w: np.round(-line(x, w)), "with the opposite sign, rounded to whole numbers"),
]


@pytest.mark.alike(2)
@pytest.mark.parametrize(("id", "answer", "phrase"), RESULTS, ids=[phrase for *_, phrase in RESULTS])
def test_a_change_of_the_result(id, answer, phrase):
    start = "Your number is the right one" if id == "01.3" else "Your numbers are the right ones"
    assert told(id, answer) == (phrase if phrase.startswith("All") else f"{start}, {phrase}.")


# --- changes of what goes in ------------------------------------------------------------------------------------------

INPUTS = [
    ("01.2", lambda x, w: line(x, w[::-1]), "`w` flipped"),
    ("01.2", lambda x, w: line(np.abs(x), w), "`x` without its signs"),
    ("04.2", lambda x, w, b: layers(x, w, np.trunc(b)), "`b` with the decimals cut off"),
    ("01.2", lambda x, w: line(x, np.ones(len(w))), "ones instead of `w`"),
    ("01.2", lambda x, w: line(np.pad(x, len(w) // 2), w), "`x` with zeros on each side, `len(w) // 2` of them"),
    ("01.2", lambda x, w: line(x - x.mean(), w), "`x` minus its mean"),
    ("03.2", lambda x, w: image(x, w.T), "`w` with rows and columns swapped"),
    ("03.2", lambda x, w: image(x[:, ::-1], w), "`x` mirrored from left to right"),
    ("01.4", lambda x, w, S, P, D: strided(x, w, 1, P, D), "`stride = 1`"),
    ("01.4", lambda x, w, S, P, D: strided(x, w, S, 2 * P, D), "`2 * padding` instead of `padding`"),
    ("01.4", lambda x, w, S, P, D: strided(x, w, S, P + 1, D), "`padding + 1` instead of `padding`"),
    ("01.4", lambda x, w, S, P, D: strided(np.pad(x, (P, 0)), w, S, 0, D), "a padding of zeros in front only"),
    ("01.4", lambda x, w, S, P, D: strided(np.pad(x, P, "edge"), w, S, 0, D), "a padding of copies of the ends"),
    ("01.4", lambda x, w, S, P, D: strided(np.pad(x, P, constant_values=1), w, S, 0, D), "a padding of 1"),
    ("01.3", lambda N, F, S, P, D: sizes(N, F, D, P, S), "`S` and `D` swapped"),
    ("04.2", lambda x, w, b: layers(x, w, 0 * b), "zeros instead of `b`"),
    ("01.4", lambda x, w, S, P, D: strided(x, w, 1, 0, D), "`stride = 1` and `padding = 0`"),
    ("01.2", lambda x, w: line(x, w[::-1]) / len(w), "`w` flipped, divided by `len(w)`"),
    ("06.4", lambda true, answers, c: said(true, answers, 1), "`c = 1`"),
]


@pytest.mark.parametrize(("id", "answer", "phrase"), INPUTS, ids=[str(phrase) for *_, phrase in INPUTS])
def test_a_change_of_the_inputs(id, answer, phrase):
    assert told(id, answer) == (phrase and f"This is what comes out for {phrase}.")


# --- where it is right ------------------------------------------------------------------------------------------------

def changed(y, place, by=0.37):
    y = np.array(y, float)
    y[place] += by
    return y


WHERE = [
    ("01.2", lambda x, w: [*line(x, w), *x], "Your numbers are the right ones, with more at the end."),
    ("01.2", lambda x, w: [*w, *line(x, w)], "Your numbers are the right ones, with more at the beginning."),
    ("01.2", lambda x, w: line(x, w)[:-len(w)], "Your numbers are the right ones, but some are missing at the end."),
    ("01.2", lambda x, w: np.roll(line(x, w), len(w)), "Your numbers are the right ones, in another order."),
    ("01.2", lambda x, w: changed(line(x, w), -1), "All your numbers are right except the last one."),
    ("03.2", lambda x, w: changed(image(x, w), 0), "All your numbers are right except those in the first row."),
    ("06.4", lambda true, answers, c: (said(true, answers, c)[0], 0.123),
     "Only `recall` is wrong: `accuracy` is right in every case."),
    ("07.4", lambda dy, x, w: (*EX["07.4"].solution(dy, x, w)[:2], 0.123),
     "Only `db` is wrong: `dx` and `dw` are right in every case."),
    ("06.4", lambda true, answers, c: said(true, answers, c)[::-1], "`accuracy` and `recall` are swapped."),
    ("06.4", lambda true, answers, c: (said(true, answers, c)[0], 1 - said(true, answers, c)[1]),
     "`accuracy` is right, and `recall` is the right one, subtracted from 1."),
    ("07.4", lambda dy, x, w: [part * (1 + 2 * (n == 1)) for n, part in enumerate(EX["07.4"].solution(dy, x, w))],
     "`dx` and `db` are right, and `dw` is the right one, multiplied by 3."),
    ("08.2", lambda n, F, C, H, W: (*stack(n, F, C, H, W)[:2], np.int64(stack(n, F, C, H, W)[2]).astype(np.int32)),
     "`field` and `parameters` are right, and `macs` is the right one, kept as int32: whole numbers that wrap round."),
    ("08.7", lambda C, k, blocks: np.uint8(np.array(dense(C, k, blocks)) % 256),
     "Your numbers are the right ones, kept as uint8: whole numbers that wrap round."),
    ("01.2", lambda x, w: [1, 2, 4], "Your function gives the same result in every case, whatever goes in."),
]


@pytest.mark.parametrize(("id", "answer", "sentence"), WHERE, ids=[sentence for *_, sentence in WHERE])
def test_where_it_is_right(id, answer, sentence):
    assert told(id, answer) == sentence


def test_in_which_cases_it_is_right():
    alone = told("01.4", lambda x, w, S, P, D: strided(x, w, S, P, D) + 0.37 * (D != 1) * np.arange(1, 9)[len(w)])
    assert alone.startswith("Your results are right in ") and alone.endswith("cases: exactly where `dilation` is 1.")
    both = told("01.3", lambda N, F, S, P, D: sizes(N, F, S, P, D) + (0.3 + N % 7) * (S > 1 and P > 0))
    assert both.endswith("exactly where `S` is not 1 and `P` is not 0.") and " wrong in " in both


def test_few_cases_part_by_chance():
    cases = [([n + 1] * size, [n + 2] * size) for n, size in enumerate((1, 1, 2, 3, 4))]
    ex = exercise([], solution=lambda a, b: a * b, cases=cases)
    assert told(ex, lambda a, b: odd(a * b) if len(a) > 1 else a * b) is None
    more = exercise([], solution=lambda a, b: a * b, cases=cases * 2)
    said = told(more, lambda a, b: odd(a * b) if len(a) > 1 else a * b)
    assert said.endswith("cases: exactly where `len(a)` is 1 and `len(b)` is 1.")


def test_two_properties_that_always_go_together_are_both_told():
    said = told("04.2", lambda x, w, b: odd(layers(x, w, b)) if len(b) > 1 else layers(x, w, b))
    assert said.endswith("cases: exactly where `len(w)` is 1 and `len(b)` is 1.")


def test_of_an_answer_that_is_right_in_most_cases_where_it_is_not():
    cases = [([n] * size, [n + 1] * size) for n in range(1, 7) for size in (1, 3)]
    ex = exercise([], solution=lambda a, b: a * b, cases=cases)

    def right_but(where):
        return told(ex, lambda a, b: odd(a * b) if where(a, b) else a * b)

    assert right_but(lambda a, b: a[0] == 3 and len(a) == 1) == (
        "Your results are right in 11 of 12 cases: what is special about this one?")
    assert right_but(lambda a, b: a[0] in (2, 5)) == (
        "Your results are right in 8 of 12 cases: what is special about the others?")
    said = told("01.2", lambda x, w: line(x, w) if len(x) > len(w) else x * w)
    assert said.endswith(", and wrong only where `len(x)` equals `len(w)`.")
    said = told("01.3", lambda N, F, S, P, D: sizes(N, F, S, P, D) if F <= N else 0)
    assert said.endswith(", and wrong in this one, the only one where `N` is below `F`.")
    said = told("01.3", lambda N, F, S, P, D: sizes(N, F, S, P, D) + 0.37 * N * (F == 2 and N % 3 > 0))
    assert said.endswith(", and wrong only where `F` is 2.")
    said = told("08.2", lambda n, F, C, H, W: (n, *stack(n, F, C, H, W)[1:]) if n > 20 else stack(n, F, C, H, W))
    assert said == "Only `field` is wrong: `parameters` and `macs` are right in every case."
    two = exercise([], solution=lambda a, b: (a, b), cases=[(n, n % 5) for n in range(11)], returns=("p", "q"))
    assert told(two, lambda a, b: (a, b + 0.37 * (a == 3))) == (
        "Your results are right in 10 of 11 cases, and wrong in this one, the only one where `a` is 3.")


def test_of_one_case_among_those_where_it_does_not_stop():
    cases = [([n] * size, [n + 1] * size) for n in range(1, 7) for size in (1, 3)]
    ex = exercise([], solution=lambda a, b: a * b, cases=[*cases, ([7, 8], [9, 9])])
    assert told(ex, lambda a, b: {}[0] if len(a) == 2 else odd(a * b) if a.sum() == 3 and len(a) == 1 else a * b) == (
        "Where it does not stop, your results are right in 11 of 12 cases: what is special about the other one?")


def test_a_tuple_of_numbers_has_a_length_and_may_hold_equal_numbers():
    def right_but(where):
        return told("08.7", lambda C, k, blocks: odd(dense(C, k, blocks)) if where(blocks) else dense(C, k, blocks))

    assert right_but(lambda blocks: len(set(blocks)) < len(blocks)).endswith(
        "exactly where all numbers of `blocks` are different.")
    assert right_but(lambda blocks: len(blocks) > 2).endswith("exactly where `len(blocks)` is below 3.")
    assert right_but(lambda blocks: len(blocks) > 4).endswith("where `len(blocks)` is 5 or more.")


def test_an_answer_that_rounds():
    rate = EX["01.6"].solution
    assert told("01.6", lambda x, F, r: np.round(rate(x, F, r), 3)) == (
        "Where your numbers are wrong, they end after 3 decimals, but the right ones go on: is "
        "something rounded or cut off?")
    assert " whole numbers" in told("01.6", lambda x, F, r: rate(x, F, r).round())


def test_arguments_in_another_order():
    assert told("01.2", lambda x, w: [sum(w[i:i + len(x)] * x) for i in range(len(w) - len(x) + 1)]) == (
        "Your function uses `x` as `w` and `w` as `x`: if you swap them in the call, everything is right. The order is "
        "`slide(x, w)`.")


def test_a_single_answer():
    assert EX["00.1"].check(-760).fact == "Your number is the right one, with the opposite sign."
    assert EX["00.1"].check(7600).fact == "Your number is the right one, multiplied by 10."
    assert EX["00.1"].check("760").fact == "The text between the quotes is right: write it without them."
    assert EX["00.1"].check(771).fact is None, "a difference explains nothing where there is only one"
    assert EX["00.1"].check(790).fact == "All its digits but one are right."
    assert EX["00.2"].check(-305).fact == "The last digit is right: did you carry a 1 too many, or forget one?"
    assert "None" in EX["00.2"].check(None).fact and EX["00.2"].check(cnn.learn.TODO).fact is None
    assert EX["00.2"].check(-259).fact == "Its digits are right, but two of them are swapped."
    assert EX["01.1"].check([1, -1, 9]).fact == "Your first 2 numbers are right, and 1 too many."
    assert "Expected: a list of 2 numbers." in EX["01.1"].check({1, -1}).fact
    assert told(EX["02.1"], [1, 0.7, 0, -1]) == "The other 3 numbers are right."
    assert told(EX["02.1"], [-1, 0, 0.8, 1]) == "Your numbers are the right ones, in reverse order."
    assert told(EX["02.1"], [1, 0.7, 0, -0.9]) == "Right so far: `answer[0], answer[2]`."
    assert EX["08.3"].check([102436864, 74, 102436864, 4096, 8, 8]).fact == (
        "Right so far: `answer[1], answer[3], answer[4], answer[5]`."), "a slip made twice is no limit"


def test_a_network_is_compared_part_by_part():
    verdict = EX["06.3"].check(lambda N, M, K: cnn.nn.Sequential(*list(EX["06.3"].solution.__wrapped__(N, M, K))[:-1]))
    assert verdict.fact in (None, "Your parts are the right ones, but the last part is missing.")


# --- silence ----------------------------------------------------------------------------------------------------------

def test_silent_where_two_sentences_fit():
    cases = [([n, n + 1], [n, n + 1]) for n in range(2, 9)]
    ex = exercise([], solution=lambda a, b: a * 10 + b * 3, cases=cases)
    assert told(ex, lambda a, b: a * 11 + b * 3 + 0.5) is None
    assert told(ex, lambda a, b: (np.ones(2) * 10 + b * 3)) == "This is what comes out for ones instead of `a`."
    ex = exercise([], solution=lambda a, b: a * b, cases=cases)
    assert told(ex, lambda a, b: a.astype(float)) is None, "ones instead of b, or the root"


def test_silent_about_errors_alone_and_about_what_cannot_be_compared():
    def stops(x, w):
        raise KeyError(3)

    assert told("01.2", stops) is None
    assert told("01.2", lambda x, w: None) is None
    assert told("01.2", lambda x, w: None if len(w) > 2 else line(x, w)) is None


def test_of_errors_in_some_cases_only_the_others_are_told():
    def stops(change):
        return lambda x, w: change(line(x, w)) if len(w) > 1 else {}[0]

    assert told("01.2", stops(lambda y: y)) == "Where it does not stop, your results are right."
    assert told("01.2", stops(lambda y: -y)) == (
        "Where it does not stop, your numbers are the right ones, with the opposite sign.")


def test_nothing_to_give_is_as_good_as_an_error_where_no_window_fits():
    def exchanged(x, w, stride, padding, dilation):
        x, span = np.pad(x, padding), stride * (len(w) - 1) + 1
        return [sum(x[i:i + span:stride] * w) for i in range(0, len(x) - span + 1, dilation)]

    assert told("01.4", exchanged) == "This is what comes out for `stride` and `dilation` swapped."


def test_one_case_proves_nothing_of_a_function():
    ex = exercise([], cases=[([1, 2], [3, 4]), ([0, 0], [1, 1])], solution=lambda a, b: a * b)
    assert told(ex, lambda a, b: -a * b) is None


# --- in a verdict -----------------------------------------------------------------------------------------------------

def test_a_named_mistake_needs_no_fact():
    from cnnlib.learn import Wrong

    ex = exercise([Wrong(lambda a, b: -a * b - 1, "You turned it.")])
    verdict = ex.check(lambda a, b: -(a * b + 1))
    assert verdict.suspicion == "You turned it." and verdict.fact is None

    def changing(a, b):
        a *= -b
        return a - 1

    ex = exercise([], cases=[([1, 2], [3, 4]), ([3, 1], [1, 1])])
    assert ex.check(changing).fact is None, "a changed argument explains it"
    assert ex.check(lambda a, b: -(a * b + 1)).fact is not None


def test_a_single_answer_may_be_seen_otherwise():
    verdict = EX["01.1"].check([2, 0] if EX["01.1"].solution()[0] == 2 else [1, 0])
    assert verdict.suspicion and verdict.fact == (
        "Seen otherwise: your numbers are the right ones, with every number below 0 set to 0.")
    assert verdict.message.endswith(f"{verdict.suspicion} {verdict.fact}")
    shown = showing.verdict(verdict)["text/html"]
    assert shown.index("What happened:") < shown.index("In comparison:") < shown.index("Seen otherwise")


# --- what it costs ----------------------------------------------------------------------------------------------------

def odd(y):
    """Wrong everywhere, and nothing that could be said of it."""
    if isinstance(y, tuple):
        return tuple(map(odd, y))
    y = np.asarray(y, float)
    return y * np.linspace(1.3, 2.7, y.size).reshape(y.shape) + 0.0137 + y * y / 97


@pytest.mark.alike(8)
@on_unix
@pytest.mark.parametrize("id", [id for id in EX if EX[id].ask == "function" and id != "06.3"])
def test_the_solution_is_run_a_bounded_number_of_times_and_never_again_for_the_next_answer(id):
    ex = dataclasses.replace(EX[id])   # of which nothing is known yet, whatever was tested before
    told(ex, lambda *args, **named: odd(ex.solution(*args, **named)))
    runs = ex.known.reruns
    before = runs.calls
    assert before < 2500 and UNKNOWN not in runs._seen.values(), "a change that never ends"
    told(ex, lambda *args, **named: odd(ex.solution(*args, **named)))
    assert runs.calls == before
