// Digits in cells: how large they are, what is written where they do not fit, and in which colour.
import { number, power } from "./numbers.js";
import { outside } from "./scale.js";

const LARGE = 1e5;   // numbers from here on are powers of ten where they do not fit

// Digits that fit into a cell, alike for all values of a board but those beyond its scale: a smaller font first, then
// fewer decimals. `digits` is null for numbers that are all so small that they are powers of ten.
export function fitNumbers(ctx, values, cell, font, scale) {
  const usual = cell * 0.44, counted = values.filter(v => Number.isFinite(v) && !outside(v, scale));
  ctx.font = `${usual}px ${font}`;
  const largest = counted.reduce((a, b) => Math.max(a, Math.abs(b)), 0), whole = counted.every(Number.isInteger);
  const [most, least] = whole ? [cell - 2, 8] : [cell - 4, 9.5];
  for (const digits of whole ? [0] : largest < 0.01 ? [null] : [2, 1]) {
    const widest = counted.reduce((w, v) => Math.max(w, ctx.measureText(written(v, digits)).width), 1);
    const size = Math.min(usual * most / widest, Math.max(usual, least));
    if (size >= least) return { size, digits };
    if (largest >= LARGE) return { size: 9, digits };
  }
  return null;   // rounded they would mislead: no digits, hovering shows them
}

const written = (value, digits) => (digits === null ? power(value, 1) : number(value, digits));

export function writeNumber(ctx, value, x, y, cell, { size, digits }, font) {
  ctx.font = `${size}px ${font}`;
  const text = written(value, digits), wide = ctx.measureText(text).width > cell;   // beyond the scale, or very large
  ctx.fillText(wide ? power(value, 1) : text, x, y, cell - 2);
}

const luminance = rgb => {
  const [r, g, b] = rgb.map(v => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

// Whichever of ink and paper is read more easily on a colour.
export const inkOn = (rgb, colours) => {
  const contrast = ink => {
    const [a, b] = [luminance(rgb), luminance(ink)].sort((p, q) => q - p);
    return (a + 0.05) / (b + 0.05);
  };
  return contrast(colours.ink) >= contrast(colours.paper) ? colours.ink : colours.paper;
};
