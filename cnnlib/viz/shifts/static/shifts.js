// What a shift of the input does to every stage: for each, its cells unshifted and shifted, and two meters. All numbers
// come with the spec, so the slider works without a kernel.
import { Board, css, readColours, roomIn } from "../../kit/static/board.js";
import { iconButton, tag, voice } from "../../kit/static/dom.js";
import { installHands } from "../../kit/static/hands.js";
import { installFullScreen } from "../../kit/static/fullscreen.js";
import { View, mount } from "../../kit/static/mount.js";
import { number } from "../../kit/static/numbers.js";
import { scaleOf, tint } from "../../kit/static/scale.js";

const LARGEST = { page: 44, stage: 80 };   // CSS pixels: cells are never larger,
const PICTURE = 276;              // nor are pictures of a page wider or higher
const BESIDE = 220;               // on the stage: the height of what is not a picture
const MARKED = 14;                // smaller cells have no room for a mark: a map beside them shows what changed
const READ_OUT = 16;              // so many cells, or fewer, are read out one by one
const STRIP = 18;                 // how high a signal of small cells is at least
const BETWEEN = 14;               // between two pictures
const ROW_NAME = 66;              // what the name before a row takes

const KEYS = [
  ["← →", "one shift back, one shift forward"],
  ["Home End", "no shift, the last shift"],
  ["Tab", "to the next group: slider, buttons"],
  ["↑ ↓", "move within a group"],
  ["F", "full screen, and back"],
  ["?", "this list"],
];

// Lines between cells would bury a picture of small ones.
class Cells extends Board {
  drawCell(ctx, flat, font) {
    if (this.cell >= MARKED) super.drawCell(ctx, flat, font);
    else this.fillCell(ctx, flat, tint(this.values[flat], this.scale, this.colours, !this.colours.forced));
  }

  fillCell(ctx, flat, colour) {
    ctx.fillStyle = css(colour);
    ctx.fillRect(...this.corner(...this.place(flat)), this.cell + 0.5, this.cell + 0.5);   // no seams on fine screens
  }
}

// One stage: two boards (three where cells are small), its words and its meters.
class Floor {
  constructor(stage, axes) {
    Object.assign(this, { stage, axes, times: 1 });
    const input = stage.name === "x", [id, role] = input ? ["x", "input"] : ["y", "output"];
    this.boards = ["unshifted", "shifted", "changed"].map(title => new Cells(id, role, title));
    this.row = tag("div", { class: "cnn-row" }, ...this.boards.map(board => board.figure));
    this.meters = ["same", "moved"].map(kind => new Meter(kind));
    const { rows, columns, stride } = stage, size = axes === 1 ? `${columns}` : `${rows}×${columns}`;
    const steps = stride > 1 && columns > 1 ? `, stride ${stride}` : "";
    this.name = input ? "input x" : stage.name;
    const title = tag("p", { class: "cnn-name" }, this.name, tag("small", {}, ` ${size}${steps}`));
    this.element = tag("div", { class: "cnn-floor", role: "group", "aria-label": this.name, "data-role": role }, title,
      tag("div", { class: "cnn-beside" }, this.row, tag("div", { class: "cnn-meters" }, ...this.meters.map(meter => meter.element))));
    this.fill();
    this.boards.forEach((board, n) => {
      board.canvas.removeAttribute("tabindex");
      board.canvas.setAttribute("role", "img");
      if (n === 2) board.drawCell = (ctx, flat) => this.drawChange(ctx, board, flat);
    });
  }

  fill() {
    const { values, rows, columns, limit } = this.stage, scale = { ...scaleOf([]), limit };
    const all = values.flat(), sample = all.length <= 4000 ? all : values[0];   // digits as wide at all shifts
    for (const board of this.boards) board.setData({ values: this.repeated(values[0]), rows: rows * this.times, columns, scale, sample });
  }

  // A signal of small cells is drawn as several equal rows, for a line of few pixels could hardly be seen.
  repeated(values) { return this.times > 1 ? Array.from({ length: this.times }, () => values).flat() : values; }

  // The size of cells that fits into so much room.
  cellFor(room, ratio, staged) {
    const picture = staged ? (innerHeight - BESIDE) / 2 : PICTURE, name = staged ? 2 * ROW_NAME : ROW_NAME;
    const each = this.axes === 1 ? room - name : Math.min(picture, (room - BETWEEN) / 2), tall = this.axes === 1 ? 1000 : picture;
    this.boards[0].layOut(each, tall, ratio, LARGEST[staged ? "stage" : "page"]);
    return this.boards[0].cell;
  }

