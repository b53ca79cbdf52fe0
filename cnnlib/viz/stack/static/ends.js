// Where the network ends: a bar for each class, now, with a mark where it was before the shift.
import { tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { predicted } from "./words.js";

const MOST = 10;   // bars; of more classes, those with the largest shares

export class Ends {
  constructor() {
    this.sentence = tag("p", { class: "cnn-said" });
    this.error = tag("p", { class: "cnn-error", role: "alert" });
    this.list = tag("div", { class: "cnn-ends", role: "list" });
    this.element = tag("div", { class: "cnn-prediction" }, this.sentence, this.error, this.list);
  }

  show({ prediction, spec: { classes }, fault, state: { dy, dx } }) {
    const told = predicted(prediction, classes, fault, dy || dx);
    this.sentence.textContent = fault ? "" : told;
    this.error.textContent = fault ? `${told} Undo, or switch something else.` : "";
    Object.assign(this.element.dataset, { distance: prediction?.distance ?? "", fault });
    this.element.hidden = !prediction && !fault;
    this.list.style.visibility = prediction ? "" : "hidden";   // what stands below stays where it is
    if (!prediction) return;
    const { before, after } = prediction, all = [...after.keys()], size = n => Math.max(Math.abs(before[n]), Math.abs(after[n]));
    const shown = all.length <= MOST ? all : all.sort((a, b) => size(b) - size(a)).slice(0, MOST).sort((a, b) => a - b);
    const most = classes ? 1 : Math.max(...all.map(size)) || 1, written = value => (classes ? `${number(100 * value, 0)} %` : number(value));
    while (this.list.children.length < shown.length) this.list.append(this.row());
    while (this.list.children.length > shown.length) this.list.lastChild.remove();
    const best = after.indexOf(Math.max(...after));
    shown.forEach((n, place) => {
      const row = this.list.children[place], [name, track, value] = row.children, [bar, tick] = track.children;
      name.textContent = classes?.[n] ?? `number ${n}`;
      bar.style.width = `${100 * Math.abs(after[n]) / most}%`;
      tick.style.left = `${100 * Math.abs(before[n]) / most}%`;
      value.textContent = written(after[n]);
      row.toggleAttribute("data-below", after[n] < 0);   // as long as one above zero, in the other colour
      row.toggleAttribute("data-best", Boolean(classes) && n === best);
      row.setAttribute("aria-label", `${name.textContent}: ${written(after[n])}, before the shift ${written(before[n])}`);
    });
  }

  row() {
    const track = tag("span", { class: "cnn-track" }, tag("span", { class: "cnn-fill" }), tag("span", { class: "cnn-tick" }));
    return tag("div", { role: "listitem" }, tag("span", { class: "cnn-class" }), track, tag("span", { class: "cnn-share" }));
  }
}
