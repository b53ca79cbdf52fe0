// A kernel as a grid of fields: any size, arrow keys from cell to cell, names for what is known, divided by its sum.
import { css } from "../../kit/static/board.js";
import { tag, textButton } from "../../kit/static/dom.js";
import { takes, typedNumber } from "../../kit/static/field.js";
import { inkOn } from "../../kit/static/digits.js";
import { number, power } from "../../kit/static/numbers.js";
import { shade } from "../../kit/static/scale.js";
import { byFinger } from "../../kit/static/touch.js";

export const MOST = 15;         // rows and columns
export const LARGEST = 1e6;     // size of a weight
const CHANNELS = ["red", "green", "blue"];
const OWN = "your own";
const FRAME = 3;                // CSS pixels of the line around the weights

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const flat = kernel => kernel.flat(2);

/** A cut or widened table, around its middle: the cell at half its size, rounded down. */
function resized(table, rows, columns) {
  const shift = [[rows, table.length], [columns, table[0].length]].map(([to, from]) => Math.floor((to - 1) / 2) - Math.floor((from - 1) / 2));
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => table[r - shift[0]]?.[c - shift[1]] ?? 0));
}

export class Editor {
  /** `take(kernel, {preset})` is called with what was made; it says whether it was taken. `say` tells a sentence. */
  constructor(name, presets, take, say) {
    Object.assign(this, { name, presets, take, say, lane: -1, scale: 1, room: Infinity });
    this.choice = tag("select", { "aria-label": `${name}: a known kernel` });
    this.choice.addEventListener("change", () => {
      const preset = presets.find(each => each.name === this.choice.value);
      if (preset) this.lane = -1, take(preset.kernel, { preset });
    });
    this.lanes = tag("select", { "aria-label": `${name}: whose weights` }, ...["all colours", ...CHANNELS].map((label, n) => tag("option", { value: n - 1 }, label)));
    this.lanes.addEventListener("change", () => { this.lane = +this.lanes.value; this.show(this.kernel, this.colours, true); });
    this.grid = tag("div", { class: "cnn-grid", role: "group", "aria-label": `${name}, weights` });
    this.canvas = tag("canvas", { class: "cnn-taken", "aria-hidden": "true" });   // what Copy and Save see of the fields
    this.layer = tag("canvas");
    this.rows = this.counter("rows", 0);
    this.columns = this.counter("columns", 1);
    this.sum = tag("output", { class: "cnn-weights" });
    const divide = textButton("÷ sum", () => this.normalise(), "Divide all weights by their sum, so that they add up to 1");
    divide.setAttribute("aria-label", `÷ sum, ${name}`);
    this.element = tag("figure", { class: "cnn-board cnn-kernel-board", "data-board": "kernel", "data-role": "kernel" },
      tag("figcaption", {}, name), tag("div", { class: "cnn-bar" }, this.choice, this.lanes), tag("div", { class: "cnn-weighed" }, this.grid, this.canvas),
      tag("div", { class: "cnn-bar" }, this.rows, this.columns),
      tag("div", { class: "cnn-bar" }, divide, this.sum));
    this.grid.addEventListener("keydown", event => this.walk(event));
    this.grid.addEventListener("focusin", ({ target }) => target.select?.());
  }

  counter(what, way) {
    const size = () => (way ? this.kernel[0][0].length : this.kernel[0].length);
    const by = n => {
      const [rows, columns] = [this.kernel[0].length, this.kernel[0][0].length].map((length, axis) => length + (axis === way ? n : 0));
      if (Math.min(rows, columns) < 1 || Math.max(rows, columns) > MOST) return this.say(`A kernel has 1 to ${MOST} ${what} here.`);
      this.take(this.kernel.map(table => resized(table, rows, columns)), {});
    };
    const shown = tag("output"), group = tag("span", { class: "cnn-counter", role: "group", "aria-label": what }, `${what} `,
      textButton("−", () => by(-1), `One of the ${what} less`), shown, textButton("+", () => by(1), `One of the ${what} more`));
    for (const [button, word] of [[group.children[0], "less"], [group.children[2], "more"]]) button.setAttribute("aria-label", `${this.name}, ${what}: one ${word}`);
    group.refresh = () => { shown.textContent = size(); };
    return group;
  }

