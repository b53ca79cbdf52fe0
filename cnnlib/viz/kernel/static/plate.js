// A picture on a canvas: pixels as they are, in an outline of its role, and marks over them. Copy and Save take it as a board.
import { css } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";

const MARGIN = 5;

export class Plate {
  constructor(role, title) {
    this.role = role;
    this.caption = tag("figcaption", {}, title);
    this.canvas = tag("canvas");
    this.layer = tag("canvas");
    this.pixels = tag("canvas");
    this.figure = tag("figure", { class: "cnn-board", "data-board": role, "data-role": role }, this.caption, this.canvas);
  }

  // So many pixels, coloured by `paint(data)`, which fills the RGBA of an ImageData.
  fill(rows, columns, paint) {
    const { pixels } = this;
    if (pixels.width !== columns || pixels.height !== rows) Object.assign(pixels, { width: columns, height: rows });
    if (this.image?.width !== columns || this.image.height !== rows) this.image = new ImageData(columns, rows);
    Object.assign(this, { rows, columns });
    paint(this.image.data);
    pixels.getContext("2d").putImageData(this.image, 0, 0);
  }

  // Into so much room, in CSS pixels; `cell` is what a pixel takes.
  layOut(room, tall, ratio) {
    this.cell = Math.min((room - 2 * MARGIN) / this.columns, (tall - 2 * MARGIN) / this.rows);
    this.size = [this.columns, this.rows].map(n => n * this.cell + 2 * MARGIN);
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.layer]) {
      [canvas.width, canvas.height] = this.size.map(length => Math.round(length * ratio));
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    Object.assign(this.canvas.style, { width: `${this.size[0]}px`, height: `${this.size[1]}px` });
  }

  draw(colours) {
    const ctx = this.canvas.getContext("2d"), { role, cell, rows, columns } = this, [w, h] = [columns * cell, rows * cell];
    this.colours = colours;
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, ...this.size);
    ctx.imageSmoothingEnabled = cell * this.ratio < 2.5;   // hardly larger than they are, pixels would be of uneven width
    ctx.drawImage(this.pixels, MARGIN, MARGIN, w, h);
    ctx.strokeStyle = css(colours[role]);
    ctx.lineWidth = role === "input" ? 2 : 1.2;
    ctx.strokeRect(MARGIN, MARGIN, w, h);
    if (role === "output") ctx.strokeRect(MARGIN - 3, MARGIN - 3, w + 6, h + 6);
    return ctx;
  }

  // A frame around some pixels, at least as large as can be seen, with a halo.
  frame(ctx, row, column, high, wide, colour) {
    const grow = Math.max(0, (9 - Math.max(high, wide) * this.cell) / 2);
    const box = [MARGIN + column * this.cell - grow, MARGIN + row * this.cell - grow, wide * this.cell + 2 * grow, high * this.cell + 2 * grow];
    this.aimed = [box[0] + box[2] / 2, box[1] + box[3] / 2];
    for (const [line, ink] of [[4.5, this.colours.paper], [2.5, colour]]) {
      Object.assign(ctx, { lineWidth: line, strokeStyle: css(ink) });
      ctx.strokeRect(...box);
    }
  }

  /** [row, column] of the pixel under a pointer, the nearest one beside the picture. */
  at({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return [[clientY - box.top, this.rows], [clientX - box.left, this.columns]].map(([place, n]) => Math.max(0, Math.min(n - 1, Math.floor((place - MARGIN) / this.cell))));
  }
}
