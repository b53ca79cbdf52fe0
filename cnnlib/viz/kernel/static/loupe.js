// One place of the response under the loupe: the patch, each pixel times its weight, and the sum, with all digits.
import { Board, css } from "../../kit/static/board.js";
import { tag, spell } from "../../kit/static/dom.js";
import { bracketed, factor, listed, number, plain, power, Printed, textOf } from "../../kit/static/numbers.js";
import { scaleOf } from "../../kit/static/scale.js";
import { WHITE, brief } from "./colours.js";

const CHANNELS = ["red", "green", "blue"];

/** What happens at a place of the response: {x, w, products, sums, value, around}, flat, channel by channel; `around` says
 *  which cells are padding. */
export function termsAt({ planes: sources, sides, size }, kernel, { stride, dilation }, [i, j]) {
  const [rows, columns] = [kernel[0].length, kernel[0][0].length], [[top], [left]] = sides, x = [], w = [], around = [];
  sources.forEach(({ values, columns: wide }, c) => {
    const table = kernel[kernel.length > 1 ? c : 0];
    for (let u = 0; u < rows; u++) {
      for (let v = 0; v < columns; v++) {
        const r = i * stride + u * dilation, q = j * stride + v * dilation;
        x.push(values[r * wide + q]);
        w.push(table[u][v]);
        around.push(r < top || q < left || r >= top + size[0] || q >= left + size[1]);
      }
    }
  });
  const products = x.map((value, n) => value * w[n]), area = rows * columns;
  const sums = sources.map((_, c) => products.slice(c * area, (c + 1) * area).reduce((a, b) => a + b, 0));
  return { x, w, products, sums, around, rows, columns, value: sums.reduce((a, b) => a + b, 0) };
}

/** The sum as a line of pieces, `y[i, j] = 1·0 + … = 28`, or of what has another `name`; of several channels their sums.
 *  Where not all products have room, those of a weight that is 0 go first. */
export function sumLine({ x, w, sums, value }, [i, j], name = "y") {
  const place = { text: `${name}[${i}, ${j}]`, role: "output" };
  if (sums.length > 1) {
    const printed = new Printed(sums.map(sum => [sum, 1]), value), entry = c => [plain(`${CHANNELS[c]} `), { text: printed.factor(sums[c]), role: "product" }];
    return [place, plain(` ${printed.sign} `), ...listed(sums.length, " + ", entry), plain(" = "), { text: printed.result(value), role: "output" }];
  }
  const printed = new Printed(x.map((each, n) => [each, w[n]]), value);
  const line = (all, x_, w_, result) => [place, plain(" = "), ...listed(all.length, " + ", n => [{ text: x_(x[all[n]]), role: "input" }, plain("·"), { text: w_(w[all[n]]), role: "kernel" }],
    { after: [plain(` ${printed.sign} `), { text: result, role: "output" }] })];
  const every = [...x.keys()], written = n => printed.factor(n), whole = line(every, written, written, printed.result(value));
  if (!textOf(whole).includes("…")) return whole;
  const some = every.filter(n => w[n]), counted = some.length ? some : every;
  if (printed.sign === "=") return line(counted, written, written, printed.result(value));
  // nobody can add up what is left out: three digits of each, and of the sum
  return line(counted, n => factor(n), n => (Math.abs(n) >= 0.1 ? factor(n, 3) : bracketed(power(n, 3))), brief(value));
}

// Cells that lie outside of the picture are crossed by a line: they are padding.
class Patch extends Board {
  drawCell(ctx, flat, font, whole) {
    super.drawCell(ctx, flat, font, whole);
    if (!this.around?.[flat]) return;
    const [x, y] = this.corner(...this.place(flat)), { cell } = this;
    ctx.strokeStyle = css(this.colours.quiet);
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 2]);
    ctx.strokeRect(x + 2.5, y + 2.5, cell - 5, cell - 5);
    ctx.setLineDash([]);
  }
}

export class Loupe {
  constructor(buttons) {
    this.patch = new Patch("x", "input", "patch");
    this.products = new Board("p", "product", "patch ⊙ w");
    for (const { canvas } of [this.patch, this.products]) canvas.removeAttribute("tabindex"), canvas.setAttribute("role", "img");
    this.sum = tag("p", { class: "cnn-sum" });
    this.note = tag("p", { class: "cnn-note" });
    this.row = tag("div", { class: "cnn-row" }, this.patch.figure, tag("span", { class: "cnn-sign" }, "→"), this.products.figure);
    this.where = tag("span");
    this.element = tag("div", { class: "cnn-loupe", role: "group", "aria-label": "Loupe" }, tag("div", { class: "cnn-where" }, this.where, buttons), this.row, this.sum, this.note);
  }

  get boards() { return [this.patch, this.products]; }

  /** `name` is that of the kernel, `both` what the response really is there, where one kernel for two does not give it. */
  show(terms, place, window, note, name, both = null) {
    const { x, products, rows, columns, around, sums } = terms, panels = sums.length, labels = panels > 1 ? CHANNELS : [], show = sums.map((_, panel) => panel);
    const tell = `${rows} × ${columns}` + (window ? ` at row ${number(window[0], 0)}, column ${number(window[1], 0)}` : "");
    Object.assign(this, { terms, value: both ?? terms.value });
    this.patch.setData({ values: x, panels, rows, columns, labels, show, scale: scaleOf(x, WHITE, panels) });
    this.patch.lead = 0;
    this.row.classList.toggle("cnn-colours", panels > 1);
    this.patch.around = around;
    this.products.setData({ values: products, panels, rows, columns, labels, show, scale: scaleOf(products) });
    this.where.replaceChildren(tag("strong", {}, "Under the loupe"), ` ${tell}`);
    this.products.caption.textContent = `patch ⊙ ${name}`;
    this.patch.canvas.setAttribute("aria-label", `Patch ${tell}`);
    this.products.canvas.setAttribute("aria-label", `Products, ${panels > 1 ? "channel by channel, " : ""}${rows} × ${columns}`);
    spell(this.sum, sumLine(terms, place, both === null ? "y" : "both at once "));
    this.note.textContent = note;
  }

  // The boards are made again only where they have another size.
  layOut(room, ratio, staged) {
    const size = [room, ratio, staged, this.terms.sums.length, this.terms.rows, this.terms.columns].join();
    if (size === this.laid) return;
    this.laid = size;
    const panels = this.terms.sums.length, each = panels > 1 ? room : (room - 34) / 2;   // of colours, one row below the other
    for (const board of this.boards) board.layOut(each, staged ? Math.min(320, innerHeight / 4) : panels > 1 ? 170 : 190, ratio, staged ? Math.max(56, innerHeight / 13) : 40, panels > 1);
  }

  draw(colours, font) {
    for (const board of this.boards) {
      board.drawLayer(colours, font);
      board.begin();
    }
  }

  /** What is read aloud of it. */
  report([i, j]) { return `Row ${i}, column ${j}: ${number(this.value, 4)}.`; }
}

