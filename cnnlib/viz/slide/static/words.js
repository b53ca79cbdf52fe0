import { factor, fixed, number } from "../../kit/static/numbers.js";
import { locate, wayOf } from "./scene.js";

// What the player says: numbers, the substituted sum, the size formula, what does not fit, announcements.
// A line is a list of pieces {text, role}, so that a view can colour them; put together, the texts are the line.

const LONGEST_SUM = 6;   // products written out before the middle of a sum is left out
const ROLE_OF = { x: "input", w: "kernel", y: "output", dx: "gradient", dy: "gradient", dw: "gradient" };
const plain = text => ({ text, role: "" });

// ---- numbers

// Whether the printed line Σ x·w / divisor = value holds to the last digit, checked in whole numbers.
function holds(pairs, value, digits, divisor) {
  const whole = n => BigInt(fixed(n, digits).replace(".", "")), unit = 10n ** BigInt(digits);
  return pairs.reduce((sum, [x, w]) => sum + whole(x) * whole(w), 0n) === whole(value) * unit * BigInt(divisor);
}

/** How to print Σ x·w = value truly: [decimals of the factors, decimals of the result, "=" or "≈"]. "=" only if the
 *  printed numbers are the numbers themselves; otherwise who recalculates the printed line and rounds gets its result.
 *  `divisor`: of a mean; 0: there is no sum, only numbers that are printed as they are (a maximum). */
export function sumDigits(pairs, value, most = 4, divisor = 1) {
  const numbers = [...pairs.flat(), value];
  const near = n => 1e-9 * Math.max(1, Math.min(1000, Math.abs(n)));   // the noise of a sum of floats
  const exact = (n, digits) => Math.abs(n) < 1e21 && Math.abs(fixed(n, digits) - n) <= near(n);
  for (let d = 0; d <= most; d++)
    if (numbers.every(n => exact(n, d)) && (!divisor || holds(pairs, value, d, divisor))) return [d, d, "="];
  if (!divisor) return [2, 2, "≈"];
  for (let d = 2; d <= most; d++) {
    const sum = pairs.reduce((total, [x, w]) => total + fixed(x, d) * fixed(w, d), 0) / divisor;
    if (number(sum, d - 1) === number(value, d - 1)) return [d, d - 1, "≈"];
  }
  return [most, 1, "≈"];
}

// ---- the substituted sum

// The entries 0 … count - 1 with a sign between them; of many, the first three, the last, and entry `also`.
function listed(count, sign, entry, also) {
  const pieces = [];
  for (let i = 0, last = 0; i < count; i++) {
    if (count > LONGEST_SUM && i > 2 && i < count - 1 && i !== also) continue;
    if (i) pieces.push(plain(i - last > 1 ? `${sign}…${sign}` : sign));
    pieces.push(...entry(i));
    last = i;
  }
  return pieces;
}

const ending = (scene, sign, value, digits) =>
  [plain(` ${sign} `), { text: number(value, digits), role: ROLE_OF[scene.dest.name] }];

const biasPieces = (bias, digits) =>
  (bias === null ? [] : [plain(" + "), { text: factor(bias, digits), role: "bias" }]);

// 1·0 + 8·1 + … [+ bias] = value. Every factor carries the number of its term in the frame.
function productLine(scene, terms, bias, value) {
  const pairs = terms.map(({ x, w }) => [x, w]), of = ROLE_OF[scene.source.name], by = ROLE_OF[scene.weights.name];
  const [digits, resultDigits, sign] = sumDigits(bias === null ? pairs : [...pairs, [bias, 1]], value);
  const product = ({ x, w, term }) =>
    [{ text: factor(x, digits), role: of, term }, plain("·"), { text: factor(w, digits), role: by, term }];
  return [
    ...listed(terms.length, " + ", i => product(terms[i])), ...biasPieces(bias, digits),
    ...ending(scene, sign, value, resultDigits),
  ];
}

const numbered = terms => terms.map((term, i) => ({ ...term, term: i }));

