// A closer look at one map: what it reads, its filters, and of one of its numbers the sum that makes it, down to a sliding
// player on that very window. The picture stays above; crumbs and Escape lead back.
import { iconButton, tag, textButton } from "../../kit/static/dom.js";
import { Dot } from "./dot.js";
import { Dense } from "./dense.js";
import { channelsOf, windowOf } from "./patch.js";
import { fine } from "./terms.js";
import { Tile, limitOf } from "./tiles.js";

const LARGE = 252, PAIRED = 84, ALONE = 196, MOST_PAIRS = 32;
const SLIDING = ["Conv2d", "MaxPool2d", "AvgPool2d"];

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const cellOf = (rows, columns, most) => Math.max(1, Math.floor(most / Math.max(rows, columns)));

export class Zoom {
  /** `view` has spec, net, outputs, x, colours; `back(level)` is told when a level is left. */
  constructor(view) {
    Object.assign(this, { view, place: null, at: null, hovered: null });
    this.crumbs = tag("nav", { class: "cnn-crumbs", "aria-label": "Where you are" });
    this.body = tag("div", { class: "cnn-closer" });
    this.element = tag("section", { class: "cnn-zoom", "aria-label": "A closer look", hidden: "" },
      tag("div", { class: "cnn-bar cnn-zoom-top" }, this.crumbs, iconButton("Back to the whole network (Escape)", () => this.close(), "Close")), this.body);
    this.element.addEventListener("keydown", event => {
      if (event.key !== "Escape" || event.defaultPrevented || view.staged && !this.place) return;
      event.preventDefault();
      event.stopPropagation();
      this.back();
    });
  }

  get column() { return this.view.spec.columns[this.place.column]; }
  get layer() { return this.view.net.layers[this.column.layer]; }
  get source() {   // what its layer reads
    const { column: n } = this.place, { spec, outputs, x } = this.view, before = spec.columns[n - 1], { layer } = this.column;
    const values = layer ? outputs[layer - 1].values : x;
    return { values, shape: before ? before.shape : spec.shape, name: before?.name ?? "input" };
  }
  get made() { return this.view.outputs[this.column.out].values; }

  // ---- from level to level

  open(place, focuses = true) {
    this.place = place;
    this.at = null;
    this.build();
    this.element.hidden = false;
    this.tell();
    this.paint();
    if (!focuses) return;
    (this.large?.canvas ?? this.crumbs.querySelector("button")).focus({ preventScroll: true });
    this.fly();
    if (!this.view.root.querySelector(".cnn-tour:not([hidden])")) this.element.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }

  // To where somebody else wants it: [], [column, map] or [column, map, row, column]; what there is not is left aside.
  go(wanted) {
    const [column, map, ...at] = wanted, shape = this.view.spec.columns[column]?.shape, now = this.place ? [this.place.column, this.place.map, ...(this.at ?? [])] : [];
    if (now.join() === wanted.join() || !this.view.outputs) return;
    if (!shape || !(map < shape[0])) return this.close();
    if (this.place?.column !== column || this.place.map !== map) this.open({ column, map }, false);
    if (this.dot) this.at = at.length === 2 ? at : null, this.dot.pick(this.at), this.tell(), this.paint();
  }

  // The map grows out of its place in the picture.
  fly() {
    const tile = this.view.picture.columns[this.place.column]?.tiles.find(each => each.map?.() === this.place.map);
    if (!tile || !this.large || still()) return;
    const [from, to] = [tile.canvas, this.large.canvas].map(canvas => canvas.getBoundingClientRect());
    const start = `translate(${from.left - to.left}px, ${from.top - to.top}px) scale(${from.width / to.width}, ${from.height / to.height})`;
    Object.assign(this.large.canvas.style, { transformOrigin: "0 0", position: "relative", zIndex: 3 });
    this.large.canvas.animate([{ transform: start }, { transform: "none" }], { duration: 260, easing: "cubic-bezier(.2, .7, .2, 1)" });
  }

  pick(at) {
    const [, rows, columns] = this.column.shape;
    this.at = [Math.max(0, Math.min(rows - 1, at[0])), Math.max(0, Math.min(columns - 1, at[1]))];
    this.dot?.pick(this.at);
    this.tell();
    this.paint();
  }

  // One level up: from the player to the sum, from the sum to the map, from the map to the network.
  back() {
    if (this.dot?.playing) return this.dot.stop(), this.tell();
    if (this.at) {
      this.at = null;
      this.dot.pick(null);
      this.tell();
      this.paint();
      this.large.canvas.focus({ preventScroll: true });
      return;
    }
    this.close();
  }

  close() {
    if (!this.place) return;
    const { place } = this;
    this.dot?.stop();
    Object.assign(this, { place: null, at: null, dot: null, dense: null, large: null });
    this.element.hidden = true;
    this.body.replaceChildren();
    this.view.left(place);
  }

