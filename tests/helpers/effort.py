"""How much work a call is, so that a test can be about speed and not about what else the machine does."""

import time


def effort(call, tries=5):
    """The processor time of a call, in loops of a million additions that take turns with it: the least of some tries.

    A loop takes about 30 milliseconds. What other programs take is not counted, and a slow machine slows both.
    """
    return min(_seconds(call) / _seconds(_loop) for _ in range(tries))


def _seconds(call):
    began = time.process_time()
    call()
    return time.process_time() - began


def _loop():
    total = 0
    for n in range(1_000_000):
        total += n
