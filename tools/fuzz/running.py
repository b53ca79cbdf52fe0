"""The calls of a run, drawn one by one from its seed, and made in a process that may die of them."""

import multiprocessing
import os
import random
import tempfile

from .hostile import values

STEP = 5000          # calls of one process, then a new one: what they leave behind is no fault of the next
GIGABYTE = 1 << 30
PATIENCE = 60        # seconds without a word from the process,
LOADING = 600        # and until its first one: on a busy machine, loading everything takes its time


def drawn(subjects, seed, number):
    """Call `number` of a run: its subject and its text. Depends on nothing else, so that it can be made again."""
    rng = random.Random(f"{seed}:{number}")
    subject, = rng.choices(subjects, [subject.weight for subject in subjects])
    arguments = dict(subject.right)
    for name, usual in subject.optional.items():
        if rng.random() < 0.25:
            arguments[name] = usual
    names = list(arguments) + [name for name in subject.optional if name not in arguments]
    for name in rng.sample(names, min(len(names), rng.choice([1, 1, 2]))):
        value = rng.choice(values(arguments.get(name, subject.optional.get(name))))
        # What is given by place has to stay a list, or it would be no call at all.
        arguments[name] = f"[{value}]" if name.startswith("*") else value
    return subject, subject.call(arguments)


def run(only, seed, numbers):
    """Make the calls `numbers` of a run; yields (number, text, problem) of those that are findings.

    `only` is part of the text of the subjects to call, "" for all.
    """
    numbers = list(numbers)
    while numbers:
        batch, numbers = numbers[:STEP], numbers[STEP:]
        while batch:
            found, done, why = _in_a_process(only, seed, batch)
            yield from found
            if why:   # the call after the last that was done
                yield batch[done], drawn(chosen(only), seed, batch[done])[1], why
                done += 1
            batch = batch[done:]


def chosen(only):
    """The subjects whose text holds `only`."""
    from .subjects import subjects

    return [subject for subject in subjects() if only in subject.text]


def _in_a_process(only, seed, batch):
    """What was found, how many calls were made, and why the process ended before all were made, or None."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, only, seed, batch), daemon=True)
    process.start()
    theirs.close()
    found, done, why = [], 0, None
    try:
        ours.poll(LOADING)
        while done < len(batch):
            if not ours.poll(PATIENCE):
                why = f"took more than {PATIENCE} s"
                break
            done, *finding = ours.recv()
            if finding:
                found.append(tuple(finding))
    except EOFError:
        process.join()
        why = f"ended the process, code {process.exitcode}"
    finally:
        process.kill()
        process.join()
    return found, done, why


def _work(pipe, only, seed, batch):
    """The process: make the calls and tell of each one."""
    os.environ |= {"CNNLIB_PROGRESS": "", "MPLBACKEND": "Agg"}
    from .judging import judged

    subjects = chosen(only)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        os.chdir(folder)
        os.dup2(nowhere.fileno(), 1)   # what the calls print
        _warm_up()
        _limit()
        pipe.send((0,))
        for done, number in enumerate(batch, 1):
            subject, text = drawn(subjects, seed, number)
            problem = judged(subject, text, draw="$" in text or number % 10 == 0)
            pipe.send((done,) if problem is None else (done, number, text, problem))
        os.chdir("/")


def _warm_up():
    """What is made once per process and takes room: threads, a canvas."""
    import numpy as np

    import cnnlib as cnn

    cnn.conv2d(np.ones((8, 8, 96, 96)), np.ones((8, 8, 3, 3)))
    cnn.viz.slide1d([0, 1, 2], [1, 1]).canvas.draw()


def _limit():
    """A gigabyte more than now, where the system can say how much that is."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + GIGABYTE, now + GIGABYTE))
    except (ImportError, OSError, ValueError):
        pass