/** The substituted sum of a frame. Of several channels (dx: filters) their sums; the products: `channelLines`. */
export function sumPieces(frame, scene) {
  const { terms, sums, value } = frame, bias = scene.bias && frame.bias;
  if (!terms.length) {
    const nobody = scene.kind === "dx" ? "no window reads this cell" : "no input reaches this cell";
    const [digits, , sign] = sumDigits([], value, 4, 0);
    const result = { text: number(value, digits), role: ROLE_OF[scene.dest.name] };
    return [plain(`${nobody}: ${sign === "=" ? "" : "≈ "}`), result];
  }
  if (!scene.weights) return poolPieces(frame, scene);
  if (sums.length === 1) return productLine(scene, numbered(terms), bias, value);
  const [digits, resultDigits, sign] = sumDigits([...sums, bias ?? 0].map(sum => [sum, 1]), value);
  const sum = i => [{ text: factor(sums[i], digits), role: "product", channel: i }];
  const listing = listed(sums.length, " + ", sum);
  return [...listing, ...biasPieces(bias, digits), ...ending(scene, sign, value, resultDigits)];
}

/** One line of products per channel (dx: per filter), where there are several. */
export function channelLines(frame, scene) {
  const terms = numbered(frame.terms), { sums } = frame;
  if (sums.length < 2 || !terms.length) return [];
  return sums.map((sum, channel) => productLine(scene, terms.filter(term => term.channel === channel), null, sum));
}

// max(3, 8, −∞, 1) = 8, or (1 + 3 + 5 + 7) / 4 = 4
function poolPieces({ terms, value, winner }, scene) {
  const max = scene.kind === "max", pairs = terms.filter(({ src }) => src >= 0).map(({ x }) => [x, 1]);
  const [digits, resultDigits, sign] = sumDigits(pairs, value, 4, max ? 0 : terms.length);
  const cell = term => {
    const { x, src } = terms[term];
    return [{ text: max ? number(x, digits) : factor(x, digits), role: src < 0 ? "padding" : "input", term }];
  };
  return [
    plain(max ? "max(" : "("), ...listed(terms.length, max ? ", " : " + ", cell, winner),
    plain(max ? ")" : `) / ${terms.length}`), ...ending(scene, sign, value, resultDigits),
  ];
}

// ---- sizes

const waySame = (a, b) => Object.keys(a).every(key => a[key] === b[key]);

// The ways worth a line, each with its name; nameless when it is the only one or both are the same.
const wayLines = ({ axes, ways: [tall, wide] }) =>
  axes === 1 || waySame(tall, wide) ? [["", wide]] : [["height ", tall], ["width ", wide]];

const sides = ({ before, after }) => (before === after ? `2·${before}` : `${before} + ${after}`);
const spanText = ({ f, d }) => (d === 1 ? `${f}` : `((${f} − 1)·${d} + 1)`);

/** The size formula with its numbers: a list of lines, each a list of pieces. */
export function sizeFormula({ kind, axes, ways }) {
  return wayLines({ axes, ways }).map(([name, way]) => {
    const piece = (text, role) => ({ text: `${text}`, role }), padding = piece(sides(way), "padding");
    const [n, s, f] = [piece(way.n, "input"), piece(way.s, "stride"), piece(spanText(way), "kernel")];
    const [open, close] = way.before === way.after ? ["", ""] : ["(", ")"];
    const line = kind === "transpose"
      ? ["(", n, " − 1)·", s, ` − ${open}`, padding, `${close} + `, f, " + ", piece(way.extra, "padding")]
      : ["⌊(", n, " + ", padding, " − ", f, ")/", s, "⌋ + 1"];
    const all = [...(name ? [name] : []), ...line, " = ", piece(way.out, "output")];
    return all.map(part => (typeof part === "string" ? plain(part) : part));
  });
}

/** null when the last window ends exactly at the edge. Otherwise the remainder, who is never read, both as a sentence
 *  (`text`), and the nearest changes with which nothing is left over. */
