"""One JupyterLab and one browser for all tests here; without a browser they are skipped, except where CI is set."""

import os
import shutil

import pytest
from lab import FLAGS, LOCAL, PATIENT, ROOT, Notebook, find_chromium, server
from player_page import opened


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, without a window."""
    path = find_chromium()
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium: install chromium or google-chrome, or set CHROME to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lessons(tmp_path_factory):
    """A copy of the notebooks, for running them changes them."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


@pytest.fixture(scope="session")
def jupyterlab(browser, lessons, tmp_path_factory):
    """(url, token) of a JupyterLab over the copy."""
    with server(lessons, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture
def requests_outside(context):
    """Every address beyond this machine that a page asked for; none of them is answered."""
    return context.outside


@pytest.fixture(scope="session")
def shared_context(browser):
    """A browser context that keeps a list of what it was asked for beyond this machine, and JupyterLab's scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.outside = []
    context.add_init_script(PATIENT)
    context.on("request", lambda request: LOCAL.match(request.url) or context.outside.append(request.url))
    yield context
    context.close()


@pytest.fixture
def context(shared_context):
    """The context without pages, and with nothing in its list."""
    shared_context.outside.clear()
    yield shared_context
    for page in shared_context.pages:
        page.close()


@pytest.fixture
def open_notebook(context, jupyterlab):
    """`open_notebook(name)` opens a notebook of the copied folder; its kernel is stopped at the end."""
    opened = []

    def open_one(name):
        opened.append(Notebook(context, *jupyterlab, name))
        return opened[-1]

    yield open_one
    for notebook in opened:
        notebook.close()


@pytest.fixture(scope="module")
def shared(browser, request):
    """One page for all tests of a module that need nothing of their own; the module's `INIT` is run before all else."""
    with opened(browser, init=getattr(request.module, "INIT", None)) as page:
        yield page
        assert page.errors == [] and page.outside == []


@pytest.fixture
def page(shared):
    """The module's page, without players."""
    yield shared
    shared.clear()
