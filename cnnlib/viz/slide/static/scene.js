// A scene in the browser: from its spec to taps and frames, the same numbers that cnnlib computes with NumPy.
// Arrays are canonical, x (C,H,W), w (K,C,Fh,Fw), y (K,H',W'); a flat index counts cells in row-major order.
import { lanesOut, locate, shapeOf, times, upTo, waysOf } from "./geometry.js";

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
