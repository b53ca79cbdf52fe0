// A column of the picture: what one layer makes of the input, as small maps or as a strip of cells.
import { tag, textButton } from "../../kit/static/dom.js";
import { byFinger } from "../../kit/static/touch.js";
import { Strip, Tile, limitOf } from "./tiles.js";

export const SEEN = [16, 8];           // maps of a layer that are seen at once, of deep networks fewer:
const ONE = 8, FINGERS = 6;            // so many stand in one line; and where fingers press
const CELLS = 128, MOST_CELLS = 1024;  // cells of a strip in one line, and in all
const GAP = 4, HEADED = 54;            // CSS pixels: between two maps; what a heading needs

// The box of an element, seen from a corner.
export const within = (origin, element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
};

// The largest size not above `most` at which every cell has as many whole pixels, unless that is much smaller.
const sized = (rows, columns, most, ratio = 1) => {
  const side = Math.max(rows, columns), cell = Math.floor(most * ratio / side) / ratio, fits = cell * side >= 0.85 * most;
  return [columns, rows].map(length => (fits ? length * cell : Math.round(most * length / side * ratio) / ratio));
};

export class Column {
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
      tiles[0].layOut(run * cell, Math.max(byFinger() ? 20 : 8, cell) * Math.ceil(count / run), ratio);
      body.style.gridTemplateColumns = "max-content";
      return;
    }
    const [, rows, columns] = this.shape, across = Math.min(byFinger() ? FINGERS : ONE, shown), size = sized(rows, columns, Math.min(64, (room - (across - 1) * GAP) / across), ratio);
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
