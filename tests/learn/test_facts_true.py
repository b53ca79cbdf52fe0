"""No fact is false: what the sentences say is worked out once more, from their words alone."""

import re

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.learn import facts

pytestmark = pytest.mark.usefixtures("no_copy")
EX = {id: cnn.learn.exercise(id) for id in cnn.learn.exercises()}
FAR = 1e-5     # of the largest number: beyond what rounding does

RESULTS = {
    "with the opposite sign": lambda y: -y, "without the sign": np.abs, "subtracted from 1": lambda y: 1 - y,
    "with every number below 0 set to 0": lambda y: np.where(y < 0, 0, y), "rounded to whole numbers": np.round,
    "with the decimals cut off": lambda y: y.astype(int), "squared": lambda y: y * y,
    "rounded to two decimals": lambda y: np.round(y, 2), "rounded to one decimal": lambda y: np.round(y, 1),
    "but the last number is missing": lambda y: y[:-1], "but the first number is missing": lambda y: y[1:],
    "but the last row is missing": lambda y: y[..., :-1, :], "but the last column is missing": lambda y: y[..., :-1],
    "but the last row and column are missing": lambda y: y[..., :-1, :-1],
    "but all in one list": np.ravel, "but only the largest": lambda y: np.array(y.max()),
    "with rows and columns swapped": lambda y: y.transpose(*range(y.ndim - 2), -1, -2),
    "in reverse order": lambda y: y[::-1], "but all added up to one number": lambda y: np.array(y.sum()),
    "each added to all before it": lambda y: np.add.accumulate(y.ravel()).reshape(y.shape),
    "but only the first number": lambda y: y[:1],
    "but all maps added up": lambda y: sum(y), "sorted by size": lambda y: np.array(sorted(y)),
}
INPUTS = {
    "flipped": lambda v: v[::-1], "rotated by 180°": lambda v: v[..., ::-1, ::-1],
    "with the opposite sign": lambda v: -v, "without its signs": np.abs,
    "with rows and columns swapped": lambda v: np.swapaxes(v, -2, -1),
    "without its last number": lambda v: v[:-1], "without its first number": lambda v: v[1:],
    "squared": lambda v: v**2, "minus its mean": lambda v: v - np.average(v),
}
PLACES = {
    "the last one": (-1,), "the first one": (0,), "the first and the last one": (0, -1), "those in the first row": (0,),
    "those in the last row": (-1,),
}


def value(expression, given):
    return eval(expression.strip("`"), {"len": len, **given})


def changed(phrase, y, given):
    """A right result changed as the phrase says; None for a phrase that is not known here."""
    if phrase in RESULTS:
        return RESULTS[phrase](y)
    if found := re.fullmatch(r"(multiplied|divided) by (?:the sum of )?(\S+|`.+`)", phrase):
        number = value(found[2], given)
        number = number.sum() if "the sum" in phrase else number
        return y * number if found[1] == "multiplied" else y / number
    if found := re.fullmatch(r"with (\S+|`[^`]+`) (added|subtracted)", phrase):
        return y + value(found[1], given) * (1 if found[2] == "added" else -1)
    return None


def inputs(phrase, given):
    """Inputs changed as the phrase says; None for a phrase that is not known here."""
    given = dict(given)
    for each in re.split(r"(?<=`) and (?=`\w+ =)|(?<=`\w`) and (?=`)", phrase):
        if found := re.fullmatch(r"`(\w+)` and `(\w+)` swapped", each):
            given[found[1]], given[found[2]] = given[found[2]], given[found[1]]
        elif found := re.fullmatch(r"`(\w+) = (\w+)`", each):
            given[found[1]] = value(found[2], given)
        elif found := re.fullmatch(r"(`[^`]+`) instead of `(\w+)`", each):
            given[found[2]] = value(found[1], given)
        elif found := re.fullmatch(r"(ones|zeros) instead of `(\w+)`", each):
            given[found[2]] = np.full(given[found[2]].shape, float(found[1] == "ones"))
        elif (found := re.fullmatch(r"`(\w+)` (.+)", each)) and found[2] in INPUTS:
            given[found[1]] = INPUTS[found[2]](given[found[1]])
        else:
            return None
    return given


