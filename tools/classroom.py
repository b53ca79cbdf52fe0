"""A class on this machine: students on a real JupyterHub do a lesson at once. Is anything lost, and what does it take?

    uv run --with jupyterhub python -m tools.classroom                      twelve students, lesson 03
    uv run --with jupyterhub python -m tools.classroom --students 1 01

Each student logs in to a server of their own, opens the lesson, runs it from top to bottom, puts the right answer into
every exercise, and saves after each. At the end the saved notebooks are read from the disk: every cell must hold what
its kernel sent, no cell an error, and the progress file every exercise as passed. No browser takes part, so what a
browser needs is not counted. Everything happens on this machine, in a temporary folder that is removed afterwards.

JupyterHub needs its proxy: `npm install --prefix FOLDER configurable-http-proxy`, which --proxy names if it is not on
the PATH.
"""

import asyncio
import contextlib
import importlib.util
import itertools
import json
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import nbformat
import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest
from tornado.websocket import websocket_connect

import cnnlib as cnn
from cnnlib.learn.library import lessons

from . import command, solutions, store

WAIT = 600   # seconds for a server to start, and for one cell
CONFIG = """
c.JupyterHub.bind_url, c.JupyterHub.hub_port = "http://127.0.0.1:{port}", {hub_port}
c.JupyterHub.hub_ip, c.ConfigurableHTTPProxy.api_url = "127.0.0.1", "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.JupyterHub.authenticator_class, c.Authenticator.allow_all = "dummy", True
c.JupyterHub.spawner_class, c.SimpleLocalProcessSpawner.home_dir_template = "simple", "{homes}/{{username}}"
c.JupyterHub.concurrent_spawn_limit = 0
c.Spawner.cmd, c.Spawner.args = ["{python}", "-m", "jupyterhub.singleuser"], ["--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {wait}
c.JupyterHub.services = [{{"name": "class", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{"name": "class", "services": ["class"],
                            "scopes": ["admin:users", "admin:servers", "access:servers"]}}]
"""


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.classroom", __doc__, check=False)
    parser.add_argument("lesson", nargs="?", default="03", type=command.one_of(lessons(), "lesson"), help="default: 03")
    parser.add_argument("--proxy", default="configurable-http-proxy", help="the program; default: the one on the PATH")
    parser.add_argument("--students", type=command.number, default=12, help="how many at once; default: 12")
    options = parser.parse_args(arguments)
    proxy = shutil.which(options.proxy)
    if proxy is None or importlib.util.find_spec("jupyterhub") is None:
        parser.error(f"no {'program ' + options.proxy if proxy is None else 'JupyterHub in this Python'}: see --help")
    with tempfile.TemporaryDirectory(prefix="class-", ignore_cleanup_errors=True) as folder:
        told, wrong = asyncio.run(school(Path(proxy).resolve(), Path(folder), options.lesson, options.students))
    print(*told, *(wrong or ["nothing lost, no error"]), sep="\n")
    return int(bool(wrong))


# --- the lesson, and what must be in it at the end --------------------------------------------------------------------

def answered(notebook):
    """Put the right answer before each check of an exercise, in place; returns the ids of these exercises."""
    done = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or "cnn.learn.TODO" not in cell.source:
            continue
        check = cell.source[cell.source.index("cnn.learn.check("):]
        exercise = cnn.learn.exercise(check.split('"')[1])
        name = check.split(",")[1].strip(" )\n")
        value = "" if exercise.ask == "function" else f"\n\n{name} = solution()"
        cell.source = f"import numpy as np\n\n{exercise.source}{value}\n\n{check}"
        done.append(exercise.id)
    return done


