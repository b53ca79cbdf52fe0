// One number of a row: all that it reads, its weights, their products, and the sum of the strongest ones.
import { spell, tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { percent } from "./bars.js";
import { fine, largest } from "./terms.js";
import { paintMap, limitOf } from "./tiles.js";

const WIDE = 236, HIGH = 150, GAP = 2;

// Maps, or a row of numbers in lines, as one canvas.
class Mosaic {
  constructor(shape, title, role) {
    const [count, rows, columns] = shape.length === 3 ? shape : [1, Math.ceil(shape[0] / Math.ceil(Math.sqrt(1.6 * shape[0]))), Math.ceil(Math.sqrt(1.6 * shape[0]))];
    const across = Math.min(count, Math.ceil(Math.sqrt(count * WIDE / HIGH * rows / columns))), down = Math.ceil(count / across);
    const cell = Math.max(1, Math.min(22, Math.floor(Math.min((WIDE - (across - 1) * GAP) / (across * columns), (HIGH - (down - 1) * GAP) / (down * rows)))));
    Object.assign(this, { count, rows, columns, across, cell, canvas: tag("canvas", { role: "img" }), size: shape.length === 3 ? null : shape[0] });
    this.caption = tag("figcaption", {}, title);
    this.element = tag("figure", { class: "cnn-mosaic", "data-role": role }, this.caption, this.canvas);
    const ratio = devicePixelRatio || 1, [wide, high] = [across * (columns * cell + GAP) - GAP, down * (rows * cell + GAP) - GAP];
    Object.assign(this, { ratio, layer: document.createElement("canvas"), wide, high });
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    [this.canvas.width, this.canvas.height] = [wide * ratio, high * ratio];
  }

  paint(values, colours, title) {
    const { count, rows, columns, across, cell, ratio, canvas, size } = this, ctx = canvas.getContext("2d"), limit = limitOf(values) || 1;
    const all = size ? new Float32Array(rows * columns) : values;
    if (size) all.set(values);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    for (let n = 0; n < count; n++) {
      const left = n % across * (columns * cell + GAP), top = Math.floor(n / across) * (rows * cell + GAP);
      paintMap(ctx, [left, top, columns * cell, rows * cell].map(length => length * ratio), all, n * rows * columns, rows, columns, { kind: "signed", limit }, colours);
    }
    canvas.setAttribute("aria-label", `${title}: ${values.length} numbers`);
  }
}

export class Dense {
  constructor(zoom) {
    this.zoom = zoom;
    const { source, layer } = zoom, linear = layer.kind === "Linear", titles = linear ? [["what it reads", "input"], ["its weights", "kernel"], ["products", "product"]] : [["what it reads", "input"]];
    this.parts = titles.map(([title, role]) => new Mosaic(source.shape, title, role));
    const signs = ["⊙", "="];
    this.line = tag("p", { class: "cnn-sum" });
    this.then = tag("p", { class: "cnn-then" });
    this.element = tag("div", { class: "cnn-dense" }, tag("div", { class: "cnn-boards" }, ...this.parts.flatMap(({ element }, n) => (n ? [tag("span", { class: "cnn-sign", "aria-hidden": "true" }, signs[n - 1]), element] : [element]))), this.line, this.then);
  }

  paint() {
    const { zoom, zoom: { view, source, layer, column, place } } = this, { values } = source, { outputs, spec, net } = view;
    if (layer.kind !== "Linear") {   // the mean of a map
      this.parts[0].paint(values, view.colours, "what it reads");
      this.line.textContent = `The mean of map ${place.map} of ${source.name} is ${fine(outputs[column.layer].values[place.map])}.`;
      return;
    }
    const count = values.length, { w, b } = layer.weights, own = w.data.subarray(place.map * count, (place.map + 1) * count), products = own.map((weight, n) => weight * values[n]);
    [values, own, products].forEach((numbers, n) => this.parts[n].paint(numbers, view.colours, this.parts[n].caption.textContent));
    const sum = outputs[column.layer].values[place.map];
    spell(this.line, largest(values, own, b ? b.data[place.map] : null, sum));
    let value = sum;
    const steps = [];
    for (let n = column.layer + 1; n <= column.out; n++) {
      const after = outputs[n].values[place.map], { kind } = net.layers[n];
      if (kind !== "Dropout" && kind !== "Flatten") steps.push(`${kind}(${fine(value)}) = ${fine(after)}`);
      value = after;
    }
    if (zoom.last && spec.classes?.length > 1) {
      const share = view.picture.answers.shares[place.map];
      steps.push(`softmax: e to the power of ${number(value, 2)}, divided by the sum of that for all ${spec.classes.length}, is ${percent(share)}`);
    }
    this.then.textContent = steps.length ? `then ${steps.join(", then ")}` : "";
    this.element.dataset.value = value;
  }
}
