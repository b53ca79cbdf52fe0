"""Look for holes in the checks: answers that are not right, and pass.

    python -m tools.holes                     all exercises, a minute; then result.md is written
    python -m tools.holes 01.5 03             these exercises and lessons only; nothing is written
    python -m tools.holes --check             write nothing; exit 1 if result.md would change

Three kinds of answers to every exercise that asks for a function are made by machine and checked like any other: the
solution and all other right ways with one small change of their text (mutate.py); the solution with its arguments or
its result changed, rounded, cut, turned (around.py); the solution, except for inputs of one kind, where nothing comes
back (kinds.py). What passes is either the same function after all, or for something the statement rules out; then its
reason stands in reasons.py. Or it is a hole: add a case to the exercise, in `cases` or at the `edges`. Exit code 1 if
there is one.

An exercise that asks for a value has one case, and that is the value: there is nothing to miss.
"""

import sys

import cnnlib as cnn

from .. import command
from .search import RESULT, searched, written


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.holes", __doc__)
    parser.add_argument("which", nargs="*", help="ids, or numbers of lessons; default: all")
    options = parser.parse_args(arguments)
    known = [id for id in cnn.learn.exercises() if cnn.learn.exercise(id).ask == "function"]
    ids = [id for id in known if not options.which or id.startswith(tuple(options.which))]
    if not ids:
        parser.error(f"none of {', '.join(options.which)} asks for a function; there are {', '.join(known)}")
    searches = []
    for id in ids:
        searches.append(searched(cnn.learn.exercise(id)))
        print(searches[-1], flush=True)
    holes = [f"{search.id} {change}" for search in searches for change in search.holes]
    if options.which:
        print(*(f"{search.id} {change}: {why}" for search in searches for change, why in search.survivors), sep="\n")
        return int(bool(holes))
    print(*(f"{search.id} {pattern}: a reason for nothing\n" for search in searches for pattern in search.idle), sep="")
    changed = not holes and command.put(RESULT, written(searches), options.check)
    return int(command.told(RESULT, changed, options.check, holes))


if __name__ == "__main__":
    sys.exit(main())
