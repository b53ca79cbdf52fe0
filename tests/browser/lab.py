"""JupyterLab in a browser: start it, open a notebook, run it, and say what is wrong with what is seen."""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import TimeoutError

ROOT = Path(__file__).resolve().parents[2]
# Names of other machines are not known: nothing leaves this one.
FLAGS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LOCAL = re.compile(r"(?:data:|blob:|about:|(?:https?|wss?)://127\.0\.0\.1[:/])")
BAD_OUTPUT = re.compile(
    r"Error displaying widget|Loading widget|Javascript Error|model not found|picture cannot be drawn", re.IGNORECASE
)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
LIVE_VIEW, ALONE = "application/vnd.jupyter.widget-view+json", "application/vnd.cnnlib.view+json"
APPEARED = """([live, alone]) => {
    const { model, node } = jupyterapp.shell.currentWidget.content;
    const outputs = [...model.sharedModel.cells].flatMap(cell => cell.toJSON().outputs ?? []);
    const players = outputs.filter(({ data }) => (data?.[live] || data?.[alone]?.entry) && data["image/png"]).length;
    return node.querySelectorAll(".jp-OutputArea-output .cnn-player[data-step]").length >= players
        && !node.textContent.includes("Loading widget");
}"""
# anywidget gives up on a view after two seconds, which a busy machine may need to fetch its code.
PATIENT = "const timeout = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = time => timeout(30 * time);"
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

MEASURED = 'class="cnn-measured"'

# Every cell is drawn even if it is far below the window's edge, and nobody asks for news.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


def find_chromium():
    """The system's Chromium or Chrome: $CHROME, or one of the usual names; None if there is none.

    First the one that is built without windows: the same engine opens a page in a third of the time.
    """
    names = [os.environ.get("CHROME"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
             "chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def server(folder, home):
    """JupyterLab over `folder`, for this machine only, its settings and signatures in `home`: yields (url, token)."""
    port, token = free_port(), secrets.token_hex(16)
    for plugin, settings in SETTINGS.items():
        path = home / "settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings))
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
              "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython"}
    environment = os.environ | {name: str(home / place) for name, place in places.items()} | {"PYTHONPATH": str(ROOT)}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
    ]
    with open(home / "log.txt", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api?token={token}", process, home / "log.txt")
        yield url, token
    finally:   # the kernels go with it
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(url, process, log):
    for _ in range(240):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


def lab_page(context, url, token, name=""):
    """JupyterLab in a new page, a workspace of its own; a notebook with a name is open there, also after a reload."""
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{url}/lab/workspaces/w{secrets.token_hex(4)}{name and f'/tree/{name}'}?token={token}")
    page.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)")
    return page


class Notebook:
    """One notebook open in a page of JupyterLab's."""

    def __init__(self, page, name):
        self.page, self.name, self.thrown = page, name, []
        self.page.on("pageerror", self._throw)
        self.page.evaluate("""path => {
            jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" });
        }""", name)
        self.page.wait_for_function("""path => {
            const context = jupyterapp.shell.currentWidget?.context;
            return context?.path === path && context.isReady && context.sessionContext.isReady
                && context.sessionContext.session?.kernel?.status === 'idle';
        }""", arg=name)
        self._settle()

    def _throw(self, error):
        self.thrown.append(f"a script failed: {error}")

    def run_all(self, timeout=900, patience=5000):
        """Run every cell; returns when the last has finished or one has failed, and what it shows has appeared, or has
        not for some milliseconds."""
        done = self.page.evaluate("""seconds => Promise.race([
            jupyterapp.commands.execute('notebook:run-all-cells').then(() => 'done'),
            new Promise(resolve => setTimeout(() => resolve('not done'), seconds * 1000)),
        ])""", timeout)
        if done != "done":
            raise TimeoutError(f"not finished after {timeout} seconds")
        self._settle(patience)

    def _settle(self, patience=5000):
        """Wait for all pictures (broken ones count as loaded) and for all widgets; what never appears is a problem."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.jp-Notebook img')].every(image => image.complete)"
        )
        with contextlib.suppress(TimeoutError):
            self.page.wait_for_function(APPEARED, arg=[LIVE_VIEW, ALONE], timeout=patience, polling=50)
        self.page.evaluate(PAINTED)

    def outputs(self):
        """The outputs of every code cell as the page holds them: a list of lists."""
        return self.page.evaluate("""() =>
            [...jupyterapp.shell.currentWidget.content.model.sharedModel.cells]
                .map(cell => cell.toJSON()).filter(cell => cell.cell_type === 'code').map(cell => cell.outputs)""")

    def folded(self):
        """What stands in place of each cell whose code is folded: its first line."""
        return self.page.locator(".jp-Cell-inputWrapper .jp-InputPlaceholder:visible").all_inner_texts()

    def words(self):
        """The alternative texts of all pictures in outputs, also of those in whose place something live is shown;
        without their numbers where these were measured."""
        return [output["data"]["text/plain"] if MEASURED in output["data"].get("text/html", "")
                else output["metadata"]["image/png"].get("alt") for outputs in self.outputs() for output in outputs
                if "image/png" in output.get("metadata", {})]

    def images(self):
        """What the page shows of each picture in an output: its words, and whether there is anything to see."""
        return self.page.evaluate("""() => [...document.querySelectorAll('.jp-OutputArea-output img')].map(image => ({
            alt: image.getAttribute('alt'), loaded: image.complete && image.naturalWidth > 0,
            shown: image.clientWidth > 0,
        }))""")

    def problems(self):
        """Everything that is wrong with what this page shows, one line each."""
        found, pictures, players = list(self.thrown), 0, 0
        for n, outputs in enumerate(self.outputs()):
            for output in outputs:
                data = output.get("data", {})
                alive = LIVE_VIEW in data or bool(data.get(ALONE))   # empty: known to its kernel only
                pictures += "image/png" in data and not alive
                players += "image/png" in data and alive
                if output["output_type"] == "error":
                    found.append(f"code cell {n}: {output['ename']}: {output['evalue']}")
        for text in self.page.locator(".jp-OutputArea-output").all_inner_texts():
            found += [f"an output reads {match.group()!r}"] if (match := BAD_OUTPUT.search(text)) else []
        images = self.images()
        if len(images) < pictures:
            found.append(f"{pictures} figures are stored but {len(images)} are shown")
        if (alive := self.page.locator(".jp-OutputArea-output .cnn-player[data-step]").count()) < players:
            found.append(f"{players} players are stored but {alive} are shown")
        for n, image in enumerate(images):
            if not (image["alt"] or "").strip():
                found.append(f"figure {n} has no alternative text")
            if not (image["loaded"] and image["shown"]):
                found.append(f"figure {n} cannot be seen")
        return found

    def close(self):
        """Stop its kernel and close it without asking to save; the page stays, light as it was."""
        self.page.remove_listener("pageerror", self._throw)
        self.page.evaluate("""async path => {
            const opened = [...jupyterapp.shell.widgets("main")].filter(widget => widget.context?.path === path);
            for (const widget of opened) {
                await widget.context.sessionContext.shutdown();
                widget.dispose();
            }
            if (document.body.dataset.jpThemeLight !== "true")
                await jupyterapp.commands.execute("apputils:change-theme", { theme: "JupyterLab Light" });
        }""", self.name)
