// Maps as pictures: colours looked up, cells as pixels enlarged, outlines over them.
import { css } from "../../kit/static/board.js";
import { shade } from "../../kit/static/scale.js";

const STEPS = 256;                            // colours either side of zero
const HEAT = [255, 107, 41], DIMMED = 0.55, RISE = 0.6;   // of slopes over an image: as in ../figure.py
const CHANNELS = 3;

const packed = ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0;

/** The colours of signed numbers in the theme in force. */
export class Tones {
  constructor(colours) {
    this.colours = colours;
    this.table = Uint32Array.from({ length: 2 * STEPS + 1 }, (_, n) => packed(shade(n - STEPS, STEPS, colours, true)));
    this.nothing = packed(colours.line);
  }

  of(value, limit) {
    if (Number.isNaN(value)) return this.nothing;
    return this.table[STEPS + Math.round(STEPS * Math.max(-1, Math.min(1, value / limit)))];
  }
}

const scratch = document.createElement("canvas");

// A picture of H x W pixels, each packed in a number, into a box [left, top, width, height].
function put(ctx, pixels, [H, W], [left, top, width, height]) {
  if (scratch.width !== W || scratch.height !== H) Object.assign(scratch, { width: W, height: H });
  scratch.getContext("2d", { willReadFrequently: true }).putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), W, H), 0, 0);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(scratch, 0, 0, W, H, left, top, width, height);
}

/** One map, the cells of `values` from `start` on. */
export function map(ctx, values, start, size, limit, tones, box) {
  const pixels = new Uint32Array(size[0] * size[1]);
  for (let n = 0; n < pixels.length; n++) pixels[n] = tones.of(values[start + n], limit);
  put(ctx, pixels, size, box);
}

/** [rows, columns] in which numbers without places are shown: without gaps, if that is not too flat. */
export function gridOf(count) {
  const least = Math.ceil(Math.sqrt(count));
  for (let wide = least; wide <= 3 * least; wide++) if (count % wide === 0) return [count / wide, wide];
  return [Math.ceil(count / least), least];
}

/** Numbers without places, filled into a square. */
export function square(ctx, values, limit, tones, box) {
  const [high, wide] = gridOf(values.length), pixels = new Uint32Array(wide * high).fill(tones.nothing);
  values.forEach((value, n) => { pixels[n] = tones.of(value, limit); });
  put(ctx, pixels, [high, wide], box);
}

/** The image; `slopes` lie over it in orange, unless they are null, and the field, [rows, columns], is dimmed for them. */
export function image(ctx, values, [C, H, W], white, slopes, field, tones, box) {
  const area = H * W, pixels = new Uint32Array(area), most = slopes ? slopes.reduce((a, b) => Math.max(a, b), 0) : 0;
  const limit = white ?? (values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1), rgb = [0, 0, 0];
  for (let n = 0; n < area; n++) {
    if (white) for (let c = 0; c < CHANNELS; c++) rgb[c] = 255 * values[(C === CHANNELS ? c : 0) * area + n] / white;
    else {
      let sum = 0;
      for (let c = 0; c < C; c++) sum += values[c * area + n];
      const tone = tones.of(sum / C, limit);
      for (let c = 0; c < CHANNELS; c++) rgb[c] = tone >> (8 * c) & 255;
    }
    if (most) {
      const cover = (slopes[n] / most) ** RISE, dimmed = white && field[0][Math.floor(n / W)] && field[1][n % W] ? DIMMED : 1;
      for (let c = 0; c < CHANNELS; c++) rgb[c] = (1 - cover) * dimmed * rgb[c] + cover * HEAT[c];
    }
    pixels[n] = packed(rgb.map(part => Math.max(0, Math.min(255, Math.round(part)))));
  }
  put(ctx, pixels, [H, W], box);
}

// Where cells that are covered begin and end, [[first, behind the last], …].
function runs(line) {
  const found = [];
  line.forEach((on, n) => {
    if (on && !line[n - 1]) found.push([n, n + 1]);
    else if (on) found.at(-1)[1] = n + 1;
  });
  return found;
}

/** The outline of what is covered, [rows, columns] of a map. */
export function outline(ctx, [rows, columns], [left, top, width, height], colour, paper, dashed = false) {
  const cell = [width / columns.length, height / rows.length];
  for (const [low, end] of runs(rows)) for (const [first, last] of runs(columns)) {
    for (const [line, ink] of dashed ? [[3, paper], [1.5, colour]] : [[5, paper], [2.6, colour]]) {
      ctx.lineWidth = line;
      ctx.strokeStyle = css(ink);
      ctx.setLineDash(dashed && ink === colour ? [4, 3] : []);
      ctx.strokeRect(left + first * cell[0], top + low * cell[1], (last - first) * cell[0], (end - low) * cell[1]);
    }
  }
  ctx.setLineDash([]);
}
