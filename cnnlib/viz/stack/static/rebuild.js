// The same network built otherwise, from the same weights: the twin of ../rebuild.py, where each switch is explained.
const POINTWISE = ["BatchNorm2d", "Dropout", "ReLU", "LeakyReLU", "Sigmoid", "Tanh"];
const POOLS = { MaxPool2d: true, AvgPool2d: true }, KINDS = { max: "MaxPool2d", average: "AvgPool2d", stride: "Pick" };
const TAPS = [0.25, 0.5, 0.25], NONE = [[0, 0], [0, 0]], ONE = [1, 1];

const some = padding => padding.some(sides => sides.some(Boolean));
const times = size => size.join(" × ");
const product = shape => shape.reduce((a, b) => a * b, 1);

/** A network: `layers`, each with its `stage` and `shape`; `ends`, for each stage the number of its last layer or null;
 *  `fault`, why the rest is missing, or "". `stages` says to which stage each of the `given` layers belongs,
 *  `names` what a fault calls each stage. */
export function rebuilt(given, stages, names, shape, switches) {
  const made = new Made(shape, switches, names), ends = Array(Math.max(...stages) + 1).fill(null);
  given.forEach((layer, n) => {
    made.stage = stages[n];
    if (!made.fault) {
      made.add(layer);
      const after = given[n + 1];
      if (made.owed && !(after && POINTWISE.includes(after.kind) && stages[n + 1] === made.stage)) made.pay();
    }
    if (!made.fault) ends[made.stage] = made.layers.length - 1;
  });
  return { layers: made.layers, fault: made.fault, ends: ends.map((end, n) => (made.fault && n >= made.broken ? null : end)) };
}

class Made {
  constructor(shape, switches, names) { Object.assign(this, { shape, switches, names, layers: [], owed: null, fault: "", stage: 0, broken: Infinity }); }

  get size() { return this.shape.slice(1); }

  add(layer) {
    const { kind } = layer, { conv_stride: conv, pool_stride: pool } = this.switches, [first] = this.shape;
    if (kind === "Conv2d") return this.convolution(layer, conv ? [conv, conv] : layer.stride);
    if (POOLS[kind]) return this.pooling(layer, pool ? [pool, pool] : layer.stride);
    if (kind === "Linear") {
      const [outputs, inputs] = layer.weights.w.shape;
      return first === inputs ? this.put(layer, [outputs]) : this.refuse(`${this.names[this.stage]} has weights for ${inputs} numbers, and now gets ${first}`);
    }
    this.put(layer, kind === "Flatten" ? [product(this.shape)] : kind === "GlobalAvgPool2d" ? [first] : this.shape);
  }

  put(layer, shape) {
    this.shape = shape;
    this.layers.push({ ...layer, shape, stage: this.stage });
  }

  refuse(fault) { Object.assign(this, { fault, broken: this.stage }); }

  tooSmall({ kernel_size: kernel }) { this.refuse(`maps of ${times(this.size)} are smaller than the window of ${this.names[this.stage]}, ${times(kernel)}`); }

  convolution(layer, stride) {
    let padding = this.switches.padding === "none" ? NONE : layer.padding;
    if (this.switches.padding === "circular" && some(padding)) {
      this.pad(padding, true);
      padding = NONE;
    }
    this.window({ ...layer, padding }, stride, this.counts(layer, stride, padding));
  }

  pooling(given, stride) {
    const how = this.switches, { size } = this, ring = how.padding === "circular";
    let padding = how.padding === "none" ? NONE : given.padding;
    const counts = ring ? size.map((n, a) => Math.floor(n / stride[a])) : this.counts(given, stride, padding);
    if (Math.min(...counts) < 1) return this.tooSmall(given);
    const kind = KINDS[how.pooling] ?? given.kind;
    if (kind === "Pick") return this.pick(given, stride, counts);
    if (ring) {
      const steps = how.blur && Math.max(...stride) > 1 ? ONE : stride, wide = counts.map((n, a) => (steps[a] < stride[a] ? size[a] : n));
      this.pad(padding.map(([before], a) => [before, (wide[a] - 1) * steps[a] + given.kernel_size[a] - size[a] - before]), true);
      padding = NONE;
    }
    this.window({ count_include_pad: true, ...given, kind, padding }, stride, counts);
  }

  // Of S x S cells the first; blurred before, where that is wanted.
  pick({ name }, stride, counts) {
    if (this.switches.blur && Math.max(...stride) > 1) {
      this.owed = [stride, counts];
      return this.put({ kind: "Pad", name, padding: NONE, wrap: false, weights: {} }, this.shape);
    }
    this.pad(counts.map((n, a) => [0, (n - 1) * stride[a] + 1 - this.size[a]]), false, true);
    this.put({ kind: "MaxPool2d", kernel_size: ONE, stride, padding: NONE, dilation: ONE, name, weights: {} }, [this.shape[0], ...counts]);
  }

  // A layer that slides, at this stride or, where a blur is to take the steps, at stride 1.
  window(layer, stride, counts) {
    if (Math.min(...counts) < 1) return this.tooSmall(layer);
    const channels = layer.kind === "Conv2d" ? layer.weights.w.shape[0] : this.shape[0], later = this.switches.blur && Math.max(...stride) > 1;
    if (later) this.owed = [stride, counts];
    const steps = later ? ONE : stride;
    this.put({ ...layer, stride: steps }, [channels, ...this.counts(layer, steps, layer.padding)]);
  }

  counts({ kernel_size: F, dilation: D }, stride, padding) {
    return this.size.map((n, a) => Math.floor((n + padding[a][0] + padding[a][1] - D[a] * (F[a] - 1) - 1) / stride[a]) + 1);
  }

  pad(padding, wrap, always = false) {
    if (always || some(padding)) this.put({ kind: "Pad", name: "Pad", padding, wrap, weights: {} }, [this.shape[0], ...this.size.map((n, a) => n + padding[a][0] + padding[a][1])]);
  }

  // The blur that takes the steps that are owed.
  pay() {
    let [stride, counts] = this.owed;
    this.owed = null;
    if (this.fault) return;
    const taps = stride.map(s => (s > 1 ? TAPS : [1])), reach = taps.map(each => each.length >> 1), { size, switches: { padding } } = this;
    if (padding === "none") {
      counts = size.map((n, a) => Math.floor((n - 2 * reach[a] - 1) / stride[a]) + 1);
      if (Math.min(...counts) < 1) return this.refuse(`maps of ${times(size)} are too small to be blurred without padding`);
    } else this.pad(counts.map((n, a) => [reach[a], (n - 1) * stride[a] + 1 + reach[a] - size[a]]), padding === "circular");
    const [channels] = this.shape, kernel_size = taps.map(each => each.length), kernel = taps[0].flatMap(down => taps[1].map(across => down * across));
    const w = { shape: [channels, 1, ...kernel_size], data: Array.from({ length: channels }, () => kernel).flat() };
    this.put({ kind: "Conv2d", name: "blur", kernel_size, stride, padding: NONE, dilation: ONE, groups: channels, weights: { w } }, [channels, ...counts]);
  }
}
