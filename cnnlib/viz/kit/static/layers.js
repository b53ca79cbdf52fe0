// A network that runs in the browser: the twin of the layers in NumPy, from what kit/layers.py tells of them. Arrays are
// flat, shapes [channels, rows, columns] or [features]; the shapes follow from the input's, so that a view may change
// stride, padding or kind of a layer, or the size of the input, without asking anybody.
import { avgPool, avgPoolBack, convolve, convolveBack, maxPool, maxPoolBack, sizeAlong } from "./windows.js";

const sizeOf = shape => shape.reduce((a, b) => a * b, 1);

// Sign, exponent and fraction of half precision; there are no infinite weights.
function widened(bits) {
  const exponent = bits >> 10 & 31, fraction = bits & 1023, sign = bits & 32768 ? -1 : 1;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24);
}

// Little-endian, as all machines are on which a browser runs today. What is an array already stays one.
function decoded({ shape, data, half }) {
  if (typeof data !== "string") return { shape, data: Float32Array.from(data) };
  const { buffer } = Uint8Array.from(atob(data), character => character.charCodeAt(0));
  return { shape, data: half ? Float32Array.from(new Uint16Array(buffer), widened) : new Float32Array(buffer) };
}

/** exp(v) / sum of exp(v), without overflow. */
export function softmax(values) {
  const most = Math.max(...values), powers = Float64Array.from(values, value => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Float32Array.from(powers, power => power / sum);
}

// ---- kinds: the shape of the output (or what is wrong, as a text), forward, and back to the input

const refuse = (layer, found, expected) => `${layer.name ?? layer.kind} expects ${expected}, found ${found.join(" x ")}`;
const asImage = (layer, shape, then) => (shape.length === 3 ? then(shape) : refuse(layer, shape, "maps (C, H, W)"));

function slid(layer, shape, channels) {
  const size = [sizeAlong(layer, 0, shape[1]), sizeAlong(layer, 1, shape[2])];
  return size.every(n => n > 0) ? [channels, ...size] : refuse(layer, shape, "maps at least as large as its window");
}

const elementwise = (value, slope) => ({
  shape: (layer, shape) => shape,
  forward(layer, x, shape, y) { for (let n = 0; n < y.length; n++) y[n] = value(x[n], layer); },
  back(layer, x, shape, y, out, dy, dx) { for (let n = 0; n < dx.length; n++) dx[n] = dy[n] && dy[n] * slope(x[n], y[n], layer); },
});
const pooling = (forward, back) => ({ shape: (layer, shape) => asImage(layer, shape, ([C]) => slid(layer, shape, C)), forward, back });
const through = shape => ({ shape, same: true });   // the output is the input, perhaps in another shape

const KINDS = {
  Conv2d: {
    shape: (layer, shape) => asImage(layer, shape, ([C]) => {
      const [K, depth] = layer.weights.w.shape;
      return depth * layer.groups === C ? slid(layer, shape, K) : refuse(layer, shape, `${depth * layer.groups} channels`);
    }),
    forward: ({ weights: { w, b }, ...layer }, x, shape, y, out) => convolve(layer, w.data, b?.data, x, shape, y, out),
    back: ({ weights: { w }, ...layer }, x, shape, y, out, dy, dx) => convolveBack(layer, w.data, dy, out, dx, shape),
  },
  MaxPool2d: pooling(maxPool, (layer, x, shape, y, out, dy, dx) => maxPoolBack(layer, x, shape, dy, out, dx)),
  AvgPool2d: pooling(avgPool, (layer, x, shape, y, out, dy, dx) => avgPoolBack(layer, shape, dy, out, dx)),
  GlobalAvgPool2d: {
    shape: (layer, shape) => asImage(layer, shape, ([C]) => [C]),
    forward(layer, x, [C, H, W], y) {
      for (let c = 0; c < C; c++) y[c] = x.subarray(c * H * W, (c + 1) * H * W).reduce((a, b) => a + b, 0) / (H * W);
    },
    back(layer, x, [C, H, W], y, out, dy, dx) { for (let c = 0; c < C; c++) dx.fill(dy[c] / (H * W), c * H * W, (c + 1) * H * W); },
  },
  BatchNorm2d: {
    shape: (layer, shape) => asImage(layer, shape, ([C]) => {
      const { shape: [channels] } = layer.weights.w;
      return C === channels ? shape : refuse(layer, shape, `${channels} channels`);
    }),
    forward(layer, x, [C, H, W], y) {
      const { w, b, mean, var: spread } = layer.weights;
      for (let n = 0, c = 0; c < C; c++) {
        const scale = w.data[c] / Math.sqrt(spread.data[c] + layer.eps);
        for (const end = n + H * W; n < end; n++) y[n] = (x[n] - mean.data[c]) * scale + b.data[c];
      }
    },
    back(layer, x, [C, H, W], y, out, dy, dx) {
      const { w, var: spread } = layer.weights;
      for (let n = 0, c = 0; c < C; c++) {
        const scale = w.data[c] / Math.sqrt(spread.data[c] + layer.eps);
        for (const end = n + H * W; n < end; n++) dx[n] = dy[n] * scale;
      }
    },
  },
  Dropout: through((layer, shape) => shape),
  Flatten: through((layer, shape) => [sizeOf(shape)]),
  ReLU: elementwise(x => (x > 0 ? x : 0), x => (x > 0 ? 1 : 0)),
  LeakyReLU: elementwise((x, { slope }) => (x > 0 ? x : slope * x), (x, y, { slope }) => (x > 0 ? 1 : slope)),
  Sigmoid: elementwise(x => 1 / (1 + Math.exp(-x)), (x, y) => y * (1 - y)),
  Tanh: elementwise(Math.tanh, (x, y) => 1 - y * y),
  Linear: {
    shape(layer, shape) {
      const [outputs, inputs] = layer.weights.w.shape;
      return shape.length === 1 && shape[0] === inputs ? [outputs] : refuse(layer, shape, `${inputs} numbers in a row`);
    },
    forward({ weights: { w, b } }, x, [inputs], y) {
      for (let k = 0; k < y.length; k++) {
        let sum = b ? b.data[k] : 0;
        for (let n = 0, at = k * inputs; n < inputs; n++) sum += w.data[at + n] * x[n];
        y[k] = sum;
      }
    },
    back({ weights: { w } }, x, [inputs], y, out, dy, dx) {
      for (let k = 0; k < dy.length; k++) {
        if (dy[k]) for (let n = 0, at = k * inputs; n < inputs; n++) dx[n] += dy[k] * w.data[at + n];
      }
    },
  },
};

/** The shape after every layer for an input of this shape. Throws an Error that says which layer cannot take what. */
export function shapesOf(layers, shape) {
  return layers.map(layer => {
    const found = KINDS[layer.kind]?.shape(layer, shape) ?? `${layer.name ?? layer.kind} is a kind of layer that is not known here`;
    if (typeof found === "string") throw new Error(found);
    return (shape = found);
  });
}

/** A network of the layers that kit/layers.py describes: `run` and `gradient`; `layers` with decoded weights. */
export function network(layers) {
  const parts = layers.map(layer => ({
    ...layer, weights: Object.fromEntries(Object.entries(layer.weights ?? {}).map(([name, array]) => [name, decoded(array)])),
  }));
  let held = null;   // the outputs of the last run, to be used again as long as the input has the same shape

  function prepared(shape) {
    if (held && String(held.shape) === String(shape)) return held.outputs;
    const outputs = [];
    shapesOf(parts, shape).forEach((after, n) => {
      const shared = KINDS[parts[n].kind].same && n ? outputs[n - 1].values : null;
      outputs.push({ values: shared ?? new Float32Array(sizeOf(after)), shape: after });
    });
    held = { shape: [...shape], outputs };
    return outputs;
  }

  return {
    layers: parts,
    /** The output of every layer, [{values, shape}], for one example: arrays that the next run writes over. */
    run(x, shape) {
      if (x.length !== sizeOf(shape)) throw new Error(`the input has ${x.length} numbers, expected ${shape.join(" x ")}`);
      const outputs = prepared(shape), input = ArrayBuffer.isView(x) ? x : Float32Array.from(x);
      parts.forEach((layer, n) => {
        const [from, before] = n ? [outputs[n - 1].values, outputs[n - 1].shape] : [input, shape], { values } = outputs[n];
        if (!KINDS[layer.kind].same) KINDS[layer.kind].forward(layer, from, before, values, outputs[n].shape);
        else if (!n) values.set(input);
      });
      return outputs;
    },
    /** d outputs[layer].values[index] / dx, as long as x; `outputs` are those of the run with x, of this `shape`. */
    gradient(outputs, x, layer, index, shape = held.shape) {
      let dy = new Float64Array(outputs[layer].values.length);
      dy[index] = 1;
      for (let n = layer; n >= 0; n--) {
        const kind = KINDS[parts[n].kind], from = n ? outputs[n - 1] : { values: x, shape };
        if (kind.same) continue;
        const dx = new Float64Array(from.values.length);
        kind.back(parts[n], from.values, from.shape, outputs[n].values, outputs[n].shape, dy, dx);
        dy = dx;
      }
      return Float32Array.from(dy);
    },
  };
}
