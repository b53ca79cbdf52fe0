// The meter of every layer at every shift to the right and left, worked out one by one while nothing else is to be done.

/** `view.curves.of(n)` is what stage n reads at each shift from the farthest left on, undefined where that is not known yet. */
export class Curves {
  constructor(view) {
    Object.assign(this, { view, known: [], key: "" });
    const { reach } = view.explored.spec;
    this.count = 2 * reach[1] + 1;
    view.on("dispose", () => clearTimeout(this.timer));
  }

  // All again where something else than the shift to the right has changed.
  follow() {
    const { explored, state } = this.view, { dx, unit, ...rest } = state, key = JSON.stringify(rest);
    if (key === this.key) return;
    Object.assign(this, { key, known: Array(this.count), left: [...Array(this.count).keys()], reads: explored.across(state) });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.next());
  }

  next() {
    const began = performance.now();
    while (this.left.length && performance.now() - began < 12) {
      const at = this.left.shift();
      this.known[at] = this.reads(at - (this.count - 1) / 2);
    }
    this.view.drawCurves();
    if (this.left.length) this.timer = setTimeout(() => this.next(), 4);
  }

  // The largest of all of them: one scale for all layers.
  get most() { return Math.max(1e-5, ...this.known.flatMap(readings => readings?.map(reading => reading?.off ?? 0) ?? 0)); }

  of(n) { return Array.from(this.known, readings => readings?.[n]); }
}
