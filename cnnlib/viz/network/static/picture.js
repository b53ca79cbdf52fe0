// The whole network as one picture: the input, a column of maps or cells for each layer, the bars of the answer, and the
// lines between them. Columns stand side by side where there is room, below each other where there is not.
import { tag, textButton } from "../../kit/static/dom.js";
import { Bars } from "./bars.js";
import { Strip, Tile, limitOf } from "./tiles.js";
import { Wires, strongest } from "./wires.js";

const SEEN = [16, 8];                  // maps of a layer that are seen at once, of deep networks fewer:
const ONE = 8;                         // so many stand in one row
const CELLS = 128, MOST_CELLS = 1024;  // cells of a strip in one row, and in all
const NARROW = 620;                    // CSS pixels: below it, layers stand below each other
const HEIGHTS = { page: [390, 236], stage: [1000, 300] };
const LARGEST = { page: 72, stage: 150 };
const BETWEEN = { page: [21, 46], stage: [40, 80] }, GAP = 4, HEADED = 54, ANSWER = { page: 142, stage: 270 };

// The box of an element, seen from a corner.
const within = (origin, element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
};

// The largest size not above `most` at which every cell has as many whole pixels, unless that is much smaller.
const sized = (rows, columns, most, ratio = 1) => {
  const side = Math.max(rows, columns), cell = Math.floor(most * ratio / side) / ratio, fits = cell * side >= 0.85 * most;
  return [columns, rows].map(length => (fits ? length * cell : Math.round(most * length / side * ratio) / ratio));
};

class Column {
  constructor(picture, place, { name, told, shape, kind }) {
    Object.assign(this, { picture, place, name, told, shape, kind, first: 0, limit: 0 });
    this.maps = shape.length === 3;
    this.count = shape[0];
    this.shown = this.maps ? Math.min(SEEN[0], this.count) : 1;
    const size = shape.join("×");
    this.title = tag("p", { class: "cnn-over", title: `${name}${told && `: ${told}`}, ${size}` }, tag("b", {}, name),
      tag("small", {}, told || "\u00a0"), tag("small", {}, size));
    this.body = tag("div", { class: "cnn-maps" });
    this.element = tag("div", { class: "cnn-column", role: "group", "aria-label": `${name}, ${told && `${told}, `}${this.maps ? size : `${size} numbers`}`, "data-kind": kind }, this.title, this.body);
    this.tiles = this.maps ? Array.from({ length: this.shown }, (_, n) => this.mapTile(n)) : [this.stripTile()];
    if (this.maps && this.count > SEEN[1]) this.element.append(this.pages = this.pager());
  }

