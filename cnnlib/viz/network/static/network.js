// A network in the browser: drawn into, every map and the answer at once, down to one dot product. No kernel is asked.
import { css, readColours, roomIn } from "../../kit/static/board.js";
import { tag, voice } from "../../kit/static/dom.js";
import { frameHeight } from "../../kit/static/frame.js";
import { installFullScreen } from "../../kit/static/fullscreen.js";
import { installHands } from "../../kit/static/hands.js";
import { View, mount } from "../../kit/static/mount.js";
import { number } from "../../kit/static/numbers.js";
import { installGuide } from "../../kit/static/guide.js";
import { Drawing, STILL } from "./drawing.js";
import { Entry } from "./entry.js";
import { Curve } from "./curve.js";
import { FINDS } from "./finds.js";
import { imagesOf, networkOf } from "./given.js";
import { KEYS } from "./keys.js";
import { Picture } from "./picture.js";
import { palette } from "./tiles.js";
import { Tools } from "./tools.js";
import { Zoom } from "./zoom.js";

const BELOW = 210, STAGED = 230;   // CSS pixels of a frame that are not for maps: on a page, on the stage

class Explorer extends View {
  constructor(model, root) {
    super(model, root);
    const spec = (this.spec = model.get("spec")), [channels] = spec.shape;
    this.net = networkOf(spec);
    this.images = imagesOf(spec);
    const drawing = (this.drawing = channels === 1 ? new Drawing(spec.shape, spec.centred) : null);
    Object.assign(this, { x: new Float32Array(spec.shape.reduce((a, b) => a * b, 1)), image: -1, runs: 0, due: 0 });
    this.build();
    this.grade();
    this.take();
    this.relayOut();
    this.watch();
    const { entry, picture, tools, zoom } = this, columns = picture.columns.map(({ element }) => element);
    installGuide(this, tools.bar, { tasks: drawing ? FINDS : {}, parts: {
      pad: entry.pad?.canvas, input: entry.shown, first: columns[0], maps: columns, answer: picture.answers?.element,
      centring: tools.box?.parentElement, images: tools.bar.querySelector(".cnn-images"), changes: tools.changes, eraser: entry.rubber, closer: zoom.element,
    } });
    installHands(this, this.voice, KEYS, () => this.taken());
  }

  show() { this.paint(); }

  build() {
    const { spec, root, drawing } = this, changed = () => this.schedule(), undo = () => this.undo();
    this.voice = voice();
    this.entry = new Entry(spec.shape, drawing, { changed, undo, rested: () => this.rested(), said: text => this.say(text), clear: () => this.clear() });
    this.picture = new Picture(spec, this.net.layers, {
      element: this.entry.element, shown: this.entry.pad?.canvas ?? this.entry.shown, plan: high => this.entry.plan(high),
      layOut: (...room) => this.entry.layOut(...room), high: () => this.entry.high,
    }, { open: place => this.open(place), again: () => this.paint() });
    this.tools = new Tools({ count: this.images.length, drawing, labels: spec.labels, classes: spec.classes }, {
      load: image => this.load(image), changed: () => this.rested(), width: width => { this.entry.pad.width = width; this.entry.pad.paint(); },
      change: (name, value, begins) => this.change({ ...drawing.changes, [name]: value }, begins), reset: () => this.change({ ...STILL }, true, true),
      centring: on => { drawing.keep(); drawing.centring = on; this.rested(); },
    });
    this.note = tag("p", { class: "cnn-note", role: "status" });
    this.key = tag("p", { class: "cnn-key" }, "Red: above zero; blue: below. Lines to the answer: solid speaks for it, dashed against. Click anything to look into it.");
    this.error = tag("p", { class: "cnn-error", role: "alert" });
    this.zoom = new Zoom(this);
    this.curve = new Curve(this);
    installFullScreen(this, this.tools.bar);
    root.append(this.picture.element, ...this.tools.elements, this.note, this.key, this.error, this.curve.element, this.zoom.element, this.voice);
    root.setAttribute("aria-label", "A network, from pixels to its answer: draw, or load a test image, and look into its maps");
    const next = () => { if (this.images.length) this.load((this.image + 1) % this.images.length); };
    for (const [letter, act] of Object.entries({ n: next, ...(drawing && { p: () => this.entry.use(false), e: () => this.entry.use(true), c: () => this.clear() }) })) this.keys[letter] = this.keys[letter.toUpperCase()] = act;
    this.root.addEventListener("keydown", event => {
      if (event.key === "Escape" && this.zoom.place && !event.defaultPrevented) event.preventDefault(), event.stopPropagation(), this.zoom.back();
    });
  }

