// What every widget needs of the page around it: a place that is ready, its theme and its room, its keys, and an end.
import { tag } from "./dom.js";

const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"];

// What a widget shows in its root. It may have `keys`, {name of a key: what it does}, and takes over what it needs of this.
export class View {
  constructor(model, root) { Object.assign(this, { model, root, keys: {}, listeners: {} }); }

  relayOut() {}   // the room has another width
  redraw() {}     // the colours are others

  // Parts of a view tell each other what happens; "dispose" is the end.
  on(event, listener) { (this.listeners[event] ??= []).push(listener); }
  emit(event, ...values) { for (const listener of this.listeners[event] ?? []) listener(...values); }

  // To Python, and from there until the end.
  save(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  listen(event, act) {
    this.model.on(event, act);
    this.on("dispose", () => this.model.off(event, act));
  }

  dispose() { this.emit("dispose"); }
}

/** The `render` of a widget: `build(model, root)` fills the root and returns the view; `looks` are the root's attributes. */
export const mount = (build, { class: name, ...looks }) => ({ model, el }) => {
  const root = tag("div", { class: `cnn-widget ${name}`, role: "group", "data-lm-suppress-shortcuts": "true", ...looks });
  // JupyterLab takes the arrow keys for itself, unless the very element that has the focus says otherwise.
  root.addEventListener("focusin", ({ target }) => { if (target !== root) target.dataset.lmSuppressShortcuts = "true"; });
  el.append(root);
  let dispose = () => {};
  const begin = () => { dispose = fill(root, () => build(model, root)); };
  if (root.isConnected) begin();
  else {   // JupyterLab renders first and attaches then: before that, nothing has a colour, a font or a size
    const attached = new ResizeObserver(() => { if (root.isConnected) attached.disconnect(), begin(); });
    attached.observe(root);
    dispose = () => attached.disconnect();
  }
  // JupyterLab remembers each widget that there was, and with it `el`: nothing of ours may hang there at the end.
  return () => { dispose(); root.remove(); };
};

// All of the view in its root; returns what cleans up.
function fill(root, build) {
  try {
    setTheme(root);
    const width = root.clientWidth;   // before the view is there: it may be what makes a scroll bar appear
    return watch(root, build(), width);
  } catch (error) {   // a reader sees a sentence, never a trace
    root.replaceChildren(tag("p", { class: "cnn-error", role: "alert" }, `This picture cannot be drawn: ${error.message}`));
    return () => {};
  }
}

// What the page may change under a view, and the keys that are pressed in it.
function watch(root, view, width) {
  const laid = () => {   // whether it has other room now; hidden, as while JupyterLab loads a theme, it keeps its layout
    if (Math.abs(root.clientWidth - width) <= 1) return false;
    width = root.clientWidth;
    if (width) view.relayOut();
    else sized.unobserve(root), sized.observe(root);   // begun again, it tells as soon as there is any room
    return true;
  };
  const sized = new ResizeObserver(laid);
  sized.observe(root);
  const themed = () => { setTheme(root); if (!laid()) view.redraw(); };
  const page = new MutationObserver(themed);
  page.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  const queries = QUERIES.map(query => matchMedia(query));
  for (const query of queries) query.addEventListener("change", themed);
  root.addEventListener("keydown", event => press(view, event));
  return () => {
    sized.disconnect();
    page.disconnect();
    for (const query of queries) query.removeEventListener("change", themed);
    view.dispose();
  };
}

// Follow JupyterLab's theme where there is one, the system's elsewhere.
function setTheme(root) {
  const { jpThemeLight } = document.body.dataset;
  const dark = jpThemeLight ? jpThemeLight === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
}

// Keys belong to a field while someone types in it, and the space bar to the button that has the focus.
function press(view, event) {
  const own = event.target.matches("input, select, textarea");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || own) return;
  const act = view.keys[event.key];
  if (!act || (event.key === " " && event.target.matches("button"))) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
