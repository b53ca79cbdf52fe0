// One number of a map as a scene of the sliding player: the window it was made from, and a few neighbours around it.

const AROUND = 2;   // outputs on each side that the player can slide to

// What `reach` outputs around output `at` read along one way: which cells, and how much padding before and after them.
function cut(n, size, { kernel, stride, padding, dilation }, a, at, reach) {
  const first = Math.max(0, at - reach), last = Math.min(size - 1, at + reach), span = dilation[a] * (kernel[a] - 1) + 1;
  const start = first * stride[a] - padding[a][0], end = last * stride[a] - padding[a][0] + span;
  return { from: Math.max(0, start), to: Math.max(Math.min(n, end), Math.min(n, Math.max(0, start) + 1)), padding: [Math.max(0, -start), Math.max(0, end - n)], place: at - first, count: last - first + 1 };
}

const window = ({ kernel_size, stride, padding, dilation }) => ({ kernel: kernel_size, stride, padding, dilation });

/** Which of the cells before it a number [row, column] reads: {top, left, height, width}, padding included. */
export function windowOf(layer, [row, column]) {
  const { kernel, stride, padding, dilation } = window(layer), at = [row, column];
  const [height, width] = kernel.map((f, a) => dilation[a] * (f - 1) + 1), [top, left] = at.map((n, a) => n * stride[a] - padding[a][0]);
  return { top, left, height, width };
}

/** Which channels a map is made of: [first, end). */
export function channelsOf(layer, map, channels, maps) {
  if (layer.kind !== "Conv2d") return [map, map + 1];
  const depth = channels / layer.groups, first = Math.floor(map / (maps / layer.groups)) * depth;
  return [first, first + depth];
}

/** {spec, step}: the scene in which step `step` makes this number; `reach` 0 leaves its neighbours out. */
export function patchOf(records, layer, values, [channels, rows, columns], shape, map, at, reach = AROUND) {
  const sides = window(layer), kind = { Conv2d: "conv", MaxPool2d: "max", AvgPool2d: "avg" }[layer.kind];
  const [tall, wide] = [rows, columns].map((n, a) => cut(n, shape[a + 1], sides, a, at[a], reach));
  const [first, end] = channelsOf(layer, map, channels, shape[0]);
  const x = Array.from({ length: end - first }, (_, c) => Array.from({ length: tall.to - tall.from }, (_, r) => {
    const start = ((first + c) * rows + tall.from + r) * columns;
    return [...values.subarray(start + wide.from, start + wide.to)];
  }));
  const { w, b } = layer.weights, [Fh, Fw] = sides.kernel;
  const filter = kind === "conv" && [Array.from({ length: end - first }, (_, c) => Array.from({ length: Fh }, (_, u) => {
    const start = ((map * (end - first) + c) * Fh + u) * Fw;
    return [...w.data.subarray(start, start + Fw)];
  }))];
  const spec = {
    kind, axes: 2, x, w: filter || null, b: filter && b ? [b.data[map]] : null, dy: null, kernel: sides.kernel, stride: sides.stride,
    padding: [tall.padding, wide.padding], dilation: sides.dilation, output_padding: [0, 0], given: { x: 3, w: filter ? 4 : null }, record: records[kind],
  };
  return { spec, step: tall.place * wide.count + wide.place };
}
