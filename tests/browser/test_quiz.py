"""The quiz in a real Chromium, in a page without a kernel: by keyboard alone, every answer explained, light and dark.

Each check also runs on a quiz that was broken on purpose, and must notice.
"""

import contextlib

import pytest
from player_page import noticing
from playwright.sync_api import Error

import cnnlib as cnn
from cnnlib.learn import Option, Question, Quiz, Right
from cnnlib.learn.quiz import ENTRY
from cnnlib.viz.kit import modules

ADDRESS = "http://quiz.test/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Quiz</title>
<link rel="stylesheet" href="quiz.css"><style>body { background: white } body.night { background: #111 }</style>
<body><a href="#before">before</a><div id="quiz"></div><a href="#after">after</a>
<script type="module" src="page.js"></script></body></html>"""
SCRIPT = """
import view from "./quiz.js";
window.saved = []; window.keys = []; window.listeners = [];
addEventListener("keydown", event => keys.push(event.key));
window.mount = state => {
  const pending = {};
  const model = {
    get: name => state[name],
    set: (name, value) => { pending[name] = state[name] = value; },
    save_changes: () => saved.push({ ...pending }),
    on: (event, listen) => listeners.push(listen),
    off: (event, listen) => { listeners = listeners.filter(each => each !== listen); },
  };
  window.dispose = view.render({ model, el: document.getElementById("quiz") });
  window.fromPython = answers => { state.answers = answers; listeners.forEach(listen => listen()); };
};
window.ready = true;
"""
TINY = Quiz(
    "99",
    Question("Is `1 < 2`?", Option("no", "Count `again`."), Right("yes, <b>it is</b>", "One is less than two.")),
    Question("2 + 2?", Right("4", "Two and two."), Option("5", "One too many."), Option("3", "One too few.")),
)


@contextlib.contextmanager
def opened(browser, changes=(), quiz=TINY, answers=None, **options):
    """A page with the quiz in it; `changes` are pieces of its code or style to be replaced."""
    files = {"index.html": (PAGE, "text/html"), "page.js": (SCRIPT, "text/javascript")}
    texts = {"quiz.js": modules.module(ENTRY), "quiz.css": modules.style(ENTRY)}
    for old, new in changes:
        assert any(old in text for text in texts.values()), f"no longer in the code: {old}"
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    files |= {"quiz.js": (texts["quiz.js"], "text/javascript"), "quiz.css": (texts["quiz.css"], "text/css")}
    context = browser.new_context(**{"viewport": {"width": 800, "height": 700}, **options})
    errors = []

    def serve(route):
        name = route.request.url.removeprefix(ADDRESS)
        if name in files:
            route.fulfill(body=files[name][0], content_type=f"{files[name][1]}; charset=utf-8")
        else:
            errors.extend([] if name.endswith("favicon.ico") else [f"asked for {name}"])
            route.abort()

    context.route("**/*", serve)
    page = context.new_page()
    page.set_default_timeout(3000)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.goto(ADDRESS + "index.html")
        page.wait_for_function("window.ready")
        page.evaluate("state => mount(state)", {"spec": quiz.spec, "answers": answers or [None] * len(quiz.questions)})
        yield page
        assert errors == []
    finally:
        context.close()


notices = noticing(opened, (AssertionError, Error))


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def shown(page):
    """The reasons that can be read."""
    return page.locator(".cnn-why:visible").all_inner_texts()


# --- by keyboard ------------------------------------------------------------------------------------------------------


def check_keyboard(page):
    """Tab to the first question, arrows choose, Enter checks; the page's own keys hear nothing of it."""
    page.locator("a").first.focus()
    press(page, "Tab", "Space")
    assert page.get_by_role("radio", name="no").is_checked() and shown(page) == [], "choosing tells nothing yet"
    press(page, "Enter")
    assert shown(page) == ["Not right. Count again."]
    press(page, "ArrowDown")
    assert page.get_by_role("radio", name="yes").is_checked() and shown(page) == []
    press(page, "Enter")
    assert shown(page) == ["Not right. Count again.", "Right. One is less than two."]
    press(page, "Tab", "Tab")
    assert page.evaluate("document.activeElement.name").endswith("-1"), "the next question is two tabs away"
    press(page, "Space", "Tab", "Space")   # choose the first, go to the button, press it
    assert shown(page)[2:] == ["Right. Two and two.", "Not right. One too many.", "Not right. One too few."]
    assert page.locator(".cnn-total").inner_text() == "2 of 2 right"
    press(page, "Tab")
    assert page.evaluate("document.activeElement.textContent") == "after", "there is a way out"
    assert set(page.evaluate("keys")) <= {"Tab"}, "only the keys pressed outside of it"


def test_by_keyboard_alone(browser):
    with opened(browser) as page:
        check_keyboard(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.explain(this.form.dataset.state ===", "this.explain(false &&"), ("event.stopPropagation()", "event"),
    ('type: "submit"', 'type: "button"'), ('this.form.addEventListener("change", () => this.ask());', ""),
    ("n === this.question.right", "n !== this.question.right"), ("tag(\"label\", {},", "tag(\"div\", {},"),
    ("const right = chosen === question.right;", "const right = true;"), ("      this.add();\n    }));", "    }));"),
])
def test_the_keyboard_check_notices(browser, change):
    notices(browser, check_keyboard, change)


# --- what is told -----------------------------------------------------------------------------------------------------


def check_told(page):
    """Every option of every question has its own reason, said aloud as well; before a choice, what to do."""
    page.get_by_role("button", name="Check").first.click()
    assert page.get_by_role("status").first.inner_text() == "Choose an answer first."
    for number, question in enumerate(TINY.questions):
        form = page.locator("form").nth(number)
        order = sorted(range(len(question.options)), key=lambda n: question.options[n].right)
        for n in order:   # the right one last, for after it all are explained
            option = question.options[n]
            form.get_by_role("radio").nth(n).check()
            form.get_by_role("button").click()
            verdict = "Right." if option.right else "Not right."
            said = f"{verdict} {option.why.replace('`', '')}"
            assert form.get_by_role("status").text_content() == said
            reasons = shown(form)
            assert said in reasons and len(reasons) == (len(question.options) if option.right else 1)
            described = form.get_by_role("radio").nth(n).get_attribute("aria-describedby")
            assert page.locator(f"#{described}").inner_text() == said
    assert page.locator("fieldset > legend").first.inner_text() == "Question 1. Is 1 < 2?"
    assert page.locator("#quiz code").first.inner_text() == "1 < 2" and page.locator("#quiz b").count() == 0
    assert page.get_by_role("radio", name="yes, <b>it is</b>").is_checked()


def test_every_answer_is_explained(browser):
    with opened(browser) as page:
        check_told(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("reason.hidden = !which.has(n);", "reason.hidden = true;"), ('"Choose an answer first."', '""'),
    ("{}, piece) : piece", '{}, piece) : Object.assign(document.createElement("span"), { innerHTML: piece })'),
    ('role: "status"', 'role: "note"'), ("question.options[chosen].why", "question.options[0].why"),
    ('text.split("\\x60")', "[text]"),
])
def test_the_check_of_what_is_told_notices(browser, change):
    notices(browser, check_told, change)


@pytest.mark.alike(6)
@pytest.mark.parametrize("id", [id for id in cnn.learn.library.lessons() if cnn.learn.library._has_quiz(id)])
def test_the_quizzes_of_the_lessons(browser, id):
    quiz = cnn.learn.quiz(id)
    with opened(browser, quiz=quiz) as page:
        for number, question in enumerate(quiz.questions):
            form = page.locator("form").nth(number)
            form.get_by_role("radio").nth(question.spec["right"]).check()
            form.get_by_role("button").click()
        assert page.locator(".cnn-total").inner_text() == f"{len(quiz.questions)} of {len(quiz.questions)} right"
        assert page.locator(".cnn-why:visible").count() == sum(len(q.options) for q in quiz.questions)


# --- with Python ------------------------------------------------------------------------------------------------------


def check_answers(page):
    """What is checked is sent, once; what Python knows is shown."""
    page.get_by_role("radio").nth(0).check()
    assert page.evaluate("saved") == []
    page.get_by_role("button").first.click()
    assert page.evaluate("saved") == [{"answers": [0, None]}]
    page.evaluate("fromPython([1, 0])")
    assert page.locator(".cnn-total").inner_text() == "2 of 2 right" and len(page.evaluate("saved")) == 1
    page.evaluate("dispose()")
    assert page.evaluate("listeners.length") == 0


def test_answers_are_sent_and_shown(browser):
    with opened(browser) as page:
        check_answers(page)
    with opened(browser, answers=[0, 0]) as page:
        assert page.locator(".cnn-total").inner_text() == "1 of 2 right" and page.evaluate("saved") == []
        assert shown(page)[0] == "Not right. Count again." and page.get_by_role("radio").first.is_checked()


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.model.save_changes();", ""), ("this.answered = () => {};", ""), ("i === n ? chosen : old", "chosen"),
    ("this.model.off(event, act)", "null"), ('this.listen("change:answers", () => this.restore());', ""),
])
def test_the_check_of_answers_notices(browser, change):
    notices(browser, check_answers, change)


