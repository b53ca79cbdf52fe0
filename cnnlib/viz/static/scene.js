// A scene in the browser: from its spec to the taps and frames, the same numbers that cnnlib/viz/scene.py computes.
// Arrays are canonical, x (C,H,W), w (K,C,Fh,Fw), y (K,H',W'), and a flat index counts their cells in row-major order.

const MOST_TAPS = 2_000_000;
const MOST_CELLS = 4096;   // along one side
const KINDS = ["conv", "max", "avg", "transpose", "dx", "dw"];
const WAY_NAMES = ["height", "width"];
const isPool = (kind) => kind === "max" || kind === "avg";
const product = (numbers) => numbers.reduce((a, b) => a * b, 1);
const upTo = (n) => Array.from({ length: n }, (_, i) => i);

/** The shape of a nested list, told from its first entries. */
export function shapeOf(nested) {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

/** The index of a flat cell number in an array of this shape. */
export function locate(shape, flat) {
  const index = new Array(shape.length);
  for (let a = shape.length - 1; a >= 0; a--) {
    index[a] = flat % shape[a];
    flat = Math.floor(flat / shape[a]);
  }
  return index;
}

/** One way (vertical or horizontal) of a window: n cells, kernel f, stride s, padding, dilation d; `rest` cells at the
 *  end are never read. In a transposed scene n is the smaller side, the padding is cut off, and nothing is left over.
 *  `out` below 1: the window does not fit. */
export function wayOf(kind, n, f, s, before, after, d, extra = 0) {
  const way = { n, f, s, before, after, d, extra, span: d * (f - 1) + 1, rest: 0 };
  const room = n + before + after - way.span;
  if (kind === "transpose") way.out = (n - 1) * s - before - after + way.span + extra;
  else {
    way.out = Math.floor(room / s) + 1;
    way.rest = room < 0 ? 0 : room % s;
  }
  return way;
}

const waysOf = (spec) => [0, 1].map((a) => wayOf(spec.kind, shapeOf(spec.x)[a + 1], spec.kernel[a], spec.stride[a],
  ...spec.padding[a], spec.dilation[a], spec.output_padding[a]));

const filtersOf = ({ kind, x, w }) => (isPool(kind) ? x.length : kind === "transpose" ? w[0].length : w.length);

// ---- what is wrong with a spec -----------------------------------------------------------------------------------

/** null, or one sentence that names the first field that makes no sense, what was found and what is expected. */
export function problem(spec) {
  try {
    checkSpec(spec);
    return null;
  } catch (fault) {
    return fault instanceof SpecFault ? fault.message : "The scene cannot be read: expected plain lists and numbers.";
  }
}

class SpecFault extends Error {}

function need(right, name, found, expected) {
  if (!right) throw new SpecFault(`${name} ${found}; expected ${expected}.`);
}

/** "is 0", "is the text "abc"", "is missing": short, whatever it is. */
function isWhat(value) {
  if (value === undefined) return "is missing";
  if (typeof value === "string") return `is the text "${value.length > 20 ? `${value.slice(0, 20)}…` : value}"`;
  if (Array.isArray(value)) return value.length < 5 && value.every(Number.isFinite) ? `is [${value.join(", ")}]` : "is a list";
  return `is ${value === null || ["number", "boolean"].includes(typeof value) ? value : `of type ${typeof value}`}`;
}

function checkNested(name, value, depth, meaning) {
  const shape = [], path = [];
  const here = () => (path.length ? `${name}[${path.join(", ")}]` : name);
  for (let part = value; path.length < depth; part = part[0], path.push(0)) {
    need(Array.isArray(part), here(), isWhat(part), `a list (${name} is ${meaning})`);
    need(part.length > 0, here(), "is an empty list", "at least one entry");
    need(part.length <= MOST_CELLS, here(), `has ${part.length} entries`, `at most ${MOST_CELLS}`);
    shape.push(part.length);
  }
  need(product(shape) <= MOST_TAPS, name, `has ${product(shape)} cells`, `at most ${MOST_TAPS}`);
  path.length = 0;
  (function visit(part) {
    if (path.length === depth) return need(Number.isFinite(part), here(), isWhat(part), "a finite number");
    const length = shape[path.length];
    need(Array.isArray(part), here(), isWhat(part), `a list of ${length}`);
    need(part.length === length, here(), `has ${part.length} entries`, `${length}, as many as its neighbours have`);
    for (let i = 0; i < length; i++) {
      path.push(i);
      visit(part[i]);
      path.pop();
    }
  })(value);
  return shape;
}

function checkPair(name, value, least) {
  need(Array.isArray(value) && value.length === 2, name, isWhat(value), "a pair");
  for (const n of value) need(Number.isInteger(n) && n >= least, name, isWhat(n), `whole numbers of at least ${least}`);
  for (const n of value) need(n <= MOST_CELLS, name, isWhat(n), `at most ${MOST_CELLS}`);
}

function checkSpec(spec) {
  need(spec !== null && typeof spec === "object" && !Array.isArray(spec), "The scene", isWhat(spec), "an object");
  const { kind, axes, x, w, b, dy, kernel, stride, padding, dilation, output_padding: extra, given } = spec;
  need(KINDS.includes(kind), "kind", isWhat(kind), `one of ${KINDS.join(", ")}`);
  need(axes === 1 || axes === 2, "axes", isWhat(axes), "1 or 2");
  const pool = isPool(kind), transposed = kind === "transpose";
  const [C, H] = checkNested("x", x, 3, "channels of rows of cells");
  checkPair("kernel", kernel, 1);
  checkPair("stride", stride, 1);
  checkPair("dilation", dilation, 1);
  checkPair("output_padding", extra, 0);
  need(Array.isArray(padding) && padding.length === 2, "padding", isWhat(padding), "[[top, bottom], [left, right]]");
  for (const sides of padding) checkPair("padding", sides, 0);
  if (axes === 1) {
    need(H === 1, "x", `has ${H} rows`, "1 row, because axes is 1");
    const still = kernel[0] === 1 && stride[0] === 1 && dilation[0] === 1 && !padding[0][0] && !padding[0][1];
    need(still, "The geometry", "moves vertically", "kernel, stride, dilation 1 and padding 0 that way, because axes is 1");
  }
  if (pool || transposed) need(dilation.every((d) => d === 1), "dilation", isWhat(dilation), `1 in a ${kind} scene`);
  for (const [a, e] of extra.entries()) {
    if (transposed) need(e < stride[a], "output_padding", isWhat(e), `less than the stride, ${stride[a]}`);
    else need(e === 0, "output_padding", isWhat(e), "0, for only a transposed scene has it");
  }
  const ways = waysOf(spec);
  for (const [a, way] of ways.entries()) checkWay(way, WAY_NAMES[a], kind);

  if (pool) need(w === null, "w", isWhat(w), "null, for pooling has no weights");
  else {
    const shape = checkNested("w", w, 4, transposed ? "(C, K, Fh, Fw)" : "(K, C, Fh, Fw)");
    const channels = shape[transposed ? 0 : 1];
    need(channels === C, "w", `is for ${channels} input channels`, `${C}, as many as x has`);
    need(shape[2] === kernel[0] && shape[3] === kernel[1], "kernel", isWhat(kernel), `[${shape.slice(2)}], the size of w`);
  }
  const K = filtersOf(spec), outs = ways.map((way) => way.out);
  const taps = K * (pool ? 1 : C) * product(kernel) * product(ways.map((way) => (transposed ? way.n : way.out)));
  need(taps <= MOST_TAPS, "The scene", `has ${taps} products`, `at most ${MOST_TAPS}`);
  need(b !== undefined, "b", isWhat(b), "null or a list of numbers");
  if (b !== null) {
    need(!pool, "b", isWhat(b), "null, for pooling has no bias");
    const [count] = checkNested("b", b, 1, "one number per filter");
    need(count === K, "b", `has ${count} entries`, `${K}, one per filter`);
  }
  need(dy !== undefined, "dy", isWhat(dy), "null or a nested list");
  if (dy !== null) {
    const shape = checkNested("dy", dy, 3, "shaped like the output"), like = [K, ...outs];
    need(shape.every((n, a) => n === like[a]), "dy", `has shape (${shape})`, `(${like}), the shape of the output`);
  }
  need(given !== null && typeof given === "object", "given", isWhat(given), "an object with x and w");
  need([1, 2, 3].includes(given.x), "given.x", isWhat(given.x), "1, 2 or 3");
  need([null, 1, 2, 3, 4].includes(given.w), "given.w", isWhat(given.w), "1, 2, 3, 4 or null");
}

function checkWay({ n, f, s, before, after, d, span, out }, name, kind) {
  const padded = n + before + after;
  if (kind === "transpose") {
    need(out >= 1, "padding", `is ${before} + ${after} and leaves ${out} cells of output ${name}`, "at least 1");
    need(out <= MOST_CELLS, "The output", `has ${out} cells of ${name}`, `at most ${MOST_CELLS}`);
    return;
  }
  const most = 1000 + n + span;   // as in cnnlib.shapes: beyond it, nearly all outputs would read nothing but padding
  for (const side of [before, after]) need(side <= most, "padding", isWhat(side), `at most ${most} cells per side`);
  need(padded <= MOST_CELLS, "padding", `makes the input ${padded} cells of ${name}`, `at most ${MOST_CELLS}`);
  const cells = d > 1 ? `${f} with dilation ${d} and spans ${span}` : `${f}`;
  need(span <= padded, "kernel", `is ${cells} cells of ${name}`, `at most the padded input's ${padded}`);
  if (isPool(kind)) {
    const side = Math.max(before, after);
    need(2 * side <= f, "padding", isWhat(side), `at most half the kernel, ${Math.floor(f / 2)}, in a pooling scene`);
  }
}

// ---- taps and frames ---------------------------------------------------------------------------------------------

// What a step of each kind reads, weighs and writes. Pooling's weights have a shape but no values of their own.
const NAMES = {
  conv: ["x", "w", "y"], transpose: ["x", "w", "y"], dx: ["dy", "w", "dx"], dw: ["x", "dy", "dw"],
  max: ["x", null, "y"], avg: ["x", null, "y"],
};

/** For every position of the destination along one way: its pairs (source position, weight position), one after the
 *  other; source -1 is a padding cell. Forward, tap u of window i reads cell i·s + u·d - before; dx and transposed
 *  scenes follow the same line backwards, so there pairs exist only for cells that are really there. */
function pairsOf(kind, { n, f, s, before, d, out }) {
  const cell = (i, u, cells) => {
    const p = i * s + u * d - before;
    return p >= 0 && p < cells ? p : -1;
  };
  if (kind === "dw") return upTo(f).map((u) => Int32Array.from(upTo(out).flatMap((i) => [cell(i, u, n), i])));
  if (kind !== "dx" && kind !== "transpose") {
    return upTo(out).map((i) => Int32Array.from(upTo(f).flatMap((u) => [cell(i, u, n), u])));
  }
  const [from, to] = kind === "dx" ? [out, n] : [n, out];
  const pairs = upTo(to).map(() => []);
  for (let u = 0; u < f; u++) {
    for (let i = 0; i < from; i++) {
      const p = cell(i, u, to);
      if (p >= 0) pairs[p].push(i, u);
    }
  }
  return pairs.map((list) => Int32Array.from(list));
}

/** For every lane of the destination (its filter, channel, or both) the lanes that are summed into it, in order, each
 *  as [source lane, weight lane]. */
function lanesOf(kind, C, K) {
  if (kind === "conv") return upTo(K).map((k) => upTo(C).map((c) => [c, k * C + c]));
  if (kind === "transpose") return upTo(K).map((k) => upTo(C).map((c) => [c, c * K + k]));
  if (kind === "dx") return upTo(C).map((c) => upTo(K).map((k) => [k, k * C + c]));
  if (kind === "dw") return upTo(K * C).map((kc) => [[kc % C, Math.floor(kc / C)]]);
  return upTo(C).map((c) => [[c, 0]]);
}

function tapsOf(lanes, [rows, columns], source, weights) {
  const [sh, sw] = source.shape.slice(-2), [wh, ww] = weights.shape.slice(-2);
  const pairs = (lists) => lists.reduce((sum, list) => sum + list.length / 2, 0);
  const taps = new Int32Array(3 * pairs(rows) * pairs(columns) * lanes.length * lanes[0].length);
  const start = new Int32Array(lanes.length * rows.length * columns.length + 1);
  let t = 0, dest = 0;
  for (const lane of lanes) for (const row of rows) for (const column of columns) {
    for (const [from, by] of lane) for (let p = 0; p < row.length; p += 2) {
      const r = row[p], rowFirst = (from * sh + r) * sw, weightFirst = (by * wh + row[p + 1]) * ww;
      for (let q = 0; q < column.length; q += 2) {
        taps[t++] = dest;
        taps[t++] = r < 0 || column[q] < 0 ? -1 : rowFirst + column[q];
        taps[t++] = weightFirst + column[q + 1];
      }
    }
    start[++dest] = t / 3;
  }
  return { taps, start };
}

/** The rows of the tap table grouped by one of its columns, as a function; grouped (by counting) when first asked. */
function groupedBy(taps, column, groups) {
  let first, rows;
  return (group) => {
    if (!first) {
      first = new Int32Array(groups + 1);
      rows = new Int32Array(taps.length / 3);
      for (let t = column; t < taps.length; t += 3) if (taps[t] >= 0) first[taps[t] + 1]++;
      for (let g = 0; g < groups; g++) first[g + 1] += first[g];
      const next = first.slice();
      for (let t = column; t < taps.length; t += 3) if (taps[t] >= 0) rows[next[taps[t]]++] = (t - column) / 3;
    }
    return rows.subarray(first[group], first[group + 1]);
  };
}

/** Everything the views need, from a spec without a problem. See the fields at the end. */
export function derive(spec) {
  const { kind, axes } = spec, pool = isPool(kind);
  const ways = waysOf(spec), outs = ways.map((way) => way.out);
  const C = spec.x.length, K = filtersOf(spec);
  const shapes = { x: shapeOf(spec.x), y: [K, ...outs], w: pool ? spec.kernel : shapeOf(spec.w) };
  Object.assign(shapes, { dx: shapes.x, dy: shapes.y, dw: shapes.w });
  const named = (name) => {
    const nested = spec[name] ?? (name === "dy" ? [] : null);   // no dy given: all ones
    const values = Float64Array.from(nested.flat(3));
    return { name, shape: shapes[name], values: spec[name] ? values : new Float64Array(product(shapes[name])).fill(1) };
  };
  const [from, by, to] = NAMES[kind];
  const padded = kind === "dx" || kind === "transpose" ? [[0, 0], [0, 0]] : spec.padding;
  const source = { ...named(from), pad: padded };
  const weights = by ? named(by) : { name: null, shape: spec.kernel, values: null };
  const lanes = lanesOf(kind, C, K), channels = lanes[0].length;
  const { taps, start } = tapsOf(lanes, ways.map((way) => pairsOf(kind, way)), source, weights);
  const steps = start.length - 1;
  const bias = spec.b && (kind === "conv" || kind === "transpose") ? Float64Array.from(spec.b) : null;
  const ghost = kind === "max" ? -Infinity : 0;
  const same = kind === "max" ? 1 : 1 / product(spec.kernel);   // what each cell of a pooling window counts

  // One step; `terms` is filled when given. Sums run in the order of the taps.
  const compute = (step, terms) => {
    const sums = new Array(channels).fill(0), each = (start[step + 1] - start[step]) / channels;
    let winner = null, best = -Infinity;
    for (let t = start[step], n = 0; t < start[step + 1]; t++, n++) {
      const src = taps[3 * t + 1], wt = taps[3 * t + 2], channel = Math.floor(n / each);
      const x = src < 0 ? ghost : source.values[src], w = pool ? same : weights.values[wt];
      if (kind === "max") {
        if (winner === null || x > best) [winner, best] = [n, x];   // of equal ones, the first
      } else sums[channel] += x * w;
      terms?.push({ src, x, wt, w, product: x * w, channel });
    }
    if (kind === "max") sums[0] = best;
    const b = bias ? bias[Math.floor(step / (outs[0] * outs[1]))] : 0;
    return { sums, bias: b, value: sums.reduce((a, s) => a + s, 0) + b, winner };
  };
  const dest = { name: to, shape: shapes[to] ?? shapes.y, values: Float64Array.from({ length: steps }, (_, i) => compute(i).value) };
  const frame = (step) => {
    const terms = [];
    return { step, out: locate(dest.shape, step), terms, ...compute(step, terms) };
  };
  const never = ({ n, before, after, rest }) => [n + before + after - rest, n + before + after];
  return {
    spec, kind, axes, steps, source, weights, dest, bias, shapes, ways, taps, start, frame,
    byIn: groupedBy(taps, 1, source.values.length),   // rows of the tap table, as an Int32Array
    byWeight: groupedBy(taps, 2, product(weights.shape)),
    unread: { rows: never(ways[0]), columns: never(ways[1]) },   // from, to: in cells of the padded input
  };
}

// ---- changes -----------------------------------------------------------------------------------------------------

/** A nested list cut and filled to a shape; entry i of it is entry i - offset of the old one along each axis. */
function resized(nested, shape, offset, fill) {
  if (!shape.length) return nested ?? fill;
  const [from, ...deeper] = offset;
  return upTo(shape[0]).map((i) => resized(nested?.[i - from], shape.slice(1), deeper, fill));
}

/** A copy of a nested list with one value put in; parts that stay are shared with the old one. */
function replaced(nested, index, value) {
  const [first, ...deeper] = index;
  return nested.map((part, i) => (i !== first ? part : deeper.length ? replaced(part, deeper, value) : value));
}

/** A new spec with one thing changed; it may have a `problem`. One number for stride, dilation, kernel or padding
 *  counts for both ways (for axes 1: the horizontal one). What must follow from the change follows:
 *  - w grows by zeros or is cropped around its centre: the cell at half its size (rounded down) stays in the middle;
 *  - dy keeps what it has where the output still is and is 1 where the output is new;
 *  - b gets a zero for each new filter; output_padding stays below the stride. */
export function withChange(spec, change) {
  const next = { ...spec }, signal = spec.axes === 1;
  const both = (value, still) => (signal ? [still, value] : [value, value]);
  for (const name of ["stride", "dilation", "kernel"]) {
    if (name in change) next[name] = Array.isArray(change[name]) ? change[name] : both(change[name], 1);
  }
  if ("padding" in change) {
    const p = change.padding;
    next.padding = Array.isArray(p) ? p : both([p, p], [0, 0]);
  }
  for (const name of ["x", "w", "b"]) if (name in change) next[name] = change[name];
  if (change.w) next.kernel = shapeOf(change.w).slice(2);
  if (change.kernel !== undefined && spec.w && next.kernel.every((n) => Number.isInteger(n) && n > 0 && n <= 256)) {
    const middle = (n) => Math.floor((n - 1) / 2), old = shapeOf(spec.w).slice(2);
    const shift = next.kernel.map((n, a) => middle(n) - middle(old[a]));
    next.w = resized(spec.w, [...shapeOf(spec.w).slice(0, 2), ...next.kernel], [0, 0, ...shift], 0);
  }
  if (change.cell) {
    const { board, index, value } = change.cell;
    const old = next[board] ?? new Array(filtersOf(spec)).fill(0);   // only b can be missing
    next[board] = replaced(old, locate(shapeOf(old), index), value);
  }
  return consequences(next);
}

function consequences(spec) {
  const next = { ...spec };
  if (spec.kind === "transpose") {
    next.output_padding = spec.output_padding.map((e, a) => (spec.stride[a] >= 1 ? Math.min(e, spec.stride[a] - 1) : e));
  }
  // Only for a spec that is otherwise sound is there an output whose shape could be followed.
  if (problem({ ...next, b: null, dy: null }) !== null) return next;
  const K = filtersOf(next), C = next.x.length;
  if (next.b && next.b.length !== K) next.b = resized(next.b, [K], [0], 0);
  if (next.dy) next.dy = resized(next.dy, [K, ...waysOf(next).map((way) => way.out)], [0, 0, 0], 1);
  // How many axes the arrays have on the Python side: more as soon as there is something to hold in them.
  const { x, w } = next.given;
  if (C > 1 && x === next.axes) next.given = { x: x + 1, w: w && Math.max(w, next.axes + 1) };
  if (w && K > 1) next.given = { ...next.given, w: next.axes + 2 };
  return next;
}
