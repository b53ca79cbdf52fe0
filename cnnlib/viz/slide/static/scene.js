// A scene in the browser: from its spec to taps and frames, the same numbers that cnnlib computes with NumPy.
// Arrays are canonical, x (C,H,W), w (K,C,Fh,Fw), y (K,H',W'); a flat index counts cells in row-major order.

// The limits of cnnlib.viz: products in all, cells along one side, and the size of one number.
const MOST = { taps: 2_000_000, cells: 4096, value: 1e100 };
// What the record of a kind, which comes with the spec, may say: kinds.py tells what it means.
const RECORD = { by: ["output", "input", "weight"], action: ["sum", "mean", "max"], lane: [null, "channel", "filter"] };
const NAMES = ["x", "w", "y", "dx", "dw", "dy"];

const times = numbers => numbers.reduce((a, b) => a * b, 1);
const upTo = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** The shape of a nested list, told from its first entries. */
export const shapeOf = nested => (Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : []);

/** The index of flat cell number `flat` in an array of this shape. */
export function locate(shape, flat) {
  return shape.map((n, axis) => Math.floor(flat / times(shape.slice(axis + 1))) % n);
}

/** One way, vertical or horizontal: n cells, kernel f, stride s, padding, dilation d -> `out` outputs (below 1: it does
 *  not fit), and `rest` cells at the end that are never read. `back`, of a transposed scene: from the small side to the
 *  large. The one size formula here. */
export function wayOf(back, n, f, s, before, after, d, extra = 0) {
  const span = d * (f - 1) + 1, room = n + before + after - span;
  const out = back ? (n - 1) * s - before - after + span + extra : Math.floor(room / s) + 1;
  return { n, f, s, before, after, d, extra, span, out, rest: back || room < 0 ? 0 : room % s };
}

const waysOf = spec => [0, 1].map(a => wayOf(spec.record.transposed, shapeOf(spec.x)[a + 1], spec.kernel[a], spec.stride[a],
  ...spec.padding[a], spec.dilation[a], spec.output_padding[a]));

// Output lanes: the filters, or for pooling the channels.
const lanesOut = ({ record, x, w }) => (!record.weights ? x : record.transposed ? w[0] : w).length;

// ---- what is wrong with a spec

/** null, or one sentence: the first field that makes no sense, what was found, what is expected. Never throws. */
export function problem(spec) {
  try {
    checkSpec(spec);
    return null;
  } catch (fault) {
    return fault?.sentence ?? "The scene cannot be read; expected plain lists and numbers.";
  }
}

function need(right, name, found, expected) {
  if (!right) throw { sentence: `${name} is ${spelt(found)}; expected ${expected}.` };
}

function spelt(value) {
  const short = Array.isArray(value) && value.length < 6 && value.every(Number.isFinite);
  if (typeof value === "string") return `the text "${value.slice(0, 20)}"`;
  if (Array.isArray(value)) return short ? `[${value.join(", ")}]` : "a list";
  return value === undefined ? "missing" : value && typeof value === "object" ? "an object" : String(value);
}

const NUMBER = `a number from −${MOST.value} to ${MOST.value}`;

// A nested list of `axes` (their names) that holds finite numbers only; returns its shape.
function checkNested(name, value, axes) {
  const shape = [];
  const visit = (part, path) => {
    const here = path.length ? `${name}[${path.join(", ")}]` : name, depth = path.length;
    if (depth === axes.length) return need(Math.abs(part) <= MOST.value && Number.isFinite(part), here, part, NUMBER);
    need(Array.isArray(part), here, part, `a list, for ${name} is (${axes.join(", ")})`);
    const most = shape[depth] ??= part.length;
    need(part.length === most && most > 0, `the length of ${here}`, part.length, most || "at least 1");
    need(most <= MOST.cells && times(shape) <= MOST.taps, `the size of ${name}`, shape, `at most ${MOST.cells} a side`);
    for (let i = 0; i < most; i++) visit(part[i], [...path, i]);
  };
  visit(value, []);
  return shape;
}