# --- looks ------------------------------------------------------------------------------------------------------------

# Contrast of the text of an element with the background that it is really on.
CONTRAST = """element => {
  const numbers = colour => (colour.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = colour => numbers(colour).slice(0, 3).map(v => v / 255)
    .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let behind = element;
  while (behind && numbers(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const a = light(getComputedStyle(element).color);
  const b = light(getComputedStyle(behind ?? document.body).backgroundColor);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def check_readable(page):
    """Everything has contrast enough, and right and wrong differ in more than colour."""
    for n in (1, 0):
        page.get_by_role("radio").nth(n).check()
        page.get_by_role("button").first.click()
    for selector in ("legend", "label span", ".cnn-why", ".cnn-why strong", "button", ".cnn-total", "code"):
        for element in page.locator(f".cnn-quiz {selector}:visible").all():
            assert element.evaluate(CONTRAST) >= 4.5, selector
    lines = page.locator(".cnn-why:visible").evaluate_all("all => all.map(e => getComputedStyle(e).borderLeftStyle)")
    assert lines[:2] == ["solid", "double"]
    sizes = page.locator("label, button").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(sizes) >= 24


THEMES = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}}


@pytest.mark.parametrize("theme", THEMES)
def test_readable_in_light_and_dark(browser, theme):
    with opened(browser, **THEMES[theme]) as page:
        check_readable(page)
        assert page.locator(".cnn-quiz").get_attribute("data-theme") == theme


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("--cnn-right: #3fd6a8", "--cnn-right: #00795c"), ('dark ? "dark" : "light"', '"light"'),
    ("border-left-style: double", "border-left-style: solid"),
    ("--jp-content-font-color0, #f0f0f0", "--jp-content-font-color0, #555"),
])
def test_the_check_of_looks_notices(browser, change):
    def check(page):
        check_readable(page)
        assert page.locator(".cnn-quiz").get_attribute("data-theme") == "dark"

    notices(browser, check, change, color_scheme="dark")


def test_it_follows_jupyterlabs_theme_while_it_is_open(browser):
    with opened(browser, color_scheme="light") as page:
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        page.wait_for_function("document.querySelector('.cnn-quiz').dataset.theme === 'dark'")
        page.evaluate("document.body.dataset.jpThemeLight = 'true'")
        page.wait_for_function("document.querySelector('.cnn-quiz').dataset.theme === 'light'")


def test_high_contrast_and_narrow_columns(browser):
    with opened(browser, forced_colors="active", viewport={"width": 320, "height": 800}) as page:
        check_told(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_as_a_page_of_its_own(browser, tmp_path):
    """From the disk, without a network, under the policy that allows nothing but itself."""
    page = browser.new_context(offline=True).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    widget = TINY.widget()
    widget.set_state({"answers": [0, None]})
    page.goto(widget.save(tmp_path / "quiz.html").as_uri())
    page.locator(".cnn-total").wait_for()   # the page unpacks its code first
    assert shown(page) == ["Not right. Count again."] and page.title() == "Quiz 99"
    press(page, "Tab", "ArrowDown", "Enter")
    assert page.locator(".cnn-total").inner_text() == "1 of 2 right" and errors == []
    page.context.close()