  // The way here, each step a button that leads back to it.
  tell() {
    const { place, at, column } = this, name = n => (column.shape.length === 3 ? `map ${n}` : this.view.spec.classes && this.last ? this.view.spec.classes[n] : `number ${n}`);
    const steps = [["network", () => this.close()], [`${column.name}, ${name(place.map)}`, () => { while (this.dot?.playing || this.at) this.back(); }]];
    if (at) steps.push([`row ${at[0]}, column ${at[1]}`, () => { if (this.dot.playing) this.back(); }]);
    if (this.dot?.playing) steps.push(["sliding player", () => {}]);
    const parts = steps.map(([text, press], n) => {
      const button = textButton(text, press);
      if (n === steps.length - 1) button.setAttribute("aria-current", "true");
      return button;
    });
    const turn = (sign, by, label) => {
      const button = textButton(sign, () => this.step(by), label);
      button.setAttribute("aria-label", label);
      return button;
    };
    this.crumbs.replaceChildren(...parts.flatMap((part, n) => (n ? [tag("span", { "aria-hidden": "true" }, "›"), part] : [part])),
      tag("span", { class: "cnn-turn" }, turn("‹", -1, "The one before"), turn("›", 1, "The next one")));
    this.view.chosen(place, at);
  }

  get last() { return this.place.column === this.view.spec.columns.length - 1; }

  // The next map, at the same place.
  step(by) {
    const { shape } = this.column, { at } = this, map = (this.place.map + by + shape[0]) % shape[0];
    const focused = document.activeElement?.getAttribute("aria-label");
    this.place = { ...this.place, map };
    this.build();
    if (at && this.dot) this.at = at, this.dot.pick(at);
    this.tell();
    this.paint();
    [...this.crumbs.querySelectorAll("button")].find(button => button.getAttribute("aria-label") === focused)?.focus();
  }

  // ---- what is shown

  build() {
    this.dot?.stop();
    Object.assign(this, { dot: null, dense: null, large: null, pairs: [], hovered: null });
    const { column, layer } = this;
    if (column.shape.length !== 3) {
      this.dense = new Dense(this);
      this.body.replaceChildren(this.dense.element);
      return;
    }
    const [, rows, columns] = column.shape, cell = cellOf(rows, columns, LARGE);
    this.large = new Tile(rows, columns);
    this.large.layOut(columns * cell, rows * cell, devicePixelRatio || 1);
    this.prepare(this.large.canvas, rows, columns);
    this.readout = tag("p", { class: "cnn-readout" });
    const title = `${column.name}, map ${this.place.map}`, result = tag("figure", { class: "cnn-large" }, tag("figcaption", {}, title, tag("small", {}, ` ${rows} × ${columns}`)), this.large.canvas, this.readout);
    const slides = SLIDING.includes(layer.kind) && !(layer.count_include_pad === false && layer.padding.flat().some(Boolean));
    this.dot = slides ? new Dot(this) : null;
    this.body.replaceChildren(...(slides ? [this.sources(), tag("span", { class: "cnn-sign", "aria-hidden": "true" }, "→")] : []), result, ...(this.dot ? [this.dot.element] : []));
  }

  // The maps it reads, each with its filter; a pooling reads one.
  sources() {
    const { layer, source, place, column } = this, [, rows, columns] = source.shape, ratio = devicePixelRatio || 1;
    const [first, end] = channelsOf(layer, place.map, source.shape[0], column.shape[0]), alone = end - first === 1;
    const cell = cellOf(rows, columns, alone ? ALONE : PAIRED), conv = layer.kind === "Conv2d", [Fh, Fw] = layer.kernel_size;
    this.pairs = Array.from({ length: Math.min(end - first, MOST_PAIRS) }, (_, n) => {
      const channel = first + n, picture = !this.place.column && source.shape[0] === 1;
      const map = new Tile(rows, columns, { look: picture ? "grey" : "signed" }), filter = conv ? new Tile(Fh, Fw) : null;
      map.layOut(columns * cell, rows * cell, ratio);
      const size = cellOf(Fh, Fw, alone ? 100 : 56);
      filter?.layOut(Fw * size, Fh * size, ratio);
      const part = tag("small", { class: "cnn-part-sum" }), name = picture ? "input" : `${source.name === "input" ? "channel" : "map"} ${channel}`;
      const element = tag("figure", { class: "cnn-pair", ...(conv && !alone && { role: "button", tabindex: n ? "-1" : "0", "aria-label": `${name} and its filter: their products` }) }, tag("figcaption", {}, name), map.canvas, ...(filter ? [filter.canvas] : []), part);
      if (conv && !alone) element.addEventListener("click", () => {
        if (!this.at) this.pick(column.shape.slice(1).map(length => length >> 1));
        this.dot.show(n);
        this.paint();
      });
      return { map, filter, part, element, channel };
    });
    const words = conv ? `${source.name === "input" ? "the input" : source.name} and its filter${alone ? "" : "s"}` : source.name;
    const more = end - first > MOST_PAIRS ? tag("p", { class: "cnn-quiet" }, `and ${end - first - MOST_PAIRS} more`) : "";
    const list = tag("div", { class: "cnn-pairs" }, ...this.pairs.map(({ element }) => element));
    list.addEventListener("keydown", event => this.rove(event));
    return tag("div", { class: `cnn-sources${alone ? " cnn-lone" : ""}` }, tag("p", { class: "cnn-over" }, words), list, more);
  }

