"""Good arguments for every operation, and what a message on a wrong one must be; for tests of errors."""

import numpy as np
import pytest

X, W = np.ones((2, 3, 8, 8)), np.ones((4, 3, 3, 3))          # conv2d: gives (2, 4, 6, 6)
SIGNAL, TAPS = np.ones((2, 3, 8)), np.ones((4, 3, 3))        # conv1d: gives (2, 4, 6)
IMAGE, KERNEL = np.ones((8, 8)), np.ones((3, 3))
ROWS, WEIGHTS = np.ones((2, 5)), np.ones((4, 5))             # linear: gives (2, 4)
LOGITS = np.zeros((3, 4))
GROUPED = np.ones((2, 6, 8, 8)), np.ones((4, 3, 3, 3))       # conv2d with groups=2
SMALL, UP = np.ones((2, 3, 4, 4)), np.ones((3, 5, 3, 3))     # conv_transpose2d: gives (2, 5, 6, 6)
GAMMA = np.ones(3)                                           # batch_norm2d of X
NAN = float("nan")


def case(call, error, *says, id):
    """The message must contain all of `says`, and begin with the first."""
    return pytest.param(call, error, says, id=id)


def check_message(call, error, says):
    """One line that begins with the first of `says`, the argument's name, and contains all of them."""
    with pytest.raises(error) as caught:
        call()
    message = str(caught.value)
    assert message.startswith(says[0])
    for part in says:
        assert part in message
    assert "\n" not in message
