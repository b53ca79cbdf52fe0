// StackExplorer: every layer of a network at once; a unit's field down to the pixels; and, while the image moves, how far each
// layer is from moving along. All is worked out here (explored.js), from the spec.
import { readColours, roomIn } from "../../kit/static/board.js";
import { tag, voice } from "../../kit/static/dom.js";
import { installFullScreen } from "../../kit/static/fullscreen.js";
import { installGuide } from "../../kit/static/guide.js";
import { installHands } from "../../kit/static/hands.js";
import { View, mount } from "../../kit/static/mount.js";
import { number } from "../../kit/static/numbers.js";
import { Card } from "./card.js";
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Ends } from "./ends.js";
import { Explored, SWITCHES, USUAL } from "./explored.js";
import { Tones } from "./paint.js";
import { installPointers } from "./pointers.js";
import { TASKS } from "./tasks.js";
import { placeOf, sees, told } from "./words.js";

const NAMES = Object.keys(USUAL), GAP = 12;
const WIDE = { page: [84, 176], stage: [100, 300] };   // CSS pixels: the narrowest and the widest column
const EDGE = 8;                                        // CSS pixels that stay free below the layers, on the whole screen
const GROWS = 260;                                     // milliseconds that a field takes to the next layer below

const KEYS = [
  ["← → ↑ ↓", "move the image; on the maps of a layer: choose the unit"],
  ["[ ]", "on a map: the previous layer, the next layer"],
  ["N P", "on a map: the next channel, the previous channel"],
  ["Home", "no shift"],
  ["S", "the strongest unit of the last maps"],
  ["G", "grow its field, layer by layer"],
  ["H", "show what moves the unit, on or off"],
  ["M", "show what did not move along, on or off"],
  ["Tab", "to the next group: buttons, sliders, maps"],
  ["Ctrl+Z Ctrl+Y", "undo, redo"],
  ["F", "full screen, and back"],
  ["T", "the tour, and back; Page Down and Page Up turn its pages"],
  ["?", "this list"],
];

class StackView extends View {
  constructor(model, root) {
    super(model, root);
    this.explored = new Explored(model.get("spec"));
    const { spec } = this.explored;
    this.cards = [new Card(this, -1, "input x", ""), ...spec.names.map((name, n) => new Card(this, n, name, spec.titles[n]))];
    this.controls = new Controls(this);
    this.ends = new Ends();
    this.about = tag("p", { class: "cnn-about", role: "status" });
    this.voice = voice();
    this.stack = tag("div", { class: "cnn-stage", role: "group", "aria-label": "The layers" }, ...this.cards.map(({ element }) => element));
    this.key = tag("p", { class: "cnn-key" });
    const { shift, switches, unit } = this.controls;
    this.top = tag("div", { class: "cnn-top" }, tag("div", { class: "cnn-controls" }, switches, unit, this.about), this.ends.element);
    installFullScreen(this, shift);
    root.append(shift, this.top, this.stack, this.key, this.voice);
    root.setAttribute("aria-label", "A stack of layers: move the image, choose a unit; arrow keys move the image");
    this.install();
    this.state = this.saved = this.given();
    this.explored.take(this.state);
    this.grown = Infinity;
    this.curves = new Curves(this);
    this.relayOut();
    this.tell();
    for (const name of [...NAMES, "channels", "heat", "mistakes"]) this.listen(`change:${name}`, () => this.follow());
    this.listen("change:mistakes", () => { if (model.get("mistakes")) this.large(null); });   // now that with the largest mistakes
    installHands(this, this.voice, KEYS, () => this.taken());
    this.guide = installGuide(this, unit, { tasks: TASKS, parts: this.parts() });
  }

  install() {
    const step = (name, by) => () => this.change({ [name]: this.held(name, this.state[name] + by) });
    const flip = name => () => this.turn(name, !this.model.get(name));
    Object.assign(this.keys, {
      ArrowRight: step("dx", 1), ArrowLeft: step("dx", -1), ArrowDown: step("dy", 1), ArrowUp: step("dy", -1),
      Home: () => this.change({ dy: 0, dx: 0 }), s: () => this.choose(null), S: () => this.choose(null), g: () => this.grow(), G: () => this.grow(),
      h: flip("heat"), H: flip("heat"), m: flip("mistakes"), M: flip("mistakes"),
    });
    installPointers(this);
    this.on("dispose", () => clearInterval(this.growing));
  }