  normalise() {
    const sum = flat(this.kernel).reduce((a, b) => a + b, 0) / (this.kernel.length > 1 ? this.kernel.length : 1), most = Math.max(...flat(this.kernel).map(Math.abs));
    if (Math.abs(sum) <= 1e-9 * most) return this.say("The weights add up to 0, and nothing can be divided by 0.");
    this.take(this.kernel.map(table => table.map(line => line.map(weight => weight / sum))), {});
  }

  // Of three tables, one or, where they are alike, all; of one, that.
  show(kernel, colours, coloured) {
    Object.assign(this, { kernel, colours });
    this.lanes.hidden = !coloured;
    if (!coloured) this.lane = kernel.length > 1 ? 0 : -1;
    if (kernel.length > 1 && this.lane < 0) this.lane = 0;
    this.lanes.value = this.lane;
    const table = kernel[Math.max(0, this.lane)] ?? kernel[0], rows = table.length, columns = table[0].length, known = this.presets.find(each => same(each.kernel, kernel));
    if (this.own !== !known) this.choice.replaceChildren(...(known ? [] : [tag("option", { value: "" }, OWN)]), ...this.presets.map(({ name }) => tag("option", { value: name }, name)));
    this.own = !known;
    this.choice.value = known?.name ?? "";
    if (this.grid.children.length !== rows * columns || this.wide !== columns || this.drawn !== `${this.scale} ${this.room}`) this.build(rows, columns);
    const limit = Math.max(...flat(kernel).map(Math.abs)) || 1, whole = flat(kernel).every(Number.isInteger);
    const longest = Math.max(...table.flat().map(weight => spelt(weight, whole).length)), side = parseFloat(this.grid.style.gridAutoRows) || 38;
    this.grid.style.fontSize = `${Math.max(6, Math.min(14 * this.scale, side * 0.5, (this.side - 5) / (0.6 * longest)))}px`;
    [...this.grid.children].forEach((field, n) => {
      const weight = table[Math.floor(n / columns)][n % columns], fill = shade(weight, limit, colours);
      field.weight = weight;
      if (field !== document.activeElement || typedNumber(field.value)?.value !== weight) field.value = spelt(weight, whole), field === document.activeElement && field.select();
      field.removeAttribute("aria-invalid");
      Object.assign(field.style, { background: css(fill), color: css(inkOn(fill, colours)) });
    });
    this.rows.refresh();
    this.columns.refresh();
    const total = flat(kernel).reduce((a, b) => a + b, 0);
    this.sum.textContent = `sum ${number(Math.abs(total) < 1e-12 * limit ? 0 : total, 3)}`;
  }

