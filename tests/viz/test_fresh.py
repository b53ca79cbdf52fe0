"""While developing: a changed module shows without restarting the kernel."""

import base64
import itertools
import os
import re
import threading
import time
import zlib

import pytest

from cnnlib.viz.kit import fresh
from cnnlib.viz.kit.live import Live

SECONDS = itertools.count()
MODULE = "function render() { return %d; }\nexport default { render };\n"


@pytest.fixture
def entry(tmp_path, monkeypatch):
    """The module of a widget, in a file of its own; nobody else is followed."""
    monkeypatch.setattr(fresh, "_living", type(fresh._living)())
    return tmp_path / "tried.js"


def write(path, text):
    """Later than all before, however coarse the disk's clock is."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (0, next(SECONDS)))


def tried(entry):
    return type("Tried", (Live,), {"entry": entry})()


def code(widget):
    """What it brings to the browser, unpacked."""
    packed = re.search(r'const code = "(.+)";', widget._esm)[1]
    return zlib.decompress(base64.b64decode(packed)).decode()


def test_a_new_widget_has_what_the_files_hold_now(entry):
    write(entry, MODULE % 1)
    old = tried(entry)
    write(entry, MODULE % 2)
    assert "return 2;" in code(tried(entry))
    fresh.renew()
    assert "return 1;" in code(old), "nobody asked for more"


def test_one_that_is_there_follows_where_that_is_wanted(entry, monkeypatch):
    monkeypatch.setenv("ANYWIDGET_HMR", "1")
    monkeypatch.setattr(fresh, "EVERY", 0.02)
    monkeypatch.setattr(fresh, "_watch", fresh._watch.__wrapped__)
    write(entry, MODULE % 1)
    widget, sent = tried(entry), []
    widget.observe(lambda change: sent.append(change.name), ["_esm", "_css"])
    write(entry, "export let a = 1;\n")   # a mistake on the way
    time.sleep(0.1)
    assert "return 1;" in code(widget) and sent == []
    write(entry.with_suffix(".css"), ".tried { color: red; }\n")
    write(entry, MODULE % 2)
    deadline = time.monotonic() + 10
    while "return 2;" not in code(widget) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "return 2;" in code(widget) and ".tried" in widget._css and sent == ["_css", "_esm"]
    assert widget.set_state({"_esm": "stolen"}) is None and "return 2;" in code(widget)


def test_without_a_thread_to_be_had_there_is_a_widget_all_the_same(entry, monkeypatch):
    monkeypatch.setenv("ANYWIDGET_HMR", "1")
    monkeypatch.setattr(fresh, "_watch", fresh._watch.__wrapped__)

    def none(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    write(entry, MODULE % 1)
    assert "return 1;" in code(tried(entry))
