import { wayOf } from "./scene.js";
import { locate } from "./scene.js";

// Everything the player says: numbers, the substituted sum, the size formula, what does not fit, announcements.
// Lines come as pieces {text, role}, so that a view can colour them; joined, the texts are the line.

const LONGEST_SUM = 6;   // products written out before the middle of a sum is left out
const ROLE_OF = { x: "input", w: "kernel", y: "output", dx: "gradient", dy: "gradient", dw: "gradient" };

// ---- numbers: the rules of cnnlib/viz/style.py -------------------------------------------------------------------

/** toFixed, but a tie goes to the even digit, as in Python. */
function fixed(value, digits) {
  const size = Math.abs(value), text = size.toFixed(digits), long = size.toFixed(digits + 50);
  const rest = long.slice(text.length + (digits ? 0 : 1));
  const cut = long.slice(0, text.length);
  const even = /^50*$/.test(rest) && /[02468]$/.test(cut);
  return (value < 0 ? "-" : "") + (even ? cut : text);
}

/** As a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign. */
export function number(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "undefined" : value < 0 ? "−∞" : "∞";
  if (Math.abs(value) >= 1e21) return String(value).replace("e+", "e").replace("-", "−");
  const text = fixed(value, digits);
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return short === "-0" ? "0" : short.replace("-", "−");
}

