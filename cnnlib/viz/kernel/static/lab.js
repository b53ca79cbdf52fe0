// A kernel on a picture, alive: pictures, kernel, response, loupe, histogram. It needs no kernel of Python's: what it
// computes is what cnn.correlate2d does (convolve.js). To Python go settings only, never pixels of one's own.
import { Board } from "../../kit/static/board.js";
import { iconButton, tag, textButton, voice } from "../../kit/static/dom.js";
import { installFullScreen } from "../../kit/static/fullscreen.js";
import { installGuide } from "../../kit/static/guide.js";
import { installHands } from "../../kit/static/hands.js";
import { View, mount } from "../../kit/static/mount.js";
import { number } from "../../kit/static/numbers.js";
import { installAim } from "./aim.js";
import { noPlace } from "./convolve.js";
import { Editor } from "./editor.js";
import { Histogram } from "./histogram.js";
import { draw, layOut, mark, paintOutput, redraw } from "./looks.js";
import { Loupe, termsAt } from "./loupe.js";
import { Plate } from "./plate.js";
import { arrange } from "./stage.js";
import { openSlide, sceneAt } from "./sliding.js";
import { installSources, unpacked } from "./sources.js";
import { installSweep } from "./sweep.js";
import { TASKS } from "./tasks.js";
import { Responder } from "./typing.js";

const NAMES = ["picture", "kernel", "second", "stride", "padding", "dilation", "colour", "view"];
const MODES = { zeros: "zeros", valid: "none (valid)", reflect: "reflect", replicate: "replicate", circular: "circular" };
const VIEWS = { signed: "signed: blue −, red +", picture: "as a picture, 0 to 255" };
const BOX = [[1, 1, 1], [1, 1, 1], [1, 1, 1]].map(line => line.map(n => n / 9));
const MOST_UNDO = 200;
const KEYS = [
  ["← → ↑ ↓", "on a picture: move the loupe by one place, with Shift by ten. In the kernel: the next weight"],
  ["Space", "let the response fill in, and pause"],
  ["Ctrl Z, Ctrl Y", "undo, redo"],
  ["Ctrl V", "a picture from the clipboard"],
  ["Page Down, Page Up", "the tour: next page, previous page"],
  ["T", "the tour: open, close"],
  ["F", "full screen, and back"],
  ["?", "this list"],
];

const forPress = button => { button.dataset.press = ""; return button; };   // of a taken picture it is no part

class KernelLab extends View {
  constructor(model, root) {
    super(model, root);
    const spec = model.get("spec");
    this.spec = spec;
    this.settings = Object.fromEntries(NAMES.map(name => [name, model.get(name) ?? spec.start[name]]));
    this.pictures = Object.fromEntries(spec.pictures.map(picture => [picture.name, picture]));
    Object.assign(this, { own: null, kept: null, past: [], next: [], at: model.get("at") ?? null });
    this.responder = new Responder(() => { this.compute(true); draw(this); });
    this.build();
    this.choose(this.settings.picture, false);
    for (const name of NAMES) this.listen(`change:${name}`, () => this.told(name));
    this.listen("change:at", () => { if (String(model.get("at")) !== String(this.at) && model.get("at")) this.look(model.get("at"), false); });
    this.on("dispose", () => { this.slid?.remove(); this.responder.halt(); });
    this.guide = installGuide(this, this.transport, { tasks: TASKS, parts: {
      picture: this.sources.bar, kernel: this.editor.element, second: this.other.element, response: this.output.figure, input: this.input.figure,
      loupe: this.loupe.element, histogram: this.histogram.element, settings: this.ways, composed: this.composed,
    } });
    this.relayOut();
    installHands(this, this.voice, KEYS, () => this.taken());
  }

