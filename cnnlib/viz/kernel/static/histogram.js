// How often each value of the response occurs: bars in the colours of the scale, zero marked.
import { css } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { shade } from "../../kit/static/scale.js";
import { brief, limitOf, percent, sharesOf } from "./colours.js";

const BARS = 61, HIGH = 110, FOOT = 18, MARGIN = 6;   // an odd number, so that one stands around zero

export class Histogram {
  constructor() {
    this.canvas = tag("canvas", { role: "img" });
    this.layer = tag("canvas");
    this.words = tag("p", { class: "cnn-shares" });
    this.element = tag("figure", { class: "cnn-board cnn-histogram", "data-board": "histogram" }, tag("figcaption", {}, "values of y"), this.canvas, this.words);
  }

  layOut(wide, ratio) {
    Object.assign(this, { size: [wide, HIGH + FOOT], ratio });
    for (const canvas of [this.canvas, this.layer]) {
      [canvas.width, canvas.height] = this.size.map(length => Math.round(length * ratio));
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${HIGH + FOOT}px` });
    this.words.style.maxWidth = `${wide - MARGIN}px`;
  }

  // Counts of a plane, on a scale from −limit to limit.
  count(plane) {
    const limit = limitOf(plane), counts = new Float64Array(BARS);
    for (const value of plane.values) counts[Math.round((value / limit + 1) / 2 * (BARS - 1))]++;
    Object.assign(this, { limit, counts, shares: sharesOf(plane) });
    const { low, high, below, zero, above } = this.shares;
    this.words.textContent = `from ${brief(low)} to ${brief(high)}: ${[[below, "below zero"], [zero, "zero"], [above, "above"]].filter(([share]) => share).map(([share, where]) => `${percent(share)} ${where}`).join(", ")}`;
    this.canvas.setAttribute("aria-label", `Histogram of the response, ${this.words.textContent}`);
  }

  draw(colours, font) {
    const ctx = this.canvas.getContext("2d"), { size: [wide], counts, limit } = this, room = wide - 2 * MARGIN, step = room / BARS;
    const most = Math.sqrt(Math.max(...counts)), x = value => MARGIN + (value / limit + 1) / 2 * (room - step) + step / 2;
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, wide, HIGH + FOOT);
    counts.forEach((count, n) => {
      const high = Math.sqrt(count) / most * (HIGH - 6), share = 2 * n / (BARS - 1) - 1;
      ctx.fillStyle = css(Math.abs(share) < 1e-9 ? colours.quiet : shade(share * 0.9 + Math.sign(share) * 0.1, 1, colours, true));
      ctx.fillRect(MARGIN + n * step, HIGH - high, Math.max(1, step - 0.5), high);
    });
    ctx.fillStyle = css(colours.quiet);
    ctx.fillRect(MARGIN, HIGH, room, 1);
    ctx.setLineDash([3, 3]);
    ctx.strokeStyle = css(colours.ink);
    ctx.beginPath(); ctx.moveTo(x(0), 0); ctx.lineTo(x(0), HIGH + 4); ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = css(colours.quiet);
    ctx.font = `12px ${font}`;
    ctx.textBaseline = "top";
    for (const [value, align] of [[-limit, "left"], [0, "center"], [limit, "right"]]) {
      ctx.textAlign = align;
      ctx.fillText(brief(value), value ? (value < 0 ? MARGIN : wide - MARGIN) : x(0), HIGH + 5);
    }
  }
}
