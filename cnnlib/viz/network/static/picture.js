// The whole network as one picture: the input, a column of maps or cells for each layer, the bars of the answer, and the
// lines between them. Columns stand side by side where there is room, below each other where there is not.
import { tag } from "../../kit/static/dom.js";
import { Bars } from "./bars.js";
import { Column, SEEN, within } from "./column.js";
import { limitOf } from "./tiles.js";
import { Wires, strongest } from "./wires.js";

const NARROW = 805;                    // CSS pixels: below it, layers stand below each other
const HEIGHTS = { page: [390, 236], stage: [1000, 300] };
const LARGEST = { page: 72, stage: 150 };
const BETWEEN = { page: [18, 46], stage: [40, 80] }, ANSWER = { page: 160, stage: 270 };
const LONGER = 130, SHORTER = { page: 40, stage: 110 };   // so much longer are bars where there is room, and shorter where there is none

export class Picture {
  /** `input` is {element, layOut(height, narrow)} and says how wide it is; `told` has open(place), again(). */
  constructor(spec, layers, input, told) {
    Object.assign(this, { spec, layers, input, told, narrow: false, pointed: null, chosen: null });
    this.wires = new Wires();
    const { columns, classes } = spec, last = columns.at(-1);
    this.answers = classes && last.shape.length === 1 ? new Bars(classes, n => this.open({ column: columns.length - 1, map: n })) : null;
    this.columns = columns.slice(0, this.answers ? -1 : undefined).map((column, place) => new Column(this, place, column));
    this.end = this.answers && tag("div", { class: "cnn-column cnn-end", "data-kind": "answer", role: "group", "aria-label": "The answer" },
      tag("p", { class: "cnn-over" }, tag("b", {}, "answer"), tag("small", {}, classes.length > 1 ? "softmax of" : "\u00a0"), tag("small", {}, `${last.name}, ${last.shape[0]}`)), this.answers.element);
    this.element = tag("div", { class: "cnn-stage cnn-net", role: "group", "aria-label": "The network, from pixels to bars" }, this.wires.canvas, this.wires.element, input.element,
      ...this.columns.map(({ element }) => element), ...(this.end ? [this.end] : []));
    this.answers?.rows.forEach(({ element }, row) => {
      for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) element.addEventListener(event, () => this.point(on ? { column: columns.length - 1, map: this.answers.order[row] } : null));
    });
    this.element.addEventListener("keydown", event => this.walk(event));
  }

  open(place) { this.told.open(place); }
  again() { this.told.again(); }

  // Left and right go from column to column; up and down, within one, are those of all groups (kit/static/stops.js).
  walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], groups = [...this.element.querySelectorAll(".cnn-column")].filter(group => group.querySelector("button"));
    const at = groups.findIndex(group => group.contains(event.target));
    if (!by || at < 0 || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("button")) return;
    event.preventDefault();
    event.stopPropagation();
    const group = groups[at + by];
    if (!group) return;
    const own = [...groups[at].querySelectorAll("button")], others = [...group.querySelectorAll("button")];
    others[Math.min(others.length - 1, Math.round(own.indexOf(event.target) / Math.max(1, own.length - 1) * (others.length - 1)))].focus();
  }

  // ---- where everything stands

  layOut(room, tall, staged, ratio) {
    const where = staged ? "stage" : "page", { columns, input, element } = this, [close, wide] = BETWEEN[where];
    this.narrow = room < NARROW;
    element.classList.toggle("cnn-narrow", this.narrow);
    let answer = this.end ? ANSWER[where] + this.answers.label * (staged ? 13 : 7.5) : 0;
    element.style.setProperty("--cnn-answer", `${answer}px`);
    if (this.narrow) {
      input.layOut(Math.min(250, room - 10), true, ratio);
      for (const column of columns) column.show(SEEN[0]), column.lie(room - 4, ratio);
    } else {
      const [most, least] = HEIGHTS[where], gaps = columns.length + (this.end ? 1 : 0), edge = 8;
      const highest = Math.min(most, Math.max(least, tall));
      const width = high => columns.reduce((sum, column, n) => sum + column.plan(high, LARGEST[where], ratio, columns[n - 1]), edge + input.plan(high) + answer);
      const fits = high => width(high) + gaps * close <= room;
      let high = highest;
      for (const seen of SEEN) {
        for (const column of columns) column.show(seen);
        for (high = highest; high > least && !fits(high);) high -= 6;
        if (fits(high)) break;
        for (const narrowest = width(high); high + 6 <= highest && width(high + 6) <= narrowest;) high += 6;   // lower makes it no narrower
      }
      if (this.end && !fits(high)) answer -= Math.min(SHORTER[where], width(high) + gaps * close - room);
      const between = Math.max(close, Math.min(wide, Math.floor((room - width(high)) / gaps)));
      element.style.setProperty("--cnn-between", `${between}px`);
      element.style.setProperty("--cnn-answer", `${answer + Math.max(0, Math.min(LONGER, room - width(high) - gaps * between))}px`);
      input.layOut(high, false, ratio);
      element.style.setProperty("--cnn-high", `${Math.max(high, input.high())}px`);
      for (const column of columns) column.take(ratio);
    }
    element.classList.toggle("cnn-longer", !this.narrow && element.scrollWidth > element.clientWidth + 1);
    this.wire();
  }

  // All lines: of a convolution from each map it reads, of a pooling one to one, of the rest a fan.
  wire() {
    const { wires, columns, element, narrow } = this;
    wires.clear();
    wires.element.style.display = wires.canvas.style.display = narrow ? "none" : "";
    if (narrow) return;
    wires.element.style.display = wires.canvas.style.display = "none";   // or its old size would count
    wires.extend(element.scrollWidth, element.scrollHeight);
    wires.element.style.display = wires.canvas.style.display = "";
    const { left, top } = element.getBoundingClientRect(), origin = { left: left - element.scrollLeft, top: top - element.scrollTop };
    for (const column of columns) column.measure(origin);
    this.entry = within(origin, this.input.shown);
    this.ends = this.answers?.rows.map(row => within(origin, row.element));
    const whole = n => (n < 0 ? this.entry : columns[n]?.spread ?? within(origin, this.answers.element));
    columns.forEach((column, n) => {
      if (column.maps && (columns[n - 1]?.maps ?? true)) wires.between(this.pairs(n), false);
      else wires.between([[whole(n - 1), whole(n)]], true);
    });
    if (this.end) wires.between([[whole(columns.length - 1), whole(columns.length)]], true);
    this.wired = true;
    this.relight();
  }

  // The maps that a column's map (or all of its maps) is made of: pairs of boxes.
  pairs(n, only = null) {
    const column = this.columns[n], before = this.columns[n - 1], pairs = [];
    const layer = this.layers[this.spec.columns[n].layer], groups = layer.kind === "Conv2d" ? layer.groups : column.count;
    for (let k = column.first; k < column.first + column.shown; k++) {
      if (only !== null && k !== only) continue;
      const depth = before ? before.count / groups : 1, from = before ? Math.floor(k / (column.count / groups)) * depth : 0;
      for (let c = from; c < from + depth; c++) {
        const pair = [before ? before.box(c) : this.entry, column.box(k)];
        if (pair[0] && pair[1]) pairs.push(pair);
      }
    }
    return pairs;
  }

  // ---- what is pointed at

  point(place) {
    this.pointed = place;
    this.relight();
  }

  choose(place) {
    this.chosen = place;
    for (const column of this.columns) for (const tile of column.tiles) tile.button.classList.toggle("cnn-chosen", place?.column === column.place && (!column.maps || tile.map() === place.map));
    this.answers?.rows.forEach(({ element }, row) => element.classList.toggle("cnn-chosen", place?.column === this.columns.length && this.answers.order[row] === place.map));
    this.relight();
  }

  // Lines of what is pointed at or looked into; otherwise of what speaks for the answer.
  relight() {
    if (this.narrow || !this.wired) return;
    const place = this.pointed ?? this.chosen, last = this.spec.columns.length - 1, column = place && this.columns[place.column];
    this.wires.light(column?.maps && place.map !== null ? this.pairs(place.column, place.map) : []);
    this.voted = place && !column?.maps ? place : this.answers ? { column: last, map: null } : null;
    this.vote();
  }

  vote() {
    const { voted, wires, columns } = this, n = voted?.column, map = voted?.map ?? (n === columns.length ? this.answers?.best : null);
    const layer = voted && this.layers[this.spec.columns[n].layer], before = columns[n - 1];
    if (map === null || map === undefined || layer?.kind !== "Linear" || !before?.numbers || this.narrow || !this.wired) return wires.vote([]);
    const { w } = layer.weights, count = w.shape[1], to = n === columns.length ? this.ends[this.answers.order.indexOf(map)] : columns[n].box(map);
    const area = before.maps ? before.shape[1] * before.shape[2] : 1, best = strongest(before.numbers, w.data, map * count, count), most = Math.abs(best[0]?.[1]) || 1;
    wires.vote(to ? best.map(([i, term]) => [before.box(Math.floor(i / area)), to, term / most]).filter(([from]) => from) : []);
  }

  // ---- what it shows

  paint(outputs, colours, truth) {
    const { spec } = this;
    this.columns.forEach((column, n) => column.paint(outputs[spec.columns[n].out].values, colours));
    this.answers?.paint(outputs.at(-1).values, truth);
    this.vote();
  }

  // Scales that hold these numbers, too.
  grade(outputs) { for (const column of this.columns) column.limit = limitOf(outputs[this.spec.columns[column.place].out].values, column.limit); }

  // What is taken along of it: boards, and parts with words. `framed` draws what is otherwise a matter of style.
  get boards() { return [...(this.narrow ? [] : [this.wires]), ...this.tiles]; }
  get parts() { return [...this.columns.map(({ title }) => title), ...(this.end ? [this.end] : [])]; }
  framed(colour) {
    if (!this.narrow) this.wires.draw(Boolean(colour));
    if (colour) for (const tile of this.tiles) tile.frame(colour);
  }

  // Colours begin again: with other weights, numbers of other sizes are usual.
  forget() { for (const column of this.columns) column.limit = 0; }

  get tiles() { return this.columns.flatMap(({ tiles, shown }) => tiles.slice(0, shown)); }

  /** Names that say what each map holds, for those who cannot see it. */
  describe(number) {
    for (const column of this.columns) for (const tile of column.tiles.slice(0, column.shown)) {
      const { values, numbers, offset, rows, columns, count } = tile, all = column.maps ? values.subarray(offset, offset + rows * columns) : numbers;
      const most = all.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
      const what = column.maps ? `${column.name}, map ${tile.map()} of ${column.count}` : `${column.name}, ${count} numbers`;
      const told = `${what}: ${most ? `largest ${number(most)}` : "all 0"}`;
      tile.button.setAttribute("aria-label", told);
      tile.button.title = told;
    }
  }
}
