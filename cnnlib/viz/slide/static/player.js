// The player: one scene, one clock, the controls of a recorder, and the sentences below the boards.
import { iconButton, setIcon, spell, tag, voice } from "../../kit/static/dom.js";
import { frameHeight, steady } from "../../kit/static/frame.js";
import { installFullScreen } from "../../kit/static/fullscreen.js";
import { View } from "../../kit/static/mount.js";
import { BRISK, Growth, momentOf, periodOf, still } from "./motion.js";
import { longestLines } from "./reserve.js";
import { derive } from "./scene.js";
import { problem } from "./spec.js";
import { Stage } from "./stage.js";
import { announce, channelRows, MOST_CHANNELS, sizeFormula, sumLine } from "./words.js";

const SPEEDS = [0.5, 1, 1.5, 2, 3, 4, 8, 15, 30, 60];   // steps per second
const MARGINS = 24;                                     // CSS pixels above and below all, where nothing else stands there

// Others add what they do: on "scene", when there is a new scene, "step", when another step is shown, "paint", "room", "layout".
export class Player extends View {
  constructor(model, root) {
    super(model, root);
    Object.assign(this, { step: Math.max(0, Math.round(+model.get("step")) || 0), playing: false, share: 1, above: MARGINS, remarks: [], begun: false });
    this.growth = new Growth();
    this.keys = {
      ArrowRight: () => this.next(), ArrowLeft: () => this.go(this.step - 1), Home: () => this.go(0),
      End: () => this.go(this.scene.steps - 1), " ": () => this.toggle(),
    };
    this.stage = new Stage(root);
    this.build();
    this.takeSpec(model.get("spec"));
    this.watch();
  }

