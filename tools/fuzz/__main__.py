"""Call everything that cnnlib offers with arguments that are nearly right, one or two of them hostile.

    python -m tools.fuzz                               5,000 calls
    python -m tools.fuzz --calls 50000 --seed 3        more, and others
    python -m tools.fuzz --only cnn.conv2d             only what holds this in its name
    python -m tools.fuzz --call 1234                   one call of the run, with its whole error

A finding is a call that ends in another exception than TypeError, ValueError or one that its docstring announces; in a
message that names no argument or is longer than 300 characters; in a warning; that takes more than 2 s or more than
1 GB; or that takes the program with it. Each kind is printed once, with how often it was met and a call to repeat it.
Exit code 1 if anything was found. The same seed makes the same calls.
"""

import sys
import traceback

from .. import command


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.fuzz", __doc__, check=False)
    parser.add_argument("--calls", type=command.number, default=5000, help="how many, 5000 unless given")
    parser.add_argument("--seed", type=command.number, default=1, help="another number makes other calls")
    parser.add_argument("--only", default="", metavar="NAME", help="part of the name of what to call")
    parser.add_argument("--call", type=command.number, metavar="N", help="make the one call of this number")
    options = parser.parse_args(arguments)

    from . import running  # loads all of cnnlib

    if not (subjects := running.chosen(options.only)):
        parser.error(f"--only: nothing there is has {options.only!r} in its name")
    if options.call:
        return _one(*running.drawn(subjects, options.seed, options.call))
    groups = {}
    try:
        for number, text, problem in running.run(options.only, options.seed, range(1, options.calls + 1)):
            groups.setdefault((text.partition("(")[0], problem), []).append((number, text))
    except KeyboardInterrupt:
        print("Stopped: this is what was found so far.")
    for (_, problem), calls in sorted(groups.items(), key=lambda item: -len(item[1])):
        number, text = min(calls, key=lambda call: len(call[1]))
        print(f"{len(calls):5} x  {problem}\n         --call {number}: {text:.300}")
    count = sum(map(len, groups.values()))
    print(f"{count} findings of {len(groups)} kinds in {options.calls} calls of {len(subjects)} functions")
    return int(count > 0)


def _one(subject, text):
    from .hostile import NAMES
    from .judging import judged

    print(text)
    try:
        print(repr(eval(text, dict(NAMES)))[:2000])
    except Exception:
        traceback.print_exc()
    problem = judged(subject, text, draw=True)
    print(f"finding: {problem}")
    return int(problem is not None)


if __name__ == "__main__":
    sys.exit(main())
