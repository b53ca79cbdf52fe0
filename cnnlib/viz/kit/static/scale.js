// Which colour a value has: the twin of kit/scale.py, where the rules are told; a test holds the two equal.
import { tag } from "./dom.js";
import { number, power } from "./numbers.js";

const SIDE = 16, FAR = 8, FEW = 0.05, FARTHEST = 1000, NOISE = 1e-13;
export const CHANNELS = ["red", "green", "blue"];
const GREYS = { grey: [255, 255, 255], red: [255, 107, 94], green: [94, 209, 107], blue: [107, 155, 255] };

/** Which value is white if x is plainly a picture, 1 or 255; null if it is not. */
export function white(values, [channels, rows, columns]) {
  if (channels !== 1 && channels !== 3 || Math.min(rows, columns) < SIDE || values.some(v => !(v >= 0))) return null;
  const most = values.reduce((a, b) => Math.max(a, b), 0), end = most <= 1 ? 1 : 255;
  return end / 4 <= most && most <= end ? end : null;
}

/** The scale of some values, {kind, limit, low, high, beyond, most}; `picture` says which is white in `channels` of a picture. */
export function scaleOf(values, picture = null, channels = 1) {
  if (picture) return { kind: channels === 3 ? "rgb" : "grey", limit: picture, low: 0, high: picture, beyond: 0, most: 0 };
  const finite = Float64Array.from(values).filter(Number.isFinite), limit = endOf(finite.map(Math.abs).sort().reverse());
  const scale = { kind: "signed", limit, low: 0, high: 0, beyond: 0, most: 0 };
  for (const value of finite) {
    if (outside(value, scale)) {
      scale.beyond++;
      if (Math.abs(value) > Math.abs(scale.most)) scale.most = value;
    } else if (value < 0) scale.low = -limit;
    else if (value > 0) scale.high = limit;
  }
  return scale;
}

function endOf(sizes) {
  if (!sizes[0]) return 1;
  const count = sizes.findIndex(size => size <= NOISE * sizes[0]), all = count < 0 ? sizes.length : count;
  let cut = 0;
  for (let n = 1; n <= all - 3; n++) {
    const gap = sizes[n - 1] / sizes[n];
    if (gap > FAR && n <= Math.max(1, FEW * sizes.length) || gap > FARTHEST && n <= all / 2) cut = n;
  }
  return sizes[cut];
}

/** Is this value beyond the scale? */
export const outside = (value, { limit }) => Number.isFinite(value) && Math.abs(value) > limit * (1 + 1e-9);

/** The colour of a value of a panel as [r, g, b]; `deep` for cells without digits. */
export function tint(value, scale, colours, deep, panel = 0) {
  if (scale.kind === "signed") return shade(value, scale.limit, colours, deep);
  const end = GREYS[scale.kind === "rgb" ? CHANNELS[panel] ?? "grey" : scale.kind], share = Math.max(0, Math.min(1, value / scale.limit));
  return end.map(part => Math.round(share * part));
}

// White (or the dark theme's paper) at zero, blue below, red above; where no digits are read, faint values must be seen.
export function shade(value, limit, colours, deep = false) {
  const share = limit ? Math.min(1, Math.abs(value) / limit) : 0, sign = value < 0 ? "negative" : "positive";
  const mix = (from, to, part) => from.map((a, i) => Math.round(a + part * (to[i] - a)));
  if (!deep) return mix(colours.zero, colours[sign], share);
  const [middle, end] = [colours[`${sign}-middle`], colours[`${sign}-end`]];
  return share < 0.5 ? mix(colours.zero, middle, 2 * share) : mix(middle, end, 2 * share - 1);
}

const brief = value => (value === 0 || (Math.abs(value) >= 0.01 && Math.abs(value) < 1e5) ? number(value) : power(value, 2));

/** What the legend says: "x from −4 (blue) to 9 (red); ◥ 1 cell beyond, up to 100". */
export function told({ kind, low, high, beyond, most }, name) {
  const ends = { signed: [low ? "blue" : "white", high ? "red" : "white"], grey: ["black", "white"] }[kind] ?? ["black", "red, green and blue; in colour, all three together"];
  const cells = beyond ? `; ◥ ${beyond} cell${beyond > 1 ? "s" : ""} beyond, up to ${brief(most)}` : "";
  return `${name} from ${brief(low)} (${ends[0]}) to ${brief(high)} (${ends[1]})${cells}`;
}

/** A legend: a bar in the colours of a scale from its low end to its high one (of a colour picture, in those of each
 *  channel), and what it says. */
export function legend(scale, name, colours, deep) {
  const bar = tag("span", { class: "cnn-scale-bar", "aria-hidden": "true" }), lanes = scale.kind === "rgb" ? CHANNELS : [name];
  const stop = (n, lane) => `rgb(${tint(scale.low + (scale.high - scale.low) * n / 16, scale, colours, deep, lane).join(" ")})`;
  const band = (_, lane) => `linear-gradient(to right, ${Array.from({ length: 17 }, (_, n) => stop(n, lane)).join(", ")}) 0 ${50 * lane}% / 100% ${100 / lanes.length}% no-repeat`;
  bar.style.background = lanes.map(band).join();
  return tag("span", { class: "cnn-scale" }, bar, told(scale, name));
}
