// What goes wrong when a step is worked out by hand: the wrong numbers that are known, each with its sentence.
import { typedNumber } from "../../kit/static/field.js";
import { factor, number } from "../../kit/static/numbers.js";
import { indexText, printedOf } from "./words.js";

const total = numbers => numbers.reduce((a, b) => a + b, 0);
const smallest = numbers => numbers.reduce((a, b) => Math.min(a, b));

/** The number that a learner typed, {value, decimals}, or null. */
export function readGuess(text) {
  const typed = typedNumber(text);
  return Number.isFinite(typed?.value) ? typed : null;
}

/** How far a prediction may be off: not at all where the printed value is the value itself, otherwise half a unit of
 *  the last digit that is printed, and where all cells are printed in full, no more than one of the last digit typed. */
export function leeway(scene, frame, decimals) {
  const { terms, value } = frame, near = 1e-9 * Math.max(1, Math.min(1000, Math.abs(value)));
  const printed = printedOf(frame, scene), { action, weights } = scene.record, typed = 10 ** -decimals;
  const whole = [value, ...terms.flatMap(({ x, w }) => (weights ? [x, w] : [x]))].every(n => Number.isInteger(n) || n === -Infinity);
  if (printed.sign === "=" || whole) return Number.isInteger(value) ? 0 : near;
  // A sum that is only near is known to one decimal less than its factors have.
  const last = printed.unit(value, printed.written === number && action !== "max" ? printed.digits - 1 : printed.last), full = terms.every(({ x, w }) => [x, weights ? w : 0].every(v => number(v, 1) === number(v, 9)));
  const unit = action === "max" ? Math.max(last, Math.min(typed, 0.1)) : last;   // a maximum is read off cells, of one decimal or two
  return near + (full && typed < last ? Math.min(unit / 2, typed) : unit / 2);
}

/** All that is known to go wrong in a step: [{value, why, terms}], `terms` being those to look at. */
export function mistakes(scene, frame) {
  const list = [], add = (value, why, terms = frame.terms) => list.push({ value, why, terms });
  if (!frame.terms.length) return list;
  if (scene.weights) sumMistakes(scene, frame, add); else poolMistakes(scene, frame, add);
  placeMistakes(scene, frame, add);
  return list;
}

// A product left out, taken twice, with a wrong sign, or not multiplied; the kernel flipped; bias or channels forgotten.
function sumMistakes(scene, { terms, sums, bias, value }, add) {
  const { source, weights, record } = scene, [at, by] = [source.name, weights.name];
  for (const term of terms) {
    const { src, wt, x, w, product } = term, [a, b] = [factor(x, 4), factor(w, 4)], made = number(product, 4);
    const cell = src < 0 ? "padding" : indexText(at, src, scene), weight = indexText(by, wt, scene);
    const full = `${cell}·${weight} = ${a}·${b} = ${made}`, multiplied = `${a}·${b} is ${made}`;
    if (product) {
      add(value - product, `One product is missing: ${full}.`, [term]);
      add(value + product, `One product is there twice: ${full}.`, [term]);
      const plus = x < 0 && w < 0 ? ": minus times minus is plus" : "";
      if (x < 0 || w < 0) add(value - 2 * product, `A sign is wrong: ${cell}·${weight} = ${multiplied}, not ${number(-product, 4)}${plus}.`, [term]);
    }
    // Nothing new where the weight is 0 (x + 0 is x) or −1 (x alone is a lost sign).
    if (w) add(value - product + x + w, `${cell} and ${weight} are added, not multiplied: ${multiplied}, not ${number(x + w, 4)}.`, [term]);
    if (w !== -1) add(value - product + x, `${cell} is taken as it is, but its weight ${weight} is ${number(w, 4)}: ${multiplied}.`, [term]);
  }
  const size = weights.shape.slice(-2).reduce((a, b) => a * b);
  const turned = wt => wt - (wt % size) + size - 1 - (wt % size);
  const what = record.arrays[by].role === "kernel" ? "the kernel" : by;
  const how = record.by === "input" ? `laid on ${at} as it is: here it is turned by 180 degrees` : "turned by 180 degrees: here nothing is flipped";
  add(total(terms.map(({ x, wt }) => x * weights.values[turned(wt)])) + bias, `That is the sum with ${what} ${how}.`);
  if (bias) add(value - bias, `The bias, ${number(bias, 4)}, is missing.`, []);
  const { lane } = record;
  sums.forEach((sum, n) => {
    if (sums.length < 2) return;
    const own = term => term.channel === n;
    add(sum + bias, `That is ${lane} ${n} alone: the sums of all ${sums.length} ${lane}s are added.`, terms.filter(t => !own(t)));
    if (sums.length > 2) add(value - sum, `${lane} ${n} is missing.`.replace(/^./, c => c.toUpperCase()), terms.filter(own));
  });
  const ghosts = terms.filter(({ src }) => src < 0);
  add(value + total(ghosts.map(({ w }) => w)), "Padding counts 0, not 1.", []);
}

