// Motion that explains: the kernel comes to lie on the input, its products lift off one by one, the sum grows with them,
// and the total drops into its cell. Slowly for the first step and for any that is asked for; after that in passing.
import { tag } from "../../kit/static/dom.js";
import { factor, number } from "../../kit/static/numbers.js";

const TIMES = [200, 250, 150];                    // milliseconds: the window slides, products come, the sum is written
const SLIDE = 900, EACH = 450, MOST = 6000, DROP = 1000;   // the same where it is to be followed
const LIFT = 0.3;                                 // of a product's flight: it stands over its cell
const SMALL = 20;                                 // CSS pixels of a cell, below which weights on it could not be read

/** How long the parts of a step take; `slow` with so many products. */
export const timesOf = (slow, products) => (slow ? [SLIDE, Math.max(EACH, Math.min(EACH * products, MOST)), DROP] : TIMES);
export const totalOf = times => times.reduce((a, b) => a + b);

const ease = t => t * t * (3 - 2 * t);
const held = t => Math.max(0, Math.min(1, t));

/** The moment of a step: how far the window has `slid`, the `share` of products that are there, whether the total is
 *  told and `written`, and how far it has `dropped`. */
export function momentAt(now, [slide, products, sum], slow) {
  const dropped = held((now - slide - products) / sum);
  return {
    slid: ease(held(now / slide)), share: held((now - slide) / products), dropped, told: dropped > 0,
    written: slow ? dropped >= 1 : dropped > 0, slow,
  };
}

export const REST = { slid: 1, share: 1, told: true, written: true, dropped: 1, slow: false };

/** What is in the air, over the boards and the sum of a player. */
export class Motion {
  constructor(player) {
    this.player = player;
    this.layer = tag("div", { class: "cnn-motion", "aria-hidden": "true" });
    this.chip = tag("span", { class: "cnn-chip" });
    player.root.append(this.layer);
  }

  clear() {
    if (this.layer.firstChild) this.layer.replaceChildren();
    this.laid = null;
  }

  paint(moment, bare) {
    if (!moment.slow || moment.written) return this.clear();
    const { frame } = this.player.stage, now = moment.share * frame.terms.length, n = Math.floor(now);
    if (!this.laid) this.lay(frame, bare);
    for (const { element, from, to } of this.laid) this.place(element, from, to, moment.slid);
    if (moment.slid === 1) for (const { element } of this.laid) element.classList.add("cnn-landed");
    this.chip.remove();
    if (moment.told) this.drop(frame, moment.dropped);
    else if (!bare && moment.share > 0 && n < frame.terms.length) this.fly(frame.terms[n], now - n);
  }

  // The kernel, panel by panel, as it looks, on its way from its board to the cells that it is laid on.
  lay(frame, bare) {
    const { stage, scene } = this.player, { weights, source } = scene, board = weights && stage.boards.get(weights.name);
    this.laid = [];
    if (!board || scene.record.by === "weight" || board.cell < SMALL || stage.boards.get(source.name).cell < SMALL) return;
    for (const term of frame.terms) {
      const to = this.under(term), element = tag("span", { class: "cnn-weight" }, number(term.w, 2));
      if (!to) continue;
      this.laid.push({ element, from: this.cell(weights.name, term.wt), to });
      this.layer.append(element);
    }
  }

  // A product: over the cell it comes from, then into the board of products.
  fly(term, share) {
    const { scene } = this.player, from = this.under(term);
    if (!from || !scene.weights) return;
    const lifted = share < LIFT, text = lifted ? `${number(term.x, 2)}·${factor(term.w)}` : number(term.product, 2);
    if (this.chip.textContent !== text) this.chip.textContent = text;
    this.layer.append(this.chip);
    this.place(this.chip, from, this.cell("p", term.wt), ease(held((share - LIFT) / (1 - LIFT))));
  }

  // The total, from the end of its sum (the largest cell of a maximum: from there) into its place.
  drop({ terms, winner, value, out }, share) {
    const { sum, scene, stage } = this.player, name = scene.dest.name, last = [...sum.querySelectorAll(".cnn-whole")].at(-1);
    if (this.player.hidden?.(out)) return;
    const box = last.getBoundingClientRect(), root = this.player.root.getBoundingClientRect(), size = stage.boards.get(name).cell;
    const line = { x: box.right - root.left - size / 2, y: box.top - root.top + box.height / 2, size };
    this.chip.textContent = number(value, 2);
    this.layer.append(this.chip);
    this.place(this.chip, winner != null ? this.under(terms[winner]) ?? line : line, this.cell(name, out), ease(share));
  }

  // The middle and the size of a cell, in the root.
  cell(name, flat, at = null) {
    const board = this.player.stage.boards.get(name), [x, y] = board.corner(...(at ?? board.place(flat)));
    const { left, top } = board.canvas.getBoundingClientRect(), root = this.player.root.getBoundingClientRect();
    return { x: left - root.left + x + board.cell / 2, y: top - root.top + y + board.cell / 2, size: board.cell };
  }

  // The cell of the input that a product is made with; of padding, which is nowhere stored, its place in the window.
  under({ src, wt }) {
    const { scene, stage } = this.player, { source, weights, record, spec, dest } = scene;
    if (src >= 0) return this.cell(source.name, src);
    if (record.by !== "output" || !weights) return null;
    const [panel, u, v] = stage.boards.get(weights.name).place(wt), [rows, columns] = dest.shape.slice(-2), step = stage.step;
    const [sh, sw] = spec.stride, [dh, dw] = scene.ways.map(({ d }) => d), [[top], [left]] = spec.padding;
    const row = Math.floor(step / columns) % rows * sh - top + u * dh, column = step % columns * sw - left + v * dw;
    return this.cell(source.name, -1, [stage.boards.get(weights.name).show.indexOf(panel), row, column]);
  }

  place({ style }, from, to, share) {
    const [x, y, size] = ["x", "y", "size"].map(key => from[key] + share * (to[key] - from[key]));
    style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    style.setProperty("--cnn-size", `${size}px`);
  }
}

/** A sum that grows: of its pieces, line by line, as many are seen as products are there; the result once it is told.
 *  What it is the sum of stands there from the beginning. */
export function grow(lines, { share, told }) {
  const [parts, sum] = lines.map(line => [...line.querySelectorAll(".cnn-whole")]), groups = [sum[0], ...parts, ...sum.slice(1)];
  const seen = told ? groups.length : 1 + Math.floor(share * (groups.length - 2) + 1e-9);
  groups.forEach((group, n) => { group.style.visibility = n < seen ? "" : "hidden"; });
}
