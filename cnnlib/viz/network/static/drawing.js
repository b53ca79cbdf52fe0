// A drawing: strokes on an empty pad or on an image, and how all of it is moved, turned, thickened. From it follows what the
// network gets. Lengths are pixels of the input.
import { centred } from "../../kit/static/centre.js";

const FINE = 168;    // about so many pixels wide or high is a drawing before it becomes the few of the input
export const PEN = 2.4;
export const STILL = { right: 0, down: 0, turn: 0, thicker: 0 };
const LONGEST_PAST = 200;

const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

export class Drawing {
  constructor([, rows, columns], centring) {
    Object.assign(this, { rows, columns, strokes: [], base: null, image: -1, changes: { ...STILL }, past: [] });
    this.mnist = rows === 28 && columns === 28;   // as its digits were centred and scaled
    this.centring = centring && this.mnist;
    this.fine = Math.max(1, Math.round(FINE / Math.max(rows, columns)));
    this.raster = canvasOf(columns * this.fine, rows * this.fine);
    this.ctx = this.raster.getContext("2d", { willReadFrequently: true });
    this.ink = new Float32Array(this.raster.width * this.raster.height);
    this.x = new Float32Array(rows * columns);
    this.stale = true;
  }

  // ---- what is done to it

  // What there is, to come back to.
  keep() {
    const { strokes, base, image, changes, centring } = this;
    this.past.push({ strokes: [...strokes], base, image, changes: { ...changes }, centring });
    if (this.past.length > LONGEST_PAST) this.past.shift();
  }

  undo() {
    const before = this.past.pop();
    if (before) Object.assign(this, before, { stale: true });
    return Boolean(before);
  }

  clear() {
    this.keep();
    Object.assign(this, { strokes: [], base: null, image: -1, changes: { ...STILL }, stale: true });
  }

  // An image (Float32Array) in place of what is drawn.
  load(values, image) {
    Object.assign(this, { strokes: [], base: values, image, changes: { ...STILL }, stale: true });
  }

  begin(x, y, width, erase) {
    this.keep();
    this.stroke = { points: [x, y], width, erase };
    this.strokes.push(this.stroke);
    this.extend();
  }

  to(x, y) {
    const { points } = this.stroke;
    if (Math.hypot(points.at(-2) - x, points.at(-1) - y) < 0.05) return;
    points.push(x, y);
    this.extend();
  }

  // The last piece of the stroke in hand, onto what is there already.
  extend() {
    if (this.stale) return;
    this.trace(this.ctx, this.fine, [this.stroke], -2);
    this.fresh = false;
  }

  get empty() { return !this.base && !this.strokes.some(({ erase }) => !erase); }
  get moved() { return Object.values(this.changes).some(Boolean); }

  // ---- how it looks

  // Strokes in a context whose unit of length is 1 / scale pixels of the input; from a point on, counted from the end.
  trace(ctx, scale, strokes, from = 0) {
    this.place(ctx, scale, () => {
      Object.assign(ctx, { lineCap: "round", lineJoin: "round", strokeStyle: "#fff" });
      for (const { points, width, erase } of strokes) {
        ctx.globalCompositeOperation = erase ? "destination-out" : "source-over";
        ctx.lineWidth = Math.max(0.4, width + (erase ? 0 : this.changes.thicker));
        const start = from ? Math.max(0, points.length + 2 * from) : 0;
        ctx.beginPath();
        ctx.moveTo(points[start], points[start + 1]);
        if (points.length === start + 2) ctx.lineTo(points[start], points[start + 1]);   // a dot
        for (let n = start + 2; n < points.length; n += 2) ctx.lineTo(points[n], points[n + 1]);
        ctx.stroke();
      }
    });
  }

  // `draw` in pixels of the input, moved and turned round the middle.
  place(ctx, scale, draw) {
    const { rows, columns, changes: { right, down, turn } } = this;
    ctx.save();
    ctx.scale(scale, scale);
    ctx.translate(columns / 2 + right, rows / 2 + down);
    ctx.rotate(turn * Math.PI / 180);
    ctx.translate(-columns / 2, -rows / 2);
    draw();
    ctx.restore();
  }

