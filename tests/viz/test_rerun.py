"""A cell that is run again leaves no widgets behind, in a kernel; what somebody holds or shows lives on."""

import contextlib

import pytest
from jupyter_client.manager import KernelManager

from cnnlib.publish.kernel import ThisPython

SETUP = """
import comm, gc
import cnnlib as cnn
from cnnlib.viz.kit.live import Live
scene = cnn.viz.slide([1, 2, 3], [1, 1])
def alive():
    return sorted(w.step for w in gc.get_objects() if type(w).__name__ == "SlidePlayer" and w.comm is not None)
def comms():
    return len(comm.get_comm_manager().comms)
"""


class Kernel:
    """A kernel that is told which cell it runs, as a front end does."""

    def __init__(self, client):
        self.client = client

    def run(self, cell, code):
        """Run a cell; returns what it prints."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
                   "stop_on_error": True}
        metadata = {"cellId": cell} if cell else {}
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        printed, error = "", None
        while True:
            answer = self.client.get_iopub_msg(timeout=60)
            if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if answer["msg_type"] == "stream":
                printed += answer["content"]["text"]
            if answer["msg_type"] == "error":
                error = answer["content"]["ename"]
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                assert error is None, error
                return printed.strip()

    def alive(self):
        """The steps of the players that are alive: the tests use them as names."""
        return eval(self.run(None, "print(alive())"))


@pytest.fixture(scope="module")
def started():
    manager = KernelManager(kernel_name="python3", kernel_spec_manager=ThisPython())
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        kernel = Kernel(client)
        kernel.run(None, SETUP)
        yield kernel
    finally:
        client.stop_channels()
        with contextlib.suppress(Exception):
            manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(started):
    yield started
    started.run(None, "from ipywidgets import Widget\nWidget.close_all()")
    started.run(None, "%reset -f out\nfrom cnnlib.viz.kit import rerun\n"
                      "for each in (rerun._made, rerun._shown, rerun._left): each.clear()")


def test_a_cell_that_is_run_again_leaves_one(kernel):
    """With its layout, which is a widget, too; by whatever way it is shown, and though `Out` and `_` remember it."""
    before = int(kernel.run(None, "print(comms())"))
    for _ in range(10):
        kernel.run("a", "scene.player(step=1)")
    assert kernel.alive() == [1] and int(kernel.run(None, "print(comms())")) == before + 2
    for _ in range(3):
        kernel.run("b", "player = scene.player(step=0)\nplayer")
        kernel.run("c", "display(scene.player(step=0))\n_")
        kernel.run("d", "cnn.learn.quiz('01')")
    assert kernel.alive() == [0, 0, 1] and int(kernel.run(None, "print(comms())")) == before + 8


@pytest.mark.alike(2)
@pytest.mark.parametrize("keep", [
    "kept = player", "kept = [player]", "kept = {'a': (player,)}", "kept = lambda player=player: player",
    "import ipywidgets\nkept = ipywidgets.VBox([player])", "import ipywidgets\nipywidgets.VBox([player])",
    "import ipywidgets\nipywidgets.jslink((player, 'step'), (ipywidgets.IntSlider(), 'value'))",
])
def test_what_somebody_holds_stays(kernel, keep):
    kernel.run("a", "player = scene.player(step=1)\nplayer")
    kernel.run("b", keep)
    kernel.run("a", "player = scene.player(step=0)\nplayer")
    assert kernel.alive() == [0, 1]


def test_what_another_cell_shows_stays_until_that_runs_again(kernel):
    kernel.run("a", "player = scene.player(step=1)")
    kernel.run("b", "player")
    for _ in range(2):
        kernel.run("a", "player = scene.player(step=0)")
        assert kernel.alive() == [0, 1]
    kernel.run("b", "player")
    assert kernel.alive() == [0]


def test_a_player_in_a_variable_outlives_the_cell_that_showed_it(kernel):
    kernel.run("a", "player = scene.player(step=1)")
    for _ in range(3):
        kernel.run("b", "player")
    assert kernel.alive() == [1]
    kernel.run("b", "player = None")
    assert kernel.alive() == []


def test_an_error_in_the_cell_is_no_obstacle(kernel):
    kernel.run("a", "scene.player(step=1)")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        kernel.run("a", "1 / 0")
    assert kernel.alive() == []


def test_without_a_name_for_the_cell_nothing_is_closed(kernel):
    for _ in range(3):
        kernel.run(None, "scene.player(step=1)")
    assert kernel.alive() == [1, 1, 1]