export function fitText(scene) {
  const off = wayLines(scene).filter(([, way]) => way.rest);
  if (!off.length) return null;
  const remainder = off.map(([name, way]) => {
    const padded = way.before + way.after ? `${way.n} + ${sides(way)}` : way.n;
    return `${name}(${padded} − ${spanText(way)}) leaves remainder ${way.rest} with stride ${way.s}`;
  }).join(", ");
  const cells = scene.axes === 1 ? ["", "cell"] : ["row", "column"];
  const lost = scene.ways.map((way, a) => neverRead(way, cells[a])).filter(Boolean);
  const many = lost.length > 1 || / \d/.test(lost[0]);
  const unread = `The ${lost.join(" and the ")} ${many ? "are" : "is"} never read`;
  return { remainder, unread, text: `${unread}: ${remainder}`, fixes: fixesOf(scene) };
}

// "last column", "last 2 rows": the input's own if any of them are lost, otherwise those of the padding.
function neverRead({ rest, after }, cell) {
  const count = rest > after ? rest - after : rest;
  return rest && `last ${count > 1 ? `${count} ${cell}s` : cell}${rest > after ? "" : " of the padding"}`;
}

// The nearest padding and kernel size below and above, and two strides below and one above, that make every way fit;
// but no larger padding that fills a whole window, and no larger stride that skips cells between windows.
function fixesOf({ kind, axes, ways }) {
  const used = ways.slice(-axes), pool = kind === "max" || kind === "avg";
  const fits = ({ f, s, p }) => used.every(now => {
    const way = wayOf(kind, now.n, f ?? now.f, s ?? now.s, p ?? now.before, p ?? now.after, now.d);
    return way.out >= 1 && way.rest === 0 && !(pool && 2 * Math.max(way.before, way.after) > way.f);
  });
  const span = Math.min(...used.map(way => way.span));
  const padded = Math.max(...used.map(way => way.n + way.before + way.after));
  const nearest = (key, name, now, from, to, below, change) => {
    const all = [];
    for (let n = from; n <= to; n++) if (fits(change(n))) all.push(n);
    const best = [...all.filter(n => n <= now).slice(-below), ...all.filter(n => n > now).slice(0, 1)];
    return best.map(n => ({ text: `${name} ${n}`, change: { [key]: n } }));
  };
  const { before, f, s } = used[axes - 1];
  return [
    ...nearest("padding", "padding", before, 0, Math.max(before, span - 1), 1, p => ({ p })),
    ...nearest("kernel", "kernel size", f, 1, padded, 1, n => ({ f: n })),
    ...nearest("stride", "stride", s, 1, Math.max(s, span), 2, n => ({ s: n })),
  ];
}

// ---- places and announcements

// The axes of a named array worth saying, as [name, axis]: lanes if there are several, no row in a signal.
function axesSaid(name, { kind, axes, weights, shapes }) {
  const shape = shapes[name], cell = axes === 1 ? ["", "position"] : ["row", "column"];
  const bank = kind === "transpose" ? ["channel", "filter"] : ["filter", "channel"];
  const lanes = [[], [weights && name.endsWith("y") ? "filter" : "channel"], bank][shape.length - 2];
  const names = [...lanes, ...cell].map((word, axis) => [word, axis]);
  return names.filter(([word, axis]) => word && (axis >= lanes.length || shape[axis] > 1));
}

/** "y[0, 2]": a place, given as an index or a flat number; a channel or filter is left out if it is the only one. */
export function indexText(name, index, scene) {
  if (!scene.shapes[name]) return `${name}[${[index].flat().join(", ")}]`;
  const place = Array.isArray(index) ? index : locate(scene.shapes[name], index);
  return `${name}[${axesSaid(name, scene).map(([, axis]) => place[axis]).join(", ")}]`;
}

/** One step for a screen reader: "Step 3 of 16: y row 0, column 2 is 28. 1·0 + 8·1 + … = 28". */
export function announce(scene, i) {
  const frame = scene.frame(i), { name } = scene.dest, texts = sumPieces(frame, scene).map(({ text }) => text);
  const place = axesSaid(name, scene).map(([axis, a]) => `${axis} ${frame.out[a]}`).join(", ");
  return `Step ${i + 1} of ${scene.steps}: ${name} ${place} is ${texts[texts.length - 1]}. ${texts.join("")}`;
}