  // ---- what it looks at

  // As the model has it: an image, strokes upon it, and how these are moved and centred.
  take() {
    const { model, drawing, spec } = this, image = Math.min(this.images.length - 1, model.get("image") ?? 0), strokes = model.get("strokes") ?? [];
    this.image = image;
    if (drawing) {
      drawing.load(this.images[image] ?? null, image);
      Object.assign(drawing, { strokes: strokes.map(stroke => ({ ...stroke, points: [...stroke.points] })), changes: { ...STILL, ...model.get("changes") } });
      drawing.centring = drawing.mnist && (model.get("centred") ?? spec.centred);
    } else if (image >= 0) this.x.set(this.images[image]); else this.x.fill(0);
    this.tools.show(image, drawing?.changes);
  }

  // The same as the model gets it.
  get state() {
    const { drawing, image } = this, round = place => Math.round(place * 100) / 100;
    if (!drawing) return { image };
    const strokes = drawing.strokes.map(({ points, width, erase }) => ({ points: points.map(round), width, erase }));
    const changes = drawing.moved ? { ...drawing.changes } : {}, centred = drawing.centring === (drawing.mnist && this.spec.centred) ? null : drawing.centring;
    return { image, strokes, changes, centred };
  }

  load(image) {
    this.image = image;
    if (this.drawing) this.drawing.keep(), this.drawing.load(this.images[image], image);
    else this.x.set(this.images[image]);
    this.schedule();
    this.rested();
  }

  clear() {
    this.drawing.clear();
    this.schedule();
    this.rested();
    this.entry.pad.canvas.focus({ preventScroll: true });
  }

  undo() {
    if (this.drawing.undo()) this.schedule(), this.rested(); else this.say("There is nothing to undo.");
  }

  change(changes, begins, rests) {
    if (begins) this.drawing.keep();
    Object.assign(this.drawing, { changes, stale: true });
    this.schedule();
    if (rests) this.rested();
  }

  // A stroke or a change has ended: told aloud and to Python, when the picture has followed.
  rested() {
    if (this.drawing) this.drawing.stale = true;   // drawn at once, not piece by piece: the same strokes always give the same
    this.resting = true;
    this.schedule();
  }

  tell() {
    const { drawing, picture } = this;
    this.tools.show(this.image, drawing?.changes);
    picture.describe(value => number(value));
    this.zoom.dot?.rested();
    this.say(picture.answers?.words ?? "");   // what stands in the note is told by itself
    if (!this.followed) {
      for (const [name, value] of Object.entries(this.state)) this.model.set(name, value);
      this.model.save_changes();
    }
    this.followed = false;
    this.emit("task");
  }

  say(text) { this.voice.textContent = text; }

  // ---- one run for each picture, however many events there are

  schedule() { this.due ||= requestAnimationFrame(() => { this.due = 0; this.update(); }); }

  update() {
    if (this.drawing) this.x = this.drawing.input(), this.image = this.drawing.image;
    this.outputs = this.net.run(this.x, this.spec.shape);
    this.root.dataset.runs = ++this.runs;
    this.paint();
    if (this.resting) this.resting = false, this.tell();
  }

  paint() {
    if (!this.colours || !this.outputs) return;
    const { picture, entry, drawing, spec } = this, whole = this.image >= 0 && !(drawing?.strokes.length);
    entry.paint(this.x, this.colours);
    picture.paint(this.outputs, this.colours, whole ? spec.labels?.[this.image] : undefined);
    this.zoom.paint();
    const { answers } = picture;
    this.root.dataset.step = Math.max(0, this.image);
    if (answers) this.root.dataset.answer = spec.classes[answers.best];
    const told = this.remark();
    if (this.note.textContent !== told) this.note.textContent = told;
    [this.note.hidden, this.key.hidden] = [!told, Boolean(told)];
  }

  // What a look at the picture alone would not tell.
  remark() {
    const { drawing, spec } = this;
    if (drawing?.empty) return "Nothing is drawn: this is what the network answers to an empty input. It has to name one of its classes.";
    if (!this.x.some(Boolean)) return drawing ? "All is erased: the network sees an empty input." : "";
    if (!spec.layers.some(({ kind }) => kind === "Conv2d")) return "This network has no convolution: no filter slides, and every number of its first layer reads all pixels.";
    return "";
  }

