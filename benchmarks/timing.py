"""Time several ways of doing the same thing, fairly: one process, taking turns, medians.

Machines are noisy, and noise comes in waves; ways that take turns meet the same waves, so their *ratio* is steady
even where their times are not. A library's threads go on waiting for work, and keep a core busy, for a while after
its turn: a pause gives the next turn an idle machine, and a first call, which is not timed, wakes its own threads.
Every row first checks that all ways agree: a fast wrong answer is not an alternative.
"""

import os
import platform
import time

import numpy as np

PAUSE = 0.06   # seconds until another library's threads sleep
CALLS = 5   # timed in a turn


def interleaved(ways, seconds=4.0, least=5, calls=CALLS):
    """Run the functions of `ways` (name -> function) in turn for about `seconds`; name -> array of times in seconds."""
    for function in ways.values():
        function()   # the first call pays for caches and lazy set-up
    times, begin = {name: [] for name in ways}, time.perf_counter()
    while len(next(iter(times.values()))) < least or time.perf_counter() - begin < seconds:
        for name, function in ways.items():
            time.sleep(PAUSE)
            for call in range(calls + 1 if calls > 1 else 1):
                start = time.perf_counter()
                function()
                if call or calls == 1:
                    times[name].append(time.perf_counter() - start)
    return {name: np.array(values) for name, values in times.items()}


def ratio(times, name, other):
    """Median of the ratio of two ways over the rounds, and the range of its middle half."""
    ratios = times[name] / times[other]
    return float(np.median(ratios)), *np.percentile(ratios, [25, 75]).tolist()


def agree(ways, tolerance=1e-3):
    """Raise AssertionError unless all ways give the same arrays, relative to the largest entry."""
    results = {name: _arrays(function()) for name, function in ways.items()}
    (first, expected), *others = results.items()
    for name, found in others:
        for a, b in zip(expected, found, strict=True):
            scale = np.abs(a).max() + 1e-30
            assert a.shape == b.shape and np.abs(a - b).max() / scale < tolerance, f"{name} differs from {first}"


def _arrays(result):
    results = result if isinstance(result, (tuple, list)) else [result]
    return [np.asarray(r.detach() if hasattr(r, "detach") else r) for r in results if r is not None]


def machine():
    """One line on what the numbers were measured with."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf8") as file:
            model = next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return (
        f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}, NumPy {np.__version__} "
        f"({blas['name']} {blas['version']})"
    )
