// Players in a page of their own: each gets a model as the notebook would give it, only that no kernel is behind it.
// This comes after the joined modules; `renderers` are those of the widgets, `css` the style sheets' text.
function modelOf(state) {
  const listeners = {};
  const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
  return {
    get: name => state[name],
    set(name, value) {
      if (typeof name === "object") return Object.entries(name).forEach(entry => this.set(...entry));
      if (same(state[name], value)) return;
      state[name] = value;
      for (const event of [`change:${name}`, "change"]) for (const listen of [...(listeners[event] ?? [])]) listen(this, value);
    },
    save_changes() {},   // nobody to save for
    send() {},
    on: (events, listen) => events.split(" ").forEach(event => (listeners[event] ??= []).push(listen)),
    off: (events, listen) => (events ?? Object.keys(listeners).join(" ")).split(" ").forEach(event => {
      listeners[event] = listen ? (listeners[event] ?? []).filter(each => each !== listen) : [];
    }),
  };
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);
for (const el of document.querySelectorAll("[data-scene]")) {
  renderers[el.dataset.renderer]({ model: modelOf(JSON.parse(document.getElementById(el.dataset.scene).textContent)), el });
}
