// What Python sends, read once: layers with their weights, images, and which numbers have no place in them.
const sizeOf = shape => shape.reduce((a, b) => a * b, 1);

function floatsOf(text) {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}

/** The layers of a spec as kit/layers.js runs them: of the one text that holds all weights, each gets its own. */
export function layersOf(spec) {
  const all = floatsOf(spec.weights ?? spec.trained ?? ""), needed = spec.layers.flatMap(layer => Object.values(layer.weights)).map(sizeOf);
  const count = needed.reduce((a, b) => a + b, 0);
  if (count !== all.length) throw new Error(`the network has ${all.length} weights, its layers need ${count}`);
  const broken = all.findIndex(weight => !Number.isFinite(weight));
  if (broken >= 0) throw new Error(`weight number ${broken} of the network is no finite number. Did its training diverge?`);
  let at = 0;
  const take = shape => ({ shape, data: all.subarray(at, at += sizeOf(shape)) });
  return spec.layers.map(layer => ({
    ...layer, weights: Object.fromEntries(Object.entries(layer.weights).map(([name, shape]) => [name, take(shape)])),
  }));
}

/** The images of a spec, each a Float32Array. */
export function imagesOf({ images, count, shape }) {
  if (!images) return [];
  const size = sizeOf(shape), bytes = images.kind === "bytes";
  const all = bytes ? Float32Array.from(atob(images.data), sign => sign.charCodeAt(0) / 255) : floatsOf(images.data);
  return Array.from({ length: count }, (_, n) => all.subarray(n * size, (n + 1) * size));
}
