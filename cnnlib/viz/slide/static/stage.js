// The boards of a scene side by side, and what is painted on them at a moment of the animation.
import { Board, readColours, roomIn } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { boardRole, boardTitle, LOOKS, panelLabels, scalesOf } from "./boards.js";

const LARGEST = 56, LEAST = 22, LESS = 4;   // CSS pixels of a cell: sizes tried, so that all boards stand in one row
const TALL = 620, LOW = [420, 340, 280];   // CSS pixels a board may be high, and one of
const LOWEST = 92;                // but never is, however low the window: three rows with digits
const NEAR = 240, SPARE = 10;     // in a lower frame boards keep their digits, and scroll
const STAGED = 64;                // on the stage: digits of 28 pixels, which the last row can read
const TINY = 12, TINIEST = [10, 8, 6, 4];   // cells of many rows there, and where they fit in no other way
const MANY = 14;                  // more than so many rows, whose cells then go without digits
const SMALL = 30;                 // cells of kernel and products are at least so large: they are looked at most
const MOST_MEASURED = 4000;       // products
const CAPTION = 24;               // height of a board's name
const SIGN = 34;                  // what a sign between two boards takes

const panelsOf = shape => shape.slice(0, -2).reduce((a, b) => a * b, 1);

// Whether boards stand in one line in this room, or in several that are not higher than `height`, each below its caption.
function flows(boards, room, height, sign, caption) {
  let [used, high, total] = [-sign, 0, 0];
  for (const { size, named } of boards) {
    const wide = Math.max(size[0], named);
    if (used > 0 && used + sign + wide > room) total += high, used = high = 0;
    used += sign + wide;
    high = Math.max(high, size[1] + caption);
    if (used > room) return false;
  }
  return total === 0 || total + high <= height + caption;
}

export class Stage {
  constructor(root) {
    this.root = root;
    this.element = tag("div", { class: "cnn-stage" });
    this.element.addEventListener("scroll", () => { this.scrolled = this.element.scrollTop; });
    this.boards = new Map();
    this.built = "";
  }

  // Boards for a new scene; those that stay keep their place (and the focus within them).
  setScene(scene) {
    this.scene = scene;
    const { source, weights, dest, record } = scene;
    const ids = [source.name, ...(weights ? [weights.name, "p"] : []), dest.name];
    if (ids.join() !== this.built) {
      this.built = ids.join();
      this.boards.clear();
      const signs = ["", ...(weights ? ["⊙", "="] : ["", ""])], parts = [], back = record.backward;
      ids.forEach((id, n) => {
        const board = new Board(id, boardRole(id, record), boardTitle(id, record), LOOKS[id]);
        this.boards.set(id, board);
        const sign = tag("span", { class: "cnn-sign", "aria-hidden": "true" }, n < ids.length - 1 ? signs[n] : back ? "←" : "→");
        const part = tag("div", { class: "cnn-part" }, ...(n ? [sign] : []), board.figure);   // a line break does not part them
        if (back) part.prepend(board.figure);
        parts.push(part);
      });
      this.element.replaceChildren(...(back ? parts.reverse() : parts));   // gradients flow back, from right to left
    }
    this.scales = scalesOf(scene);
    this.put(source.name, source, { pad: source.pad, unread: scene.unread, ghosts: record.action === "max" ? 1 : 0 });
    if (weights) {
      this.put(weights.name, weights, {});
      this.products = new Float64Array(weights.values.length).fill(NaN);
      this.put("p", { ...weights, values: this.products }, { sample: new Float64Array(this.someProducts()) });
    }
    this.reached = -1;
    this.put(dest.name, dest, { known: flat => flat <= this.reached });
    this.step = -1;
  }

  // All that come up, or, of many, those of some steps.
  someProducts() {
    const { scene } = this, list = [], every = Math.ceil(scene.taps.length / 3 / MOST_MEASURED);
    for (let step = 0; step < scene.steps; step += every) for (const term of scene.frame(step).terms) list.push(term.product);
    return list;
  }