/** As it stands inside a sum or product: in brackets when it is negative. */
export function factor(value, digits = 2) {
  const text = number(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}

const rounded = (value, digits) => (Math.abs(value) < 1e21 ? Number(fixed(value, digits)) : value);

/** Whether the printed line holds to the last digit, in whole numbers of any size. */
function holds(pairs, value, digits, divisor) {
  if (![...pairs.flat(), value].every((n) => Math.abs(n) < 1e21)) return false;
  const whole = (n) => BigInt(fixed(n, digits).replace(".", "")), unit = 10n ** BigInt(digits);
  return pairs.reduce((sum, [x, w]) => sum + whole(x) * whole(w), 0n) === whole(value) * unit * BigInt(divisor);
}

/** How to print Σ x·w (/ divisor) truly: [decimals of its factors, decimals of its result, "=" or "≈"]. "=" only if the
 *  printed numbers are the numbers themselves. Otherwise who recalculates the printed line and rounds gets its result. */
export function sumDigits(pairs, value, most = 4, divisor = 1) {
  const numbers = [...pairs.flat(), value];
  const exact = (n, digits) => Math.abs(rounded(n, digits) - n) <= 1e-9 * Math.max(1, Math.min(1000, Math.abs(n)));
  for (let digits = 0; digits <= most; digits++) {
    if (numbers.every((n) => exact(n, digits)) && holds(pairs, value, digits, divisor)) return [digits, digits, "="];
  }
  for (let digits = 2; digits <= most; digits++) {
    const sum = pairs.reduce((total, [x, w]) => total + rounded(x, digits) * rounded(w, digits), 0) / divisor;
    if (number(sum, digits - 1) === number(value, digits - 1)) return [digits, digits - 1, "≈"];
  }
  return [most, 1, "≈"];
}

// ---- the substituted sum -----------------------------------------------------------------------------------------

/** The pieces of the entries 0 … count - 1 with a sign between them; of many, the first three, the last and `also`. */
function listed(count, sign, entry, also = null) {
  const pieces = [];
  for (let i = 0, last = -1; i < count; i++) {
    if (count > LONGEST_SUM && i > 2 && i < count - 1 && i !== also) continue;
    if (i) pieces.push({ text: i - last > 1 ? `${sign}…${sign}` : sign, role: "" });
    pieces.push(...entry(i));
    last = i;
  }
  return pieces;
}

/** 1·0 + 8·1 + … [+ bias] = value, for some of the terms of a frame; a piece carries the number of its term. */
function productLine(terms, value, scene, bias) {
  const pairs = terms.map(({ x, w }) => [x, w]);
  const [digits, resultDigits, sign] = sumDigits(bias === null ? pairs : [...pairs, [bias, 1]], value);
  return [
    ...listed(terms.length, " + ", (i) => [
      { text: factor(terms[i].x, digits), role: ROLE_OF[scene.source.name], term: terms[i].n },
      { text: "·", role: "" },
      { text: factor(terms[i].w, digits), role: ROLE_OF[scene.weights.name], term: terms[i].n },
    ]),
    ...biasPieces(bias, digits),
    ...resultPieces(sign, number(value, resultDigits), scene),
  ];
}

const biasPieces = (bias, digits) =>
  bias === null ? [] : [{ text: " + ", role: "" }, { text: factor(bias, digits), role: "bias" }];

const resultPieces = (sign, text, scene) => [{ text: ` ${sign} `, role: "" }, { text, role: ROLE_OF[scene.dest.name] }];

/** One line of pieces per channel (dx: per filter): its products and their sum. Only where there are several. */
export function channelLines(frame, scene) {
  if (frame.sums.length < 2 || !frame.terms.length) return [];
  const terms = frame.terms.map((term, n) => ({ ...term, n }));
  return frame.sums.map((sum, c) => productLine(terms.filter((term) => term.channel === c), sum, scene, null));
}

/** The substituted sum of a frame. With several channels: their sums, then the bias (the products: `channelLines`). */
export function sumPieces(frame, scene) {
  const { terms, sums, value, winner } = frame, bias = scene.bias ? frame.bias : null;
  const plain = (text) => ({ text, role: "" });
  if (!terms.length) {
    const nobody = scene.kind === "dx" ? "no window reads this cell" : "no input reaches this cell";
    return [plain(`${nobody}: `), { text: number(value, 4), role: ROLE_OF[scene.dest.name] }];
  }
  if (scene.kind === "max" || scene.kind === "avg") {
    const max = scene.kind === "max";
    // The mean of the printed numbers must be the printed mean; the maximum is one of them.
    const pairs = max ? terms.filter(({ src }) => src >= 0).map(({ x }) => [x, 1]) : terms.map(({ x }) => [x, 1]);
    const [digits, resultDigits, sign] = max ? maxDigits(pairs) : sumDigits(pairs, value, 4, terms.length);
    const cells = listed(terms.length, max ? ", " : " + ", (i) => [
      { text: (max ? number : factor)(terms[i].x, digits), role: terms[i].src < 0 ? "padding" : "input", term: i },
    ], winner);
    const divided = max ? ")" : `) / ${terms.length}`;
    return [plain(max ? "max(" : "("), ...cells, plain(divided), ...resultPieces(sign, number(value, resultDigits), scene)];
  }
  if (sums.length === 1) return productLine(terms.map((term, n) => ({ ...term, n })), value, scene, bias);
  const [digits, resultDigits, sign] = sumDigits([...sums, bias ?? 0].map((sum) => [sum, 1]), value);
  return [
    ...listed(sums.length, " + ", (c) => [{ text: factor(sums[c], digits), role: "channel", channel: c }]),
    ...biasPieces(bias, digits),
    ...resultPieces(sign, number(value, resultDigits), scene),
  ];
}

/** Decimals for a maximum: it is printed as it stands among its cells, so only exactness matters. */
function maxDigits(pairs) {
  for (let digits = 0; digits <= 4; digits++) {
    if (pairs.every(([x]) => Math.abs(rounded(x, digits) - x) <= 1e-9 * Math.max(1, Math.abs(x)))) return [digits, digits, "="];
  }
  return [2, 2, "≈"];
}

const joined = (pieces) => pieces.map(({ text }) => text).join("");

// ---- sizes -------------------------------------------------------------------------------------------------------

const sameWay = (a, b) => ["n", "f", "s", "before", "after", "d", "extra"].every((key) => a[key] === b[key]);

/** The ways worth a line, each with its name: one without a name when there is only one, or both are the same. */
const wayLines = ({ axes, ways: [tall, wide] }) =>
  axes === 1 || sameWay(tall, wide) ? [["", wide]] : [["height", tall], ["width", wide]];

const bothSides = ({ before, after }) => (before === after ? `2·${before}` : `${before} + ${after}`);

const spanText = ({ f, d }) => (d === 1 ? `${f}` : `((${f} − 1)·${d} + 1)`);

/** The size formula with its numbers: a list of lines, each a list of pieces. */
export function sizeFormula(scene) {
  return wayLines(scene).map(([name, way]) => {
    const pieces = [];
    const add = (text, role = "") => pieces.push({ text, role });
    if (name) add(`${name}: `);
    if (scene.kind === "transpose") {
      add("("), add(`${way.n}`, "input"), add(" − 1)·"), add(`${way.s}`, "stride"), add(" − ");
      add(way.before === way.after ? bothSides(way) : `(${bothSides(way)})`, "padding");
      add(" + "), add(spanText(way), "kernel"), add(" + "), add(`${way.extra}`, "padding");
    } else {
      add("⌊("), add(`${way.n}`, "input"), add(" + "), add(bothSides(way), "padding");
      add(" − "), add(spanText(way), "kernel"), add(")/"), add(`${way.s}`, "stride"), add("⌋ + 1");
    }
    add(" = "), add(`${way.out}`, "output");
    return pieces;
  });
}

/** null when the window ends exactly at the edge. Otherwise what is left over, who is never read, both as one sentence
 *  (`text`), and the nearest changes after which nothing is left over. */
export function fitText(scene) {
  const lines = wayLines(scene), off = lines.filter(([, way]) => way.rest);
  if (!off.length) return null;
  const remainder = off.map(([name, way]) => {
    const padding = way.before + way.after ? ` + ${bothSides(way)}` : "";
    return `${name && `${name} `}(${way.n}${padding} − ${spanText(way)}) leaves remainder ${way.rest} with stride ${way.s}`;
  }).join(", ");
  const cells = scene.axes === 1 ? ["cell"] : ["row", "column"];
  const lost = scene.ways.slice(-cells.length).map((way, a) => neverRead(way, cells[a])).filter(Boolean);
  const many = lost.length > 1 || lost[0].many;
  const unread = `The ${lost.map(({ text }) => text).join(" and the ")} ${many ? "are" : "is"} never read`;
  return { remainder, unread, text: `${unread}: ${remainder}.`, fixes: fixesOf(scene) };
}

/** "last column", "last 2 rows and the padding after them", "last column of the padding". */
function neverRead({ rest, after }, cell) {
  if (!rest) return null;
  const real = Math.max(0, rest - after), count = real || rest;
  const text = count === 1 ? `last ${cell}` : `last ${count} ${cell}s`;
  if (!real) return { text: `${text} of the padding`, many: count > 1 };
  return { text: after ? `${text} and the padding after ${count === 1 ? "it" : "them"}` : text, many: count > 1 || after > 0 };
}

/** The nearest padding and kernel size below and above, the two nearest strides below and one above, with which both
 *  ways fit. Larger strides and paddings only as long as no cell between windows is skipped, no window all padding. */
function fixesOf({ kind, axes, ways }) {
  const used = axes === 1 ? ways.slice(1) : ways, pool = kind === "max" || kind === "avg";
  const fits = ({ f, s, p }) => used.every((now) => {
    const [before, after] = p === undefined ? [now.before, now.after] : [p, p];
    const way = wayOf(kind, now.n, f ?? now.f, s ?? now.s, before, after, now.d);
    return way.out >= 1 && way.rest === 0 && !(pool && 2 * Math.max(before, after) > way.f);
  });
  const { before, f, s } = used[used.length - 1], span = Math.min(...used.map((way) => way.span));
  const nearest = (now, from, to, below, change) => {
    const all = [];
    for (let n = from; n <= to; n++) if (fits(change(n))) all.push(n);
    return [...all.filter((n) => n <= now).slice(-below), ...all.filter((n) => n > now).slice(0, 1)];
  };
  const longest = Math.max(...used.map((way) => way.n + way.before + way.after));
  const offer = (numbers, name, key) => numbers.map((n) => ({ text: `${name} ${n}`, change: { [key]: n } }));
  return [
    ...offer(nearest(before, 0, Math.max(before, span - 1), 1, (p) => ({ p })), "padding", "padding"),
    ...offer(nearest(f, 1, longest, 1, (n) => ({ f: n })), "kernel size", "kernel"),
    ...offer(nearest(s, 1, Math.max(s, span), 2, (n) => ({ s: n })), "stride", "stride"),
  ];
}

// ---- places and announcements ------------------------------------------------------------------------------------

/** What the axes of an array are called: a filter axis comes before a channel axis. */
function axisNames(name, { kind, axes }) {
  const cell = axes === 1 ? ["row", "position"] : ["row", "column"];
  if (name === "w" || name === "dw") return [...(kind === "transpose" ? ["channel", "filter"] : ["filter", "channel"]), ...cell];
  const pooled = kind === "max" || kind === "avg";
  return [(name === "y" || name === "dy") && !pooled ? "filter" : "channel", ...cell];
}

/** The axes of a named array that are worth saying: channels and filters if there are several, no row in a signal. */
function axesSaid(name, scene) {
  const shape = scene.shapes[name], names = axisNames(name, scene).slice(-shape.length);
  return shape.map((n, a) => [names[a], a]).filter(([axis, a]) =>
    axis === "column" || axis === "position" || (axis === "row" ? scene.axes === 2 : shape[a] > 1));
}

/** "y[0, 2]": an index (a list, or a flat number) as it is written, without channel or filter if there is only one. */
export function indexText(name, index, scene) {
  if (!scene.shapes[name]) return `${name}[${[index].flat().join(", ")}]`;
  const list = Array.isArray(index) ? index : locate(scene.shapes[name], index);
  return `${name}[${axesSaid(name, scene).map(([, a]) => list[a]).join(", ")}]`;
}

/** One step for a screen reader: "Step 3 of 16: y row 0, column 2 is 28. 1·0 + 8·1 + … = 28". */
export function announce(scene, i) {
  const frame = scene.frame(i), { name } = scene.dest, pieces = sumPieces(frame, scene);
  const place = axesSaid(name, scene).map(([axis, a]) => `${axis} ${frame.out[a]}`).join(", ");
  return `Step ${i + 1} of ${scene.steps}: ${name} ${place} is ${pieces[pieces.length - 1].text}. ${joined(pieces)}`;
}
