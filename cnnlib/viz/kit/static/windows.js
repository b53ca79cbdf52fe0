// Layers that slide a window over maps: forward, and back to the input. Arrays are flat, shapes [channels, rows, columns].
// A layer has kernel_size, stride, dilation [h, w] and padding [[top, bottom], [left, right]]. Sums are kept in double
// precision, so that they differ from NumPy's by its rounding only.

/** The output size of a window along axis a (0: rows), or 0 where it does not fit. */
export function sizeAlong(layer, a, n) {
  const span = layer.dilation[a] * (layer.kernel_size[a] - 1) + 1, room = n + layer.padding[a][0] + layer.padding[a][1] - span;
  return room < 0 ? 0 : Math.floor(room / layer.stride[a]) + 1;
}

// Which outputs along an axis read a real cell at tap v: [first, end).
function reading(offset, stride, n, outputs) {
  const first = Math.max(0, Math.ceil(-offset / stride)), end = Math.min(outputs, Math.floor((n - 1 - offset) / stride) + 1);
  return [first, Math.max(first, end)];
}

/** y = convolution of x, one row of outputs at a time: each tap adds to all of it what lies in one row of x. */
export function convolve(layer, w, b, x, [C, H, W], y, [K, rows, columns]) {
  const [Fh, Fw] = layer.kernel_size, [sh, sw] = layer.stride, [dh, dw] = layer.dilation, [[top], [left]] = layer.padding;
  const depth = C / layer.groups, each = K / layer.groups, sums = new Float64Array(columns);
  const ways = Array.from({ length: Fw }, (_, v) => reading(v * dw - left, sw, W, columns));
  for (let k = 0; k < K; k++) {
    const from = Math.floor(k / each) * depth;
    for (let i = 0; i < rows; i++) {
      sums.fill(b ? b[k] : 0);
      for (let c = 0; c < depth; c++) {
        for (let u = 0; u < Fh; u++) {
          const r = i * sh + u * dh - top;
          if (r < 0 || r >= H) continue;
          const row = ((from + c) * H + r) * W, tap = ((k * depth + c) * Fh + u) * Fw;
          for (let v = 0; v < Fw; v++) {
            const weight = w[tap + v], start = row + v * dw - left, [first, end] = ways[v];
            if (sw === 1) for (let j = first; j < end; j++) sums[j] += weight * x[start + j];
            else for (let j = first; j < end; j++) sums[j] += weight * x[start + j * sw];
          }
        }
      }
      y.set(sums, (k * rows + i) * columns);
    }
  }
}

/** dx of a convolution: every output hands its share back to the cells that it read. Most of dy may be 0. */
export function convolveBack(layer, w, dy, [K, rows, columns], dx, [C, H, W]) {
  const [Fh, Fw] = layer.kernel_size, [sh, sw] = layer.stride, [dh, dw] = layer.dilation, [[top], [left]] = layer.padding;
  const depth = C / layer.groups, each = K / layer.groups;
  for (let at = 0; at < dy.length; at++) {
    const share = dy[at];
    if (!share) continue;
    const k = Math.floor(at / (rows * columns)), i = Math.floor(at / columns) % rows, j = at % columns;
    const from = Math.floor(k / each) * depth;
    for (let c = 0; c < depth; c++) {
      for (let u = 0; u < Fh; u++) {
        const r = i * sh + u * dh - top;
        if (r < 0 || r >= H) continue;
        const row = ((from + c) * H + r) * W, tap = ((k * depth + c) * Fh + u) * Fw;
        for (let v = 0; v < Fw; v++) {
          const s = j * sw + v * dw - left;
          if (s >= 0 && s < W) dx[row + s] += share * w[tap + v];
        }
      }
    }
  }
}

// The real cells of a pooling window: [first row, end, first column, end], and how many cells the window has.
function cells(layer, H, W, i, j) {
  const r = i * layer.stride[0] - layer.padding[0][0], s = j * layer.stride[1] - layer.padding[1][0], [h, w] = layer.kernel_size;
  return [Math.max(0, r), Math.min(H, r + h), Math.max(0, s), Math.min(W, s + w)];
}

/** Visit the windows of all maps: each(output index, index of the map's first cell, first row, end, first column, end). */
function windows(layer, [C, H, W], [, rows, columns], each) {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const [first, end, left, right] = cells(layer, H, W, i, j);
      for (let c = 0; c < C; c++) each((c * rows + i) * columns + j, c * H * W, first, end, left, right);
    }
  }
}

// Of several equal cells the first in row-major order counts. Padding is -inf: a window that sees nothing else has no cell.
function largest(x, W, start, first, end, left, right) {
  let at = -1;
  for (let r = first; r < end; r++) {
    for (let s = left; s < right; s++) if (at < 0 || x[start + r * W + s] > x[at]) at = start + r * W + s;
  }
  return at;
}

/** y = the largest value of every window. */
export function maxPool(layer, x, shape, y, out) {
  windows(layer, shape, out, (n, ...window) => {
    const at = largest(x, shape[2], ...window);
    y[n] = at < 0 ? -Infinity : x[at];
  });
}

export function maxPoolBack(layer, x, shape, dy, out, dx) {
  windows(layer, shape, out, (n, ...window) => {
    const at = dy[n] ? largest(x, shape[2], ...window) : -1;
    if (at >= 0) dx[at] += dy[n];
  });
}

const counted = (layer, first, end, left, right) =>
  (layer.count_include_pad ? layer.kernel_size[0] * layer.kernel_size[1] : (end - first) * (right - left));

/** y = the mean of every window; padding counts as zeros, or not at all. */
export function avgPool(layer, x, shape, y, out) {
  windows(layer, shape, out, (n, start, first, end, left, right) => {
    let sum = 0;
    for (let r = first; r < end; r++) for (let s = left; s < right; s++) sum += x[start + r * shape[2] + s];
    y[n] = sum / counted(layer, first, end, left, right);
  });
}

export function avgPoolBack(layer, shape, dy, out, dx) {
  windows(layer, shape, out, (n, start, first, end, left, right) => {
    const share = dy[n] / counted(layer, first, end, left, right);
    for (let r = first; r < end; r++) for (let s = left; s < right; s++) dx[start + r * shape[2] + s] += share;
  });
}

// From which cell along an axis each cell of a padded map comes: of the other side where it `wrap`s, or -1 for a zero.
const places = ({ padding, wrap }, a, n, count) => Array.from({ length: count }, (_, at) => {
  const from = at - padding[a][0];
  return wrap ? ((from % n) + n) % n : from >= 0 && from < n ? from : -1;
});

function each(layer, [C, H, W], [, rows, columns], act) {
  const down = places(layer, 0, H, rows), across = places(layer, 1, W, columns);
  for (let c = 0, at = 0; c < C; c++) {
    for (const row of down) for (const column of across) act(at++, row < 0 || column < 0 ? -1 : (c * H + row) * W + column);
  }
}

/** Cells around maps, or fewer of them where the padding is negative; and back. */
export const pad = (layer, x, shape, y, out) => each(layer, shape, out, (at, from) => { y[at] = from < 0 ? 0 : x[from]; });
export const padBack = (layer, dy, out, dx, shape) => each(layer, shape, out, (at, from) => { if (from >= 0) dx[from] += dy[at]; });