  put(id, { shape, values }, more) {
    const board = this.boards.get(id), [rows, columns] = shape.slice(-2), panels = panelsOf(shape);
    const labels = panels > 1 ? panelLabels(id === "p" ? this.scene.weights.name : id, shape, this.scene.record) : [];
    board.setData({ values, rows, columns, panels, labels, scale: this.scales[id], show: undefined, ...more });
    if (id === "p" || id === this.scene.weights?.name) board.show = this.panelsAt(0);
    const lanes = id === "p" ? [board.show.length] : shape.slice(0, -2);   // products are shown of one filter
    const size = lanes.filter(n => n > 1).concat(rows > 1 || this.scene.axes === 2 ? [rows, columns] : [columns]);
    const title = boardTitle(id, this.scene.record);
    board.caption.replaceChildren(title, tag("small", {}, ` ${size.join("×")}`));
    board.canvas.setAttribute("aria-label", `${title}, ${size.join(" by ")} cells`);
  }

  // Which panels of the weights take part in a step.
  panelsAt(step) {
    const { record, weights, dest } = this.scene, span = dest.shape.slice(-2).reduce((a, b) => a * b), panel = Math.floor(step / span);
    const list = n => Array.from({ length: n }, (_, i) => i);
    const [a, b] = weights.shape;
    if (record.by === "output") return list(b).map(c => panel * b + c);
    if (record.by === "input") return list(a).map(n => n * b + panel);
    return [Math.floor(panel / dest.shape[1])];   // dw: the map of dy that belongs to this filter
  }

  // Sizes: one row if that keeps digits legible, otherwise each board as large as it may be, wrapped. `height` is what
  // the window leaves for all of them; on a `stage` nothing else limits their size.
  layOut(height = TALL, stage = false) {
    const room = roomIn(this.root), ratio = window.devicePixelRatio || 1, boards = [...this.boards.values()].filter(board => !board.apart);
    const letters = stage ? 2 : 1, sign = SIGN * letters;
    for (const board of boards) Object.assign(board, { letters, named: board.caption.offsetWidth });
    const other = room !== this.room || stage !== this.staged || Math.min(height, TALL) !== this.given;
    const most = Math.max(LOWEST, stage ? height : Math.min(TALL, height, !other && this.kept || TALL)) - CAPTION * letters;
    const tall = (board, low) => {
      if (board.rows > MANY || stage || most > NEAR) return board.rows > MANY && !stage ? Math.min(low, most) : most;
      board.measure(room, TALL, LEAST);
      return Math.max(most, board.size[1] + SPARE);
    };
    const alike = boards.filter(({ rows, columns, id }) => id !== "p" && rows === boards[0].rows && columns === boards[0].columns);
    const fit = (largest, low, least = stage ? STAGED : SMALL) => {
      for (const board of boards) {
        const small = board.role === "kernel" || board.role === "product";
        board.measure(room, tall(board, low || LOW[0]), small ? Math.max(largest, least) : largest);
      }
      this.layAlike(alike, room);
      return flows(boards, room, stage ? most : 0, sign, CAPTION * letters);
    };
    const many = boards[0].rows > MANY, lowest = this.scene.axes === 1 ? SMALL : stage && many ? TINY : LEAST, sizes = [];
    for (let size = stage ? most : LARGEST; size >= lowest; size -= LESS) sizes.push(size);
    const inSteps = () => stage && (sizes.some(size => fit(size, 0, size)) || many && TINIEST.some(size => fit(size, 0, LEAST)));
    const low = () => many && LOW.some(most => fit(LEAST + LESS, most));
    if (!sizes.some(size => fit(size)) && !inSteps() && !low() && !fit(LEAST, 0, LEAST))
      for (const board of boards) {
        const wide = board === boards[0] ? room : room - sign;
        board.measure(wide, tall(board, LOW[0]), SMALL + LESS, true);
        if (board.cell < LEAST && board.rows <= MANY) board.measure(wide, TALL, LEAST, true);   // scrolled, but with digits
      }
    this.layAlike(alike, room);
    for (const board of boards) board.resize(ratio);
    this.keep(other, height, stage);
    this.redraw();
  }

  // Boards with as many cells as x have cells as large.
  layAlike(boards, room) {
    const size = Math.min(...boards.map(({ cell }) => cell));
    for (const board of boards) if (board.cell > size) board.measure(room, Infinity, size);
  }

