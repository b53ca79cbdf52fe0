// What the boards of a scene are called, and what they look like.
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
