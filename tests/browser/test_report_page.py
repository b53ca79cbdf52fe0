"""The report on a class in a real browser: it opens from the disk, fits, and can be read by everybody."""

from collections import Counter

import pytest

import cnnlib as cnn
from cnnlib.publish.class_report import report
from cnnlib.publish.handed_in import Class, Done
from cnnlib.publish.report_page import save

WHO = ["Anna Müller", "O'Neil, Çağla", "a" * 60, *(f"jupyter-student-{n}" for n in range(30))]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A class in which everybody passed lesson 03 or made one of its named mistakes."""
    people = {name: {} for name in WHO}
    for id in cnn.learn.exercises("03"):
        named = list(dict.fromkeys(wrong.suspicion for wrong in cnn.learn.exercise(id).wrong))
        for n, name in enumerate(WHO):
            people[name][id] = Done(n % 3 == 0, Counter({named[n % len(named)]: n + 1}))
    a_class = Class(people, len(WHO), [("b" * 119 + "…", "is no lesson: no exercise is checked in it")])
    return save(report(a_class), tmp_path_factory.mktemp("report") / "report.html")


@pytest.mark.alike(4)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (380, "light"), (1280, "dark")])
def test_it_opens_fits_and_has_no_serious_fault(browser, made, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
    page.on("request", lambda request: request.url == made.as_uri() or faults.append(request.url))
    page.goto(made.as_uri())
    assert page.get_by_role("heading", name="03.2 · Slide it over an image").is_visible()
    assert page.get_by_role("meter").first.evaluate("m => m.value / m.max") == 1 / 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []
    found = axe.Axe().run(page, options={"preload": False}).response["violations"]   # it would ask for style sheets
    assert [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")] == []
    context.close()