  build(rows, columns) {
    this.wide = columns;
    this.drawn = `${this.scale} ${this.room}`;
    const longest = Math.max(rows, columns), usual = this.scale * (longest <= 3 ? 46 : longest <= 5 ? 40 : longest <= 7 ? 32 : longest <= 9 ? 26 : 20);
    const wide = byFinger() ? Math.max(40, usual) : usual, all = Math.floor((this.room - 2 * FRAME) / columns);   // all in sight comes before large
    const side = this.side = Math.max(16, Math.min(wide, all));
    Object.assign(this.grid.style, { gridTemplateColumns: `repeat(${columns}, ${side}px)`, gridAutoRows: `${byFinger() ? side : Math.min(side, 38 * this.scale)}px` });
    this.high = parseFloat(this.grid.style.gridAutoRows);
    this.grid.replaceChildren(...Array.from({ length: rows * columns }, (_, n) => {
      const place = [Math.floor(n / columns), n % columns];
      const field = tag("input", { type: "text", class: "cnn-weight", inputmode: "text", "aria-label": `${this.name}[${place.join(", ")}]`, autocomplete: "off", spellcheck: "false", tabindex: n ? -1 : 0 });
      const read = (settled) => {
        const typed = typedNumber(field.value), weight = typed?.value;
        const good = typed && Number.isFinite(weight) && Math.abs(weight) <= LARGEST;
        field.setAttribute("aria-invalid", String(!good));
        if (good && weight !== field.weight && field.value !== spelt(field.weight, false)) this.change(place, weight);
        else if (!good && settled) this.say(typed ? `Weights can be at most ${LARGEST}.` : field.value.trim() ? `“${field.value}” is not a number.` : "An empty cell is not a number: type 0.");
        if (settled && good) field.value = spelt(field.weight, Number.isInteger(field.weight)), field === document.activeElement && field.select();
      };
      field.addEventListener("input", () => read(false));   // followed while it is typed
      field.addEventListener("blur", () => { if (field.getAttribute("aria-invalid") === "true") field.value = spelt(field.weight, false), field.removeAttribute("aria-invalid"); });
      takes(field, () => read(true), () => { field.value = spelt(field.weight, false); field.removeAttribute("aria-invalid"); field.select(); });
      return field;
    }));
  }

  // The fields once more, as a board: its size, and, when it is taken along, what stands there.
  layOut(ratio) {
    const { grid, side, high, wide, canvas } = this;
    Object.assign(this, { ratio, size: [wide * side + 2 * FRAME, grid.children.length / wide * high + 2 * FRAME] });
    [canvas.width, canvas.height] = this.size.map(length => Math.round(length * ratio));
    canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  draw(font) {
    const { grid, side, high, wide, canvas, colours } = this, fields = [...grid.children], ctx = canvas.getContext("2d");
    Object.assign(ctx, { font: `${grid.style.fontSize} ${font}`, textAlign: "center", textBaseline: "middle", lineWidth: 0.5, strokeStyle: css(colours.line) });
    fields.forEach(({ value, style }, n) => {
      const [x, y] = [FRAME + (n % wide) * side, FRAME + Math.floor(n / wide) * high];
      ctx.fillStyle = style.background;
      ctx.fillRect(x, y, side, high);
      ctx.strokeRect(x, y, side, high);
      ctx.fillStyle = style.color;
      ctx.fillText(value, x + side / 2, y + high / 2);
    });
    Object.assign(ctx, { lineWidth: FRAME, strokeStyle: css(colours.kernel) });
    ctx.strokeRect(FRAME / 2, FRAME / 2, this.size[0] - FRAME, this.size[1] - FRAME);
  }

  change([row, column], weight) {
    const parted = this.kernel.length === 1 && this.lane >= 0 ? CHANNELS.map(() => this.kernel[0]) : this.kernel, kernel = parted.map(table => structuredClone(table));
    kernel[kernel.length > 1 ? Math.max(0, this.lane) : 0][row][column] = weight;
    this.take(kernel, { cell: [this.lane, row, column] });
  }

  // Arrow keys go from cell to cell; Home and End to the first and the last.
  walk(event) {
    const cells = [...this.grid.children], at = cells.indexOf(event.target), { key } = event;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.wide, ArrowDown: this.wide, Home: -at, End: cells.length - 1 - at }[key];
    if (by === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = cells[at + by], jumps = Math.abs(by) === 1 && Math.floor(at / this.wide) !== Math.floor((at + by) / this.wide);
    if (!to || (jumps && !["Home", "End"].includes(key))) return;
    cells.forEach(cell => { cell.tabIndex = cell === to ? 0 : -1; });
    to.focus();
  }
}

// Short, as what is in a field; a weight that is not 0 never looks like it.
const spelt = (weight, whole) => (whole ? number(weight, 0) : weight && Math.abs(weight) < 0.001 ? power(weight, 2) : number(weight, Math.abs(weight) < 0.1 ? 3 : 2));
