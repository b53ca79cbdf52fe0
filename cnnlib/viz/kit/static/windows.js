// Layers that slide a window over maps: forward, and back to the input. Arrays are flat, shapes [channels, rows, columns].
// A layer has kernel_size, stride, dilation [h, w] and padding [[top, bottom], [left, right]]. Sums are kept in double
// precision, so that they differ from NumPy's by its rounding only.

/** The output size of a window along axis a (0: rows), or 0 where it does not fit. */
export function sizeAlong(layer, a, n) {
  const span = layer.dilation[a] * (layer.kernel_size[a] - 1) + 1, room = n + layer.padding[a][0] + layer.padding[a][1] - span;
  return room < 0 ? 0 : Math.floor(room / layer.stride[a]) + 1;
}

// x with its padding around it, in double precision; and the padded size.
function padded(x, [C, H, W], [[top, bottom], [left, right]]) {
  const rows = H + top + bottom, columns = W + left + right, all = new Float64Array(C * rows * columns);
  for (let n = 0; n < C * H; n++) all.set(x.subarray(n * W, (n + 1) * W), (Math.floor(n / H) * rows + top + n % H) * columns + left);
  return [all, rows, columns];
}

/** y = convolution of x, one row of outputs at a time: each tap adds to all of it what lies in one row of x. Four taps are
 *  added in one pass, so that the sums are fetched and put back a quarter as often. */
export function convolve(layer, w, b, x, shape, y, [K, rows, columns]) {
  const [Fh, Fw] = layer.kernel_size, [sh, sw] = layer.stride, [dh, dw] = layer.dilation, [all, H, W] = padded(x, shape, layer.padding);
  const depth = shape[0] / layer.groups, each = K / layer.groups, taps = depth * Fh * Fw, sums = new Float64Array(columns);
  const places = Int32Array.from({ length: taps }, (_, t) =>   // of the cell that tap t reads for the first output
    (Math.floor(t / (Fh * Fw)) * H + Math.floor(t / Fw) % Fh * dh) * W + t % Fw * dw);
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < rows; i++) {
      const start = (Math.floor(k / each) * depth * H + i * sh) * W, first = k * taps;
      sums.fill(b ? b[k] : 0);
      let t = 0;
      for (; t + 3 < taps; t += 4) {
        const w0 = w[first + t], w1 = w[first + t + 1], w2 = w[first + t + 2], w3 = w[first + t + 3];
        let p0 = start + places[t], p1 = start + places[t + 1], p2 = start + places[t + 2], p3 = start + places[t + 3];
        for (let j = 0; j < columns; j++) {
          sums[j] += w0 * all[p0] + w1 * all[p1] + w2 * all[p2] + w3 * all[p3];
          p0 += sw; p1 += sw; p2 += sw; p3 += sw;
        }
      }
      for (; t < taps; t++) {
        const weight = w[first + t], from = start + places[t];
        for (let j = 0; j < columns; j++) sums[j] += weight * all[from + j * sw];
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

// Visit the windows of all maps: each(output index, index of the map's first cell, and of the window's real cells the
// first row, the end, the first column, the end).
function windows(layer, [C, H, W], [, rows, columns], each) {
  const [h, w] = layer.kernel_size, [sh, sw] = layer.stride, [[top], [left]] = layer.padding;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const r = i * sh - top, s = j * sw - left, first = Math.max(0, r), end = Math.min(H, r + h);
      for (let c = 0; c < C; c++) each((c * rows + i) * columns + j, c * H * W, first, end, Math.max(0, s), Math.min(W, s + w));
    }
  }
}

// Of several equal cells the first in row-major order counts. Padding is -inf: a window that sees nothing else has no cell.
function largest(x, W, start, first, end, left, right) {
  let at = first < end && left < right ? start + first * W + left : -1, best = at < 0 ? 0 : x[at];
  for (let r = first; r < end; r++) {
    for (let p = start + r * W + left, last = start + r * W + right; p < last; p++) {
      if (x[p] > best) best = x[at = p];
    }
  }
  return at;
}

/** y = the largest value of every window. */
export function maxPool(layer, x, shape, y, out) {
  windows(layer, shape, out, (n, start, first, end, left, right) => {
    const at = largest(x, shape[2], start, first, end, left, right);
    y[n] = at < 0 ? -Infinity : x[at];
  });
}

export function maxPoolBack(layer, x, shape, dy, out, dx) {
  windows(layer, shape, out, (n, start, first, end, left, right) => {
    const at = dy[n] ? largest(x, shape[2], start, first, end, left, right) : -1;
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
