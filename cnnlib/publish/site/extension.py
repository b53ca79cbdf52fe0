"""What the site asks of Sphinx beyond its settings: formulas set when it is built, links that lead where the files
went, and the script of the players only on pages that have some."""

import re

from docutils import nodes

from ..maths import mathml

_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')


def setup(app):
    """Called by Sphinx."""
    app.add_config_value("cnnlib_links", None, "")      # (Links, {page: Source})
    app.add_html_math_renderer("cnnlib", (_inline, None), (_block, None))
    app.connect("doctree-resolved", _lead)
    app.connect("html-page-context", _own_scripts)
    app.connect("html-page-context", _outlined, priority=900)   # after Furo's
    return {"parallel_read_safe": False, "parallel_write_safe": False}


def _inline(visitor, node):
    visitor.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def _block(visitor, node):
    visitor.body.append(f'<div class="cnn-formula">{mathml(node.astext(), block=True)}</div>')
    raise nodes.SkipNode


def _lead(app, doctree, name):
    """Links between files become links between pages; a link to a file that is not on the site becomes its text."""
    links, sources = app.config.cnnlib_links
    if name not in sources:
        return
    for node in list(doctree.findall(nodes.reference)):
        if "refuri" not in node:
            continue
        target = links.target(node["refuri"], sources[name])
        if target is None:
            node.replace_self(nodes.inline("", "", *node.children, classes=["cnn-elsewhere"]))
        else:
            node["refuri"] = target
    for node in doctree.findall(nodes.raw):
        text = node.astext()
        if "<a " in text:
            changed = _HREF.sub(
                lambda found: found[1] + (links.target(found[2], sources[name]) or "#") + found[3], text)
            node.children = [nodes.Text(changed)]
            node.rawsource = changed


def _own_scripts(app, name, template, context, doctree):
    app.add_js_file("page.js", priority=100)
    if doctree is not None and any("cnn-place" in node.astext() or "data-photos" in node.astext()
                                   for node in doctree.findall(nodes.raw)):
        app.add_js_file("live.js", loading_method="defer")


def _outlined(app, name, template, context, doctree):
    """Headings in the list of pages say their level, and the list its name, for those who hear it."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading">', 'role="heading" aria-level="2">')
