// The answer: a bar for each class, as long as the share that softmax gives it. Each is a button that looks into its sum.
import { softmax } from "../../kit/static/layers.js";
import { tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";

const MOST = 12;   // classes that are seen at once; of more, so many of the likeliest

/** A share as it is told: 100 % only where nothing is left for the others. The twin is `percent` in words.py. */
export const percent = share => (share >= 0.9995 && share < 1 ? "99.9 %" : `${number(100 * share, 1)} %`);

export class Bars {
  constructor(classes, open) {
    Object.assign(this, { classes, count: Math.min(MOST, classes.length), shares: null, order: classes.map((_, n) => n) });
    this.rows = Array.from({ length: this.count }, (_, row) => {
      const name = tag("span", { class: "cnn-class" }), fill = tag("span", { class: "cnn-fill" }), share = tag("span", { class: "cnn-share" });
      const element = tag("button", { type: "button", class: "cnn-vote" }, name, tag("span", { class: "cnn-track", "aria-hidden": "true" }, fill), share);
      element.addEventListener("click", () => open(this.order[row]));
      return { element, name, fill, share };
    });
    this.element = tag("div", { class: "cnn-answers", role: "group", "aria-label": "Answer" }, ...this.rows.map(({ element }) => element));
    this.label = Math.min(11, Math.max(...classes.map(name => name.length)));   // characters that there is room for
    this.element.style.setProperty("--cnn-label", `${1.5 + 0.56 * this.label}em`);
    this.name();
  }

  name() {
    this.rows.forEach(({ name, element }, row) => {
      const text = this.classes[this.order[row]];
      if (name.textContent === text) return;
      name.textContent = element.title = text;
    });
  }

  paint(logits, truth) {
    const { classes, rows, count } = this;
    this.shares = classes.length > 1 ? softmax(logits) : Float32Array.from(logits);
    if (classes.length > MOST) this.order = [...this.shares.keys()].sort((a, b) => this.shares[b] - this.shares[a]).slice(0, count), this.name();
    this.best = this.shares.reduce((best, share, n) => (share > this.shares[best] ? n : best), 0);
    rows.forEach(({ element, fill, share }, row) => {
      const n = this.order[row], value = this.shares[n];
      fill.style.width = `${100 * Math.max(0, Math.min(1, value))}%`;
      const text = classes.length > 1 ? percent(value) : number(value);
      if (share.textContent !== text) share.textContent = text;
      element.classList.toggle("cnn-best", n === this.best && classes.length > 1);
      element.classList.toggle("cnn-true", n === truth);
    });
  }

  // Where the bar of a class begins, or null if it is not seen.
  row(n) { return this.rows[this.order.indexOf(n)]?.element ?? null; }

  /** The answer in words: the three likeliest. */
  get words() {
    const { shares, classes } = this;
    if (classes.length === 1) return `The output is ${number(shares[0])}.`;
    const likely = [...shares.keys()].sort((a, b) => shares[b] - shares[a]).filter((n, place) => place < 3 && (!place || shares[n] >= 0.005));
    return `It says ${likely.map(n => `${classes[n]}, ${percent(shares[n])}`).join("; ")}.`;
  }
}
