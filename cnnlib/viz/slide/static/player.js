// The player: one scene, one clock, the controls of a recorder, and the sentences below the boards.
import { iconButton, setIcon, spell, tag, voice } from "../../kit/static/dom.js";
import { View } from "../../kit/static/mount.js";
import { derive } from "./scene.js";
import { problem } from "./spec.js";
import { Stage } from "./stage.js";
import { announce, channelLines, sizeFormula, sumPieces } from "./words.js";

const SPEEDS = [0.5, 1, 1.5, 2, 3, 4, 8, 15, 30, 60];   // steps per second
const SLIDE = 200, PRODUCTS = 250, SUM = 150;           // milliseconds of a step; shorter where the speed asks for it
const MOST_PARTS = 4;                                   // channels whose products are written out
const BRISK = 4;                                        // steps per second above which products are not shown one by one

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Others add what they do: on "scene", when there is a new scene, "step", when another step is shown, "paint", "layout".
export class Player extends View {
  constructor(model, root) {
    super(model, root);
    Object.assign(this, { step: Math.max(0, Math.round(+model.get("step")) || 0), playing: false, share: 1, remarks: [], begun: false });
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
    this.stage.setScene(this.scene);
    this.root.setAttribute("aria-label", `${this.scene.record.title}: space plays, arrow keys step`);
    this.scrubber.max = this.scene.steps - 1;
    this.spellSizes();
    const last = this.scene.steps - 1, gone = this.step > last;
    if (gone) this.step = last;
    if (this.begun) this.stage.layOut();
    this.emit("scene");
    this.show();
    if (gone) this.commitStep();
    return true;
  }

  fallBack(wrong) { throw new Error(wrong); }   // nothing to show at all: slide.js says why

  spellSizes() {
    const lines = sizeFormula(this.scene).map(pieces => { const line = tag("span"); spell(line, pieces); return line; });
    this.size.replaceChildren(...lines);
  }

  complain(sentence) { this.error.textContent = sentence || ""; }

  // Time. `share` is how much of the step's duration has passed, 1 at rest.
  go(step, { commit = true, say = true, share = 1 } = {}) {
    this.pause(false);
    this.step = Math.max(0, Math.min(this.scene.steps - 1, Math.round(+step) || 0));
    this.share = share;
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
    if (this.step + 1 < this.scene.steps) this.go(this.step + 1, { share: still() ? 1 : 0 });
  }

  toggle() { this.playing ? this.pause() : this.start(); }

  start() {
    if (this.playing || this.blocked?.()) return;
    if (this.step + 1 >= this.scene.steps && this.share >= 1) this.step = 0, this.share = 0;
    this.playing = true;
    this.single = false;
    setIcon(this.play, "Pause");
    this.show();
    this.run();
  }

  pause(commit = true) {
    const was = this.playing;
    this.playing = this.single = false;
    cancelAnimationFrame(this.request);
    setIcon(this.play, "Play");
    if (was) this.share = 1, this.show();
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
    const before = this.step;
    this.share += milliseconds * (this.single ? 1 / (SLIDE + PRODUCTS + SUM) : this.speed / 1000);
    if (this.single && this.share >= 1) this.single = false, this.share = 1;
    while (this.playing && this.share >= 1) {
      if (this.blocked?.()) { this.pause(); break; }
      if (this.step + 1 < this.scene.steps) this.step++, this.share -= 1;
      else if (this.loop.checked) this.step = 0, this.share -= 1;
      else { this.share = 1; this.pause(); break; }
    }
    if (this.step !== before) this.show(); else this.paint();
  }

  // The moment of the step: how far the window has slid, how many products are there, whether the sum is written.
  moment() {
    if (this.share >= 1 || still()) return { slid: 1, share: 1, written: true };
    const period = this.single ? SLIDE + PRODUCTS + SUM : 1000 / this.speed, now = this.share * period;
    const squeeze = Math.min(1, period / (SLIDE + PRODUCTS + SUM));
    if (this.speed > BRISK && !this.single) return { slid: Math.min(1, now / (SLIDE * squeeze)), share: 1, written: true };
    const ease = t => t * t * (3 - 2 * t);
    return {
      slid: ease(Math.min(1, now / (SLIDE * squeeze))),
      share: Math.max(0, Math.min(1, (now - SLIDE * squeeze) / (PRODUCTS * squeeze))),
      written: now >= (SLIDE + PRODUCTS) * squeeze,
    };
  }

  // Another step: attributes, sentences, scrubber; then the picture.
  show() {
    const { scene, step } = this, frame = scene.frame(step), hidden = this.hidden?.(step);
    this.root.dataset.step = step;
    if (hidden) delete this.root.dataset.value; else this.root.dataset.value = frame.value;
    this.scrubber.value = step;
    this.scrubber.setAttribute("aria-valuetext", `step ${step + 1} of ${scene.steps}`);
    this.counter.textContent = `${step + 1} / ${scene.steps}`;
    spell(this.sum, hidden ? this.asks(step) : sumPieces(frame, scene));
    this.spellParts(frame, this.bare?.(step));
    this.emit("step");
    this.paint();
  }

  // Few lines, and always as many: what is below must not jump.
  spellParts({ sums, ...frame }, bare) {
    const count = sums.length > 1 && sums.length <= MOST_PARTS ? sums.length : 0;
    const lines = count && !bare ? channelLines({ sums, ...frame }, this.scene) : [];
    this.parts.replaceChildren(...Array.from({ length: count }, (_, n) => {
      const line = tag("span");
      spell(line, lines[n] ? [{ text: `${this.scene.record.lane} ${n}: ` }, ...lines[n]] : [{ text: "\u00a0" }]);
      return line;
    }));
  }

  paint() {
    if (!this.begun) return;
    const moment = this.moment();
    this.sum.style.visibility = this.parts.style.visibility = moment.written ? "" : "hidden";
    this.stage.paint({ step: this.step, ...moment, lit: this.lit, cursor: this.cursor, hidden: this.hidden, bare: this.bare?.(this.step) });
    this.emit("paint", moment);
  }

  // What Python may change under us.
  watch() {
    const { model } = this, listen = (event, act) => this.listen(event, act);
    listen("change:spec", () => { if (model.get("spec") !== this.spec) this.takeSpec(model.get("spec")); });
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
    this.stage.layOut();
    this.emit("layout");
    this.paint();
  }

  redraw() {
    this.stage.redraw();
    this.emit("layout");
    this.paint();
  }
}