  // One stop for Tab: arrow keys go from pair to pair, Enter and space choose one.
  rove(event) {
    const { pairs } = this, at = pairs.findIndex(({ element }) => element === event.target);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Enter: 0, " ": 0 }[event.key];
    if (at < 0 || by === undefined || !event.target.matches("[role=button]") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) return event.target.click();
    const next = pairs[(at + by + pairs.length) % pairs.length].element;
    for (const { element } of pairs) element.tabIndex = element === next ? 0 : -1;
    next.focus();
  }

  // The large map takes clicks and arrow keys: they pick one of its numbers.
  prepare(canvas, rows, columns) {
    canvas.removeAttribute("aria-hidden");
    for (const [name, value] of Object.entries({ tabindex: 0, role: "application", "aria-label": `${this.column.name}, map ${this.place.map}, enlarged: arrow keys pick a number, Escape goes back` })) canvas.setAttribute(name, value);
    const where = event => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [Math.floor((event.clientY - top) / height * rows), Math.floor((event.clientX - left) / width * columns)];
    };
    canvas.addEventListener("click", event => { if (this.dot) this.pick(where(event)); });
    canvas.addEventListener("pointermove", event => { this.hovered = where(event); this.paint(); });
    canvas.addEventListener("pointerleave", () => { this.hovered = null; this.paint(); });
    canvas.addEventListener("keydown", event => {
      const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [0, 0] }[event.key];
      if (!way || !this.dot || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.hovered = null;
      this.pick(this.at ? this.at.map((n, a) => n + way[a]) : [rows >> 1, columns >> 1]);
      this.view.say(this.readout.textContent);
    });
  }

  /** Everything again, with the numbers of now. */
  paint() {
    if (!this.place) return;
    const { view: { colours, tones }, source, place, made, layer } = this;
    if (this.dense) return this.dense.paint();
    const [, rows, columns] = this.column.shape, area = rows * columns, at = this.hovered ?? this.at;
    this.large.paint(made, place.map * area, view_limit(this.view, place.column, made), colours);
    if (this.dot) {
      const shown = at ? windowOf(layer, at) : null, limit = limitOf(source.values) || 1, [, H, W] = source.shape;
      const filters = this.pairs[0]?.filter && layer.weights.w, each = filters ? filters.shape[2] * filters.shape[3] : 0, depth = filters?.shape[1];
      const strong = filters ? this.filterLimit(filters.data, place.map * depth * each, depth * each) : 1;
      this.pairs.forEach(({ map, filter, element }, n) => {
        map.paint(source.values, this.pairs[n].channel * H * W, map.kind === "grey" ? 1 : limit, colours);
        filter?.paint(filters.data, (place.map * depth + n) * each, strong, colours);
        if (shown) this.frame(map, shown, tones.kernel);
        element.classList.toggle("cnn-picked", this.dot.channel === n && Boolean(this.at) && this.pairs.length > 1);
      });
      this.dot.paint();
    }
    if (at) this.frame(this.large, { top: at[0], left: at[1], height: 1, width: 1 }, tones.output);
    const told = ([r, c]) => `row ${r}, column ${c}: ${fine(made[place.map * area + r * columns + c])}`, { hovered, at: picked } = this;
    this.readout.textContent = hovered && picked && hovered.join() !== picked.join() ? `pointed at: ${told(hovered)}\npicked: ${told(picked)}`
      : at ? told(at) : this.dot ? "Click a number to see its sum." : "Each number was changed on its own.";
  }

  filterLimit(data, start, count) {
    let most = 0;
    for (let n = start; n < start + count; n++) most = Math.max(most, Math.abs(data[n]));
    return most || 1;
  }

  // A frame around cells, with a rim of paper; it may reach beyond the map, where padding is.
  frame(tile, { top, left, height, width }, colour) {
    const { canvas, ratio } = tile, ctx = canvas.getContext("2d"), x = canvas.width / tile.columns, y = canvas.height / tile.rows;
    const box = [Math.max(0, left) * x, Math.max(0, top) * y, (Math.min(tile.columns, left + width) - Math.max(0, left)) * x, (Math.min(tile.rows, top + height) - Math.max(0, top)) * y];
    for (const [line, style] of [[4, this.view.tones.paper], [2.2, colour]]) Object.assign(ctx, { lineWidth: line * ratio, strokeStyle: style }), ctx.strokeRect(...box);
  }
}

const view_limit = (view, column, made) => view.picture.columns[column]?.limit || limitOf(made) || 1;