  // ---- a closer look

  open(place) {
    this.from = this.root.querySelector(".cnn-net :focus");
    this.zoom.open(place);
  }

  // Told by the closer look: where it is.
  chosen(place, at) {
    this.picture.choose(place);
    const looking = place ? [place.column, place.map, ...(at ?? [])] : [];
    if (JSON.stringify(this.model.get("looking") ?? []) !== JSON.stringify(looking)) this.save("looking", looking);
  }

  left() {
    this.chosen(null);
    if (this.root.contains(document.activeElement) || document.activeElement === document.body) (this.from?.isConnected ? this.from : this.root).focus({ preventScroll: true });
  }

  // ---- where it is shown

  get tones() { return { kernel: css(this.tints.kernel), output: css(this.tints.output), paper: css(this.tints.paper) }; }

  relayOut() {
    const room = roomIn(this.root), ratio = window.devicePixelRatio || 1, told = this.root.querySelector(".cnn-tour:not([hidden])")?.offsetHeight ?? 0;
    const tall = this.staged ? innerHeight - STAGED - told : frameHeight(this.root) - BELOW;
    this.look();
    this.picture.layOut(room, tall, this.staged, ratio);
    this.curve.layOut(ratio);
    if (this.outputs) this.paint(); else this.update(), this.picture.describe(value => number(value));
    this.picture.wire();
  }

  look() {
    this.tints = readColours(this.root);
    this.colours = palette(this.tints);
  }

  redraw() {
    this.look();
    this.paint();
    this.curve.paint();
    this.picture.framed(this.taking && css(this.tints.line));
    this.taking = false;
  }

  // ---- what Python changes

  watch() {
    this.listen("change:spec", () => this.retake());
    this.listen("change:curve", () => this.curve.paint());
    for (const name of ["image", "strokes", "changes", "centred"]) this.listen(`change:${name}`, () => this.follow());
    this.listen("change:looking", () => this.looked());
    this.looked();
    const complain = () => { this.error.textContent = this.model.get("message") ?? ""; };
    this.listen("change:message", complain);
    complain();
    this.on("dispose", () => {   // where it looked stays: the notebook may show it again
      cancelAnimationFrame(this.due);
      this.zoom.dot?.stop();
    });
  }

  // Colours for numbers as this network usually has them, so that an empty pad looks empty: those of its first images, or of
  // a bright square.
  grade() {
    const { net, spec: { shape }, images, picture } = this, [, rows, columns] = shape, square = this.x.map((_, n) => {
      const r = Math.floor(n / columns) % rows, c = n % columns;
      return 4 * Math.abs(r - rows / 2) < rows && 4 * Math.abs(c - columns / 2) < columns ? 1 : 0;
    });
    for (const x of images.length ? images.slice(0, 2) : [square]) picture.grade(net.run(x, shape));
  }

  // Other weights of the same network; the drawing, and what is looked into, stay.
  retake() {
    const spec = this.model.get("spec");
    try {
      this.net = networkOf(spec);
    } catch (error) {
      this.error.textContent = `The picture stays as it was: ${error.message}`;
      return;
    }
    this.picture.layers = this.net.layers;
    this.picture.forget();
    this.grade();
    this.schedule();
  }

  // Another image or drawing from Python, from a page of a tour, or from another view of the same explorer.
  // Several values come one by one: it waits until all of them are there.
  follow() {
    if (this.following) return;
    this.following = true;
    queueMicrotask(() => { this.following = false; this.followNow(); });
  }

  followNow() {
    const { model } = this, differs = Object.entries(this.state).some(([name, value]) => JSON.stringify(model.get(name) ?? null) !== JSON.stringify(value));
    if (!differs) return;
    this.drawing?.keep();
    this.take();
    this.followed = true;
    this.rested();
  }

  looked() { this.zoom.go(this.model.get("looking") ?? []); }

  taken() {
    const boards = [...this.picture.boards, ...this.entry.boards], parts = [this.entry.title, ...this.picture.parts];
    this.taking = true;   // until it is drawn, as large as it is taken
    return { parts, boards, name: "network", at: this.image < 0 ? "-drawing" : `-image-${this.image}`, step: Math.max(0, this.image) };
  }
}

const render = mount((model, root) => new Explorer(model, root), { class: "cnn-player cnn-network", tabindex: "0" });

export default { render };