  build() {
    this.play = iconButton("Play", () => this.toggle());
    this.scrubber = tag("input", { type: "range", min: 0, step: 1, "aria-label": "Step" });
    this.counter = tag("output", { class: "cnn-count" });
    this.pace = tag("input", { type: "range", min: 0, max: SPEEDS.length - 1, step: 1, "aria-label": "Speed" });
    this.paceText = tag("span", { class: "cnn-pace" });
    this.loop = tag("input", { type: "checkbox", "aria-label": "Loop" });
    this.transport = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "Animation" },
      iconButton("First step", () => this.go(0)), iconButton("Previous step", () => this.go(this.step - 1)), this.play,
      iconButton("Next step", () => this.next()), iconButton("Last step", () => this.go(this.scene.steps - 1)),
      this.scrubber, this.counter,
      tag("label", { class: "cnn-speed" }, "speed ", this.pace, this.paceText), tag("label", {}, this.loop, " loop"));
    installFullScreen(this, this.transport);
    this.parts = tag("p", { class: "cnn-parts" });        // of several channels, the sum of each
    this.sum = tag("p", { class: "cnn-sum" });
    this.size = tag("p", { class: "cnn-size" });
    this.hover = tag("p", { class: "cnn-hover" });
    this.error = tag("p", { class: "cnn-error", role: "alert" });
    this.voice = voice();
    this.tools = tag("div", { class: "cnn-tools" });      // geometry, presets, undo: edit.js
    this.panel = tag("div", { class: "cnn-panel" });      // predictions, comparison, matrix
    this.root.append(this.stage.element, this.parts, this.sum, this.hover, this.transport, this.size, this.panel, this.tools, this.error, this.voice);
    this.scrubber.addEventListener("input", () => this.go(+this.scrubber.value, { commit: false }));
    this.scrubber.addEventListener("change", () => this.commitStep());
    this.pace.addEventListener("input", () => this.setSpeed(SPEEDS[+this.pace.value]));
    this.loop.addEventListener("change", () => this.save("loop", this.loop.checked));
    this.setSpeed(this.model.get("speed") ?? 1.5, false);
    this.loop.checked = !!this.model.get("loop");
  }

  setSpeed(speed, keep = true) {
    this.speed = Math.min(60, Math.max(0.1, +speed || 1.5));
    const nearest = SPEEDS.reduce((a, b) => (Math.abs(b - this.speed) < Math.abs(a - this.speed) ? b : a));
    this.pace.value = SPEEDS.indexOf(nearest);
    this.paceText.textContent = `${this.speed}/s`;
    this.pace.setAttribute("aria-valuetext", `${this.speed} steps per second`);
    if (keep) this.save("speed", this.speed);
  }

  // A new scene, if its spec is sound: otherwise a sentence, and what is shown stays. Returns whether it was taken.
  takeSpec(spec) {
    const wrong = problem(spec);
    this.complain(wrong);
    if (wrong && !this.scene) this.fallBack(wrong);
    if (wrong) return false;
    this.spec = spec;
    this.scene = derive(spec);
    if (this.slow) this.slow = false, this.share = 1;
    this.stage.setScene(this.scene);
    this.root.setAttribute("aria-label", `${this.scene.record.title}: space plays, arrow keys step`);
    this.scrubber.max = this.scene.steps - 1;
    this.spellSizes();
    const last = this.scene.steps - 1, gone = this.step > last;
    if (gone) this.step = last;
    if (this.begun) this.stage.layOut(this.height, this.staged);
    this.emit("scene");
    this.reserve();
    this.show();
    if (gone) this.commitStep();
    return true;
  }

  fallBack(wrong) { throw new Error(wrong); }   // nothing to show at all: slide.js says why

  spellSizes() {
    const lines = sizeFormula(this.scene).map(pieces => { const line = tag("span"); spell(line, pieces); return line; });
    this.size.replaceChildren(...lines);
  }

  // Room for the longest sum, as far as one look tells: what stands below keeps its place from step to step.
  reserve() {
    if (!this.begun) return;
    const { sum, parts, scene } = this, longest = longestLines(scene);
    this.growth.begin(scene.frame(0));
    spell(sum, longest.sum);
    this.spellRows(longest.rows, scene.frame(0).sums.length);
    this.lines = [sum, parts].map((part, n) => {
      const high = Math.max(this.lines?.[n] ?? 0, part.offsetHeight);
      part.style.minHeight = `${high}px`;
      return high;
    });
  }

  complain(sentence) { this.error.textContent = sentence || ""; }

  // Time. `share` is how much of the step's duration has passed, 1 at rest; a `slow` one explains itself.
  go(step, { commit = true, say = true, share = 1, slow = false } = {}) {
    this.pause(false);
    this.step = Math.max(0, Math.min(this.scene.steps - 1, Math.round(+step) || 0));
    this.share = share;
    this.slow = slow && share < 1;
    this.show();
    if (share < 1) this.single = true, this.run();
    if (say) this.voice.textContent = this.report();
    if (commit) this.commitStep();
  }

  // What is said of the step: its sum, or the question that stands in its place, and what others remark.
  report() {
    const { scene, step } = this, asked = this.hidden?.(step);
    const told = asked ? this.asks(step).map(({ text }) => text).join("") : announce(scene, step);
    return [told, ...this.remarks.map(remark => remark())].filter(Boolean).join(" ");
  }

  // One step on; seen as it happens, unless motion is to be reduced.
  next() {
    if (this.step + 1 < this.scene.steps) this.go(this.step + 1, { share: still() ? 1 : 0, slow: this.first() });
  }

  // The step that is shown, once more and slowly.
  explain() {
    this.first();
    this.go(this.step, { share: still() ? 1 : 0, slow: true });
  }

  // Whether no step of such a scene has been seen as it happens: the first goes slowly.
  first() {
    const now = `${this.scene.kind} ${this.scene.axes}`, before = this.seen;
    this.seen = now;
    return before !== now;
  }

  toggle() { this.playing ? this.pause() : this.start(); }

  start() {
    if (this.playing || this.blocked?.()) return;
    if (this.slow) this.slow = false, this.share = 1;
    if (this.share >= 1) this.step = (this.step + 1) % this.scene.steps, this.share = 0;
    this.playing = true;
    this.single = false;
    this.slow = this.first() && this.speed <= BRISK && !still();
    setIcon(this.play, "Pause");
    this.show();
    this.run();
  }

  pause(commit = true) {
    const was = this.playing, moving = was || this.share < 1;
    this.playing = this.single = false;
    cancelAnimationFrame(this.request);
    setIcon(this.play, "Play");
    if (moving) this.share = 1, this.slow = false, this.show();
    if (was && commit) this.commitStep();
  }

  commitStep() { if (this.model.get("step") !== this.step) this.save("step", this.step); }

  run() {
    cancelAnimationFrame(this.request);
    let last = performance.now();
    const tick = now => {
      if (!this.playing && !this.single) return;
      this.advance(Math.max(0, Math.min(now - last, 500)));
      last = now;
      if (this.playing || this.single) this.request = requestAnimationFrame(tick);
    };
    this.request = requestAnimationFrame(tick);
  }

  advance(milliseconds) {
    const before = this.step, on = step => {   // what is left of the time is the next step's, which may be quicker
      const left = (this.share - 1) * this.period();
      Object.assign(this, { step, slow: false });
      this.share = left / this.period();
    };
    this.share += milliseconds / this.period();
    if (this.single && this.share >= 1) this.single = this.slow = false, this.share = 1;
    while (this.playing && this.share >= 1) {
      if (this.blocked?.()) { this.pause(); break; }
      if (this.step + 1 < this.scene.steps) on(this.step + 1);
      else if (this.loop.checked) on(0);
      else { this.share = 1; this.pause(); break; }
    }
    if (this.step !== before) this.show(); else this.paint();
  }

  // What must not be seen of a step.
  secrets() { return { hidden: this.hidden?.(this.step), bare: this.bare?.(this.step) }; }
  period() { return periodOf(this, this.secrets()); }

  // Another step: attributes, sentences, scrubber; then the picture.
  show() {
    const { scene, step } = this, frame = scene.frame(step), hidden = this.hidden?.(step);
    this.root.dataset.step = step;
    if (hidden) delete this.root.dataset.value; else this.root.dataset.value = frame.value;
    this.scrubber.value = step;
    this.scrubber.setAttribute("aria-valuetext", `step ${step + 1} of ${scene.steps}`);
    this.counter.textContent = `${step + 1} / ${scene.steps}`;
    this.growth.begin(frame);
    this.spellParts(frame, this.bare?.(step));
    this.growth.write(this.sum, hidden ? this.asks(step) : sumLine(frame, scene));
    this.emit("step");
    this.paint();
  }

  // Few lines, and always as many: what is below must not jump.
  spellParts(frame, bare) { this.spellRows(bare ? [] : channelRows(frame, this.scene), frame.sums.length); }

  spellRows(rows, channels) {
    this.parts.replaceChildren(...Array.from({ length: channels > 1 ? Math.min(MOST_CHANNELS, channels) : 0 }, (_, n) => {
      const line = tag("span"), [label, pieces] = rows[n] ?? [];
      this.growth.write(line, label ? [{ text: pieces.length ? `${label}: ` : label }, ...pieces] : [{ text: "\u00a0" }], 0);
      return line;
    }));
  }

  paint() {
    if (!this.begun) return;
    const secrets = this.secrets(), moment = momentOf(this, secrets);
    this.growth.tell(moment.told);
    this.stage.paint({ step: this.step, ...moment, lit: this.lit, cursor: this.cursor, hidden: this.hidden, bare: secrets.bare });
    this.emit("paint", moment);
  }

  // What Python may change under us.
  watch() {
    const { model } = this, listen = (event, act) => this.listen(event, act);
    listen("change:spec", () => { if (model.get("spec") !== this.spec) this.hold(() => this.takeSpec(model.get("spec"))); });
    listen("change:step", () => { if (model.get("step") !== this.step) this.go(model.get("step"), { say: false }); });
    listen("change:speed", () => this.setSpeed(model.get("speed"), false));
    listen("change:loop", () => { this.loop.checked = !!model.get("loop"); });
    this.on("dispose", () => cancelAnimationFrame(this.request));
  }

  // All parts are there: from now on it is drawn, and not once for each of them.
  begin() {
    this.begun = true;
    this.relayOut();
  }

  relayOut() {
    if (!this.begun) return;
    this.sum.style.minHeight = this.parts.style.minHeight = this.lines = null;
    const room = this.staged ? innerHeight : frameHeight(this.root);
    this.emit("room", room);
    this.reserve();
    let below;
    const layOut = () => {
      below = this.below;
      this.height = room - below - this.above;
      this.stage.layOut(this.height, this.staged);
      this.emit("layout");
    };
    layOut();
    if (this.below > below) layOut();   // a legend has come with small cells
    this.show();
  }

  // What stands between the boards and the end of the transport, or of as much of it as stays in sight.
  get below() {
    const { transport, needed = transport } = this, { style } = transport;
    style.position = "static";   // not where it stays in sight
    const below = needed.getBoundingClientRect().bottom - this.stage.element.getBoundingClientRect().bottom;
    style.position = "";
    return below;
  }

  // No control that is in use runs away, whatever `act` does to the boards.
  hold(act) {
    const { root, stage } = this, used = root.querySelector(":is(input, select, button):active") ?? document.activeElement;
    const held = used !== root && root.contains(used) && !stage.element.contains(used);
    return steady(held ? used : null, root, stage.element, act);
  }

  redraw() {
    this.stage.redraw();
    this.emit("layout");
    this.paint();
  }
}

