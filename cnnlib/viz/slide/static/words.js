import { listed, number, plain, Printed, textOf } from "../../kit/static/numbers.js";
import { locate, wayOf } from "./geometry.js";

// What the player says: the substituted sum, the size formula, what does not fit, announcements. The sums are those of
// slide/words.py, sizes and what does not fit those of slide/fit.py: the same sentences, which a test holds.

const roleOf = ({ name }, { record }) => record.arrays[name].role;

// ---- the substituted sum

/** How the numbers of a frame's sum are printed. */
export function printedOf({ terms, sums, bias, value }, { bias: biased, record }) {
  if (!terms.length) return new Printed([], value, 0);
  const real = () => terms.filter(({ src }) => src >= 0).map(({ x }) => [x, 1]);
  if (!record.weights) return new Printed(real(), value, record.action === "max" ? 0 : terms.length);
  if (sums.length > 1) return new Printed([...sums, biased ? bias : 0].map(sum => [sum, 1]), value);
  return new Printed([...factorsOf(terms), ...(biased ? [[bias, 1]] : [])], value);
}

const factorsOf = terms => terms.map(({ x, w }) => [x, w]);
const biasPieces = (bias, printed) => (bias === null ? [] : [plain(" + bias "), { text: printed.factor(bias), role: "kernel", bias: true }]);
const result = (value, scene, printed) => ({ text: printed.result(value), role: roleOf(scene.dest, scene), result: true });

// 1·0 + 8·1 + … [+ bias] = value. Every factor carries the number of its term in the frame.
function productLine(scene, terms, bias, value, printed) {
  const [of, by] = [scene.source, scene.weights].map(array => roleOf(array, scene)), times = plain("·");
  const product = ({ x, w, term }) => [{ text: printed.factor(x), role: of, term }, times, { text: printed.factor(w), role: by, term }];
  const after = [...biasPieces(bias, printed), plain(` ${printed.sign} `), result(value, scene, printed)];
  return listed(terms.length, " + ", i => product(terms[i]), { after });
}

const numbered = terms => terms.map((term, i) => ({ ...term, term: i }));

/** The same from the name of its output to its value. */
export function sumLine(frame, scene) {
  const { dest } = scene, told = sumPieces(frame, scene), almost = told[0].text === "≈ ";
  const place = indexText(dest.name, frame.out, scene);
  return [{ text: `${place}${almost ? " " : ""}`, role: roleOf(dest, scene) }, ...(almost ? [] : [plain(" = ")]), ...told];
}

/** The substituted sum of a frame; the piece that is its result says so. Of several channels (dx: filters) their sums;
 *  the products: `channelLines`. */
export function sumPieces(frame, scene) {
  const { terms, sums, value } = frame, bias = scene.bias && frame.bias, printed = printedOf(frame, scene);
  if (!terms.length) {
    const why = [plain(` (${scene.record.nobody}`), ...biasPieces(bias, printed), plain(")")];
    return [...(printed.sign === "≈" ? [plain("≈ ")] : []), result(value, scene, printed), ...why];
  }
  if (!scene.weights) return poolPieces(frame, scene, printed);
  if (sums.length === 1) return productLine(scene, numbered(terms), bias, value, printed);
  const sum = channel => [{ text: printed.factor(sums[channel]), role: "product", channel }];
  const after = [...biasPieces(bias, printed), plain(` ${printed.sign} `), result(value, scene, printed)];
  return listed(sums.length, " + ", sum, { after });
}

export const MOST_CHANNELS = 4;   // lines of channels

/** One line of products per channel (dx: per filter), where there are several. */
export function channelLines(frame, scene) {
  return lanesOf(frame).map(channel => channelLine(frame, scene, channel));
}

/** Those that are shown, pairs [label, pieces]: of many the first two and the last. */
export function channelRows(frame, scene) {
  const lanes = lanesOf(frame), few = lanes.length <= MOST_CHANNELS;
  const row = channel => [`${scene.record.lane} ${channel}`, channelLine(frame, scene, channel)];
  return few ? lanes.map(row) : [...lanes.slice(0, MOST_CHANNELS - 2).map(row), ["…", []], row(lanes.at(-1))];
}

const lanesOf = ({ terms, sums }) => (sums.length > 1 && terms.length ? [...sums.keys()] : []);

function channelLine({ terms, sums }, scene, channel) {
  const own = numbered(terms).filter(term => term.channel === channel);
  return productLine(scene, own, null, sums[channel], new Printed(factorsOf(own), sums[channel]));
}

// max(3, 8, −∞, 1) = 8, or (1 + 3 + 5 + 7) / 4 = 4
function poolPieces({ terms, value, winner }, scene, printed) {
  const largest = scene.record.action === "max", write = n => (largest ? printed.plain(n) : printed.factor(n));
  const cell = term => {
    const { x, src } = terms[term];
    return [{ text: Number.isFinite(x) ? write(x) : number(x), role: src < 0 ? "padding" : "input", term }];
  };
  const [head, tail, sign] = largest ? ["max(", ")", ", "] : ["(", `) / ${terms.length}`, " + "];
  const after = [plain(`${tail} ${printed.sign} `), result(value, scene, printed)];
  return listed(terms.length, sign, cell, { before: [plain(head)], after, also: winner });
}