  // The height stays while the scene changes, so that what stands below does not move; what is higher than the window
  // leaves room for scrolls in a frame of its own.
  keep(other, height, stage) {
    const { style } = this.element;
    style.minHeight = "";
    const high = Math.max(LOWEST, height);
    style.maxHeight = `${high}px`;
    const now = this.element.offsetHeight;
    this.kept = Math.min(high, other ? now : Math.max(this.kept ?? 0, now));
    Object.assign(this, { room: roomIn(this.root), staged: stage, given: Math.min(height, TALL) });
    style.minHeight = stage ? "" : `${this.kept}px`;
    const { scrollHeight, clientHeight: room, scrollTop } = this.element, { canvas } = this.boards.get(this.scene.dest.name);
    const above = canvas.getBoundingClientRect().top - this.element.getBoundingClientRect().top + scrollTop;
    this.scrolls = scrollHeight > room + 1 ? { above, room } : null;   // read once, for reading it makes the browser lay out
    this.scrolled = scrollTop;
  }

  redraw() {
    this.colours = readColours(this.root);
    this.font = getComputedStyle(this.root).fontFamily;
    for (const board of this.boards.values()) if (!board.apart) board.drawLayer(this.colours, this.font);
    this.fresh = true;
  }

  // The moment: step i, the window `slid` of its way (0 to 1), `share` of the products shown, the sum written or not.
  // Outputs that `hidden` names are left blank; a `bare` step shows what is read and weighed, not what comes of it.
  paint({ step, slid, share, written, lit, hidden, bare, cursor }) {
    const { scene, boards } = this;
    if (step !== this.step) this.newStep(step);
    const frame = this.frame, before = step > 0 ? step - 1 : 0;
    const many = bare ? 0 : Math.ceil(share * frame.terms.length - 1e-9);
    this.showOutputs(written ? step : step - 1, hidden);
    this.showProducts(many);
    const last = many > 0 && many < frame.terms.length ? frame.terms[many - 1] : null;
    for (const [id, board] of boards) {
      const ctx = board.begin();
      if (id === scene.source.name) this.paintSource(ctx, board, frame, before, { slid, share, bare }, last);
      else if (id === scene.weights?.name && last) board.mark(ctx, last.wt, this.colours.ink, { line: 2.5 });
      else if (id === "p" && last) board.mark(ctx, last.wt, this.colours.ink, { line: 2.5 });
      else if (id === scene.dest.name) {
        if (scene.record.by === "input") this.paintSpread(ctx, board, frame, last);
        board.mark(ctx, step, this.colours.output, { line: 3.5, dash: written && !hidden?.(step) ? [] : [4, 3] });
      }
      else if (id === "yours") board.mark(ctx, step, this.colours.output, { line: 2.5, dash: written ? [] : [4, 3] });
      if (lit) this.paintLit(ctx, board, lit[id], lit.strong === id);
      if (cursor?.board === id) board.mark(ctx, cursor.flat, this.colours.ink, { line: 2, dash: [2, 2] });
    }
    this.fresh = false;
  }

  newStep(step) {
    this.step = step;
    this.frame = this.scene.frame(step);
    if (this.scrolls && step !== this.brought) this.bring(step);   // not while a cell is dragged: it stays under the pointer
    this.brought = step;
    if (!this.scene.weights) return;
    const show = this.panelsAt(step), [w, p] = [this.boards.get(this.scene.weights.name), this.boards.get("p")];
    if (show.join() !== w.show.join()) {
      w.show = p.show = show;
      w.drawLayer(this.colours, this.font);
    }
    this.shownProducts = -1;
  }

  // Where the boards scroll: the output of this step into their frame, with all of its board if there is room.
  bring(step) {
    const board = this.boards.get(this.scene.dest.name), { above, room } = this.scrolls, [, y] = board.corner(...board.place(step));
    const [top, high] = board.size[1] <= room ? [above, board.size[1]] : [above + y, board.cell], most = room - high;
    if (top < this.scrolled || top > this.scrolled + most) this.element.scrollTop = this.scrolled = Math.max(0, top - most / 2);
  }

  showProducts(many) {
    if (!this.scene.weights || (many === this.shownProducts && !this.fresh)) return;
    const board = this.boards.get("p");
    if (many < this.shownProducts || this.shownProducts < 0 || many === this.frame.terms.length || this.fresh) {   // with its frame
      this.products.fill(NaN);
      this.frame.terms.slice(0, many).forEach(term => { this.products[term.wt] = term.product; });
      board.drawLayer(this.colours, this.font);
    } else {
      const ctx = board.layer.getContext("2d");
      for (const term of this.frame.terms.slice(this.shownProducts, many)) {
        this.products[term.wt] = term.product;
        board.drawCell(ctx, term.wt, this.font);
      }
    }
    this.shownProducts = many;
    this.showChannelSums(many === this.frame.terms.length);
  }

