"""The report on a class as one page: it loads nothing and runs nothing."""

from .. import _writing
from ..learn.showing import marked
from ..viz.kit.page import policy
from .class_report import counted, heading, listed, topic_line
from .errors import PublishError

MARK = '<meta name="generator" content="cnnlib report">'
STYLE = """:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 8px 16px; max-width: 900px;
  overflow-wrap: anywhere; }
.topic { border-left: 5px solid #d9622b; padding: 2px 12px; font-size: 1.15em; }
meter { width: 8em; } li { margin: 4px 0; } h2 { font-size: 1.1em; margin: 28px 0 4px; }
"""


def save(made, path):
    """Write the page of a report (`class_report.report`); returns its path. A file that is there is replaced only if it
    is such a page; otherwise PublishError."""
    target = _writing.target(path, "report.html", ".html")
    if target.exists() and not _writing.bears(target, MARK):
        raise PublishError(f"{target} is there already, and no report; choose another name")
    return _writing.write(target, lambda file: file.write(page(made).encode()))


def page(made):
    """The text of the page."""
    parts = [
        "<!doctype html>", '<html lang="en">', '<meta charset="utf-8">', MARK,
        f'<meta http-equiv="Content-Security-Policy" content="{policy([], [STYLE])}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>Report on a class</title>", f"<style>{STYLE}</style>", "<main>", "<h1>Report on a class</h1>",
        f'<p class="topic"><strong>Next lecture\'s topic:</strong> {_said(topic_line(made))}</p>',
        f"<p>{counted(made['people'], 'person', 'people')}, {counted(made['files'], 'file')}</p>",
    ]
    for each in made["exercises"]:
        meter = f'<meter min="0" max="{each["tried"]}" value="{each["passed"]}" aria-label="passed"></meter>'
        parts += [f"<h2>{_said(heading(each))}</h2>",
                  f"<p>{meter} {each['passed']} of {each['tried']} passed</p>"]
        if each["mistakes"]:
            parts += ["<ul>", *(f"<li>{counted(m['people'], 'person', 'people')}, {counted(m['times'], 'time')}: "
                                f"{_said(m['mistake'])}</li>" for m in each["mistakes"]), "</ul>"]
        parts += [f"<p>{what}: {_said(listed(each[key]))}</p>"
                  for key, what in (("who_passed", "Passed"), ("who_not", "Not yet")) if each.get(key)]
    if made["not_read"]:
        parts += ["<h2>Not read</h2>", "<ul>",
                  *(f"<li>{_said(fault['file'])}: {_said(fault['why'])}</li>" for fault in made["not_read"]), "</ul>"]
    return "\n".join([*parts, "</main>", "</html>\n"])


def _said(text):
    return marked(text)