def lost(sent, saved, progress, exercises):
    """What went wrong for one student, a sentence each: from what the kernel sent and what is on disk."""
    found = []
    if [cell.source for cell in sent.cells] != [cell.source for cell in saved.cells]:
        found.append("the saved notebook has other cells")
    for n, (cell, kept) in enumerate(zip(sent.cells, saved.cells, strict=False)):
        outputs = cell.get("outputs", [])
        if outputs != kept.get("outputs", []):
            found.append(f"cell {n} was saved without all of its outputs")
        found += [f"cell {n} ends in {o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"]
        if cell.cell_type == "code" and not cell.execution_count:
            found.append(f"cell {n} was not run")
    passed = progress.get("exercises", {})
    return found + [f"exercise {id} does not count as passed" for id in exercises
                    if not passed.get(id, {}).get("passed")]


# --- the school -------------------------------------------------------------------------------------------------------

async def school(proxy, place, number, count):
    """Run the hub and a class of `count`; returns (lines of the report, what went wrong)."""
    lesson, token = store.NOTEBOOKS / solutions.path(number).name, secrets.token_hex(16)
    names = [f"student-{n:02d}" for n in range(1, count + 1)]
    for name in names:
        (place / "homes" / name / ".local" / "share").mkdir(parents=True)
        shutil.copy(lesson, place / "homes" / name)
    ports = dict(zip(("port", "hub_port", "proxy_port"), free_ports(3), strict=True))
    (place / "config.py").write_text("c = get_config()" + CONFIG.format(
        proxy=proxy, python=sys.executable, homes=place / "homes", token=token, wait=WAIT, **ports), encoding="utf-8")
    with open(place / "log", "wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "jupyterhub", "-f", place / "config.py"], cwd=place,
                                   stdout=log, stderr=log)
    try:
        client = Client(f"http://127.0.0.1:{ports['port']}", token)
        await client.wait("/hub/api/", process, place / "log")
        class_ = [Student(name, client, place / "homes" / name / lesson.name, process.pid) for name in names]
        begin = time.perf_counter()
        await asyncio.gather(*(student.arrive() for student in class_))
        idle = [student.use() for student in class_]
        await asyncio.gather(*(student.learn() for student in class_))
        whole, after = time.perf_counter() - begin, [student.use() for student in class_]
        wrong = [f"{student.name}: {each}" for student in class_ for each in student.lost()]
    finally:
        stop(process)
    lines = [f"{count} students, lesson {number}, {psutil.cpu_count()} cores; all together {whole:.0f} s",
             line("seconds from log-in to a server that answers", [s.ready for s in class_]),
             line("seconds for the whole lesson, kernel included", [s.took for s in class_])]
    for when, each in (("server alone", idle), ("server and kernel, after the lesson", after)):
        lines += [line(f"{what}, {when}", column) for what, column in
                  zip(("MB resident", "MB, shared pages counted once", "seconds of one core"), zip(*each, strict=True),
                      strict=True)]
    return lines, wrong


def line(what, numbers):
    """The least, the middle and the most of some numbers, in words."""
    return f"{what}: {min(numbers):.0f} to {max(numbers):.0f}, median {statistics.median(numbers):.0f}"


