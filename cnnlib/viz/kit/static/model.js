// What stands behind a view where no kernel does: a model as the notebook would give it.
export function modelOf(state) {
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
    on: (events, listen) => events.split(" ").forEach(event => (listeners[event] ??= []).push(listen)),
    off: (events, listen) => (events ?? Object.keys(listeners).join(" ")).split(" ").forEach(event => {
      listeners[event] = listen ? (listeners[event] ?? []).filter(each => each !== listen) : [];
    }),
  };
}