  layOut(cell, ratio) {
    this.times = this.axes === 1 && cell < MARKED ? Math.ceil(STRIP / cell) : 1;
    this.fill();
    for (const board of this.boards) board.layOut(1e6, 1e6, ratio, cell);
    this.boards[2].figure.hidden = cell >= MARKED;
  }

  redraw(colours, font) {
    Object.assign(this, { colours, font });
    this.boards[0].drawLayer(colours, font);
    this.boards[0].begin();
    if (this.shift !== undefined) this.show(this.shift);
  }

  show(shift) {
    const { stage, boards: [before, after, map] } = this, { told, same, moved } = stage;
    this.shift = shift;
    after.values = map.values = this.repeated(stage.values[shift]);
    const { changed, strayed } = this.compare(shift);
    after.drawLayer(this.colours, this.font);
    this.mark(after, changed, strayed);
    map.drawLayer(this.colours, this.font);
    map.begin();
    after.caption.textContent = `shift ${shift}`;
    before.caption.textContent = "shift 0";
    this.element.dataset.changed = changed.length;
    this.element.dataset.strayed = strayed.length;
    this.describe();
    const size = stage.values[0].length;
    this.meters[0].show(same[shift], size, `${same[shift]} of ${size} unchanged`);
    this.meters[1].show(moved[shift], size, told[shift]);
  }

  // Flat indices of the cells that differ from those of shift 0, and of those that are not what moving along would give.
  compare(shift) {
    const { values, tolerance, stride, columns } = this.stage, [first, now] = [values[0], values[shift]];
    const differ = other => now.flatMap((value, flat) => (Math.abs(value - other(flat)) <= tolerance ? [] : [flat]));
    const along = stride && shift % stride === 0 ? shift / stride : null;
    const from = flat => flat - flat % columns + ((flat % columns - along) % columns + columns) % columns;
    return { changed: differ(flat => first[flat]), strayed: along === null ? [] : differ(flat => first[from(flat)]) };
  }

  // A filled corner: changed. A cross: not what moving along would give.
  mark(board, changed, strayed) {
    const ctx = board.begin(), { cell } = board;
    if (cell < MARKED) return;
    const size = Math.max(5, cell * 0.26), ink = css(this.colours.ink), paper = css(this.colours.paper);
    for (const flat of changed) {
      const [x, y] = board.corner(...board.place(flat));
      wedgeAt(ctx, x + cell, y, size, ink, paper);
    }
    for (const flat of strayed) {
      const [x, y] = board.corner(...board.place(flat));
      crossAt(ctx, x + 2, y + cell - 2, size * 0.8, ink, paper);
    }
  }

  drawChange(ctx, board, flat) {
    const { stage: { values, tolerance }, shift, colours } = this, cell = flat % values[0].length;
    const changed = Math.abs(values[shift ?? 0][cell] - values[0][cell]) > tolerance;
    board.fillCell(ctx, flat, changed ? colours.ink : colours.paper);
  }

  describe() {
    const { stage, shift, boards, name } = this;
    const spelt = values => (values.length <= READ_OUT ? `: ${values.map(value => number(value)).join(", ")}` : `, ${values.length} cells`);
    boards[0].canvas.setAttribute("aria-label", `${name}, shift 0${spelt(stage.values[0])}`);
    boards[1].canvas.setAttribute("aria-label", `${name}, shift ${shift}${spelt(stage.values[shift])}`);
    boards[2].canvas.setAttribute("aria-label", `${name}, changed cells at shift ${shift}: ${this.element.dataset.changed}`);
  }
}

// The triangle in the upper right corner of a cell, with a thin line of paper that keeps it apart from the fill.
function wedgeAt(ctx, x, y, size, ink, paper) {
  ctx.beginPath(); ctx.moveTo(x - size - 1, y + 1); ctx.lineTo(x - 1, y + 1); ctx.lineTo(x - 1, y + size + 1); ctx.closePath();
  ctx.lineWidth = 2; ctx.strokeStyle = paper; ctx.stroke();
  ctx.fillStyle = ink; ctx.fill();
}

// A small cross whose lower left corner is given.
function crossAt(ctx, x, y, size, ink, paper) {
  for (const [width, colour] of [[4, paper], [1.8, ink]]) {
    ctx.beginPath();
    ctx.moveTo(x + 1, y - 1); ctx.lineTo(x + size, y - size); ctx.moveTo(x + 1, y - size); ctx.lineTo(x + size, y - 1);
    ctx.lineWidth = width; ctx.strokeStyle = colour; ctx.stroke();
  }
}

