// How far a layer is from moving along with its input, ||f(Tx) - T f(x)|| / ||f(x)||: the twin of ../meter.py, where it is
// defined. Arrays are flat; a shape is [channels, rows, columns] or [numbers].
const NOISE = 1e-6;

// From which line each line of a moved map comes, -1 for one that was not there.
const lines = (n, by, borders) => Array.from({ length: n }, (_, at) => {
  const from = at - by;
  return borders === "wrap" ? ((from % n) + n) % n : from >= 0 && from < n ? from : -1;
});

/** Calls act(at, from) for each cell of maps moved down by dy and right by dx; `from` is -1 where none moved to. */
export function eachMoved([C, H, W], dy, dx, borders, act) {
  const rows = lines(H, dy, borders), columns = lines(W, dx, borders);
  for (let c = 0, at = 0; c < C; c++) {
    for (const row of rows) for (const column of columns) act(at++, row < 0 || column < 0 ? -1 : (c * H + row) * W + column);
  }
}

/** The moved maps. */
export function moved(values, shape, dy, dx, borders) {
  const made = new Float32Array(values.length);
  eachMoved(shape, dy, dx, borders, (at, from) => { if (from >= 0) made[at] = values[from]; });
  return made;
}

// The whole numbers of cells next to d pixels: one, or one on either side, the smaller move first.
function whole(d, stride) {
  const low = Math.floor(d / stride) + 0;
  return d % stride === 0 ? [low] : [low, low + 1].sort((a, b) => Math.abs(a) - Math.abs(b));
}

/** {off, moved, exact} of a layer: its outputs before and after the input moved, its cells `stride` pixels apart. */
export function reading(before, after, shape, stride, dy, dx, borders) {
  if (shape.length < 3 || shape[1] * shape[2] === 1) return { off: offOf(before, after, [before.length, 1, 1], 0, 0, "wrap"), moved: null, exact: true };
  const [downs, acrosses] = [whole(dy, stride[0]), whole(dx, stride[1])];
  let best = null;
  for (const down of downs) for (const across of acrosses) {
    const off = offOf(before, after, shape, down, across, borders);
    if (!best || (off !== null && (best.off === null || off < best.off - NOISE))) best = { off, moved: [down, across] };
  }
  return { ...best, exact: downs.length * acrosses.length === 1 };
}

function offOf(before, after, shape, down, across, borders) {
  let size = 0, gap = 0;
  eachMoved(shape, down, across, borders, (at, from) => {
    if (from < 0) return;
    size += before[from] ** 2;
    gap += (after[at] - before[from]) ** 2;
  });
  [size, gap] = [Math.sqrt(size), Math.sqrt(gap)];
  if (size < 1e-30) return gap < 1e-30 ? 0 : null;
  return gap < NOISE * size ? 0 : gap / size;
}

/** f(Tx) - T f(x), NaN where nothing is compared. */
export function difference(before, after, shape, { moved: by }, borders) {
  if (!by) return after.map((value, at) => value - before[at]);
  const made = new Float32Array(after.length);
  eachMoved(shape, ...by, borders, (at, from) => { made[at] = from < 0 ? NaN : after[at] - before[from]; });
  return made;
}
