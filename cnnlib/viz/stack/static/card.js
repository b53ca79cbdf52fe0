// One column of the stack: the image, or a stage with one map large, its meter, and all its maps small.
import { css } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { hint } from "../../kit/static/touch.js";
import { loudest } from "./explored.js";
import { central, line } from "./fields.js";
import { difference } from "./meter.js";
import { gridOf, image, map, outline, square } from "./paint.js";
import { amount, told } from "./words.js";

const EDGE = 4;          // CSS pixels around a map, for outlines
const MOST = 64;         // maps that are shown small
const SMALL = [10, 34];  // CSS pixels: how wide one of them is
const THIN = 2;          // between two of them
const CURVE = 30;        // CSS pixels: the height of the meter at all shifts

const fraction = (d, s) => number(d / s);

export class Card {
  /** `n` is the number of the stage, -1 of the image. */
  constructor(view, n, name, title) {
    Object.assign(this, { view, n, name });
    const input = n < 0;
    this.caption = tag("figcaption", {}, name, tag("small", {}, title && ` +${title}`));
    this.size = tag("p", { class: "cnn-size" });
    this.canvas = tag("canvas", { tabindex: "0", role: "application" });
    this.small = tag("canvas", { class: "cnn-small" });
    this.element = tag("figure", { class: "cnn-board cnn-layer", "data-board": input ? "x" : name, "data-role": input ? "input" : "output" }, this.caption, this.size, this.canvas);
    if (input) this.element.append(tag("p", { class: "cnn-meter" }, hint("Drag it. Click a cell of a map.", "Drag it. Tap a cell of a map.")));
    else {
      this.bar = tag("span", { class: "cnn-fill" });
      this.tick = tag("span", { class: "cnn-tick" });
      this.track = tag("span", { class: "cnn-track", "aria-hidden": "true" }, this.bar, this.tick);
      this.off = tag("strong");
      this.how = tag("small");
      this.meter = tag("p", { class: "cnn-meter" }, this.track, this.off, this.how);
      this.curve = tag("canvas", { class: "cnn-curve", role: "img" });
      this.element.append(this.meter, this.curve, this.small);
      this.small.setAttribute("role", "img");
    }
    this.boards = [this.canvas, ...(input ? [] : [this.small, this.curve])].map(canvas => ({ canvas, layer: canvas, size: [1, 1], ratio: 1 }));
  }

  // The channel that is shown large: the unit's; the one chosen; or the one in which most happens.
  get channel() {
    const { explored, model } = this.view, { unit } = explored, chosen = model.get("channels")[this.n] ?? -1;
    if (unit?.[0] === this.n) return this.view.channelOf(unit);
    if (chosen >= 0) return Math.min(chosen, (this.shape?.[0] ?? 1) - 1);
    return model.get("mistakes") && this.shape && this.shown?.some(Boolean) ? loudest(this.shown, this.shape) : explored.loudest[this.n];
  }

  // The shape of what is shown: none of a stage that no longer fits.
  get shape() { return this.n < 0 ? this.view.explored.shape : this.view.explored.shapes[this.n]; }

  get values() { return this.n < 0 ? this.view.explored.image : this.view.explored.maps[this.n]; }

  layOut(width, high, ratio) {
    const count = this.n < 0 ? 0 : Math.min(MOST, this.given()[0]), across = count > 1 ? Math.min(count, count <= 4 ? 4 : count <= 9 ? 5 : count <= 18 ? 6 : 8) : 1;
    const side = Math.max(SMALL[0], Math.min(SMALL[1], Math.floor((width - THIN) / across) - THIN));
    this.tiles = { across, side, count: this.given().length === 3 && count > 1 ? count : 0 };
    this.element.style.width = `${width}px`;
    const sizes = [[width, high], [width, this.tiles.count ? Math.ceil(count / across) * (side + THIN) + THIN : 1], [width, CURVE]];
    this.boards.forEach((board, b) => {
      const [w, h] = Object.assign(board, { size: sizes[b], ratio }).size;
      Object.assign(board.canvas, { width: Math.round(w * ratio), height: Math.round(h * ratio) });
      Object.assign(board.canvas.style, { width: `${w}px`, height: `${h}px` });
      board.canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    });
    this.small.hidden = !this.tiles.count;
  }

