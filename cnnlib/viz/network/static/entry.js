// The input of the network: a pad to draw on and beside it what the network gets of it; or, in colour, an image.
import { iconButton, tag, textButton } from "../../kit/static/dom.js";
import { Pad } from "./pad.js";
import { Tile } from "./tiles.js";

const SEEN = 84, BELOW = 116, PENS = 218;   // CSS pixels: what the network gets, all that stands below the pad, how wide that is

export class Entry {
  /** `told`: changed(), rested(), said(text), undo(), clear(). Without a drawing there is no pad. */
  constructor(shape, drawing, told) {
    const [channels, rows, columns] = shape;
    Object.assign(this, { shape, drawing, told });
    this.tile = new Tile(rows, columns, { look: channels === 3 ? "rgb" : channels === 1 ? "grey" : "signed" });
    this.caption = tag("small", {}, `${channels}×${rows}×${columns}`);
    this.shown = tag("figure", { class: "cnn-got" }, ...(drawing ? [tag("figcaption", {}, "the network gets")] : []), this.tile.canvas);
    this.tile.canvas.setAttribute("role", "img");
    this.tile.canvas.removeAttribute("aria-hidden");
    this.tile.canvas.setAttribute("aria-label", "What the network gets");
    this.pad = drawing && new Pad(drawing, told);
    this.title = tag("p", { class: "cnn-over" }, tag("b", {}, "input"), tag("small", {}, drawing ? "draw here" : channels === 3 ? "red, green, blue" : "\u00a0"), this.caption);
    this.element = tag("div", { class: "cnn-column cnn-entry", "data-kind": "input" }, this.title,
      ...(drawing ? [this.pad.canvas, tag("div", { class: "cnn-below" }, this.shown, this.buttons())] : [this.shown]));
  }

  buttons() {
    const { pad, told } = this, use = erase => {
      pad.erase = erase;
      for (const [button, on] of [[this.pen, !erase], [this.rubber, erase]]) button.setAttribute("aria-pressed", on);
    };
    this.pen = textButton("Pen", () => use(false), "Draw (P)");
    this.rubber = textButton("Eraser", () => use(true), "Take away what is drawn, and watch the answer (E)");
    use(false);
    this.use = use;
    return tag("div", { class: "cnn-bar cnn-pens", role: "toolbar", "aria-label": "Pen" }, this.pen, this.rubber,
      iconButton("Undo", () => told.undo()), textButton("Clear", () => told.clear(), "An empty pad (C)"));
  }

  // How wide it is where it may be so high; a pad is never smaller than what stands below it is wide.
  plan(high) {
    const [, rows, columns] = this.shape;
    return Math.round(this.drawing ? Math.max((high - BELOW) * columns / rows, PENS) : Math.min(high, 200) * columns / rows);
  }

  get high() { return this.drawing ? this.pad.size[1] + BELOW : 0; }

  layOut(high, narrow, ratio) {
    const [, rows, columns] = this.shape, wide = narrow ? high : this.plan(high), seen = this.drawing ? SEEN : wide;
    this.pad?.layOut(wide, ratio);
    const cell = Math.max(Math.floor(seen * ratio / Math.max(rows, columns)), 1) / ratio;
    const scale = cell * Math.max(rows, columns) > seen * 1.05 ? seen / Math.max(rows, columns) : cell;
    this.tile.layOut(columns * scale, rows * scale, ratio);
  }

  paint(x, colours) {
    this.tile.paint(x, 0, this.tile.kind === "signed" ? Math.max(...x.map(Math.abs)) || 1 : 1, colours);
    this.pad?.paint();
  }

  get boards() { return [...(this.pad ? [this.pad] : []), this.tile]; }
}
