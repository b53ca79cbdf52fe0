"""Every exercise, whatever it is: what is right passes, what is wrong fails, each mistake with its own sentence.

A new exercise is tested here because it is there; nothing has to be added.
"""

import inspect
import re
import statistics

import numpy as np
import pytest
from effort import effort

import cnnlib as cnn
from cnnlib.learn.comparing import alike, margin
from cnnlib.learn.exercise import Exercise, Wrong
from cnnlib.learn.showing import _for_scene, step_player
from cnnlib.trial import apart
from cnnlib.viz.slide.compare import compare

IDS = cnn.learn.exercises()
ALL = {id: cnn.learn.exercise(id) for id in IDS}
every = pytest.mark.parametrize("ex", ALL.values(), ids=ALL)
every_function = pytest.mark.parametrize("ex", [ex for ex in ALL.values() if ex.ask == "function"],
                                         ids=[id for id, ex in ALL.items() if ex.ask == "function"])


@pytest.fixture(autouse=True)
def no_copy(request, monkeypatch):
    """These answers are ours and need no copy of the program; only how long a check takes is seen with one."""
    if "quickly" not in request.node.name:
        monkeypatch.setattr(apart, "POSSIBLE", False)


def named(answer):
    return f"{getattr(answer, '__name__', answer)!s:.40}"


def like(ex, change):
    """An answer to `ex`: what the solution returns, changed; a value, or a function that takes any arguments."""
    def answer(*args, **named):
        return change(ex.solution(*args, **named))

    return answer if ex.ask == "function" else change(ex.solution())


def given(ex, wrong):
    """A wrong answer as a learner hands it in: where a value is asked for, what an edited solution returns."""
    return wrong.answer() if ex.ask == "value" and callable(wrong.answer) else wrong.answer


def each(change):
    """A change of every array or number of a result, also where there are several."""
    def changed(result):
        return tuple(map(change, result)) if isinstance(result, tuple) else change(result)

    return changed


def numeric(ex):
    return ex.known.truth[0].reading.kind in ("numbers", "several")


# --- what is right passes ---------------------------------------------------------------------------------------------


@every
def test_the_solution_passes(ex):
    verdict = ex.check(like(ex, lambda result: result))
    assert verdict.passed and verdict.suspicion is None and verdict.fact is None and verdict.state == "right"
    assert verdict.message == f"Right. {ex.praise} {ex.insight}"
    assert "\n" not in ex.praise + ex.insight and len(verdict.message) < 300, "one line of each"


@pytest.mark.alike(3)
@every
def test_the_solution_is_checked_quickly(ex):
    assert effort(lambda: ex.check(like(ex, lambda result: result)), enough=15, tries=3) < 15


@pytest.mark.alike(2)
@every
def test_other_right_answers_pass(ex):
    verdicts = [(named(right), ex.check(right)) for right in ex.right]
    assert [(name, verdict.message) for name, verdict in verdicts if not verdict.passed or verdict.fact] == []


@pytest.mark.alike(2)
@every
def test_lists_and_single_precision_pass(ex):
    if numeric(ex):
        verdict = ex.check(like(ex, each(lambda result: np.asarray(result).tolist())))
        assert verdict.passed, verdict.message
        verdict = ex.check(like(ex, each(lambda result: np.asarray(result, np.float32))))
        assert verdict.passed, verdict.message


@every
def test_the_solution_that_is_shown_works_by_itself(ex):
    """With nothing but NumPy and this package, under the learner's name for it."""
    space = {"np": np, "cnn": cnn}
    exec(ex.source, space)
    function = space[ex.name if ex.ask == "function" else "solution"]
    assert ex.check(function if ex.ask == "function" else function()).passed


# --- what is not answered ---------------------------------------------------------------------------------------------