  // What a page of a tour may light up.
  parts() {
    const { shift, switches, unit, heat, mistakes } = this.controls, named = Object.fromEntries(this.cards.map(card => [card.n < 0 ? "x" : card.name, card.element]));
    const label = each => each.closest("label"), switched = name => switches.querySelector(`[data-switch=${name}]`);
    return {
      ...named, shift, switches, unit, prediction: this.ends.element, layers: this.stack, about: this.about, heat: label(heat), mistakes: label(mistakes),
      meters: this.cards.flatMap(({ meter }) => meter ?? []), ...Object.fromEntries(SWITCHES.map(name => [name, switched(name)])),
    };
  }

  get wraps() { return this.state.padding === "circular"; }

  given() { return Object.fromEntries(NAMES.map(name => [name, this.model.get(name) ?? null])); }

  held(name, value) {
    const reach = this.explored.spec.reach[name === "dx" ? 1 : 0];
    return Math.max(-reach, Math.min(reach, value));
  }

  // Set from elsewhere: by Python, or by a page of a tour, one thing after the other.
  follow() {
    this.late ??= queueMicrotask(() => {
      this.late = null;
      this.fresh();
    }) ?? true;
  }

  fresh() {
    const given = this.given();
    if (NAMES.some(name => JSON.stringify(given[name]) !== JSON.stringify(this.saved[name]))) {
      this.saved = given;
      this.show(given);
    } else this.show({});
    this.emit("task");
  }

  /** To another state, seen at once; it is kept only by `change`. */
  show(changes = {}) {
    const old = this.explored.shapes, switched = SWITCHES.some(name => name in changes && changes[name] !== this.state[name]);
    this.state = { ...this.state, ...changes };
    this.explored.take(this.state);
    if (switched && this.state.unit && !("unit" in changes)) this.rescale(old);
    this.redraw();
    this.tell();
  }

  /** To another state for good: told aloud and to Python, and undone by Ctrl+Z. */
  change(changes, undone = true) {
    const before = this.saved;
    this.show(changes);
    this.saved = this.state;
    const other = NAMES.filter(name => JSON.stringify(this.state[name]) !== JSON.stringify(before[name]));
    if (!other.length) return;
    if (undone) this.controls.keep(before);
    for (const name of other) this.model.set(name, this.state[name]);
    this.model.save_changes();
    this.controls.tell(this.state);
    this.voice.textContent = this.report(other);
    this.emit("task");
  }

  // With other strides a map has other cells: the unit stays where it is on the image.
  rescale(old) {
    const n = this.explored.spec.names.indexOf(this.state.unit[0]), [before, now] = [old[n], this.explored.shapes[n]];
    if (before?.length !== 3 || !now) return;
    const place = [1, 2].map(a => Math.min(now[a] - 1, Math.floor((this.state.unit[a + 1] + 0.5) * now[a] / before[a])));
    this.state = { ...this.state, unit: [this.state.unit[0], this.state.unit[1], ...place] };
    this.explored.take(this.state);
  }

  turn(name, value) {
    this.save(name, value);
    this.redraw();
    this.tell();
    this.emit("task");
  }

  // ---- the unit

  /** `unit` is [name, channel, row, column] or [name, number]; null for the strongest. */
  choose(unit, grows = true) {
    this.change({ unit });
    if (unit) this.large(this.explored.spec.names.indexOf(unit[0]), unit.length > 2 ? unit[1] : 0);
    else if (this.explored.unit) this.large(this.explored.unit[0], this.channelOf(this.explored.unit));
    if (grows) this.grow();
  }

  channelOf([stage, index]) {
    const [, H, W] = this.explored.shapes[stage];
    return H ? Math.floor(index / (H * W)) : 0;
  }

  // One channel of a stage large; of every stage the one in which most happens, if `stage` is null.
  large(stage, channel) {
    const channels = this.cards.slice(1).map((card, n) => (stage === null ? -1 : n === stage ? channel : this.model.get("channels")[n] ?? -1));
    if (JSON.stringify(channels) === JSON.stringify(this.model.get("channels"))) return;
    this.save("channels", channels);
    this.redraw();
    this.tell();
  }

