"""What is told of a class, as plain data and as text: who passed what, which mistakes were named, what to do next."""

from collections import Counter

from ..learn import library


def report(a_class, names=True):
    """What is told of a `handed_in.Class`, as plain data: "people" and "files", how many; "topic", None or {"id",
    "mistake"}; "exercises", a list of {"id", "title", "tried", "passed", "mistakes": [{"mistake", "people", "times"}]};
    "not_read", a list of {"file", "why"}. With `names`, an exercise has "who_passed" and "who_not", too."""
    known = set(library.exercises())
    ids = {id for done in a_class.people.values() for id in done}
    exercises = []
    for id in sorted(ids, key=lambda id: [int(part) for part in id.split(".")]):
        done = {name: mine[id] for name, mine in sorted(a_class.people.items(), key=_by_name) if id in mine}
        people, times = Counter(), Counter()
        for each in done.values():
            people.update(each.mistakes.keys())
            times.update(each.mistakes)
        mistakes = [{"mistake": mistake, "people": people[mistake], "times": times[mistake]} for mistake in people]
        passed = [name for name, each in done.items() if each.passed]
        exercises.append({
            "id": id, "title": library.exercise(id).title if id in known else "", "tried": len(done),
            "passed": len(passed),
            **({"who_passed": passed, "who_not": [name for name in done if name not in passed]} if names else {}),
            "mistakes": sorted(mistakes, key=lambda m: (-m["people"], -m["times"], m["mistake"]))})
    faults = [{"file": file, "why": why} for file, why in sorted(a_class.faults)]
    if not names:
        faults = [fault | {"file": f"file {n}"} for n, fault in enumerate(faults, 1)]
    return {"people": len(a_class.people), "files": a_class.files, "topic": _topic(exercises), "exercises": exercises,
            "not_read": faults}


def _by_name(item):
    return item[0].casefold(), item[0]


def _topic(exercises):
    """The mistake that most people made; without any, the exercise that most people tried and did not pass."""
    named = [(m["people"], m["times"], -n) for n, e in enumerate(exercises) for m in e["mistakes"][:1]]
    if named:
        most = exercises[-max(named)[2]]
        return {"id": most["id"], "mistake": most["mistakes"][0]["mistake"]}
    open_ = [(e["tried"] - e["passed"], -n) for n, e in enumerate(exercises) if e["tried"] > e["passed"]]
    return {"id": exercises[-max(open_)[1]]["id"], "mistake": None} if open_ else None


def topic_line(made):
    """The topic of the next lecture, in a line."""
    if made["topic"] is None:
        return "nothing was tried so far." if not made["exercises"] else "all that was tried is passed."
    one = next(each for each in made["exercises"] if each["id"] == made["topic"]["id"])
    head = heading(one)
    if made["topic"]["mistake"] is None:
        return f"{head}: {one['tried'] - one['passed']} of {one['tried']} people have not passed."
    first = one["mistakes"][0]
    return f"{head}: {first['people']} of {one['tried']} people, {counted(first['times'], 'time')}: {first['mistake']}"


def heading(exercise):
    """The number of an exercise and its title, if it has one."""
    return f"{exercise['id']} · {exercise['title']}" if exercise["title"] else exercise["id"]


def counted(number, what, several=None):
    """A number and its noun.

    >>> counted(1, "person", "people"), counted(2, "time")
    ('1 person', '2 times')
    """
    return f"{number} {what if number == 1 else several or what + 's'}"


def listed(names):
    """Names in a row; where one of them has a comma, they are parted by something else.

    >>> listed(["ben", "cleo"]), listed(["Meier, Ben", "cleo"])
    ('ben, cleo', 'Meier, Ben; cleo')
    """
    return ("; " if any("," in name for name in names) else ", ").join(names)


def text(made):
    """The report for a terminal."""
    lines = [f"Next lecture's topic: {topic_line(made)}", "",
             f"{counted(made['people'], 'person', 'people')}, {counted(made['files'], 'file')}", ""]
    for each in made["exercises"]:
        lines.append(f"{heading(each)}: {each['passed']} of {each['tried']} passed")
        lines += [f"    {counted(m['people'], 'person', 'people')}, {counted(m['times'], 'time')}: {m['mistake']}"
                  for m in each["mistakes"]]
        for key, what in (("who_passed", "passed"), ("who_not", "not yet")):
            if each.get(key):
                lines.append(f"    {what}: {listed(each[key])}")
    if made["not_read"]:
        lines += ["", "Not read:", *(f"    {fault['file']}: {fault['why']}" for fault in made["not_read"])]
    return "\n".join(lines)