@every
def test_the_stub_is_not_yet(ex):
    stubs = [None, cnn.learn.TODO] + ([lambda *args, **named: cnn.learn.TODO] if ex.ask == "function" else [])
    for stub in stubs:
        verdict = ex.check(stub)
        assert (verdict.passed, verdict.state, verdict.suspicion) == (False, "not yet", None)
        assert verdict.message.startswith("Not yet: ") and ex.id in verdict.message


# --- what is wrong fails ----------------------------------------------------------------------------------------------


SENTENCES = 8   # of an exercise that are tried every day, evenly from first to last; some have more than 200


@pytest.mark.alike(2)
@every
@pytest.mark.parametrize("most", [SENTENCES, pytest.param(None, marks=pytest.mark.long)], ids=["some", "all"])
def test_every_typical_mistake_gets_its_own_sentence(ex, most):
    """One of each sentence. That the others get it, too, is seen in their outcomes: test_no_two_sentences."""
    first = list({wrong.suspicion: wrong for wrong in reversed(ex.wrong)}.values())[::-1]
    step = max(1, -(-len(first) // most)) if most else 1
    verdicts = [(wrong, ex.check(given(ex, wrong))) for wrong in first[::step]]
    assert [(named(wrong.answer), verdict.message) for wrong, verdict in verdicts if not told(wrong, verdict)] == []


def told(wrong, verdict):
    """Does a verdict name this mistake, and end with it or with a fact about it?"""
    message, refused = verdict.message, not verdict.passed and verdict.state == "wrong"
    return (refused and verdict.suspicion == wrong.suspicion and wrong.suspicion in message
            and message.startswith("Not right yet. ") and message.endswith(verdict.fact or wrong.suspicion))


@pytest.mark.alike(3)
@every
def test_no_two_sentences_claim_the_same_answer(ex):
    """Two mistakes that nobody can tell apart must share one sentence, or a case has to be added that parts them; and
    none is right."""
    margins = [margin(ex, case, true.reading, true.reading)
               for case, true in zip(ex.all_cases, ex.known.truth, strict=True)]
    for wrong, theirs in ex.known.wrong:
        assert not _alike(theirs, ex.known.truth, margins), wrong.suspicion
    margins = margins[:len(ex.inner.all_cases)]
    mistakes = ex.inner.known.wrong
    apart = _seen_apart([outcomes for _, outcomes in mistakes], margins)
    for i, k in zip(*np.nonzero(np.triu(~apart, 1)), strict=True):
        (a, first), (b, second) = mistakes[i], mistakes[k]
        assert a.suspicion == b.suspicion or not _alike(first, second, margins), (a.suspicion, b.suspicion)


def _seen_apart(answers, margins):
    """Which two answers differ in one of three numbers of some case: most of those that do, at once. A table."""
    apart = np.zeros((len(answers), len(answers)), bool)
    for outcomes, allowed in zip(zip(*answers, strict=True), margins, strict=True):
        values = [x.reading.value if not x.kind and x.reading.kind == "numbers" else np.zeros(0) for x in outcomes]
        few = np.array([[float(v.item(n)) if v.size else np.nan for n in (0, v.size // 2, -1)] for v in values])
        with np.errstate(invalid="ignore"):
            apart |= (np.abs(few[:, None] - few) > allowed).any(axis=2)
    return apart


def _alike(first, second, margins):
    """Do two answers come to the same in every case?"""
    triples = zip(first, second, margins, strict=True)
    return all(x.changed == y.changed and alike(x, y, m) for x, y, m in triples)


NONSENSE = {
    "zeros": each(lambda y: np.zeros(np.shape(y))), "NaN": each(lambda y: np.full(np.shape(y), np.nan)),
    "ones": each(lambda y: np.ones(np.shape(y))), "infinite": each(lambda y: np.full(np.shape(y), np.inf)),
    "in another shape": each(lambda y: np.asarray(y)[None]), "as texts": each(lambda y: np.asarray(y).astype(str)),
    "in brackets": lambda y: [y], "a set": lambda y: {1, 2},
    "a generator": lambda y: (n for n in np.ravel(y)), "True": lambda y: True, "text": lambda y: "right",
    "half": each(lambda y: np.asarray(y) * 0.5), "one more": each(lambda y: np.asarray(y) + 1),
    "a little more": each(lambda y: np.asarray(y) * 1.001 + 1e-3), "nothing": lambda y: [],
    "a function": lambda y: print,
    "complex": each(lambda y: np.asarray(y) * 1j),
}


@pytest.mark.alike(3)
@every
@pytest.mark.parametrize("part", [0, pytest.param(1, marks=pytest.mark.long)], ids=["some", "others"])
def test_nonsense_fails(ex, part):
    """Every kind of nonsense is tried each time, but not each kind on each exercise, nor on each exercise any."""
    tried = list(NONSENSE.items())[(IDS.index(ex.id) + part) % 2::2] if numeric(ex) else []
    verdicts = [(name, ex.check(like(ex, change))) for name, change in tried]
    assert [name for name, verdict in verdicts if verdict.passed or verdict.state != "wrong"] == []


@pytest.mark.alike(2)
@every
def test_one_wrong_number_is_enough(ex):
    """The last number of the largest result, off by a thousandth of it."""
    def spoilt(result):
        array = np.array(result, float)
        array.flat[-1] += 1e-3 * max(1, np.abs(array).max())
        return array

    if numeric(ex) and not isinstance(ex.returns, tuple):
        sizes = [np.size(true.reading.value) for true in ex.known.truth]
        assert not ex.check(like(ex, lambda y: spoilt(y) if np.size(y) == max(sizes) else y)).passed


# Whose results are numbers of this input, or whole: they have its type by right.
THE_SAME_NUMBERS = {("00.3", "sizes"), ("02.4", "w"), ("05.2", "x"), ("05.3", "x"), ("07.5", "dy"),
                    ("10.4", "gradient")}


@pytest.mark.alike(2)
@every_function
def test_a_result_in_the_type_of_an_input_fails(ex):
    """What is behind the point is lost as soon as this one input holds whole numbers, and another fractions."""
    def cast(*args, **named):
        return each(lambda y: np.asarray(y).astype(args[place].dtype))(ex.solution(*args, **named))

    for place, name in enumerate(ex.arguments):
        arrays = any(isinstance(arg, np.ndarray) for case in ex.all_cases for arg in case.args[place:place + 1])
        if arrays and numeric(ex):
            assert ex.check(cast).passed == ((ex.id, name) in THE_SAME_NUMBERS), name


@pytest.mark.alike(2)
@every_function
def test_the_input_itself_fails(ex):
    for place in range(len(ex.arguments)):
        verdict = ex.check(lambda *args, place=place, **named: (*args, *named.values())[place])
        assert not verdict.passed, ex.arguments[place]


@every_function
def test_changing_an_input_fails_with_a_sentence(ex):
    def careless(*args, **named):
        result = ex.solution(*args, **named)
        for arg in args:
            if isinstance(arg, np.ndarray):
                arg[...] = arg + 1
        return result

    if any(isinstance(arg, np.ndarray) for case in ex.all_cases for arg in case.args):
        verdict = ex.check(careless)
        assert not verdict.passed and "in place: work on a copy" in verdict.suspicion


@every_function
def test_what_breaks_is_told(ex):
    def broken(*args, **named):
        raise ValueError("something of mine")

    message = ex.check(broken).message
    assert "ValueError in line" in message and "`raise ValueError(\"something of mine\")`" in message
    assert f"The call was {ex.name}(" in message and ex.check(broken).suspicion is None
    assert "cannot be called as" in ex.check(lambda: 0).message
    assert "found an array" in ex.check(np.ones(3)).message
    assert "gives None: is its `return` missing?" in ex.check(lambda *args, **named: None).message


@every
def test_a_value_is_not_given_away(ex):
    if ex.ask == "value" and numeric(ex) and np.size(ex.solution()) == 1:
        for wrong in ex.wrong:
            verdict = ex.check(given(ex, wrong))
            assert not re.search(rf"(?<![\d.]){re.escape(str(ex.solution()))}(?![\d])", verdict.message)


# --- the step that is wrong -------------------------------------------------------------------------------------------


@every_function
def test_a_player_opens_where_it_is_wrong(ex):
    for part in range(len(ex.returns)) if isinstance(ex.returns, tuple) else [None]:
        if not ex.player_of(part):
            continue
        for case in ex.all_cases:   # the scene shows what the solution does, or the two would be compared in vain
            scene = ex.player_of(part)(*case.args, **case.named)
            seen = compare(scene, _for_scene(ex, ex.solution, case, part))
            assert seen.step is None and "agrees" in seen.message and scene.steps > 0

        def off(y, here=part):
            return tuple(off(each, None) if k == here else each for k, each in enumerate(y)) if here is not None else (
                np.asarray(y) + (np.arange(np.size(y)) == 0).reshape(np.shape(y)))

        player = step_player(ex.check(like(ex, off)))
        assert player is not None and player.step == 0 and "differ in step 1" in player.message


# --- what an exercise must have ---------------------------------------------------------------------------------------


@every
def test_it_is_complete(ex):
    lesson, number = ex.id.split(".")
    file = inspect.getmodule(ex.solution).__name__
    assert file == f"cnnlib.learn.lesson_{lesson}.e{int(number):02d}"
    assert len(set(ex.hints)) == 3 and 1 <= ex.minutes <= 45 and ex.difficulty in range(1, 6)
    assert ex.ask == "value" or re.match(rf"{ex.name}\({', '.join(ex.arguments)}", ex.signature), "the same names"
    assert len(ex.source.splitlines()) <= 25, "a solution that fits on the screen"
    if ex.ask == "function":
        assert len(ex.all_cases) >= 8, "too few cases to tell mistakes apart"


@every
def test_its_sentences_are_sentences(ex):
    texts = [ex.praise, ex.insight, *(sentence for wrong in ex.wrong for sentence in wrong.sentences)]
    for text in texts:
        assert text[0].isupper() or text[0] in "`0123456789", text
        assert text[-1] in ".?" and 10 <= len(text) <= 240 and "\n" not in text and text.count("`") % 2 == 0, text
    for text in (*ex.hints, ex.statement, ex.errors):
        assert text.strip() == text and "<" not in re.sub(r"`[^`]*`|\$[^$]*\$", "", text), text


@every
def test_there_are_enough_answers_to_prove_it(ex):
    mistakes, ways = (12, 4) if ex.ask == "function" else (4, 2)
    assert len(ex.wrong) >= mistakes
    assert len(ex.right) >= ways, "right ways beside the solution"
    assert len({wrong.suspicion for wrong in ex.wrong}) >= mistakes - 2, "different sentences"


def test_there_are_enough_on_average():
    assert statistics.mean(len(ex.wrong) for ex in ALL.values()) >= 12
    assert statistics.mean(len(ex.right) for ex in ALL.values()) >= 4


# --- these tests can fail ---------------------------------------------------------------------------------------------


def test_a_mistake_like_another_is_not_named():
    """Two sentences for what cannot be told apart: neither is said."""
    ex = ALL["01.2"]
    double = Exercise(**{**{name: getattr(ex, name) for name in ex.__dataclass_fields__},
                         "wrong": [*ex.wrong, Wrong(lambda x, w: ex.solution(x, w[::-1]), "Something else.")]})
    assert double.check(ex.wrong[0].answer).suspicion is None
    with pytest.raises(AssertionError):
        test_no_two_sentences_claim_the_same_answer(double)


def test_exercises_are_found():
    assert "00.1" in IDS and "01.2" in IDS and sorted(IDS) == IDS
    for id in ("1.2", "01.99", "", None, "xx.1"):
        with pytest.raises(ValueError, match=r"id: found .*, expected one of"):
            cnn.learn.exercise(id)