def near(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    far = FAR * np.abs(b[np.isfinite(b)]).max(initial=0)
    return a.size == b.size == 0 or (a.shape == b.shape and np.allclose(a, b, FAR, far, equal_nan=True))


def condition(phrase, cases):
    """In which cases a property of the inputs holds; None for a phrase that is not known here."""
    where = re.sub(r" is not (?=[\dTF])", " != ", re.sub(r" is (?=[\dTF])", " == ", phrase.replace("`", "")))
    where = re.sub(r"(\w+\)?) has fractions", r"(\1 != \1.astype(int)).any()", where).replace(" equals ", " == ")
    where = re.sub(r"== (\d+) or more", r">= \1", where).replace("== square", "").replace(" is below ", " < ")
    where = where.replace(" is not below ", " >= ").replace(" is not above ", " <= ").replace(" is above ", " > ")
    where = re.sub(r"(\w+) and (\w+) differ", r"\1 != \2", where)
    where = re.sub(r"(\w+) has equal numbers", r"len(set(ravel(\1))) < len(ravel(\1))", where)
    where = re.sub(r"all numbers of (\w+) are different", r"len(set(ravel(\1))) == len(ravel(\1))", where)
    where = re.sub(r"(\w+) has numbers beyond ([\d,]+)", lambda m: f"abs({m[1]}).max() > {m[2]}".replace(",", ""),
                   where)
    where = re.sub(r"(\w+) has negative numbers", r"(\1 < 0).any()", where)
    if re.search(r" (is|has|holds|are|the) ", f" {where} "):
        return None
    return [bool(value(where, {**given, "abs": np.abs, "set": set, "ravel": np.ravel})) for given, *_ in cases]


def right_in(sentence, cases):
    """Of a sentence that counts the cases: is it true?"""
    found = re.match(r"Your results are (right|wrong) in (\d+) of (\d+) cases", sentence)
    right = [near(mine, true) == (found[1] == "right") for _, mine, true in cases]
    if (sum(right), len(right)) != (int(found[2]), int(found[3])):
        return False
    if found := re.search(r": exactly where (.+)\.$", sentence):
        holds = condition(found[1], cases)
        return holds and holds == right
    if found := re.search(r" wrong (only|exactly|in this one, the only one) where (.+)\.$", sentence):
        holds, wrong = condition(found[2], cases), [not each for each in right]
        return holds and (holds == wrong or (found[1] == "only" and all(map(np.less_equal, wrong, holds))))
    if found := re.search(r", (only|exactly) where (.+)\.$", sentence):
        holds = condition(found[2], cases)
        return holds and (holds == right or (found[1] == "only" and all(map(np.less_equal, right, holds))))
    return sentence.endswith("?")


def true_of(sentence, ex, cases):
    """Does the sentence hold in all cases (arguments, mine, true)? None for a sentence that is not known here."""
    if sentence.startswith("Your results are "):
        return right_in(sentence, cases)
    if found := re.match(r"Where your numbers are wrong, they (?:are whole|end after (\d))", sentence):
        wrong = [np.broadcast_arrays(mine, true) for _, mine, true in cases if not near(mine, true)]
        return all(near(mine, np.round(mine, int(found[1] or 0))) for mine, true in wrong)
    if found := re.fullmatch(r"Your numbers? (?:is|are) the right ones?, (.+)\.", sentence):
        made = [changed(found[1], np.asarray(true, float), given) for given, _, true in cases]
        return None if made[0] is None else all(near(m, mine) for m, (_, mine, _) in zip(made, cases, strict=True))
    if found := re.fullmatch(r"This is what comes out for (.+)\.", sentence):
        made = [inputs(found[1], given) for given, *_ in cases]
        return None if made[0] is None else all(
            near(ex.solution(**given), mine) for given, (_, mine, _) in zip(made, cases, strict=True))
    if (found := re.fullmatch(r"All your numbers are right except (.+)\.", sentence)) and found[1] in PLACES:
        masks = [np.ones(np.shape(true), bool) for *_, true in cases]
        for mask in masks:
            mask[list(PLACES[found[1]])] = False
        return all(near(mine[mask], true[mask]) for mask, (_, mine, true) in zip(masks, cases, strict=True))
    if found := re.fullmatch(r"The other (\d+ )?numbers? (?:is|are) right\.", sentence):
        (_, mine, true), = cases
        return np.isclose(mine, true).sum() == int(found[1] or 1) == np.size(true) - 1
    if found := re.fullmatch(r"Right so far: `(.+)`\.", sentence):
        (_, mine, true), = cases
        return all(value(each, {ex.returns: mine, "answer": mine, "y": mine}) == value(
            each, {ex.returns: true, "answer": true, "y": true}) for each in re.split(r", (?=\D)", found[1]))
    return None


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_what_is_told_of_the_typical_mistakes_is_true(part):
    """Every ninth of them, and most of what is told."""
    told = known = 0
    for id in list(EX)[part::4]:
        ex = EX[id]
        if isinstance(ex.returns, tuple) or id == "06.3":
            continue
        for wrong, outcomes in ex.known.wrong[::9]:
            outcomes = list(outcomes)
            sentence = facts.fact(ex, outcomes)
            if not sentence or sentence.startswith("Where it does not stop"):
                continue
            cases = [
                (dict(zip(ex.arguments, case.args, strict=False)), mine.reading.value, true.reading.value)
                for case, mine, true in zip(ex.all_cases, outcomes, ex.known.truth, strict=True)]
            holds = true_of(sentence, ex, cases)
            told, known = told + 1, known + (holds is not None)
            assert holds in (None, True), f"{id}: {sentence} ({wrong.suspicion})"
    assert known > told / 2 > 5, f"{known} of {told}"


@pytest.mark.parametrize("ex", [ex for ex in EX.values() if ex.ask == "function"], ids=lambda ex: ex.id)
def test_only_what_has_a_place_stays_0(ex):
    """Who appends to a list has fewer numbers instead, and must be told so."""
    for wrong, outcomes in ex.known.wrong:
        if re.search(r"\bstays? 0: `range`", wrong.suspicion):
            for mine, true in zip(outcomes, ex.known.truth, strict=True):
                assert not mine.reading or mine.reading.value.shape == true.reading.value.shape, wrong.suspicion