// A bar and its words.
class Meter {
  constructor(kind) {
    this.bar = tag("span", { class: "cnn-fill" });
    this.words = tag("span", { class: "cnn-told" });
    this.element = tag("p", { class: "cnn-meter", "data-kind": kind }, tag("span", { class: "cnn-track", "aria-hidden": "true" }, this.bar), this.words);
  }

  show(count, size, words) {
    this.bar.style.width = `${100 * (count ?? 0) / size}%`;
    this.element.dataset.count = count ?? "";
    this.element.toggleAttribute("data-undefined", count === null);
    this.words.textContent = words;
  }
}

class ShiftView extends View {
  constructor(model, root) {
    super(model, root);
    const spec = model.get("spec");
    Object.assign(this, { count: spec.count, stages: spec.stages });
    this.keys = {
      ArrowRight: () => this.go(this.shift + 1), ArrowLeft: () => this.go(this.shift - 1), Home: () => this.go(0),
      End: () => this.go(this.count - 1),
    };
    this.floors = spec.stages.map(stage => new Floor(stage, spec.axes));
    this.slider = tag("input", { type: "range", min: 0, max: spec.count - 1, step: 1, "aria-label": "Shift" });
    this.counter = tag("output", { class: "cnn-count" });
    const bar = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "Shift of the input" },
      tag("span", {}, "shift"), iconButton("Shift left", () => this.go(this.shift - 1), "Previous step"), this.slider,
      iconButton("Shift right", () => this.go(this.shift + 1), "Next step"), this.counter);
    installFullScreen(this, bar);
    const key = tag("p", { class: "cnn-key" }, tag("span", { class: "cnn-wedge", "aria-hidden": "true" }), " changed against shift 0",
      tag("span", { class: "cnn-cross", "aria-hidden": "true" }, "×"), " not what moving along would give");
    this.key = key;
    this.voice = voice();
    root.append(bar, ...this.floors.map(floor => floor.element), key, this.voice);
    root.dataset.axes = spec.axes;
    root.setAttribute("aria-label", "Shift the input: what stays, what moves along; arrow keys shift");
    this.slider.addEventListener("input", () => this.show(+this.slider.value));
    this.slider.addEventListener("change", () => this.commit());
    this.relayOut();
    this.show(model.get("shift") ?? 0);
    this.listen("change:shift", () => { if (model.get("shift") !== this.shift) this.show(model.get("shift")); });
    installHands(this, this.voice, KEYS, () => this.taken());
  }

  // To another shift, told aloud and to Python.
  go(shift) {
    this.show(shift);
    this.commit();
  }

  commit() {
    this.voice.textContent = this.report();
    if (this.model.get("shift") !== this.shift) this.save("shift", this.shift);
  }

  report() {
    const lines = this.stages.slice(1).map(({ name, same, told, values }) =>
      `${name}: ${same[this.shift]} of ${values[0].length} unchanged, ${told[this.shift]}.`);
    return [`Shift ${this.shift}.`, ...lines].join(" ");
  }

  show(shift) {
    this.shift = Math.max(0, Math.min(this.count - 1, Math.round(+shift) || 0));
    for (const floor of this.floors) floor.show(this.shift);
    this.slider.value = this.shift;
    this.slider.setAttribute("aria-valuetext", `shift ${this.shift} of ${this.count - 1}`);
    this.counter.textContent = `${this.shift} / ${this.count - 1}`;
    this.root.dataset.step = this.root.dataset.shift = this.shift;
  }

  // What is taken along: all stages; a name that says what they show.
  taken() {
    const { rows, columns } = this.stages[0], boards = this.floors.flatMap(floor => floor.boards);
    const size = rows > 1 ? `${rows}x${columns}` : columns;
    return { parts: this.floors.map(floor => floor.element), boards, name: `shifts-of-${size}`, at: `-shift-${this.shift}`, step: this.shift };
  }

  // Signals: all cells alike, so that rows can be compared; pictures: each as large as it may be.
  relayOut() {
    const room = roomIn(this.root), ratio = window.devicePixelRatio || 1;
    const sizes = this.floors.map(floor => floor.cellFor(room, ratio, this.staged));
    const least = Math.min(...sizes);
    this.floors.forEach((floor, n) => floor.layOut(floor.axes === 1 ? least : sizes[n], ratio));
    this.key.hidden = this.floors.every(({ boards }) => boards[0].cell < MARKED);
    this.redraw();
  }

  redraw() {
    const colours = readColours(this.root), font = getComputedStyle(this.root).fontFamily;
    for (const floor of this.floors) floor.redraw(colours, font);
  }
}

const render = mount((model, root) => new ShiftView(model, root), { class: "cnn-player cnn-shifts", tabindex: "0" });

export default { render };