def free_ports(count):
    """Ports that nobody listens on, all different."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def stop(process):
    """End the hub, and whatever it has started."""
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    for child in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.terminate()
    _, alive = psutil.wait_procs(children, timeout=20)
    for child in alive:
        child.kill()
    process.wait(20)


class Client:
    """Requests to the hub and to the servers behind it, on this machine only."""

    def __init__(self, address, token):
        self.address, self.headers = address, {"Authorization": f"token {token}"}
        AsyncHTTPClient.configure(None, max_clients=200, defaults={"request_timeout": WAIT, "connect_timeout": WAIT})

    async def ask(self, method, path, body=None):
        """The answer of one request as plain data; None if it is empty. Raises HTTPError."""
        answer = await AsyncHTTPClient().fetch(HTTPRequest(
            self.address + path, method, self.headers, body=None if method == "GET" else json.dumps(body)))
        return json.loads(answer.body) if answer.body else None

    async def wait(self, path, process, log):
        """Wait until the hub answers (the proxy is there first); if it ends before, its last words are the error."""
        while True:
            with contextlib.suppress(OSError, HTTPError):
                return await self.ask("GET", path)
            if process.poll() is not None:
                raise SystemExit(f"the hub ended: {log.read_text(encoding='utf-8')[-600:]}")
            await asyncio.sleep(0.2)

    async def socket(self, path):
        """A connection to a kernel."""
        return await websocket_connect(HTTPRequest(
            self.address.replace("http", "ws", 1) + path, headers=self.headers), max_message_size=10**8)


class Student:
    """One student: a name, a notebook in a home of their own, and after `arrive` a server."""

    def __init__(self, name, client, path, hub):
        self.name, self.client, self.path, self.hub = name, client, path, hub
        self.at, self.exercises, self.counter = f"/user/{name}/api", [], itertools.count()

    async def arrive(self):
        """Log in, and wait until the server answers."""
        begin = time.perf_counter()
        await self.client.ask("POST", f"/hub/api/users/{self.name}")
        await self.client.ask("POST", f"/hub/api/users/{self.name}/server")
        while not (await self.client.ask("GET", f"/hub/api/users/{self.name}"))["server"]:
            await asyncio.sleep(0.2)
        await self.client.ask("GET", f"{self.at}/status")
        self.ready = time.perf_counter() - begin

    async def learn(self):
        """Open the lesson, answer its exercises, run every cell, and save after each that ran."""
        begin, place = time.perf_counter(), f"{self.at}/contents/{self.path.name}"
        opened = await self.client.ask("GET", place)
        self.notebook = nbformat.from_dict(opened["content"])
        self.exercises = answered(self.notebook)
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        session = await self.client.ask("POST", f"{self.at}/sessions", {
            "path": self.path.name, "name": "", "type": "notebook", "kernel": {"name": "python3"}})
        kernel = await self.client.socket(f"{self.at}/kernels/{session['kernel']['id']}/channels")
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                await asyncio.wait_for(self.run(cell, kernel), WAIT)
                if "cnn.learn.check(" in cell.source or cell is self.notebook.cells[-1]:
                    await self.save(place)
        await self.save(place)
        kernel.close()
        self.took = time.perf_counter() - begin

    async def save(self, place):
        """Save the notebook as it is, through the server."""
        await self.client.ask("PUT", place, {"type": "notebook", "format": "json", "content": self.notebook})

    async def run(self, cell, kernel):
        """Have one cell run, and keep what the kernel sends until it is idle again."""
        asked = uuid.uuid4().hex
        header = {"msg_id": asked, "msg_type": "execute_request", "username": self.name, "session": self.name,
                  "version": "5.3", "date": ""}
        await kernel.write_message(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
            "content": {"code": cell.source, "silent": False, "store_history": True, "allow_stdin": False,
                        "stop_on_error": False}}))
        while True:
            message = await kernel.read_message()
            if message is None:
                raise ConnectionError(f"{self.name}: the kernel is gone")
            if isinstance(message, bytes):   # binary buffers of a widget: nothing that a notebook stores
                continue
            message = json.loads(message)
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "execute_input":
                cell.execution_count = content["execution_count"]
            elif kind in ("stream", "display_data", "execute_result", "error"):
                cell.outputs.append(nbformat.v4.output_from_msg({"header": {"msg_type": kind}, "content": content}))
            elif kind == "status" and content["execution_state"] == "idle":
                return

    def use(self):
        """What server and kernel have used: MB resident, MB with shared pages counted once, seconds of one core."""
        mine = [p for p in psutil.Process(self.hub).children(recursive=True)
                if p.environ().get("JUPYTERHUB_USER") == self.name]
        sizes, times = [p.memory_full_info() for p in mine], [p.cpu_times() for p in mine]
        return (sum(s.rss for s in sizes) / 1e6, sum(getattr(s, "pss", s.rss) for s in sizes) / 1e6,
                sum(t.user + t.system for t in times))

    def lost(self):
        """What went wrong, from the files on the disk."""
        notes = [*self.path.parent.rglob("progress.json")]
        progress = json.loads(notes[0].read_text(encoding="utf-8")) if notes else {}
        return lost(self.notebook, nbformat.read(self.path, as_version=4), progress, self.exercises)


if __name__ == "__main__":
    sys.exit(main())
