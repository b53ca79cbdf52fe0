// A scene with one thing changed: what the controls and the cells that are written into make of a spec.
import { lanesOut, locate, shapeOf, times, upTo, waysOf } from "./geometry.js";
import { MOST, problem } from "./spec.js";

export const sameSpec = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

// A nested list cut and filled to a shape: entry i of each axis is entry i - offset of the old one.
function fitted(nested, [n, ...shape], [offset, ...offsets], fill) {
  if (n === undefined) return nested ?? fill;
  return upTo(n, i => fitted(nested?.[i - offset], shape, offsets, fill));
}

// A copy of a nested list with one value replaced; parts that stay are shared.
function replaced(nested, [first, ...index], value) {
  return nested.map((part, i) => (i !== first ? part : index.length ? replaced(part, index, value) : value));
}

/** A new spec with one thing changed; it may have a `problem`. One number for stride, dilation, kernel or padding holds
 *  both ways (of a signal: horizontally). What has to follow, follows:
 *  - w is cropped or gets zeros around its centre, the cell at half its size (rounded down), which stays the centre;
 *  - dy keeps what it has where there is still an output, and is 1 where the output is new;
 *  - b gets zeros for new filters, and output_padding stays below the stride. */
export function withChange(spec, change) {
  const next = { ...spec }, { cell, kernel } = change;
  const both = (value, still) => (Array.isArray(value) ? value : [spec.axes === 1 ? still : value, value]);
  for (const name of ["stride", "dilation", "kernel"]) if (name in change) next[name] = both(change[name], 1);
  if ("padding" in change) next.padding = both(change.padding, 0).map(p => (Array.isArray(p) ? p : [p, p]));
  for (const name of ["x", "w", "b"]) if (name in change) next[name] = change[name];
  if (change.w) next.kernel = shapeOf(change.w).slice(2);
  const old = shapeOf(spec.w), cells = old.length ? old[0] * old[1] * times(next.kernel) : 0;
  if (kernel !== undefined && cells <= MOST.taps && next.kernel.every(n => Number.isInteger(n) && n > 0) && cells) {
    const middle = n => Math.floor((n - 1) / 2);
    const shift = next.kernel.map((n, a) => middle(n) - middle(old[a + 2]));
    next.w = fitted(spec.w, [old[0], old[1], ...next.kernel], [0, 0, ...shift], 0);
  }
  if (cell) {
    const blank = cell.board === "b" ? [[], 0] : [waysOf(spec).map(way => way.out), 1];   // a bias or dy not given
    const board = next[cell.board] ?? fitted([], [lanesOut(spec), ...blank[0]], [0, 0, 0], blank[1]);
    next[cell.board] = replaced(board, locate(shapeOf(board), cell.index), cell.value);
  }
  if (next.record.transposed) {
    next.output_padding = next.output_padding.map((e, a) => Math.max(0, Math.min(e, next.stride[a] - 1)));
  }
  return followed(next, Boolean(change.w));
}

function followed(next, filters) {
  const { axes, b, dy, given } = next, pool = !next.record.weights;
  const roomy = { x: pool && axes === 1 ? 1 : axes + 1, w: pool ? null : axes + 2 };   // axes for any number of lanes
  if (problem({ ...next, b: null, dy: null, given: roomy })) return next;   // no sound geometry, no output to follow
  const K = lanesOut(next), C = next.x.length;
  if (b && filters) next.b = fitted(b, [K], [0], 0);
  if (dy) next.dy = fitted(dy, [K, ...waysOf(next).map(way => way.out)], [0, 0, 0], 1);
  // Python's arrays get an axis as soon as there is more than one channel or filter to put into it.
  if ((C > 1 && given.x === axes) || (!pool && K > 1)) next.given = { x: C > 1 ? roomy.x : given.x, w: roomy.w };
  return next;
}