  button(tile, open) {
    const button = tag("button", { type: "button", class: "cnn-map" }, tile.canvas);
    button.addEventListener("click", open);
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) button.addEventListener(event, () => this.picture.point(on ? { column: this.place, map: tile.map?.() ?? null } : null));
    this.body.append(button);
    tile.button = button;
    return tile;
  }

  mapTile(n) {
    const [, rows, columns] = this.shape, tile = new Tile(rows, columns);
    tile.map = () => this.first + n;
    return this.button(tile, () => this.picture.open({ column: this.place, map: this.first + n }));
  }

  stripTile() {
    const tile = new Strip(Math.min(this.count, MOST_CELLS));
    const at = event => {
      const { left, top, width, height } = tile.canvas.getBoundingClientRect();
      return tile.at((event.clientX - left) / width, (event.clientY - top) / height);
    };
    this.button(tile, event => this.picture.open({ column: this.place, map: event.detail ? at(event) ?? 0 : this.strongestCell() }));
    tile.button.addEventListener("pointermove", event => this.picture.point({ column: this.place, map: at(event) }));
    return tile;
  }

  strongestCell() { return this.numbers?.reduce((best, value, n, all) => (Math.abs(value) > Math.abs(all[best]) ? n : best), 0) ?? 0; }

  // Of many maps, the next ones.
  pager() {
    const said = tag("span", {}), turn = by => {
      this.first = Math.max(0, Math.min(this.count - this.shown, this.first + by * this.shown));
      this.tell();
      this.picture.again();
    };
    this.tell = () => {
      const last = this.first + this.shown - 1;
      said.textContent = `${this.first}–${last}`;
      said.title = `Maps ${this.first} to ${last} of ${this.count}`;
    };
    const [back, on] = [["‹", -1, "Maps before"], ["›", 1, "More maps"]].map(([sign, by, label]) => {
      const button = textButton(sign, () => turn(by), label);
      button.setAttribute("aria-label", `${label}, ${this.name}`);
      return button;
    });
    return tag("div", { class: "cnn-pager" }, back, said, on);
  }

  // So many of its maps at once.
  show(most) {
    if (!this.maps) return;
    this.shown = Math.min(most, this.count);
    this.first = Math.min(this.first, this.count - this.shown);
    this.tiles.forEach(({ button }, n) => { button.hidden = n >= this.shown; });
    if (this.pages) this.pages.hidden = this.count === this.shown, this.tell();
  }

  // Side by side: what it is wide if it may be so high. Sizes are kept in `plan`, for `take`.
  plan(high, largest, ratio, before) {
    if (!this.maps) {
      const { count } = this.tiles[0], lines = Math.ceil(count / CELLS), run = Math.ceil(count / lines);
      this.planned = { run, wide: 14 * lines, high: Math.min(10 * run, high) };
      return Math.max(HEADED, this.planned.wide);
    }
    const across = this.shown > ONE ? 2 : 1, down = Math.ceil(this.shown / across), [, rows, columns] = this.shape;
    const most = before?.maps && before.count === this.count ? Math.max(...before.planned.size) : largest;   // a pooling does not enlarge
    const size = sized(rows, columns, Math.min(largest, most, (high - (down - 1) * GAP) / down), ratio);
    this.planned = { across, size };
    return Math.max(HEADED, across * size[0] + (across - 1) * GAP);
  }

  take(ratio) {
    const { planned: { run, wide, high, size, across }, tiles, body, maps } = this;
    this.element.style.minWidth = `${HEADED}px`;
    if (!maps) tiles[0].arrange(run, false), tiles[0].layOut(wide, high, ratio);
    else for (const tile of tiles) tile.layOut(...size, ratio);
    body.style.gridTemplateColumns = `repeat(${across ?? 1}, max-content)`;
  }

  // Below each other: as a row that is so wide.
  lie(room, ratio) {
    this.element.style.minWidth = "";
    const { tiles, body, maps, shown } = this;
    if (!maps) {
      const { count } = tiles[0], run = Math.min(count, 60), cell = Math.min(14, Math.floor(room * ratio / run) / ratio);
      tiles[0].arrange(run, true);
      tiles[0].layOut(run * cell, Math.max(8, cell) * Math.ceil(count / run), ratio);
      body.style.gridTemplateColumns = "max-content";
      return;
    }
    const [, rows, columns] = this.shape, across = Math.min(ONE, shown), size = sized(rows, columns, Math.min(64, (room - (across - 1) * GAP) / across), ratio);
    for (const tile of tiles) tile.layOut(...size, ratio);
    body.style.gridTemplateColumns = `repeat(${across}, max-content)`;
  }

  paint(values, colours) {
    this.numbers = values;
    this.limit = limitOf(values, this.limit);
    const limit = this.limit || 1, area = this.maps ? this.shape[1] * this.shape[2] : 0;
    this.tiles.forEach((tile, n) => { if (n < this.shown) tile.paint(values, (this.first + n) * area, limit, colours); });
  }

  // Where its maps are in the picture's own pixels: measured once, when everything has its place.
  measure(origin) { this.boxes = this.tiles.slice(0, this.shown).map(({ canvas }) => within(origin, canvas)); }

  // The box around all of them.
  get spread() {
    const side = (name, most) => most(...this.boxes.map(box => box[name]));
    return { left: side("left", Math.min), right: side("right", Math.max), top: side("top", Math.min), bottom: side("bottom", Math.max) };
  }

  // The box of a map or a cell; of one that is not seen, null.
  box(n) {
    if (this.maps) return this.boxes[n - this.first] ?? null;
    const [tile] = this.tiles, [{ left, right, top, bottom }] = this.boxes;
    if (n >= tile.count) return null;
    const [row, column] = tile.place(n), wide = (right - left) / tile.columns, high = (bottom - top) / tile.rows;
    return { left: left + column * wide, right: left + (column + 1) * wide, top: top + row * high, bottom: top + (row + 1) * high };
  }
}

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
    this.element = tag("div", { class: "cnn-stage cnn-net", role: "group", "aria-label": "The network, from pixels to bars" }, this.wires.element, input.element,
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
    const answer = this.end ? ANSWER[where] + this.answers.label * (staged ? 13 : 7.5) : 0;
    element.style.setProperty("--cnn-answer", `${answer}px`);
    if (this.narrow) {
      input.layOut(Math.min(250, room - 10), true, ratio);
      for (const column of columns) column.show(SEEN[0]), column.lie(room - 4, ratio);
    } else {
      const [most, least] = HEIGHTS[where], gaps = columns.length + (this.end ? 1 : 0), edge = 8;
      let high;
      const width = () => columns.reduce((sum, column, n) => sum + column.plan(high, LARGEST[where], ratio, columns[n - 1]), edge + input.plan(high) + answer);
      for (const seen of SEEN) {
        for (const column of columns) column.show(seen);
        for (high = Math.min(most, Math.max(least, tall)); high > least && width() + gaps * close > room;) high -= 6;
        if (width() + gaps * close <= room) break;
      }
      const between = Math.max(close, Math.min(wide, Math.floor((room - width()) / gaps)));
      element.style.setProperty("--cnn-between", `${between}px`);
      element.style.setProperty("--cnn-high", `${high}px`);
      input.layOut(high, false, ratio);
      for (const column of columns) column.take(ratio);
    }
    this.wire();
  }

  // All lines: of a convolution from each map it reads, of a pooling one to one, of the rest a fan.
  wire() {
    const { wires, columns, element, narrow } = this;
    wires.clear();
    wires.element.style.display = narrow ? "none" : "";
    if (narrow) return;
    wires.element.style.display = "none";   // or its old size would count
    wires.size(element.scrollWidth, element.scrollHeight);
    wires.element.style.display = "";
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

  // Colours begin anew: with other weights, numbers of other sizes are usual.
  forget() { for (const column of this.columns) column.limit = 0; }

  get tiles() { return this.columns.flatMap(({ tiles, shown }) => tiles.slice(0, shown)); }

  /** Names that say what each map holds, for those who cannot see it. */
  describe(number) {
    for (const column of this.columns) for (const tile of column.tiles.slice(0, column.shown)) {
      const { values, numbers, offset, rows, columns, count } = tile, all = column.maps ? values.subarray(offset, offset + rows * columns) : numbers;
      const most = all.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
      const what = column.maps ? `${column.name}, map ${tile.map()} of ${column.count}` : `${column.name}, ${count} numbers`;
      tile.button.setAttribute("aria-label", `${what}: ${most ? `largest ${number(most)}` : "all 0"}`);
    }
  }
}
