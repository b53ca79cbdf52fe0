"""What must not be left half done: it is taken to its end, or the stop button waits until it is."""

import signal
import threading


def to_the_end(task):
    """task(), which does the same when it is done twice: interrupted on the way, it begins again, and then tells."""
    try:
        task()
    except BaseException:
        task()
        raise


class StopButton:
    """A context in which SIGINT, which the stop button and Ctrl-C send, waits for the next `check()`.

    Pressed a second time it comes through at once: a step can be long. Only in the main thread, which alone receives
    signals, and only where there is a handler to wait for.
    """

    def __init__(self):
        self.presses, self._handler = 0, None

    def __enter__(self):
        handler = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is threading.main_thread() and callable(handler):
            self._handler = handler
            signal.signal(signal.SIGINT, self._pressed)
        return self

    def _pressed(self, number, frame):
        self.presses += 1
        if self.presses == 2:
            self._handler(number, frame)

    def check(self):
        """A place where stopping does no harm: what was held back happens now, as a rule a KeyboardInterrupt."""
        if self.presses == 1:
            self.presses = 2   # training ends: pressing on must not disturb that
            self._handler(signal.SIGINT, None)
            self.presses = 0   # only reached if the handler lets it go on

    def __exit__(self, *error):
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
            if self.presses == 1:   # after the last check
                self._handler(signal.SIGINT, None)
