// What the boards of a scene are called, and what they look like.
import { scaleOf, white } from "../../kit/static/scale.js";

export const LOOKS = { dx: "input", dw: "kernel", dy: "output" };   // a gradient looks like what it is the gradient of
export const boardTitle = (name, { arrays }) => (name === "p" ? "products" : arrays[name].title);
export const boardRole = (name, { arrays }) => (name === "p" ? "product" : name.length > 1 ? "gradient" : arrays[name].role);

// Names above the panels: channels of an input, filters of an output, both of a bank of filters.
export function panelLabels(name, shape, record) {
  const channels = name === "x" || name === "dx" || !record.weights;
  const [first, second] = record.transposed && name === "w" ? ["c", "k"] : ["k", "c"];
  if (shape.length === 3) return Array.from({ length: shape[0] }, (_, i) => `${channels ? "channel" : "filter"} ${i}`);
  return Array.from({ length: shape[0] * shape[1] }, (_, i) => {
    const [a, b] = [Math.floor(i / shape[1]), i % shape[1]];
    return [shape[0] > 1 ? `${first} ${a}` : "", shape[1] > 1 ? `${second} ${b}` : ""].filter(Boolean).join(", ");
  });
}

// The scales of all boards: x may be a picture, and what a pooling takes from it is measured with the same.
export function scalesOf({ source, weights, dest, record, axes }) {
  const picture = source.name === "x" && axes === 2 ? white(source.values, source.shape) : null;
  const from = scaleOf(source.values, picture, source.shape[0]), by = weights && scaleOf(weights.values);
  return {
    [source.name]: from, [dest.name]: weights ? scaleOf(dest.values) : from,
    ...(weights && { [weights.name]: by, p: { ...scaleOf([]), limit: from.limit * by.limit } }),
  };
}
