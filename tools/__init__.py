"""For maintainers: what stores notebooks, writes those that are made, draws the pictures, and breaks cnnlib on purpose.

Each is run as a module from the project's folder, `python -m tools.store`; each has `--help`, and nearly all have
`--check`, which writes nothing. Nothing in tests/ writes into the project: what writes is here.
"""