function checkPair(name, value, least) {
  need(Array.isArray(value) && value.length === 2, name, value, "a pair");
  const right = n => Number.isInteger(n) && n >= least && n <= MOST.cells;
  for (const n of value) need(right(n), name, n, `whole numbers from ${least} to ${MOST.cells}`);
}

// Axes of the scene, of the user's x and of the user's w that go together.
const FORMS = ["1,1,1", "1,1,3", "1,2,3", "2,2,2", "2,2,4", "2,3,3", "2,3,4"], POOL_FORMS = ["1,1,", "2,2,", "2,3,"];

function checkRecord(kind, record) {
  need(record && typeof record === "object", "record", record, "an object that tells of the kind");
  need(typeof kind === "string" && kind === record.name, "kind", kind, `${record.name}, as its record has it`);
  for (const [key, known] of Object.entries(RECORD)) need(known.includes(record[key]), `the record's ${key}`, record[key], `one of ${known.join(", ")}`);
  const { source, weights, result, arrays } = record;
  for (const name of [source, result, ...(weights === null ? [] : [weights])])
    need(NAMES.includes(name) && typeof arrays?.[name]?.title === "string", "an array of the record", name, `one of ${NAMES.join(", ")}, with its title`);
}

function checkSpec(spec) {
  need(spec && typeof spec === "object" && !Array.isArray(spec), "The scene", spec, "an object");
  const { kind, record, axes, x, w, b, dy, kernel, stride, padding, dilation, output_padding: extra, given } = spec;
  checkRecord(kind, record);
  const pool = !record.weights, back = record.transposed, gradient = record.backward;
  need(axes === 1 || axes === 2, "axes", axes, "1 or 2");
  const [C, H] = checkNested("x", x, ["C", "H", "W"]);
  checkPair("kernel", kernel, 1);
  checkPair("stride", stride, 1);
  checkPair("dilation", dilation, 1);
  checkPair("output_padding", extra, 0);
  need(Array.isArray(padding) && padding.length === 2, "padding", padding, "[[top, bottom], [left, right]]");
  for (const sides of padding) checkPair("padding", sides, 0);
  if (axes === 1) {
    const vertical = [H, kernel[0], stride[0], dilation[0], padding[0][0] + padding[0][1]];
    const name = "a signal's vertical [rows, kernel, stride, dilation, padding]";
    need(vertical.join() === "1,1,1,1,0", name, vertical, "[1, 1, 1, 1, 0]");
  }
  if (!record.dilated) need(times(dilation) === 1, "dilation", dilation, `1 in a ${kind} scene`);
  const room = extra.map((e, a) => (back ? stride[a] - 1 : 0) - e);
  const allowed = back ? `less than the stride, [${stride.join(", ")}]` : "[0, 0]";
  need(Math.min(...room) >= 0, "output_padding", extra, allowed);
  const ways = waysOf(spec);
  ways.forEach((way, a) => checkWay(way, a ? "width" : "height", pool, back));

  if (pool) need(w === null, "w", w, "null, for pooling has no weights");
  else {
    const shape = checkNested("w", w, back ? ["C", "K", "Fh", "Fw"] : ["K", "C", "Fh", "Fw"]);
    const channels = shape[back ? 0 : 1], size = shape.slice(2).join(", ");
    need(channels === C, "the number of input channels of w", channels, `${C}, as many as x has`);
    need(kernel.join(", ") === size, "kernel", kernel, `[${size}], the size of w`);
  }
  const K = lanesOut(spec), y = [K, ...ways.map(way => way.out)];
  const taps = K * (pool ? 1 : C) * times(kernel) * times(ways.map(way => (back ? way.n : way.out)));
  const most = Math.max(taps, times(y));
  need(most <= MOST.taps, "the number of products or outputs", most, `at most ${MOST.taps}`);
  if (b !== null) {
    need(!pool && !gradient, "b", b, `null in a ${kind} scene`);
    const [count] = checkNested("b", b, ["K"]);
    need(count === K, "the length of b", count, `${K}, one bias per filter`);
  }
  if (dy !== null) {
    need(gradient, "dy", dy, `null in a ${kind} scene`);
    const shape = checkNested("dy", dy, ["K", "H'", "W'"]);
    need(shape.join() === y.join(), "the shape of dy", shape, `[${y.join(", ")}], that of the output`);
  }
  need(given && typeof given === "object", "given", given, "an object");
  const fits = (pool ? POOL_FORMS : FORMS).includes([axes, given.x, given.w].join());
  const holds = (C === 1 || given.x > axes) && (pool || K === 1 || given.w === axes + 2);
  need(fits && holds, "given", [given.x, given.w], "the numbers of axes of x and w");
}