// Something else than the maximum or the mean of the window.
function poolMistakes(scene, { terms, value }, add) {
  const real = terms.filter(({ src }) => src >= 0), cells = real.map(({ x }) => x), sum = total(cells), n = terms.length;
  if (scene.record.action === "max") {
    const rather = "max pooling takes the largest";
    add(sum, `That is the sum of the window: ${rather}.`);
    for (const count of [n, real.length]) add(sum / count, `That is the mean of the window: ${rather}.`);
    add(smallest(cells), `That is the smallest cell of the window: ${rather}.`);
    add(cells.at(-1), `That is the last cell of the window: ${rather}, wherever it is.`);
    if (n > real.length) add(Math.max(0, value), "Padding counts −∞ in a maximum, not 0.", []);
    return;
  }
  add(sum, `That is the sum of the window: it is still to be divided by ${n}.`);
  add(sum / real.length, `That is divided by ${real.length}: padding counts as cells too, so it is ${n}.`);
  add(-smallest(cells.map(x => -x)), "That is the largest cell of the window, not its mean.");
  add(smallest(cells), "That is the smallest cell of the window, not its mean.");
  add((sum + n - real.length) / n, "Padding counts 0, not 1.", []);
  for (const term of real.filter(({ x }) => x)) {
    const { x } = term, cell = `${indexText(scene.source.name, term.src, scene)} = ${number(x, 4)}`;
    for (const count of [n, n - 1]) add((sum - x) / count, `One cell is missing: ${cell}.`, [term]);
    add((sum + x) / n, `One cell is there twice: ${cell}.`, [term]);
    if (x < 0) add((sum - 2 * x) / n, `A sign is lost: ${cell}, not ${number(-x, 4)}.`, [term]);
  }
}

// The right sum at a wrong place: a neighbour, another map, a window that forgets the stride or the padding.
function placeMistakes(scene, { step, terms, bias, out }, add) {
  const { dest, source, weights, record, ways, spec } = scene, [rows, columns] = dest.shape.slice(-2), area = rows * columns;
  const [i, j] = out.slice(-2), windows = record.by === "output", place = flat => indexText(dest.name, flat, scene);
  const [at, found] = windows ? [": the window one position", ""] : [", the cell", " of it"];
  const corner = (i, j) => [i * spec.stride[0] - spec.padding[0][0], j * spec.stride[1] - spec.padding[1][0]];
  const seen = new Set([corner(i, j).join()]);
  const near = [[0, -1, "to the left"], [0, 1, "to the right"], [-1, 0, "above"], [1, 0, "below"]];
  for (const [down, right, where] of near) {
    if (i + down < 0 || i + down >= rows || j + right < 0 || j + right >= columns) continue;
    const flat = step + down * columns + right;
    add(dest.values[flat], `That is ${place(flat)}${at} ${where}${found}.`);
    seen.add(corner(i + down, j + right).join());
  }
  for (let flat = step % area; flat < dest.values.length; flat += area)
    if (flat !== step) add(dest.values[flat], `That is ${place(flat)}, the same place in another map.`);
  if (!windows) return;

  const [, height, width] = source.shape, ghost = record.action === "max" ? -Infinity : 0, inside = (n, most) => Math.max(0, Math.min(most - 1, n));
  const [sh, sw] = spec.stride, fw = ways[1].f, size = ways[0].f * fw;
  // The result of a window whose first cell is at (row, column); beyond the edge there is padding, or copies of the edge.
  const result = (row, column, copies) => {
    const cells = terms.map(({ wt, channel }) => {
      const r = row + Math.floor(wt % size / fw) * ways[0].d, c = column + wt % fw * ways[1].d, map = weights ? channel : out[0];
      if (!copies && (r < 0 || c < 0 || r >= height || c >= width)) return ghost;
      return source.values[(map * height + inside(r, height)) * width + inside(c, width)];
    });
    if (record.action === "max") return cells.reduce((a, b) => Math.max(a, b));
    return total(cells.map((x, n) => x * terms[n].w)) + bias;
  };
  const moved = (row, column, why) => { if (!seen.has([row, column].join())) add(result(row, column), why); };
  moved(i - spec.padding[0][0], j - spec.padding[1][0], `The stride is forgotten: from one step to the next the window moves ${sh === sw ? sw : `${sh} down or ${sw} to the right`}.`);
  moved(i * sh, j * sw, "The padding is forgotten: that is the window as if there were none.");
  if (terms.some(({ src }) => src < 0)) add(result(...corner(i, j), true), "Padding counts 0, not what the cell beside it holds.", []);
}

/** The one mistake that gives this number, or null if there is none or more than one. */
export function explain(scene, frame, { value, decimals }) {
  const tolerance = Math.max(leeway(scene, frame, decimals), 1e-9 * Math.max(1, Math.abs(value)));
  const fitting = mistakes(scene, frame).filter(wrong => Math.abs(wrong.value - value) <= tolerance);
  return new Set(fitting.map(({ why }) => why)).size === 1 ? fitting[0] : null;
}
