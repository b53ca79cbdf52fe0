"""Notebooks are tried as by someone who has not done anything yet, whatever whoever tries them has done."""

import os

os.environ["CNNLIB_PROGRESS"] = ""