function checkWay({ n, f, before, after, d, span, out }, name, pool, back) {
  const padded = (back ? out : n) + before + after, side = Math.max(before, after);
  need(padded <= MOST.cells, `the padded ${name}`, padded, `at most ${MOST.cells}`);
  if (back) need(out >= 1, `the output ${name}`, out, "at least 1; use less padding");
  else {
    const wide = d > 1 ? `the kernel's ${name} with dilation ${d}` : `the kernel's ${name}`;
    need(span <= padded, wide, span, `at most ${padded}, the input and its padding`);
  }
  // The limits of cnnlib: no window may see nothing but padding, or nearly all of them.
  const most = pool ? Math.floor(f / 2) : 1000 + (back ? out : n) + span;
  need(side <= most, "padding", side, pool ? `at most half the kernel, ${most}` : `at most ${most}`);
}

// ---- taps and frames

/** For every position along one way of the destination its pairs (source position or -1, weight position) in a row.
 *  Forward, tap u of window i reads cell i·s + u·d - before; steps that are read by their input walk the same line
 *  backwards, and what falls into padding or the cropped border is no tap there. */
function pairsOf({ by, transposed }, { n, f, s, before, d, out }) {
  const back = by === "input", turned = by === "weight", [windows, cells] = transposed ? [n, out] : [out, n];
  const lists = upTo(back ? cells : turned ? f : out, () => []);
  for (let i = 0; i < windows; i++) {
    for (let u = 0; u < f; u++) {
      const p = i * s + u * d - before, there = p >= 0 && p < cells;
      if (!back) lists[turned ? u : i].push(there ? p : -1, turned ? i : u);
      else if (there) lists[p].push(i, u);
    }
  }
  return lists.map(list => Int32Array.from(list));
}

/** For every lane of the destination (filter, channel or both) the lanes that are summed into it: [source, weight]. */
function lanesOf({ by, weights, backward }, C, K) {
  const [from, to] = backward ? [K, C] : [C, K];
  if (!weights) return upTo(C, c => [[c, 0]]);
  if (by === "output") return upTo(to, k => upTo(from, c => [c, k * from + c]));
  if (by === "input") return upTo(to, k => upTo(from, c => [c, c * to + k]));
  return upTo(K * C, kc => [[kc % C, Math.floor(kc / C)]]);
}

function tapsOf(lanes, [rows, columns], [sh, sw], [wh, ww]) {
  const pairs = lists => lists.reduce((sum, list) => sum + list.length / 2, 0);
  const taps = new Int32Array(3 * pairs(rows) * pairs(columns) * lanes.length * lanes[0].length);
  const start = new Int32Array(lanes.length * rows.length * columns.length + 1);
  let t = 0, dest = 0;
  for (const lane of lanes) for (const row of rows) for (const column of columns) {
    for (const [from, by] of lane) for (let p = 0; p < row.length; p += 2) {
      const inside = row[p] >= 0, read = (from * sh + row[p]) * sw, weigh = (by * wh + row[p + 1]) * ww;
      for (let q = 0; q < column.length; q += 2) {
        taps[t++] = dest;
        taps[t++] = inside && column[q] >= 0 ? read + column[q] : -1;
        taps[t++] = weigh + column[q + 1];
      }
    }
    start[++dest] = t / 3;
  }
  return { taps, start };
}

