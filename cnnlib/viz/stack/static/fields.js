// What a unit sees: the twin of ../fields.py. The box of a field is [top, left, height, width] in cells of the map it lies on,
// and may reach over the edge.

/** The fields of the unit at `place` of layer `last`, {box, lines: which rows and which columns it covers}: first in the
 *  input, [C, H, W], then in the output of every layer up to its own; null in what has no rows and columns. */
export function fieldsOf(layers, last, place, shape) {
  const { shape: [, ...size] } = layers[last];
  let field = size.length ? { box: [...place, 1, 1], lines: size.map((n, a) => line(place[a], 1, n, false)) } : null;
  const found = [field];
  for (let n = last; n >= 0; n--) {
    const [, ...before] = n ? layers[n - 1].shape : shape;
    if (field) field = below(layers[n], field, before);
    else if (before.length) field = { box: [0, 0, ...before], lines: before.map(cells => new Uint8Array(cells).fill(1)) };   // all of it
    found.unshift(field);
  }
  return found;
}

function below({ kind, padding, kernel_size: F, stride: S, dilation: D, wrap = false }, field, before) {
  if (!padding) return field;
  const { box, lines } = field, steps = kind === "Pad" ? [1, 1] : S, spans = kind === "Pad" ? [1, 1] : F.map((f, a) => D[a] * (f - 1) + 1);
  const start = steps.map((s, a) => box[a] * s - padding[a][0]), count = steps.map((s, a) => (box[a + 2] - 1) * s + spans[a]);
  const covered = before.map((n, a) => {
    const found = new Uint8Array(n);
    lines[a].forEach((on, cell) => { if (on) cover(found, cell * steps[a] - padding[a][0], spans[a], wrap); });
    return found;
  });
  return { box: [...start, ...count], lines: covered };
}

function cover(found, at, count, wraps) {
  const n = found.length;
  for (let place = at; place < at + count; place++) {
    if (wraps) found[((place % n) + n) % n] = 1;
    else if (place >= 0 && place < n) found[place] = 1;
  }
  return found;
}

/** Which lines of n a box that begins at `at` covers. */
export const line = (at, count, n, wraps) => cover(new Uint8Array(n), at, count, wraps);

/** The central half of a field, both ways. */
export const central = ([top, left, height, width]) => [top + (height >> 2), left + (width >> 2), height - 2 * (height >> 2), width - 2 * (width >> 2)];

/** What a unit sees of a picture of H x W pixels whose `slopes` are the sizes of its gradient there. */
export function seenOf(field, slopes, [H, W], wraps) {
  const ones = each => each.reduce((a, b) => a + b, 0), { box, lines } = field, middle = central(box);
  const rows = line(middle[0], middle[2], H, wraps), columns = line(middle[1], middle[3], W, wraps);
  let total = 0, within = 0, moving = 0, largest = 0;
  for (const slope of slopes) largest = Math.max(largest, slope);
  slopes.forEach((slope, at) => {
    total += slope;
    if (slope > 1e-6 * largest) moving++;
    if (rows[Math.floor(at / W)] && columns[at % W]) within += slope;
  });
  let sum = 0, most = 0;
  if (total) for (const slope of Float64Array.from(slopes).sort().reverse()) {
    if (sum >= 0.95 * total * (1 - 1e-6)) break;
    sum += slope;
    most++;
  }
  return { field: box, pixels: lines.map(ones).reduce((a, b) => a * b), moving, central: middle.slice(2), share: total ? within / total : null, most };
}
