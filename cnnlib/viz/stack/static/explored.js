// A network and an image in some state, all that follows worked out here: the twin of `Stack` in ../data.py.
import { network, softmax } from "../../kit/static/layers.js";
import { fieldsOf, seenOf } from "./fields.js";
import { moved, reading } from "./meter.js";
import { rebuilt } from "./rebuild.js";

export const SWITCHES = ["conv_stride", "pool_stride", "pooling", "padding", "blur"];
export const USUAL = { dy: 0, dx: 0, borders: "wrap", unit: null, conv_stride: null, pool_stride: null, pooling: null, padding: "zeros", blur: false };

const floats = data => new Float32Array(Uint8Array.from(atob(data), sign => sign.charCodeAt(0)).buffer);

// The place of the largest number; of some that differ by rounding only, the first.
function largest(values) {
  const most = values.reduce((a, b) => Math.max(a, b)), least = most - 1e-6 * Math.abs(most);
  return values.findIndex(value => value >= least);
}

/** The map with the largest sum of squares; what is NaN does not count. */
export function loudest(values, [count]) {
  const area = values.length / count, sums = Array.from({ length: count }, (_, c) => values.subarray(c * area, (c + 1) * area).reduce((sum, value) => sum + (value * value || 0), 0));
  return largest(sums);
}

export class Explored {
  constructor(spec) {
    const { layers } = network(spec.layers);   // their weights unpacked, once for all
    Object.assign(this, { spec, layers, nets: new Map(), x: floats(spec.input.data), shape: spec.input.shape });
    this.given = this.net(USUAL);
    this.loudest = this.given.before.map((values, n) => loudest(values, this.given.layers[this.given.ends[n]].shape));
  }

  // The network of these switches, and what it makes of the image unmoved; the last few are kept.
  net(state) {
    const switches = Object.fromEntries(SWITCHES.map(name => [name, state[name]])), key = JSON.stringify(switches);
    if (!this.nets.has(key)) {
      const built = rebuilt(this.layers, this.spec.stages, this.spec.names, this.shape, switches), net = network(built.layers);
      const outputs = net.run(this.x, this.shape), before = built.ends.map(end => (end === null ? null : outputs[end].values.slice()));
      const limits = before.map(values => values && values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1);
      if (this.nets.size > 6) this.nets.delete([...this.nets.keys()][1]);   // never the first, which is as it was given
      this.nets.set(key, { ...built, net, before, limits, strides: this.strides(built) });
    }
    return this.nets.get(key);
  }

  // How many pixels the cells of each stage are apart.
  strides({ layers, ends }) {
    const found = ends.map(() => null);
    let step = [1, 1];
    layers.forEach(({ stride }, n) => {
      if (stride) step = step.map((s, a) => s * stride[a]);
      if (ends.includes(n)) found[ends.indexOf(n)] = step;
    });
    return found;
  }

  /** Works out a state: `image`, and for each stage that is there `shapes`, `maps`, `readings`; `usual`, the readings of the
   *  network as it was given. What is asked for less often is made when it is. */
  take(state) {
    Object.assign(this, { state, now: this.net(state), found: {} });
    this.image = moved(this.x, this.shape, state.dy, state.dx, state.borders);
    this.usual = this.now === this.given ? null : this.through(this.given).readings;
    Object.assign(this, this.through(this.now));
  }

  through({ net, ends, before, strides, layers }) {
    const { dy, dx, borders } = this.state, outputs = net.run(this.image, this.shape), there = ends.map(end => (end === null ? null : outputs[end]));
    const shapes = ends.map(end => (end === null ? null : layers[end].shape)), maps = there.map(output => output?.values ?? null);
    const readings = maps.map((after, n) => after && reading(before[n], after, shapes[n], strides[n], dy, dx, borders));
    return { outputs, shapes, maps, readings };
  }

  /** dx => the readings of all stages with the image moved so far to the right, and all else as in this state. It has a
   *  network of its own, so that what `take` worked out stays. */
  across(state) {
    const { layers, ends, before, strides } = this.net(state), own = network(layers), { dy, borders } = state;
    return dx => {
      const outputs = own.run(moved(this.x, this.shape, dy, dx, borders), this.shape);
      return ends.map((end, n) => (end === null ? null : reading(before[n], outputs[end].values, layers[end].shape, strides[n], dy, dx, borders)));
    };
  }

  get fault() { return this.now.fault; }

  /** The stage of the unit that was chosen, if it no longer fits; or "". */
  get gone() {
    const [name] = this.state.unit ?? [""];
    return name && !this.maps[this.spec.names.indexOf(name)] ? name : "";
  }

  once(name, make) { return name in this.found ? this.found[name] : (this.found[name] = make()); }

  /** How far the end moved, {before, after, distance}; null where it ends in maps, or too early. */
  get prediction() {
    return this.once("prediction", () => {
      const last = this.maps.length - 1, values = this.maps[last];
      if (!values || this.shapes[last].length > 1) return null;
      const [before, after] = [this.now.before[last], values].map(each => (this.spec.classes ? softmax(each) : each));
      return { before, after, distance: after.reduce((sum, value, n) => sum + Math.abs(value - before[n]), 0) };
    });
  }

  /** The unit whose field is shown, [stage, flat index]: the one chosen, held within its map, or the strongest of the last
   *  maps; null if there are none. */
  get unit() {
    return this.once("unit", () => {
      const { unit } = this.state, chosen = unit ? this.spec.names.indexOf(unit[0]) : -1;
      if (chosen >= 0 && this.maps[chosen]) return [chosen, this.shapes[chosen].reduce((at, n, a) => at * n + Math.min(unit[a + 1] ?? 0, n - 1), 0)];
      const stage = this.shapes.findLastIndex(shape => shape?.length === 3);
      return stage < 0 ? null : [stage, largest(this.maps[stage])];
    });
  }

  /** Its field on the image, and in each stage; null where there is none. */
  get fields() {
    return this.once("fields", () => {
      if (!this.unit) return { x: null, stages: this.maps.map(() => null) };
      const [stage, index] = this.unit, { layers, ends } = this.now, [, rows, columns] = this.shapes[stage];
      const place = columns ? [Math.floor(index / columns) % rows, index % columns] : null;
      const [x, ...rest] = fieldsOf(layers, ends[stage], place, this.shape);
      return { x, stages: ends.map((end, n) => (n <= stage && end !== null ? rest[end] : null)) };
    });
  }

  /** How much each pixel moves it, the channels of the image added up. */
  get slopes() {
    return this.once("slopes", () => {
      const [stage, index] = this.unit, [C, H, W] = this.shape, area = H * W, { net, ends } = this.now;
      const dx = net.gradient(this.outputs, this.image, ends[stage], index, this.shape), slopes = new Float32Array(area);
      for (let c = 0; c < C; c++) for (let n = 0; n < area; n++) slopes[n] += Math.abs(dx[c * area + n]);
      return slopes;
    });
  }

  get seen() {
    return this.once("seen", () => (this.unit ? seenOf(this.fields.x, this.slopes, this.shape.slice(1), this.state.padding === "circular") : null));
  }
}
