// One number of a map: its window, its filter, their products and the sum, in digits; and the sliding player on that window.
import { Board } from "../../kit/static/board.js";
import { spell, tag, textButton } from "../../kit/static/dom.js";
import { modelOf } from "../../kit/static/model.js";
import { ALWAYS, number } from "../../kit/static/numbers.js";
import { scaleOf } from "../../kit/static/scale.js";
import { rendering } from "../../slide/static/plain.js";
import { derive } from "../../slide/static/scene.js";
import { sumPieces } from "../../slide/static/words.js";
import { patchOf } from "./patch.js";
import { fine, largest } from "./terms.js";

const CELL = 40, ROOM = 620;
const SAID = { ReLU: "ReLU", LeakyReLU: "leaky ReLU", Sigmoid: "sigmoid", Tanh: "tanh", BatchNorm2d: "batch norm" };
const player = rendering();

export class Dot {
  constructor(zoom) {
    Object.assign(this, { zoom, at: null, channel: null, playing: null });
    this.boards = [["x", "input", "window"], ["w", "kernel", "filter"], ["p", "product", "products"]].map(parts => {
      const board = new Board(...parts);
      board.canvas.removeAttribute("tabindex");
      board.canvas.setAttribute("role", "img");
      return board;
    });
    this.row = tag("div", { class: "cnn-boards" });
    this.line = tag("p", { class: "cnn-sum" });
    this.then = tag("p", { class: "cnn-then" });
    this.slide = textButton("Slide over this window", () => (this.playing ? this.stop() : this.play()), "The sliding player on this window and its neighbours");
    this.slot = tag("div", { class: "cnn-slot" });
    this.slot.addEventListener("keydown", event => { if (event.key !== "Escape") event.stopPropagation(); });   // in it, keys are the player's
    this.element = tag("div", { class: "cnn-dot", hidden: "" }, this.row, this.line, this.then, tag("div", { class: "cnn-bar" }, this.slide), this.slot);
  }

  pick(at) {
    this.at = at;
    this.channel = null;
    this.element.hidden = !at;
    if (!at) this.stop();
    else if (this.playing) this.play();
  }

  show(channel) { this.channel = channel; }

  patch(reach) {
    const { zoom, zoom: { view, layer, source, column, place } } = this;
    return patchOf(view.spec.records, layer, source.values, source.shape, column.shape, place.map, zoom.at, reach);
  }

  paint() {
    if (!this.at) return;
    const { zoom, zoom: { view, layer, place, column } } = this, scene = derive(this.patch(0).spec), frame = scene.frame(0);
    const strongest = frame.sums.reduce((best, sum, n) => (Math.abs(sum) > Math.abs(frame.sums[best]) ? n : best), 0);
    if (scene.weights) this.channel ??= strongest; else this.channel = 0;
    const own = frame.terms.filter(({ channel }) => channel === this.channel), [rows, columns] = layer.kernel_size;
    const shown = scene.weights ? [["x", own.map(({ x }) => x)], ["w", own.map(({ w }) => w)], ["p", own.map(({ product }) => product)]] : [["x", own.map(({ x }) => x)]];
    const boards = this.boards.slice(0, shown.length), ratio = devicePixelRatio || 1, font = getComputedStyle(view.root).fontFamily;
    const signs = ["⊙", "="];
    if (this.row.childElementCount !== 2 * boards.length - 1) this.row.replaceChildren(...boards.flatMap(({ figure }, n) => (n ? [tag("span", { class: "cnn-sign", "aria-hidden": "true" }, signs[n - 1]), figure] : [figure])));
    const several = frame.sums.length > 1;
    boards.forEach((board, n) => {
      const [id, values] = shown[n];
      board.setData({ values, rows, columns, scale: scaleOf(values) });
      board.layOut(ROOM / boards.length, 400, ratio, CELL);
      board.drawLayer(view.tints, font);
      board.begin();
      board.caption.textContent = `${{ x: scene.weights ? "window" : `window of ${zoom.source.name}`, w: "filter", p: "products" }[id]}${several ? `, channel ${this.channel}` : ""}`;
      board.canvas.setAttribute("aria-label", `${board.caption.textContent}: ${values.map(value => number(value)).join(", ")}`);
    });
    zoom.pairs.forEach(({ part }, n) => { part.textContent = several ? fine(frame.sums[n]) : ""; });
    spell(this.line, this.sum(frame, scene));
    const area = column.shape[1] * column.shape[2], flat = place.map * area + this.at[0] * column.shape[2] + this.at[1];
    let value = view.outputs[column.layer].values[flat];
    const steps = [];
    for (let n = column.layer + 1; n <= column.out; n++) {
      const name = SAID[view.net.layers[n].kind], after = view.outputs[n].values[flat];
      if (name) steps.push(`${name}(${fine(value)}) = ${fine(after)}`);
      value = after;
    }
    this.then.textContent = steps.length ? `then ${steps.join(", then ")}` : "";
    this.element.dataset.value = value;
  }

  // The sum in digits: of many products the largest; its result as the line below goes on with it.
  sum(frame, scene) {
    if (scene.weights && frame.sums.length === 1 && frame.terms.length > ALWAYS) {
      const [x, w] = ["x", "w"].map(name => frame.terms.map(term => term[name]));
      return largest(x, w, scene.bias ? frame.bias : null, frame.value);
    }
    const pieces = sumPieces(frame, scene), rounded = pieces.some(({ text }) => text.endsWith("≈ "));
    return pieces.map(piece => (piece.result && rounded ? { ...piece, text: fine(frame.value) } : piece));
  }

  // The drawing rests: what slides follows.
  rested() { if (this.playing) this.play(); }

  play() {
    const { spec, step } = this.patch();
    if (this.playing) {
      this.playing.model.set({ spec, step });
      return;
    }
    const model = modelOf({ spec, step, mode: "explore", speed: 1.5, loop: false, view: [] });
    this.playing = { model, end: player({ model, el: this.slot }) };
    this.slide.textContent = "Close the player";
    this.zoom.tell();
    this.slot.querySelector(".cnn-player")?.focus({ preventScroll: true });
    this.slot.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  stop() {
    if (!this.playing) return;
    this.playing.end();
    this.playing = null;
    this.slide.textContent = "Slide over this window";
    if (this.zoom.at) this.slide.focus({ preventScroll: true });
  }
}
