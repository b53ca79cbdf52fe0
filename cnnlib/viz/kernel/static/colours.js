// Which colour a number of the response has, for a whole picture of them; and what the legend says of it.
import { css } from "../../kit/static/board.js";
import { number, power } from "../../kit/static/numbers.js";
import { shade } from "../../kit/static/scale.js";

export const WHITE = 255;
const SHADES = 255;   // on each side of zero

/** The largest size in a plane, at least a little above rounding. It is asked for often, so the plane keeps it. */
export function limitOf(plane) {
  if (plane.limit === undefined) {
    let most = 0;
    for (const value of plane.values) if (Math.abs(value) > most) most = Math.abs(value);
    plane.limit = most || 1;
  }
  return plane.limit;
}

// The bytes of a pixel as one number, as an ImageData holds them.
const packed = ([red, green, blue]) => (255 << 24 | clamp(blue) << 16 | clamp(green) << 8 | clamp(red)) >>> 0;
const clamp = value => Math.max(0, Math.min(255, Math.round(value)));

/** Paints a plane signed: white (or the dark theme's paper) at zero, blue below, red above; up to the pixel `until`. */
export function paintSigned(data, { values }, limit, colours, until) {
  const table = Uint32Array.from({ length: 2 * SHADES + 1 }, (_, n) => packed(shade(n - SHADES, SHADES, colours, true)));
  const pixels = new Uint32Array(data.buffer), by = SHADES / limit;
  for (let n = Math.min(until, values.length) - 1; n >= 0; n--) pixels[n] = table[Math.max(0, Math.min(2 * SHADES, Math.round(values[n] * by) + SHADES))];
  pixels.fill(packed(colours.paper), until);
}

/** Paints planes as a picture, black 0 to white 255; of three, red, green and blue. What lies beyond is not hidden: a
 *  grey below 0 is blue, one above 255 is red. */
export function paintPicture(data, planes, colours, until) {
  const pixels = new Uint32Array(data.buffer), [{ values }, { values: green } = {}, { values: blue } = {}] = planes, end = Math.min(until, values.length);
  for (let n = 0; n < end; n++) {
    const value = values[n];
    if (green) pixels[n] = packed([value, green[n], blue[n]]);
    else if (value < -0.5) pixels[n] = packed(beyond("negative", -value));
    else if (value > WHITE + 0.5) pixels[n] = packed(beyond("positive", value - WHITE));
    else pixels[n] = 0xff000000 + 0x10101 * clamp(value);
  }
  pixels.fill(packed(colours.paper), until);
}

// So far beyond black or white: blue or red, the stronger the farther.
function beyond(sign, by) {
  const share = Math.min(1, 0.35 + by / WHITE);
  return sign === "negative" ? [0, 70 * share, 90 + 165 * share] : [255, 190 * (1 - share), 170 * (1 - share)];
}

export const brief = value => (value === 0 || (Math.abs(value) >= 0.01 && Math.abs(value) < 1e6) ? number(value) : power(value, 3));

/** The least and the largest of a plane, and shares of it: {low, high, below, zero, above, light} (light: above 255). */
export function sharesOf(plane) {
  const { values } = plane;
  let low = Infinity, high = -Infinity, below = 0, above = 0, light = 0;
  const near = 1e-9 * limitOf(plane), all = values.length;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    if (value < -near) below++;
    else if (value > near) above++;
    if (value > WHITE + 0.5) light++;
  }
  return { low, high, below: below / all, zero: (all - below - above) / all, above: above / all, light: light / all };
}

export const percent = share => (share > 0 && share < 0.005 ? "under 1 %" : `${Math.round(100 * share)} %`);

/** A bar from −limit to limit in the colours of the scale, as a CSS background. */
export const signedBar = colours => `linear-gradient(to right, ${Array.from({ length: 17 }, (_, n) => css(shade(n / 8 - 1, 1, colours, true))).join(", ")})`;
