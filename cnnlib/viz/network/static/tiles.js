// Maps as small pictures: fill is value. A table of colours is made once for a theme, so that all maps of a network are
// painted in a few milliseconds.
import { tint } from "../../kit/static/scale.js";

const HALF = 256;   // colours on each side of zero
const packed = ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0;   // as pixels lie in memory

/** The colours of a theme as tables: `signed` from -1 to 1, `grey` from 0 to 1. */
export function palette(colours) {
  const scale = { kind: "signed", limit: 1 }, deep = !colours.forced;
  return {
    signed: Uint32Array.from({ length: 2 * HALF + 1 }, (_, n) => packed(tint((n - HALF) / HALF, scale, colours, deep))),
    grey: Uint32Array.from({ length: HALF }, (_, n) => packed([n, n, n])),
  };
}

// One scratch image for each size, shared by all maps of that size.
const scratch = new Map();
function imageFor(rows, columns) {
  const key = `${rows} ${columns}`;
  if (!scratch.has(key)) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    scratch.set(key, { canvas, ctx: canvas.getContext("2d"), image, pixels: new Uint32Array(image.data.buffer) });
  }
  return scratch.get(key);
}

/** Values painted into a rectangle of a canvas; `look` is {kind: "signed" | "grey" | "rgb", limit}. */
export function paintMap(ctx, [left, top, wide, high], values, offset, rows, columns, look, colours) {
  const { canvas, ctx: own, image, pixels } = imageFor(rows, columns), area = rows * columns, { limit } = look;
  if (look.kind === "signed") {
    const by = HALF / limit;
    for (let n = 0; n < area; n++) pixels[n] = colours.signed[Math.max(0, Math.min(2 * HALF, Math.round(values[offset + n] * by) + HALF))];
  } else if (look.kind === "grey") {
    const by = (HALF - 1) / limit;
    for (let n = 0; n < area; n++) pixels[n] = colours.grey[Math.max(0, Math.min(HALF - 1, Math.round(values[offset + n] * by)))];
  } else {
    const part = at => Math.max(0, Math.min(255, Math.round(255 * values[at] / limit)));
    for (let n = 0; n < area; n++) pixels[n] = packed([part(offset + n), part(offset + area + n), part(offset + 2 * area + n)]);
  }
  own.putImageData(image, 0, 0);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.imageSmoothingEnabled = columns > wide;
  ctx.drawImage(canvas, left, top, wide, high);
}

/** A canvas that shows one map, or a strip of numbers as cells; a `board` of pictures that are taken along. */
export class Tile {
  constructor(rows, columns, { look = "signed", name = "" } = {}) {
    Object.assign(this, { rows, columns, kind: look, name, canvas: document.createElement("canvas"), layer: document.createElement("canvas") });
    this.canvas.setAttribute("aria-hidden", "true");
    this.size = [columns, rows];
  }

  // So many CSS pixels wide and high.
  layOut(wide, high, ratio) {
    this.size = [wide, high];
    this.ratio = ratio;
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    [this.canvas.width, this.canvas.height] = this.size.map(length => Math.round(length * ratio));
  }

  paint(values, offset, limit, colours) {
    Object.assign(this, { values, offset, limit });
    const { canvas, rows, columns, kind } = this;
    paintMap(canvas.getContext("2d"), [0, 0, canvas.width, canvas.height], values, offset, rows, columns, { kind, limit }, colours);
  }

  // Its outline, which on a page is a matter of style.
  frame(colour) {
    const ctx = this.canvas.getContext("2d"), line = Math.max(1, Math.round(this.canvas.width / this.size[0]));
    Object.assign(ctx, { strokeStyle: colour, lineWidth: line });
    ctx.strokeRect(line / 2, line / 2, this.canvas.width - line, this.canvas.height - line);
  }
}

/** Numbers in a row as cells, `down` of them below each other, then the next column of cells (or across first). */
export class Strip extends Tile {
  constructor(count, options) {
    super(count, 1, options);
    this.count = count;
    this.arrange(count, false);
  }

  arrange(run, flat) {
    const other = Math.ceil(this.count / run);
    Object.assign(this, { flat, run, rows: flat ? other : run, columns: flat ? run : other });
    this.cells = new Float32Array(this.rows * this.columns);
  }

  // Row and column of a number.
  place(n) { return this.flat ? [Math.floor(n / this.run), n % this.run] : [n % this.run, Math.floor(n / this.run)]; }

  // The number at a share of the width and height, or null.
  at(x, y) {
    const row = Math.floor(y * this.rows), column = Math.floor(x * this.columns), n = this.flat ? row * this.run + column : column * this.run + row;
    return row >= 0 && column >= 0 && row < this.rows && column < this.columns && n < this.count ? n : null;
  }

  paint(values, offset, limit, colours) {
    this.numbers = values;
    for (let n = 0; n < this.count; n++) {
      const [row, column] = this.place(n);
      this.cells[row * this.columns + column] = values[offset + n];
    }
    super.paint(this.cells, 0, limit, colours);
  }
}

/** The largest size of all values, at least as large as before: colours then do not flicker while something changes. */
export function limitOf(values, before = 0) {
  let most = before;
  for (let n = 0; n < values.length; n++) {
    const size = Math.abs(values[n]);
    if (size > most) most = size;
  }
  return most;
}
