"""How much work a call is, so that a test can be about speed and not about what else the machine does."""

import math
import time


def effort(call, enough, tries=5):
    """The processor time of a call, in loops of a million additions that take turns with it: the least of some tries,
    of which the first below `enough` is the last.

    A loop takes about 30 milliseconds; a quarter of it is measured. What other programs take is not counted, and a slow
    machine slows both.
    """
    least = math.inf
    for _ in range(tries):
        least = min(least, _seconds(call) / (4 * _seconds(_quarter)))
        if least < enough:
            break
    return least


def _seconds(call):
    began = time.process_time()
    call()
    return time.process_time() - began


def _quarter():
    total = 0
    for n in range(250_000):
        total += n