  // All of it, light on nothing, in a context of so many pixels for each of the input.
  draw(ctx, scale) {
    const { rows, columns } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalCompositeOperation = "source-over";
    ctx.clearRect(0, 0, columns * scale, rows * scale);
    if (this.base) this.place(ctx, scale, () => {
      const picture = this.picture();
      ctx.imageSmoothingEnabled = this.moved;
      ctx.drawImage(picture, 0, 0, columns, rows);
    });
    this.trace(ctx, scale, this.strokes);
    ctx.globalCompositeOperation = "source-over";
  }

  // The image as light on nothing, thicker or thinner if it is to be.
  picture() {
    const { base, rows, columns, changes: { thicker } } = this;
    if (this.made?.base === base && this.made.thicker === thicker) return this.made.canvas;
    let canvas = lightOf(base, rows, columns);
    if (thicker) {
      const fine = 4, large = canvasOf(columns * fine, rows * fine), ctx = large.getContext("2d", { willReadFrequently: true });
      ctx.imageSmoothingQuality = "high";
      ctx.drawImage(canvas, 0, 0, large.width, large.height);
      const light = ctx.getImageData(0, 0, large.width, large.height).data, values = new Float32Array(large.width * large.height);
      for (let n = 0; n < values.length; n++) values[n] = light[4 * n + 3] / 255;
      canvas = lightOf(grown(values, large.height, large.width, thicker * fine / 2), large.height, large.width);
    }
    this.made = { base, thicker, canvas };
    return canvas;
  }

  // ---- what the network gets

  /** The input: pixels from 0 to 1, centred and scaled as MNIST's if that is wanted. An image that nobody has moved or drawn
   *  on is what it is, and what an eraser took from it leaves the rest where it was. */
  input() {
    const { x, base, rows, columns, fine, ink } = this, drawn = this.strokes.some(({ erase }) => !erase);
    if (this.stale) this.draw(this.ctx, fine);
    Object.assign(this, { stale: false, fresh: true });
    if (base && !this.strokes.length && !this.moved) {
      x.set(base);
      return x;
    }
    const light = this.ctx.getImageData(0, 0, columns * fine, rows * fine).data;
    for (let n = 0; n < ink.length; n++) ink[n] = light[4 * n + 3] / 255;
    if (this.centring && !(base && !drawn && !this.moved)) {
      x.fill(0);
      const middle = centred(ink, rows * fine, columns * fine);
      if (middle) x.set(middle);
      return x;
    }
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {   // the mean of what falls into a pixel
      let sum = 0;
      for (let u = 0; u < fine; u++) for (let v = 0, at = (r * fine + u) * columns * fine + c * fine; v < fine; v++) sum += ink[at + v];
      x[r * columns + c] = sum / (fine * fine);
    }
    return x;
  }
}

// Values from 0 to 1 as white of so much.
function lightOf(values, rows, columns) {
  const canvas = canvasOf(columns, rows), ctx = canvas.getContext("2d"), image = ctx.createImageData(columns, rows);
  for (let n = 0; n < values.length; n++) image.data.set([255, 255, 255, Math.round(255 * Math.max(0, Math.min(1, values[n])))], 4 * n);
  ctx.putImageData(image, 0, 0);
  return canvas;
}

// The largest value within a radius (of a negative one the smallest): light grows or shrinks.
function grown(values, rows, columns, radius) {
  const most = radius > 0, reach = Math.abs(radius), whole = Math.floor(reach), result = new Float32Array(values.length), near = [];
  for (let u = -whole; u <= whole; u++) for (let v = -whole; v <= whole; v++) if (Math.hypot(u, v) <= reach) near.push([u, v]);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    let found = most ? 0 : 1;
    for (const [u, v] of near) {
      const inside = r + u >= 0 && r + u < rows && c + v >= 0 && c + v < columns, value = inside ? values[(r + u) * columns + c + v] : 0;
      if (most ? value > found : value < found) found = value;
    }
    result[r * columns + c] = found;
  }
  return result;
}
