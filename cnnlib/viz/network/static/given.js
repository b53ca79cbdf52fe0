// What Python sends, read once: layers with their weights, which must be numbers, and images.
import { network } from "../../kit/static/layers.js";

const sizeOf = shape => shape.reduce((a, b) => a * b, 1);

function floatsOf(text) {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}

/** The network of a spec. Throws an Error with a sentence for weights that are no numbers. */
export function networkOf(spec) {
  const net = network(spec.layers);
  for (const { name, weights } of net.layers) for (const { shape, data } of Object.values(weights)) {
    if (data.length !== sizeOf(shape)) throw new Error(`layer ${name} has ${data.length} weights, expected ${sizeOf(shape)}`);
    const broken = data.findIndex(weight => !Number.isFinite(weight));
    if (broken >= 0) throw new Error(`layer ${name} has weights that are not finite numbers. Did its training diverge?`);
  }
  return net;
}

/** The images of a spec, each a Float32Array. */
export function imagesOf({ images, count, shape }) {
  if (!images) return [];
  const size = sizeOf(shape), bytes = images.kind === "bytes";
  const all = bytes ? Float32Array.from(atob(images.data), sign => sign.charCodeAt(0) / 255) : floatsOf(images.data);
  return Array.from({ length: count }, (_, n) => all.subarray(n * size, (n + 1) * size));
}
