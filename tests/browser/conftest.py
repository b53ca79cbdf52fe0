"""One JupyterLab and one browser for all tests here; without a browser they are skipped, except where CI is set."""

import os
import shutil

import pytest
from lab import FLAGS, LOCAL, PATIENT, ROOT, Notebook, find_chromium, lab_page, server
from player_page import opened


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """A notebook that is run here, where its outputs are compared as nbval does it, is not run by nbval as well."""
    run_here = {ROOT / "notebooks" / item.callspec.params["name"] for item in items
                if item.name.startswith("test_a_lesson_as_stored_and_after_run_all")} if find_chromium() else set()
    twice = [item for item in items if item.path in run_here]
    items[:] = [item for item in items if item.path not in run_here]
    config.hook.pytest_deselected(items=twice)


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
    """The context with nothing in its list, and at the end without the pages that were added to it."""
    shared_context.outside.clear()
    before = shared_context.pages
    yield shared_context
    for page in shared_context.pages:
        if page not in before:
            page.close(run_before_unload=False)


@pytest.fixture(scope="session")
def kept():
    """JupyterLab's page, that stays open from test to test: to load it takes longer than most that is asked of it."""
    return []


@pytest.fixture
def lab(shared_context, jupyterlab, kept, request):
    """The page of JupyterLab that all tests share; after a test that failed the next one gets a new page."""
    if not kept:
        kept.append(lab_page(shared_context, *jupyterlab))
    yield kept[0]
    if request.node.failed:
        kept.pop().close(run_before_unload=False)


@pytest.fixture
def open_notebook(lab, context, jupyterlab):
    """`open_notebook(name)` opens a notebook of the copied folder; `alone`, in a page of its own.

    At the end its kernel is stopped.
    """
    opened = []

    def open_one(name, alone=False):
        opened.append(Notebook(lab_page(context, *jupyterlab, name) if alone else lab, name))
        return opened[-1]

    yield open_one
    for notebook in opened:
        notebook.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


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