// ---- sizes

const waySame = (a, b) => Object.keys(a).every(key => a[key] === b[key]);

// The ways worth a line, each with its name; nameless when it is the only one or both are the same.
const wayLines = ({ axes, ways: [tall, wide] }) =>
  axes === 1 || waySame(tall, wide) ? [["", wide]] : [["height", tall], ["width", wide]];

const sides = ({ before, after }) => (before === after ? `2·${before}` : `${before} + ${after}`);
const spanText = ({ f, d }) => (d === 1 ? `${f}` : `((${f} − 1)·${d} + 1)`);

/** The size formula with its numbers: a list of lines, each a list of pieces. */
export function sizeFormula({ record, axes, ways }) {
  return wayLines({ axes, ways }).map(([name, way]) => {
    const piece = (text, role) => ({ text: `${text}`, role }), padding = piece(sides(way), "padding");
    const [n, s, f] = [piece(way.n, "input"), piece(way.s, "stride"), piece(spanText(way), "kernel")];
    const [open, close] = way.before === way.after ? ["", ""] : ["(", ")"];
    const line = record.transposed
      ? ["(", n, " − 1)·", s, ` − ${open}`, padding, `${close} + `, f, " + ", piece(way.extra, "padding")]
      : ["⌊(", n, " + ", padding, " − ", f, ")/", s, "⌋ + 1"];
    const all = [...(name ? [`${name}: `] : []), ...line, " = ", piece(way.out, "output")];
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
    return `${name && `${name} `}(${padded} − ${spanText(way)}) leaves remainder ${way.rest} with stride ${way.s}`;
  }).join(", ");
  const cells = scene.axes === 1 ? ["", "cell"] : ["row", "column"];
  const lost = scene.ways.map((way, a) => way.rest && neverRead(way, cells[a])).filter(Boolean);
  const many = lost.length > 1 || lost[0][1];
  const unread = `The ${lost.map(([text]) => text).join(" and the ")} ${many ? "are" : "is"} never read`;
  return { remainder, unread, text: `${unread}: ${remainder}.`, fixes: fixesOf(scene) };
}

// "last column", "last 2 rows and the padding after them", "last column of the padding"; and is it a plural?
function neverRead({ rest, after }, cell) {
  const own = Math.max(0, rest - after), count = own || rest, text = `last ${count > 1 ? `${count} ${cell}s` : cell}`;
  if (!own) return [`${text} of the padding`, count > 1];
  return [after ? `${text} and the padding after ${count > 1 ? "them" : "it"}` : text, count > 1 || after > 0];
}

// The nearest padding and kernel size below and above, and two strides below and one above, that make every way fit;
// but no larger padding that fills a whole window, and no larger stride that skips cells between windows.
function fixesOf({ record, axes, ways }) {
  const used = ways.slice(-axes), pool = !record.weights;
  const fits = ({ f, s, p }) => used.every(now => {
    const way = wayOf(record.transposed, now.n, f ?? now.f, s ?? now.s, p ?? now.before, p ?? now.after, now.d);
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
function axesSaid(name, { record, axes, weights, shapes }) {
  const shape = shapes[name], cell = axes === 1 ? ["", "position"] : ["row", "column"];
  const bank = record.transposed ? ["channel", "filter"] : ["filter", "channel"];
  const lanes = [[], [weights && name.endsWith("y") ? "filter" : "channel"], bank][shape.length - 2];
  const names = [...lanes, ...cell].map((word, axis) => [word, axis]);
  return names.filter(([word, axis]) => word && (axis >= lanes.length || shape[axis] > 1));
}

// Which axes of a named array its user sees: channels and filters that were not given are none, nor are rows of a signal.
function axesGiven(name, { record, axes, weights, shapes, spec: { given } }) {
  const count = shapes[name].length, extra = given.w - axes, kernel = record.transposed ? [extra > 0, extra > 1] : [extra > 1, extra > 0];
  const lanes = count === 4 ? kernel : [weights && name.endsWith("y") ? extra > 1 : given.x > axes];
  return [...lanes, axes === 2, true].map((seen, axis) => (seen ? axis : -1)).filter(axis => axis >= 0);
}

/** "y[0, 2]": a place, given as an index or a flat number, as NumPy counts it. */
export function indexText(name, index, scene) {
  if (!scene.shapes[name]) return `${name}[${[index].flat().join(", ")}]`;
  const place = Array.isArray(index) ? index : locate(scene.shapes[name], index);
  return `${name}[${axesGiven(name, scene).map(axis => place[axis]).join(", ")}]`;
}

/** The piece of a sum that is its result. */
export const resultOf = pieces => pieces.find(piece => piece.result);

/** One step for a screen reader: "Step 3 of 16: y row 0, column 2 is 28. 1·0 + 8·1 + … = 28". */
export function announce(scene, i) {
  const frame = scene.frame(i), { name } = scene.dest, pieces = sumPieces(frame, scene);
  const place = axesSaid(name, scene).map(([axis, a]) => `${axis} ${frame.out[a]}`).join(", ");
  return `Step ${i + 1} of ${scene.steps}: ${name} ${place} is ${resultOf(pieces).text}. ${textOf(pieces)}`;
}
