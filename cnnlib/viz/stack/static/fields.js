// What a unit sees: the twin of ../fields.py. A field is [top, left, height, width] in cells of the map it lies on, and may
// reach over the edge.

/** The fields of the unit at `place` of layer `last`: first in the input, [C, H, W], then in the output of every layer up to
 *  its own; null in what has no rows and columns. */
export function fieldsOf(layers, last, place, shape) {
  let field = layers[last].shape.length === 3 ? [...place, 1, 1] : null;
  const found = [field];
  for (let n = last; n >= 0; n--) {
    const before = n ? layers[n - 1].shape : shape;
    if (field) field = below(layers[n], field);
    else if (before.length === 3) field = [0, 0, before[1], before[2]];   // all of it
    found.unshift(field);
  }
  return found;
}

function below({ kind, padding, kernel_size: F, stride: S, dilation: D }, [top, left, height, width]) {
  if (kind === "Pad") return [top - padding[0][0], left - padding[1][0], height, width];
  if (!F) return [top, left, height, width];
  const start = [top, left].map((at, a) => at * S[a] - padding[a][0]), size = [height, width].map((n, a) => (n - 1) * S[a] + D[a] * (F[a] - 1) + 1);
  return [...start, ...size];
}

// Which lines of n a field that begins at `at` covers.
function line(at, count, n, wraps) {
  const found = new Uint8Array(n);
  for (let place = at; place < at + count; place++) {
    if (wraps) found[((place % n) + n) % n] = 1;
    else if (place >= 0 && place < n) found[place] = 1;
  }
  return found;
}

/** The central half of a field, both ways. */
export const central = ([top, left, height, width]) => [top + (height >> 2), left + (width >> 2), height - 2 * (height >> 2), width - 2 * (width >> 2)];

/** What a unit sees of a picture of H x W pixels whose `slopes` are the sizes of its gradient there. */
export function seenOf(field, slopes, [H, W], wraps) {
  const of = each => [line(each[0], each[2], H, wraps), line(each[1], each[3], W, wraps)];
  const ones = each => each.reduce((a, b) => a + b, 0), middle = central(field), [rows, columns] = of(middle);
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
  return { field, pixels: of(field).map(ones).reduce((a, b) => a * b), moving, central: middle.slice(2), share: total ? within / total : null, most };
}
