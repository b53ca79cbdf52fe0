"""A notebook that comes back: run, saved and opened again, in JupyterLab, everything in it is alive or a still.

Beside players and quizzes: a progress bar, whose kernel is gone; a view of another version; and one that means harm.
"""

import json

import nbformat
from lab import ALONE, KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

RUN = ["""import numpy as np

import cnnlib as cnn

player = cnn.viz.slide(np.arange(49).reshape(7, 7) % 5, [[1, 0, -1]] * 3).player(speed=8)
player""", "cnn.viz.shifts([0, 0, 1, 2, 1, 0, 0, 0], {'pool': lambda x: x.reshape(-1, 2).max(1)}).player()",
       "cnn.viz.kernel_lab(np.eye(5)).player()",
       "layers = cnn.nn.Sequential(cnn.nn.Conv2d(1, 2, 3), cnn.nn.ReLU())",
       "cnn.viz.stack_explorer(layers, np.eye(6)).player()",
       "cnn.viz.network_explorer(layers, np.eye(6)[None, None]).player()",
       "cnn.learn.quiz('01')",
       """model = cnn.nn.Sequential(cnn.nn.Linear(4, 3))
_ = cnn.nn.fit(model, (np.eye(6)[:, :4], np.arange(6) % 3), epochs=2, batch_size=2)"""]

KINDS = "slide", "shifts", "kernel", "stack", "network", "quiz"
ALL = [1] * len(KINDS), []


def write(path, *cells):
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Mine"), *cells], metadata=KERNEL), path)


def step(notebook):
    """Press "Next step" on the first player, and say which step it then shows."""
    root = notebook.page.locator(".cnn-slide").first
    before = int(root.get_attribute("data-step"))
    root.get_by_role("button", name="Next step", exact=True).click()
    notebook.page.locator(f".cnn-slide[data-step='{before + 1}']").first.wait_for()
    return before + 1


ASK = """() => new Promise(done => {
    const { context } = jupyterapp.shell.currentWidget;
    const asked = context.sessionContext.session.kernel.requestExecute({ code: "print(player.step)" });
    let said = "";
    asked.onIOPub = ({ header, content }) => { if (header.msg_type === "stream") said += content.text; };
    asked.done.then(() => done(said.trim()));
})"""


def known(notebook, step):
    """Whether Python comes to know that this step is shown."""
    return any(notebook.page.evaluate(ASK) == str(step) or notebook.page.wait_for_timeout(100) for _ in range(20))


def alive(notebook):
    """How many widgets of each kind are alive, and what is wrong."""
    count = [notebook.page.locator(f".jp-OutputArea-output .cnn-{kind}").count() for kind in KINDS]
    return count, notebook.problems()


def reload(notebook):
    notebook.page.reload()
    notebook.page.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)")
    notebook.page.wait_for_function(
        "jupyterapp.shell.currentWidget?.context?.sessionContext.session?.kernel?.status === 'idle'")
    notebook.page.locator(".cnn-quiz").wait_for()


def test_run_saved_reloaded_and_opened_again(lessons, open_notebook, requests_outside):
    path = lessons / "mine.ipynb"
    write(path, *map(new_code_cell, RUN))
    notebook = open_notebook("mine.ipynb")
    notebook.run_all()
    assert alive(notebook) == ALL
    assert known(notebook, step(notebook))
    notebook.page.evaluate("jupyterapp.shell.currentWidget.context.save()")
    assert ALONE in path.read_text(encoding="utf-8") and path.stat().st_size < 200_000

    # The page is loaded anew: the kernel still lives, and hears of what is done.
    reload(notebook)
    assert alive(notebook) == ALL
    assert any(known(notebook, step(notebook)) for _ in range(3))   # once it has said which widgets it has

    # Closed and opened again, with a kernel that knows of nothing. (One that still lives: test_player_lab.py.)
    notebook.page.evaluate("""async () => {
        const { currentWidget } = jupyterapp.shell;
        await currentWidget.context.sessionContext.shutdown();
        currentWidget.dispose();
    }""")
    again = open_notebook("mine.ipynb")
    assert alive(again) == ALL and step(again) == 1
    assert again.page.get_by_text("training: 2 epochs of 3 steps").is_visible()
    again.run_all()
    assert alive(again) == ALL and known(again, step(again))
    assert requests_outside == []


STILL = {"text/html": "<p>the still</p>", "text/plain": "the digest"}


def output(entry="viz/slide/static/slide.js", styles=(), state=None, still=STILL):
    return new_code_cell("1", outputs=[new_output("display_data", {
        ALONE: {"entry": entry, "styles": list(styles), "state": json.dumps(state)}, **still})])


HARM = "<img src=x onerror='window.harmed = true'><script>window.harmed = true</script>"


NOT_OURS = {
    "another version": {"entry": "viz/later/static/later.js"},
    "no such sheet": {"styles": ["viz/slide/static/none.css"]},
    "outside": {"entry": "../../../evil.js"}, "elsewhere": {"entry": "https://example.org/static/evil.js"},
    "code": {"entry": "data:text/javascript,window.harmed=true"},
}


def test_what_cannot_be_drawn_is_a_still(lessons, open_notebook, requests_outside):
    """Each in its place, and no other."""
    write(lessons / "still.ipynb", *(output(**case, still={**STILL, "text/html": f"<p>the still of {name}</p>"})
                                     for name, case in NOT_OURS.items()))
    notebook = open_notebook("still.ipynb")
    for name in NOT_OURS:
        notebook.page.get_by_text(f"the still of {name}").wait_for()
    assert notebook.page.locator(".cnn-widget").count() == 0
    assert requests_outside == [] and not notebook.page.evaluate("window.harmed ?? false")


def test_a_state_that_means_harm_is_text(lessons, open_notebook):
    spec = {"id": HARM, "questions": [{"text": HARM, "options": [{"text": HARM, "reason": HARM, "right": True}]}]}
    quiz = output("learn/static/quiz.js", ["learn/static/quiz.css"], {"spec": spec, "answers": [None]})
    broken = output(state={"spec": {"kind": HARM}, "step": HARM})
    write(lessons / "harm.ipynb", quiz, broken)
    notebook = open_notebook("harm.ipynb")
    notebook.page.locator(".cnn-widget").nth(1).wait_for()
    notebook.page.wait_for_timeout(500)
    assert not notebook.page.evaluate("window.harmed ?? false") and notebook.thrown == []