  // What each channel contributes, beside its name.
  showChannelSums(done) {
    const board = this.boards.get("p"), { sums } = this.frame;
    if (!board.label || sums.length !== board.show.length) return;
    board.show.forEach((panel, n) => {
      board.labels[panel] = `sum ${done ? number(sums[n]) : "…"}`;
      board.drawLabel(board.layer.getContext("2d"), panel, this.font);
    });
  }

  // Outputs up to `last`, the scene's and those of somebody's own code; one more or fewer costs one cell, not the board.
  showOutputs(last, hidden) {
    for (const board of [this.boards.get(this.scene.dest.name), this.boards.get("yours")].filter(Boolean)) {
      board.known = flat => flat <= last && !hidden?.(flat);
      if (this.fresh || Math.abs(last - this.reached) > 3 || hidden !== this.hidden) board.drawLayer(this.colours, this.font);
      else {
        const ctx = board.layer.getContext("2d");
        for (let flat = Math.min(last, this.reached) + 1; flat <= Math.max(last, this.reached); flat++)
          if (flat >= 0) board.drawCell(ctx, flat, this.font);
      }
    }
    this.reached = last;
    this.hidden = hidden;
  }

  // The window on its way, or, where the cells read are not a window, each of them.
  paintSource(ctx, board, frame, before, { slid, share, bare }, last) {
    const { scene, colours } = this, { record, ways, spec } = scene;
    if (record.by === "output") {
      const [rows, columns] = scene.dest.shape.slice(-2), [sh, sw] = spec.stride, [[top], [left]] = spec.padding;
      const at = step => [Math.floor(step / columns) % rows * sh - top, step % columns * sw - left];
      const [from, to] = [at(before), at(frame.step)], row = to[0];   // a new row or filter starts with a jump
      const column = from[0] === row && from[1] < to[1] ? from[1] + slid * (to[1] - from[1]) : to[1];
      const span = ways.map(way => (way.f - 1) * way.d + 1), dilated = ways.some(way => way.d > 1 && way.f > 1);
      const panels = record.weights ? board.show : [Math.floor(frame.step / (rows * columns))];
      for (const panel of panels) {
        board.outline(ctx, panel, row, column, ...span, colours.kernel, { line: 4, dash: dilated ? [5, 4] : [] });
        if (dilated)
          for (let u = 0; u < ways[0].f; u++)
            for (let v = 0; v < ways[1].f; v++)
              board.outline(ctx, panel, row + u * ways[0].d, column + v * ways[1].d, 1, 1, colours.kernel, { line: 2.5 });
      }
      if (frame.winner != null && slid === 1 && share === 1 && !last && !bare) board.mark(ctx, frame.terms[frame.winner].src, colours.output, { line: 3.5 });
    } else board.window(ctx, frame.terms.map(term => term.src).filter(src => src >= 0), colours[record.arrays[record.weights].role]);
    if (last && last.src >= 0) board.mark(ctx, last.src, colours.ink, { line: 2.5 });
  }

  // Each cell read has its window on the destination: the sum collects what these windows bring to one place.
  paintSpread(ctx, board, frame, last) {
    const { scene, colours } = this, { ways } = scene, [rows, columns] = scene.source.shape.slice(-2);
    const cells = new Set((last ? [last] : frame.terms).map(term => term.src % (rows * columns)));
    if (cells.size > 4) return;   // more would be a thicket; the products show them one by one
    const [panel] = board.place(frame.step), span = ways.map(way => (way.f - 1) * way.d + 1);
    ctx.save();
    board.clip(ctx, panel);
    for (const cell of cells) {
      const row = Math.floor(cell / columns) * ways[0].s - ways[0].before, column = cell % columns * ways[1].s - ways[1].before;
      board.outline(ctx, panel, row, column, ...span, colours.kernel, { line: 2, dash: [5, 4], halo: false });
    }
    ctx.restore();
  }

  // What hovering lights up: exactly the cells that are tied to the one pointed at.
  paintLit(ctx, board, cells, strong) {
    if (!cells) return;
    const small = board.cell < 14, halo = !small || cells.length === 1;   // small neighbours would hide each other
    const dash = this.colours.forced && !small ? [3, 2] : [];             // told apart also where colours are few
    for (const flat of cells) board.mark(ctx, flat, this.colours.light, { line: strong ? 4 : 3, dash, halo });
  }
}
