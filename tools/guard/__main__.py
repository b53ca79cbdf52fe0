"""`python -m tools.guard`."""

import sys

from .breaking import main

sys.exit(main())
