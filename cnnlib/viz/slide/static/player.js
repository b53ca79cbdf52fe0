// The player: one scene, one clock, the controls of a recorder, and the sentences below the boards.
import { derive, problem } from "./scene.js";
import { announce, channelLines, sizeFormula, sumPieces } from "./words.js";
import { Stage } from "./stage.js";

const SPEEDS = [0.5, 1, 1.5, 2, 3, 4, 8, 15, 30, 60];   // steps per second
const SLIDE = 200, PRODUCTS = 250, SUM = 150;           // milliseconds of a step; shorter where the speed asks for it
const MOST_PARTS = 4;                                   // channels whose products are written out
const BRISK = 4;                                        // steps per second above which products are not shown one by one

export const tag = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// Coloured pieces of a formula, each in the colour of what it stands for.
export const spell = (element, pieces) =>
  element.replaceChildren(...pieces.map(({ text, role }) => (role ? tag("span", { "data-role": role }, text) : text)));

// Icons are drawn, not typed: fonts differ, and some show a box.
const ICONS = {
  Play: "M5 3v14l12-7z", Pause: "M5 3h4v14H5zM11 3h4v14h-4z", "Next step": "M4 3v14l9-7zM14 3h3v14h-3z",
  "Previous step": "M16 3v14l-9-7zM3 3h3v14H3z", "First step": "M10 3v14l-7-7zM17 3v14l-7-7zM2 3h2v14H2z",
  "Last step": "M10 3v14l7-7zM3 3v14l7-7zM16 3h2v14h-2z", Undo: "M8 2v4h4a5 5 0 0 1 0 11H6v-2h6a3 3 0 0 0 0-7H8v4L2 7z",
  Redo: "M12 2v4H8a5 5 0 0 0 0 11h6v-2H8a3 3 0 0 1 0-7h4v4l6-5z",
};

function setIcon(button, name) {
  button.setAttribute("aria-label", name);
  button.title = name;
  button.querySelector("path").setAttribute("d", ICONS[name]);
}

export function iconButton(name, press) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  const button = tag("button", { type: "button" }, svg);
  setIcon(button, name);
  button.addEventListener("click", press);
  return button;
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Player {
  constructor(model, root) {
    Object.assign(this, { model, root, step: 0, playing: false, share: 1, listeners: {}, remarks: [], undone: [] });
    this.stage = new Stage(root);
    this.build();
    this.takeSpec(model.get("spec"));
    this.go(model.get("step") ?? 0, { commit: false, say: false });
    this.watch();
  }

  // Others add what they do: "scene" after a new scene, "step" when another step is shown, "paint", "layout", "dispose".
  on(event, listener) { (this.listeners[event] ??= []).push(listener); }
  emit(event, ...values) { for (const listener of this.listeners[event] ?? []) listener(...values); }

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
    this.voice = tag("p", { class: "cnn-voice", "aria-live": "polite" });
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

  save(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
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
    this.root.dataset.kind = this.scene.kind;
    this.root.setAttribute("aria-label", `${KINDS[this.scene.kind]}: space plays, arrow keys step`);
    this.scrubber.max = this.scene.steps - 1;
    this.spellSizes();
    const last = this.scene.steps - 1, gone = this.step > last;
    if (gone) this.step = last;
    this.stage.layOut();
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
      spell(line, lines[n] ? [{ text: `${this.scene.kind === "dx" ? "filter" : "channel"} ${n}: ` }, ...lines[n]] : [{ text: "\u00a0" }]);
      return line;
    }));
  }

  paint() {
    const moment = this.moment();
    this.sum.style.visibility = this.parts.style.visibility = moment.written ? "" : "hidden";
    this.stage.paint({ step: this.step, ...moment, lit: this.lit, cursor: this.cursor, hidden: this.hidden, bare: this.bare?.(this.step) });
    this.emit("paint", moment);
  }

  listen(event, act) {
    this.model.on(event, act);
    this.on("dispose", () => this.model.off(event, act));
  }

  // What the page and Python may change under us.
  watch() {
    const { model } = this, listen = (event, act) => this.listen(event, act);
    listen("change:spec", () => { if (model.get("spec") !== this.spec) this.takeSpec(model.get("spec")); });
    listen("change:step", () => { if (model.get("step") !== this.step) this.go(model.get("step"), { say: false }); });
    listen("change:speed", () => this.setSpeed(model.get("speed"), false));
    listen("change:loop", () => { this.loop.checked = !!model.get("loop"); });
    const sized = new ResizeObserver(() => { if (Math.abs(this.root.clientWidth - this.stage.width) > 1) this.relayOut(); });
    sized.observe(this.root);
    const themed = () => { setTheme(this.root); this.stage.redraw(); this.emit("layout"); this.paint(); };
    const page = new MutationObserver(themed);
    page.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
    const dark = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"].map(q => matchMedia(q));
    for (const query of dark) query.addEventListener("change", themed);
    this.root.addEventListener("keydown", event => this.key(event));
    this.on("dispose", () => {
      sized.disconnect();
      page.disconnect();
      for (const query of dark) query.removeEventListener("change", themed);
      cancelAnimationFrame(this.request);
    });
  }

  relayOut() {
    this.stage.layOut();
    this.emit("layout");
    this.paint();
  }

  key(event) {
    const own = event.target.matches("input, select, textarea");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || own) return;
    const act = {
      ArrowRight: () => this.next(), ArrowLeft: () => this.go(this.step - 1), Home: () => this.go(0),
      End: () => this.go(this.scene.steps - 1), " ": () => this.toggle(),
    }[event.key];
    if (!act || (event.key === " " && event.target.matches("button"))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  dispose() { this.emit("dispose"); }
}

const KINDS = {
  conv: "Sliding filter", max: "Max pooling", avg: "Average pooling", transpose: "Transposed convolution",
  dx: "Gradient of the input", dw: "Gradient of the kernel",
};

// Follow JupyterLab's theme where there is one, the system's elsewhere.
export function setTheme(root) {
  const { jpThemeLight } = document.body.dataset;
  const dark = jpThemeLight ? jpThemeLight === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
}
