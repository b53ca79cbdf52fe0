"""Names that a package hands on, each loaded when it is first asked for."""

import importlib


def late(package, modules):
    """`__getattr__` and `__dir__` of a package that hands on names from its modules: {"figures.images": "filters …"}.

    So importing the package costs nothing of what stands behind them.
    """
    home = {name: module for module, names in modules.items() for name in names.split()}

    def get(name):
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{home[name]}"), name)

    return get, lambda: sorted({*vars(importlib.import_module(package)), *home})
