// The arithmetic of the lab, as NumPy does it: cross-correlation of a plane of numbers with a kernel. A plane is {values,
// rows, columns}; a kernel has as many tables as there are channels, or one for all, [[[…]]]. A test holds both equal.

// What lies around a picture: the place that is read instead, or −1 for a zero. As np.pad's modes.
const MIRRORS = {
  valid: () => -1, zeros: () => -1,
  reflect: (at, n) => { const turn = 2 * (n - 1) || 1, m = ((at % turn) + turn) % turn; return m < n ? m : turn - m; },
  replicate: (at, n) => Math.max(0, Math.min(n - 1, at)),
  circular: (at, n) => ((at % n) + n) % n,
};

/** How a window of `taps` slides along an axis of n cells: {before, after, out, span}; `out` is below 1 where it has no place. */
export function axisOf(n, taps, { stride, padding, dilation }) {
  const span = dilation * (taps - 1) + 1;
  const total = padding === "valid" ? 0 : Math.max((Math.ceil(n / stride) - 1) * stride + span - n, 0), before = Math.floor(total / 2);
  return { before, after: total - before, out: Math.floor((n + total - span) / stride) + 1, span };
}

/** A plane with padding around it, [[top, bottom], [left, right]]. */
export function padded({ values, rows, columns }, [[top, bottom], [left, right]], mode) {
  if (!(top || bottom || left || right)) return { values, rows, columns };
  const wide = left + columns + right, high = top + rows + bottom, made = new Float64Array(wide * high), mirror = MIRRORS[mode];
  const across = Int32Array.from({ length: wide }, (_, c) => (c >= left && c < left + columns ? c - left : mirror(c - left, columns)));
  for (let r = 0; r < high; r++) {
    const from = r >= top && r < top + rows ? r - top : mirror(r - top, rows);
    if (from < 0) continue;
    for (let c = 0; c < wide; c++) if (across[c] >= 0) made[r * wide + c] = values[from * columns + across[c]];
  }
  return { values: made, rows: high, columns: wide };
}

/** A padded plane under a table of weights. Four weights in one pass over the rows: each number is read and written less often. */
export function correlate({ values, columns, rows }, table, stride, dilation) {
  const high = Math.floor((rows - dilation * (table.length - 1) - 1) / stride) + 1;
  const wide = Math.floor((columns - dilation * (table[0].length - 1) - 1) / stride) + 1, made = new Float64Array(high * wide);
  const taps = table.flatMap((line, u) => line.map((weight, v) => [weight, (u * columns + v) * dilation])).filter(([weight]) => weight);
  for (let n = 0; n < taps.length; n += 4) {
    const [[a, p], [b, q], [c, r], [d, s]] = [0, 1, 2, 3].map(k => taps[n + k] ?? [0, taps[n][1]]);
    for (let i = 0; i < high; i++) {
      const end = (i + 1) * wide;
      for (let to = i * wide, from = i * stride * columns; to < end; to++, from += stride) made[to] += a * values[from + p] + b * values[from + q] + c * values[from + r] + d * values[from + s];
    }
  }
  return { values: made, rows: high, columns: wide };
}

/** The sum of planes. */
export function added(planes) {
  if (planes.length === 1) return planes[0];
  const [{ rows, columns }] = planes, values = Float64Array.from(planes[0].values);
  for (const { values: more } of planes.slice(1)) for (let n = 0; n < values.length; n++) values[n] += more[n];
  return { values, rows, columns };
}

const tableOf = (kernel, channel) => kernel[kernel.length > 1 ? channel : 0];

/** Each channel of a picture under its table of the kernel, {planes, read, sides}: `read` are the channels with padding,
 *  `sides` how much of it, unless given. */
export function slide(channels, kernel, settings, sides) {
  const { stride, dilation, padding } = settings, [{ rows, columns }] = channels;
  sides ??= [[rows, kernel[0].length], [columns, kernel[0][0].length]].map(([n, taps]) => {
    const { before, after } = axisOf(n, taps, settings);
    return [before, after];
  });
  const read = channels.map(plane => padded(plane, sides, padding));
  return { sides, read, planes: read.map((plane, c) => correlate(plane, tableOf(kernel, c), stride, dilation)) };
}

/** The one kernel that does what `kernel` does and `second` does to its response: every weight with every weight. */
export function composed(kernel, second) {
  const [by] = second;
  return kernel.map(table => {
    const made = Array.from({ length: table.length + by.length - 1 }, () => new Array(table[0].length + by[0].length - 1).fill(0));
    table.forEach((line, u) => line.forEach((a, v) => by.forEach((others, p) => others.forEach((b, q) => { made[u + p][v + q] += a * b; }))));
    return made;
  });
}

/** Everything that comes out: {channels, read, planes, seen, response, sides}: `planes` are the channels under the (first)
 *  kernel, `seen` under both; and of two kernels {whole, single, around}: the one kernel for both, its response, and its
 *  padding. `read` are the channels with the padding of the one kernel. */
export function respond(channels, settings) {
  const { kernel, second } = settings, { planes, read, sides } = slide(channels, kernel, settings);
  if (!second) return { channels, read, planes, sides, seen: planes, response: added(planes) };
  const alike = kernel.length === 1, then = slide(alike ? planes : [added(planes)], second, settings), whole = composed(kernel, second);
  const around = sides.map(([before, after], way) => [before + then.sides[way][0], after + then.sides[way][1]]);
  const one = slide(channels, whole, settings, around);
  return { channels, read: one.read, planes, sides, seen: then.planes, response: added(then.planes), whole, around, single: added(one.planes) };
}

/** How far two planes are apart: {inside, border}, the largest differences where `around` is not reached and where it is;
 *  null where there is no such place. */
export function apart(a, b, around) {
  const [[top, bottom], [left, right]] = around, found = { inside: null, border: null };
  for (let r = 0; r < a.rows; r++) {
    for (let c = 0; c < a.columns; c++) {
      const where = r < top || r >= a.rows - bottom || c < left || c >= a.columns - right ? "border" : "inside";
      const far = Math.abs(a.values[r * a.columns + c] - b.values[r * a.columns + c]);
      if (found[where] === null || far > found[where]) found[where] = far;
    }
  }
  return found;
}

/** Why a kernel has no place on so many pixels, as a sentence; null if it has. */
export function noPlace(rows, columns, { kernel, second, ...settings }) {
  let size = [rows, columns];
  for (const each of second ? [kernel, second] : [kernel]) {
    const taps = [each[0].length, each[0][0].length], ways = size.map((n, way) => axisOf(n, taps[way], settings));
    const spans = ways.map(({ span }) => span).join(" × ");
    if (ways.some(({ out }) => out < 1)) return `A kernel that spans ${spans} has no place on ${size.join(" × ")} pixels without padding.`;
    if (ways.some(({ span }, way) => settings.padding !== "valid" && span > 2 * size[way] + 100)) return `A kernel that spans ${spans} is too large for ${size.join(" × ")} pixels: nearly all that it reads would be padding.`;
    size = ways.map(({ out }) => out);
  }
  return null;
}