/** The tap table grouped by a column: group -> row numbers (Int32Array). Sorted by counting, when first asked. */
function groupedBy(taps, column, groups) {
  let first, rows;
  return group => {
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

/** The sums of all steps (of a pooling: maxima or means) in one pass, channel by channel, in the order of the taps. */
function valuesOf({ taps, start, channels, cells, weights, window }) {
  const values = new Float64Array(start.length - 1), ghost = window?.ghost ?? 0, max = window?.max;
  for (let step = 0, t = 0; step < values.length; step++) {
    const each = (start[step + 1] - start[step]) / channels;
    let total = max ? -Infinity : 0;
    while (t < start[step + 1]) {
      let sum = 0;
      for (const end = t + each; t < end; t++) {
        const src = taps[3 * t + 1], x = src < 0 ? ghost : cells[src];
        if (max) total = Math.max(total, x);
        else sum += weights ? x * weights[taps[3 * t + 2]] : x;
      }
      if (!max) total += sum;
    }
    values[step] = window && !max ? total / window.size : total;
  }
  return values;
}

/** All that the views need of a spec without a problem. Pooling has no `weights` (null); a dy not given is all ones. */
export function derive(spec) {
  const { kind, record, axes, kernel } = spec, { source: from, weights: by, result: to } = record, pool = !by;
  const ways = waysOf(spec), area = ways[0].out * ways[1].out, K = lanesOut(spec);
  const x = shapeOf(spec.x), y = [K, ways[0].out, ways[1].out], w = pool ? kernel : shapeOf(spec.w);
  const shapes = { x, w, y, dx: x, dw: w, dy: y };
  const board = name => ({
    name, shape: shapes[name],
    values: spec[name] ? Float64Array.from(spec[name].flat(3)) : new Float64Array(times(shapes[name])).fill(1),
  });
  const ghosts = record.padded ? spec.padding : [[0, 0], [0, 0]];
  const source = { ...board(from), pad: ghosts }, weights = by && board(by);
  const lanes = lanesOf(record, x[0], K), weightShape = shapes[by] ?? kernel;
  const pairs = ways.map(way => pairsOf(record, way)), max = record.action === "max";
  const { taps, start } = tapsOf(lanes, pairs, source.shape.slice(1), weightShape.slice(-2));
  const window = pool ? { ghost: max ? -Infinity : 0, max, size: times(kernel) } : null;
  const channels = lanes[0].length, cells = source.values;
  const values = valuesOf({ taps, start, channels, cells, weights: weights?.values, window });
  const bias = to === "y" && spec.b ? Float64Array.from(spec.b) : null;
  const biasAt = step => (bias ? bias[Math.floor(step / area)] : 0);
  if (bias) values.forEach((sum, step) => (values[step] = sum + biasAt(step)));
  const steps = values.length, dest = { name: to, shape: shapes[to], values };

  const frame = step => {
    const count = start[step + 1] - start[step], sums = new Array(channels).fill(0), value = values[step];
    const terms = upTo(count, n => {
      const [, src, wt] = taps.subarray(3 * (start[step] + n)), channel = Math.floor(n * channels / count);
      const x = src < 0 ? window?.ghost ?? 0 : cells[src], w = weights ? weights.values[wt] : max ? 1 : 1 / window.size;
      sums[channel] += x * w;
      return { src, x, wt, w, product: x * w, channel };
    });
    if (window) sums[0] = value;
    const winner = max ? terms.findIndex(({ x }) => x === value) : null;   // of equal ones the first
    return { step, out: locate(dest.shape, step), terms, sums, bias: biasAt(step), value, winner };
  };
  const [rows, columns] = ways.map(({ n, before, after, rest }) => [n + before + after - rest, n + before + after]);
  return {
    spec, kind, record, axes, steps, source, weights, dest, bias, shapes, ways, taps, start, frame, unread: { rows, columns },
    byIn: groupedBy(taps, 1, source.values.length), byWeight: groupedBy(taps, 2, times(weightShape)),
  };
}

// ---- changes

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