  build() {
    const { root, spec } = this, take = name => (kernel, { preset } = {}) => this.change({ [name]: kernel, ...(preset && name === "kernel" && !this.settings.second && { view: preset.view }) });
    this.error = tag("p", { class: "cnn-error", role: "alert" });
    this.voice = voice();
    this.sources = installSources(this, spec.pictures.map(({ name }) => name));
    this.input = new Plate("input", "picture x");
    this.output = new Plate("output", "response y");
    this.editor = new Editor("kernel w", spec.presets, take("kernel"), sentence => this.complain(sentence));
    this.other = new Editor("then kernel v", spec.presets, take("second"), sentence => this.complain(sentence));
    this.lanes = ["red", "+ green", "+ blue"].map(name => new Plate("output", name));
    this.sumsScale = tag("p", { class: "cnn-note" });
    this.sums = tag("div", { class: "cnn-sums", role: "group", "aria-label": "Colours" }, tag("div", { class: "cnn-row" }, ...this.lanes.map(({ figure }) => figure)), this.sumsScale);
    this.legend = tag("p", { class: "cnn-legend" });
    this.histogram = new Histogram();
    this.slider = forPress(textButton("Slide it here", () => this.slide(), "Open the sliding player on this patch"));
    this.loupe = new Loupe(this.slider);
    this.composed = this.buildComposed();
    this.transport = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "Animation" });
    installSweep(this);
    this.undo = iconButton("Undo", () => this.back(this.past, this.next));
    this.redo = iconButton("Redo", () => this.back(this.next, this.past));
    this.twice = textButton("Then a second kernel", () => this.change(this.settings.second ? { second: null } : { stride: 1, second: [BOX] }));
    this.transport.append(this.play, this.undo, this.redo, this.twice);
    installFullScreen(this, this.transport);
    this.ways = this.buildWays();
    this.w = tag("div", { class: "cnn-w" }, this.editor.element, this.other.element, this.ways);
    this.y = tag("div", { class: "cnn-y" }, this.output.figure, this.legend);
    this.pictured = tag("div", { class: "cnn-pictures" }, tag("div", { class: "cnn-x" }, this.input.figure),
      this.w, this.y);
    this.under = tag("div", { class: "cnn-under" }, this.loupe.element, this.histogram.element);
    root.append(this.sources.bar, this.sources.status, this.error, this.pictured, this.transport, this.sums, this.composed, this.under, this.voice);
    root.setAttribute("aria-label", "Kernel lab: a picture, a kernel, and the response");
    for (const plate of [this.input, this.output]) installAim(this, plate, plate === this.input);
    root.addEventListener("keydown", event => {
      const key = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase(), back = key === "z" && !event.shiftKey;
      if (!back && key !== "y" && key !== "z") return;
      event.preventDefault();
      event.stopPropagation();
      if (back) this.back(this.past, this.next); else this.back(this.next, this.past);
    });
  }

  buildWays() {
    const choice = (name, label, options) => {
      const select = tag("select", { "aria-label": label }, ...Object.entries(options).map(([value, text]) => tag("option", { value }, text)));
      select.addEventListener("change", () => this.change({ [name]: /^\d+$/.test(select.value) ? +select.value : select.value }));
      this[`${name}Choice`] = select;
      return tag("label", {}, `${label.toLowerCase()} `, select);
    };
    const steps = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [n + 1, n + 1]));
    return tag("div", { class: "cnn-bar cnn-ways", role: "toolbar", "aria-label": "How it slides" }, choice("stride", "Stride", steps),
      choice("padding", "Padding", MODES), choice("dilation", "Dilation", steps), choice("view", "Colours", VIEWS));
  }

  buildComposed() {
    this.whole = new Board("w", "kernel", "both at once: w ∗ v");
    this.whole.canvas.removeAttribute("tabindex");
    this.whole.canvas.setAttribute("role", "img");
    this.compare = tag("p", { class: "cnn-compare", role: "status" });
    return tag("div", { class: "cnn-composed", role: "group", "aria-label": "One kernel for both" }, this.whole.figure,
      tag("div", {}, this.compare, forPress(textButton("Use it as one kernel", () => this.change({ kernel: this.result.whole, second: null })))));
  }

  // ---- what is shown, and what changes it

  /** A picture that Python gave. */
  choose(name, save = true) {
    const before = this.own;
    this.own = null;
    if (this.refuse({ picture: name })) { this.own = before; return this.refresh(); }
    this.loaded = this.pictures[name] = this.pictures[name].values ? this.pictures[name] : { ...this.pictures[name], ...unpacked(this.pictures[name]) };
    this.settings.picture = name;
    this.sources.halt();
    this.sources.status.textContent = "";
    if (save) this.complain(""), this.save("picture", name);
    this.update();
  }

  /** A picture of one's own; says whether it was taken. */
  take(picture, { live } = {}) {
    const wrong = noPlace(picture.rows, picture.columns, this.settings);
    if (wrong) return this.complain(`${wrong} The previous picture stays.`), false;
    const other = !this.own || picture.rows !== this.loaded.rows || picture.columns !== this.loaded.columns;
    this.own = this.kept = this.loaded = picture;   // kept: it stays in the menu when another is chosen
    if (live && !other) this.compute(), draw(this);
    else this.update();
    return true;
  }

  /** Other settings, by the visitor: told to Python, and to be taken back. Says whether they were taken. */
  change(settings) {
    if (this.refuse(settings)) return this.refresh(), false;
    this.complain("");
    const before = Object.fromEntries(Object.keys(settings).map(name => [name, this.settings[name]]));
    const last = this.past.at(-1), typing = settings.kernel && last?.typed === document.activeElement && document.activeElement?.matches(".cnn-weight");
    if (!typing) this.past.push({ settings: before, typed: document.activeElement });
    if (this.past.length > 200) this.past.shift();
    this.next.length = 0;
    this.put(settings);
    return true;
  }

  put(settings) {
    Object.assign(this.settings, settings);
    this.update();
    for (const [name, value] of Object.entries(settings)) this.model.set(name, value);
    this.model.save_changes();
  }

  back(from, to) {
    const step = from.pop();
    if (!step) return;
    to.push({ settings: Object.fromEntries(Object.keys(step.settings).map(name => [name, this.settings[name]])) });
    this.complain("");
    this.put(step.settings);
  }

  // From Python, or from a page of the tour.
  told(name) {
    const value = this.model.get(name);
    if (value === undefined || JSON.stringify(value) === JSON.stringify(this.settings[name]) && !(name === "picture" && this.own)) return;
    if (name === "picture") return this.choose(value, false);
    if (this.refuse({ [name]: value })) return;
    this.complain("");
    this.settings[name] = value;
    this.update();
  }

  // Why settings cannot be: said, and true.
  refuse(settings) {
    const { own, loaded } = this, picture = "picture" in settings ? this.pictures[settings.picture] : loaded;
    const [rows, columns] = picture.rows ? [picture.rows, picture.columns] : picture.shape.slice(1), wrong = noPlace(rows, columns, { ...this.settings, ...settings });
    if (wrong) this.complain(`${wrong} Everything stays as it was${own ? ", your picture, too" : ""}.`);
    return Boolean(wrong);
  }

  complain(sentence) { this.error.textContent = sentence; }

  compute(anew) {
    const { settings, loaded } = this;
    this.result = this.responder.respond(loaded, settings, anew);
    const { read: planes, whole, around, sides } = this.result;
    this.read = { planes, sides: around ?? sides, size: [loaded.rows, loaded.columns], kernel: whole ?? settings.kernel };
    const { rows, columns } = this.result.response, [i, j] = this.at ?? [Math.floor(rows * 0.36), Math.floor(columns * 0.1)];
    this.at = [Math.min(i, rows - 1), Math.min(j, columns - 1)];
  }

  update() {
    const shape = this.shape;
    this.halt();
    this.compute();
    this.refresh();
    const { response } = this.result, { kernel, second } = this.settings;
    this.shape = [this.loaded.rows, this.loaded.columns, response.rows, response.columns, this.result.channels.length, kernel[0].length, kernel[0][0].length, second?.[0].length, second?.[0][0].length].join();
    if (!this.colours) return;
    if (shape === this.shape) draw(this); else this.relayOut();
  }

  // Controls as the settings are.
  refresh() {
    const { settings, loaded } = this, coloured = loaded && loaded.values.length === 3 * loaded.rows * loaded.columns;
    this.several = coloured && settings.colour;
    this.sources.refresh(coloured);
    if (!this.colours) return;
    this.editor.show(settings.kernel, this.colours, this.several || settings.kernel.length > 1);
    this.other.element.hidden = !settings.second;
    this.show();
    if (settings.second) this.other.show(settings.second, this.colours, false);
    this.twice.textContent = settings.second ? "Without the second kernel" : "Then a second kernel";
    for (const name of ["stride", "padding", "dilation", "view"]) this[`${name}Choice`].value = settings[name];
    this.strideChoice.disabled = Boolean(settings.second);
    this.strideChoice.title = settings.second ? "1 with two kernels: only then can one replace both" : "";
    this.undo.disabled = !this.past.length;
    this.redo.disabled = !this.next.length;
  }

  // ---- the loupe

  /** The loupe to a place of the response, at rest: told aloud and to Python. */
  look([i, j], rests = true) {
    const { rows, columns } = this.result.response;
    this.at = [Math.max(0, Math.min(rows - 1, i)), Math.max(0, Math.min(columns - 1, j))];
    this.magnify();
    mark(this);
    if (rests) this.halt(), this.rest();
  }

  rest() {
    this.voice.textContent = this.loupe.report(this.at);
    this.save("at", this.at);
    this.emit("task");
  }

  magnify() {
    const { settings, at, result, read } = this, terms = termsAt(read, read.kernel, settings, at);
    const [i, j] = at.map((n, way) => n * settings.stride - read.sides[way][0]), { response } = result;
    const both = response.values[at[0] * response.columns + at[1]];
    const apart = result.single && Math.abs(both - terms.value) > 1e-6 * Math.max(1, Math.abs(both));
    const note = !result.single ? "" : apart ? `One after the other, the two kernels give y[${at.join(", ")}] = ${number(both, 4)}: near the border the second reads padding where the response of the first ends.` : "The same as one kernel after the other.";
    this.loupe.show(terms, at, [i, j], note, result.whole ? "(w ∗ v)" : "w", apart ? both : null);
    this.root.dataset.step = at[0] * response.columns + at[1];
    this.root.dataset.value = both;
    const label = this.loupe.report(at);
    this.input.canvas.setAttribute("aria-label", `Picture, ${this.loaded.rows} × ${this.loaded.columns}; ${label}`);
    this.output.canvas.setAttribute("aria-label", `Response, ${response.rows} × ${response.columns}; ${label}`);
    if (this.colours) this.loupe.layOut(this.loupeRoom, this.ratio, this.staged), this.loupe.draw(this.colours, this.font);
  }

  drawOutput() {
    paintOutput(this);
    mark(this);
  }

  slide() {
    if (this.staged) this.keys.f();
    this.slid?.remove();
    const { record } = this.spec, scene = sceneAt(this.read.planes, this.read.kernel, this.settings, this.at, record);
    this.slid = openSlide(this, scene, `Around row ${this.at[0]}, column ${this.at[1]} of the response`, () => { this.slid = null; this.slider.focus(); });
  }

  relayOut() { layOut(this); }
  redraw() { redraw(this); }

  // The kernel for both is seen unless a page of the tour asks for it.
  show() {
    const page = this.model.get("page") ?? 0, asked = this.model.get("tour")?.pages?.[page - 1]?.task?.do === "equals" && !(this.model.get("done") ?? []).includes(page);
    this.composed.hidden = !this.settings.second || asked;
  }

  taken() {
    const { input, output, editor, other, histogram, loupe, settings, at, sums, lanes, composed } = this, more = [sums, composed].filter(({ hidden }) => !hidden);
    const kernels = [editor, other].filter(({ element }) => !element.hidden), names = kernels.map(({ element }) => element.firstChild), boards = [input, output, ...kernels, ...(sums.hidden ? [] : lanes), ...(composed.hidden ? [] : [this.whole]), histogram, ...loupe.boards];
    return { parts: [input.figure, ...names, this.y, ...more, this.under], boards, name: `${this.own ? "my-picture" : settings.picture}-under-a-kernel`, at: `-${at.join("-")}`, step: null };
  }
}

const render = mount((model, root) => new KernelLab(model, root), { class: "cnn-player cnn-kernel", tabindex: "0" });

export default { render };