  given() { return this.n < 0 ? this.view.explored.shape : this.view.explored.given.layers[this.view.explored.given.ends[this.n]].shape; }

  // The box that the map is drawn into.
  get box() {
    const [width, height] = this.boards[0].size;
    return [EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE];
  }

  draw(tones, grown) {
    const { explored, wraps, model } = this.view, { colours } = tones, ctx = this.canvas.getContext("2d"), { box } = this;
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, ...this.boards[0].size);
    if (!this.values) return this.drawGone(ctx, box, colours);
    this.shown = this.n >= 0 && model.get("mistakes") ? difference(explored.now.before[this.n], this.values, this.shape, explored.readings[this.n], explored.state.borders) : this.values;
    this.limit = this.n < 0 ? 1 : explored.now.limits[this.n] / (model.get("mistakes") ? 2 : 1);
    const [, H, W] = this.shape, heat = this.n < 0 && model.get("heat") && explored.unit ? explored.slopes : null;
    const field = this.n < 0 ? explored.fields.x : explored.fields.stages[this.n];
    if (this.n < 0) image(ctx, this.values, this.shape, explored.spec.input.white, heat, field?.lines, tones, box);
    else if (!H) square(ctx, this.shown, this.limit, tones, box);
    else map(ctx, this.shown, this.channel * H * W, [H, W], this.limit, tones, box);
    ctx.strokeStyle = css(this.n < 0 ? colours.input : colours.output);
    ctx.lineWidth = this.n < 0 ? 2 : 1.2;
    ctx.strokeRect(...box);
    if (grown && field) {
      const [top, left, high, wide] = central(field.box);
      outline(ctx, field.lines, box, colours.kernel, colours.paper);
      if (heat) outline(ctx, [line(top, high, H, wraps), line(left, wide, W, wraps)], box, colours.kernel, colours.paper, true);
    }
    if (grown && !H && explored.unit?.[0] === this.n) {
      const [high, wide] = gridOf(this.shape[0]), at = explored.unit[1];
      outline(ctx, [line(Math.floor(at / wide), 1, high), line(at % wide, 1, wide)], box, colours.kernel, colours.paper);
    }
    if (this.tiles.count) this.drawSmall(tones);
  }

  drawGone(ctx, box, colours) {
    ctx.strokeStyle = css(colours.line);
    ctx.setLineDash([4, 4]);
    ctx.strokeRect(...box);
    ctx.setLineDash([]);
    const [width, height] = this.boards[1].size;
    this.small.getContext("2d").clearRect(0, 0, width, height);
  }

  drawSmall(tones) {
    const ctx = this.small.getContext("2d"), { across, side, count } = this.tiles, [, H, W] = this.shape, { colours } = tones;
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, ...this.boards[1].size);
    for (let c = 0; c < count; c++) {
      const [x, y] = [THIN + c % across * (side + THIN), THIN + Math.floor(c / across) * (side + THIN)];
      map(ctx, this.shown, c * H * W, [H, W], this.limit, tones, [x, y, side, side]);
      Object.assign(ctx, { strokeStyle: css(c === this.channel ? colours.ink : colours.line), lineWidth: c === this.channel ? 2 : 1 });
      ctx.strokeRect(x, y, side, side);
    }
  }

  // The meter at all shifts: a bar for each, pale where the shift is no whole number of cells; and where it stands now.
  drawCurve(readings, most, tones) {
    if (this.n < 0) return;
    const ctx = this.curve.getContext("2d"), [width, height] = this.boards[2].size, { colours } = tones, [left, , wide] = this.box;
    const step = wide / readings.length, now = this.view.state.dx + (readings.length - 1) / 2, floor = height - 7;
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, width, height);
    if (!this.values) return;
    ctx.fillStyle = css(colours.line);
    ctx.fillRect(left, floor, wide, 1);
    readings.forEach((reading, at) => {
      if (!reading) return;
      const tall = (reading.off ?? 0) / most * (floor - 2);
      ctx.fillStyle = css(reading.exact ? colours["positive-middle"] : colours.positive);
      ctx.fillRect(left + at * step, floor - tall, Math.max(1, step - 1), tall);
    });
    ctx.fillStyle = css(colours.ink);
    ctx.beginPath();
    const middle = left + (now + 0.5) * step;
    ctx.moveTo(middle, floor + 2); ctx.lineTo(middle - 4, height); ctx.lineTo(middle + 4, height); ctx.fill();
    const told = readings.map((reading, at) => (reading && at % 4 === (readings.length - 1) / 2 % 4 ? `${number(at - (readings.length - 1) / 2)}: ${reading.off === null ? "not defined" : amount(reading.off)}` : "")).filter(Boolean);
    this.curve.setAttribute("aria-label", `${this.name}, how far off at shifts to the right of ${told.join(", ")}`);
  }

  // The shift whose bar is under a pointer.
  shiftAt(event, count) {
    const [left, , wide] = this.box, at = Math.floor((event.clientX - this.curve.getBoundingClientRect().left - left) / wide * count);
    return Math.max(0, Math.min(count - 1, at)) - (count - 1) / 2;
  }

  // Sizes, meter, and what a screen reader hears.
  tell() {
    const { explored } = this.view, { shape, n } = this, size = shape ? shape.join(" × ") : "does not fit";
    this.element.toggleAttribute("data-gone", !shape);
    if (n < 0) {
      const { dy, dx } = explored.state;
      this.size.textContent = size;
      this.canvas.setAttribute("aria-label", `input x, ${size}, moved ${number(dy)} down, ${number(dx)} right; arrow keys move it`);
      return;
    }
    this.size.textContent = size;
    this.small.setAttribute("aria-label", `all maps of ${this.name}; channel ${this.channel} is large`);
    this.canvas.setAttribute("aria-label", shape ? `${this.name}, ${size}${shape.length === 3 ? `, channel ${this.channel}` : ""}; arrow keys choose a unit` : `${this.name} does not fit`);
    const reading = explored.readings[n], usual = explored.usual?.[n];
    this.meter.hidden = !reading;
    if (!reading) return;
    const { off, moved, exact } = reading, { dy, dx } = explored.state, stride = explored.now.strides[n];
    this.bar.style.width = `${100 * Math.min(1, off ?? 0)}%`;
    this.tick.hidden = !usual || usual.off === null;
    if (!this.tick.hidden) this.tick.style.left = `${100 * Math.min(1, usual.off)}%`;
    this.meter.toggleAttribute("data-undefined", !exact);
    Object.assign(this.element.dataset, { off: off ?? "", moved: moved?.join(" ") ?? "", exact });
    this.off.textContent = off === null ? "not defined" : `${exact ? "" : "≥ "}${amount(off)} off`;
    const cells = dy ? `${fraction(dy, stride[0])} down, ${fraction(dx, stride[1])} across` : fraction(dx, stride[1]);
    this.how.textContent = !moved ? "should stay" : dy || dx ? `shift: ${cells} cell${cells === "1" || cells === "−1" ? "" : "s"}` : "not moved";
    this.meter.title = `${this.name}: ${told(reading)}${usual ? `; as it was built: ${told(usual)}` : ""}`;
  }

  // The cell under a pointer, [row, column], or the number's index; null beside them.
  at(event) {
    const { left, top } = this.canvas.getBoundingClientRect(), [x0, y0, width, height] = this.box;
    const [, H, W] = this.grid(), row = Math.floor((event.clientY - top - y0) / height * H), column = Math.floor((event.clientX - left - x0) / width * W);
    return row < 0 || row >= H || column < 0 || column >= W ? null : [row, column];
  }

  // What is drawn as rows and columns.
  grid() {
    if (!this.shape || this.shape.length === 3) return this.shape ?? [0, 0, 0];
    return [1, ...gridOf(this.shape[0])];
  }

  // The channel whose small map is under a pointer, or -1.
  tileAt(event) {
    const { left, top } = this.small.getBoundingClientRect(), { across, side, count } = this.tiles;
    const column = Math.floor((event.clientX - left - THIN) / (side + THIN)), row = Math.floor((event.clientY - top - THIN) / (side + THIN));
    const found = row * across + column;
    return column >= 0 && column < across && row >= 0 && found < count ? found : -1;
  }
}
