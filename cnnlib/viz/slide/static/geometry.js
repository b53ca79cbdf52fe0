// Shapes, places and sizes: whole numbers only.

export const times = numbers => numbers.reduce((a, b) => a * b, 1);
export const upTo = (n, make) => Array.from({ length: n }, (_, i) => make(i));

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

export const waysOf = spec => [0, 1].map(a => wayOf(spec.record.transposed, shapeOf(spec.x)[a + 1], spec.kernel[a], spec.stride[a],
  ...spec.padding[a], spec.dilation[a], spec.output_padding[a]));

// Output lanes: the filters, or for pooling the channels.
export const lanesOut = ({ record, x, w }) => (!record.weights ? x : record.transposed ? w[0] : w).length;