  // Its field, from its own layer down to the pixels, one layer after the other.
  grow() {
    clearInterval(this.growing);
    const stage = this.explored.unit?.[0] ?? 0;
    this.grown = matchMedia("(prefers-reduced-motion: reduce)").matches ? Infinity : 0;
    this.redraw();
    if (this.grown) return;
    this.growing = setInterval(() => {
      if (++this.grown > stage) clearInterval(this.growing), this.grown = Infinity;
      this.redraw();
    }, GROWS);
  }

  // ---- what is seen and said

  tell() {
    const { explored, state } = this, { spec, unit, seen } = explored;
    this.curves.follow();
    for (const card of this.cards) card.tell();
    this.ends.show(explored);
    this.controls.tell(state);
    this.about.textContent = unit ? sees(placeOf(spec.names[unit[0]], unit[1], explored.shapes[unit[0]]), explored.maps[unit[0]][unit[1]], explored.gone, seen) : "";
    const mistakes = this.model.get("mistakes") ? " Maps: f(moved x) − moved f(x), colours twice as strong." : "", marks = explored.usual ? " The mark in a meter: the network as it was built." : "";
    this.key.textContent = `Meter: how far the maps are from having moved along, as a share of their size, ‖f(moved x) − moved f(x)‖ / ‖f(x)‖. 0: they move along. Dashed, ≥: the shift is no whole number of cells, so the best of the whole moves next to it is taken. The small bars: the same for every shift to the left and right, on one scale for all layers.${marks}${mistakes}`;
    Object.assign(this.root.dataset, { step: state.dx + spec.reach[1], dy: state.dy, dx: state.dx });
  }

  report(other) {
    const { spec, readings } = this.explored, { dy, dx } = this.state, parts = [];
    if (other.some(name => name !== "unit")) {
      parts.push(`Moved ${number(dy)} down, ${number(dx)} right.`, ...readings.flatMap((reading, n) => (reading ? [`${spec.names[n]}: ${told(reading)}.`] : [])), this.ends.sentence.textContent || this.ends.error.textContent);
    }
    if (other.includes("unit")) parts.push(this.about.textContent);
    return parts.filter(Boolean).join(" ");
  }

  taken() {
    const parts = [this.ends.element, this.stack, this.about].filter(part => part.checkVisibility()), [, H, W] = this.explored.shape;
    return { parts, boards: this.cards.flatMap(({ boards }) => boards), name: `stack-${H}x${W}`, at: `-shift-${this.state.dx}`, step: this.state.dx + this.explored.spec.reach[1] };
  }

  // As many columns in a row as fit, all alike; two rows are as even as they can be. On the whole screen they are as small
  // as it takes to be seen at once.
  relayOut() {
    const room = roomIn(this.root), ratio = window.devicePixelRatio || 1, [least, most] = WIDE[this.staged ? "stage" : "page"], count = this.cards.length;
    const fits = Math.max(1, Math.min(count, Math.floor((room + GAP) / (least + GAP)))), rows = Math.ceil(count / fits), across = Math.ceil(count / rows);
    const width = Math.max(least, Math.min(most, Math.floor((room + GAP) / across) - GAP)), [, H, W] = this.explored.shape, tall = Math.min(1.6, Math.max(0.4, H / W));
    const lay = wide => { for (const card of this.cards) card.layOut(wide, Math.round(wide * tall), ratio); };
    lay(width);
    if (this.staged) for (let wide = width, over; wide > least && (over = this.below()) > 0;) lay(wide = Math.max(least, Math.floor(wide - over / rows / tall)));
    this.tones = null;
    this.redraw(true);
  }

  // How much of the layers is below the edge of the whole screen.
  below() {
    const { root, stack } = this;
    return Math.ceil(stack.getBoundingClientRect().bottom - root.getBoundingClientRect().top + root.scrollTop - root.clientHeight + EDGE);
  }

  drawCurves() {
    const { most } = this.curves;
    for (const card of this.cards) card.drawCurve(this.curves.of(card.n), most, this.tones);
  }

  redraw(themed = false) {
    if (themed || !this.tones) this.tones = new Tones(readColours(this.root));
    const stage = this.explored.unit?.[0] ?? 0;
    for (const card of this.cards) card.draw(this.tones, stage - card.n <= this.grown);
    this.drawCurves();
    this.root.dataset.grown = Number.isFinite(this.grown) ? this.grown : "";
  }
}

const render = mount((model, root) => new StackView(model, root), { class: "cnn-player cnn-stack", tabindex: "0" });

export default { render };
