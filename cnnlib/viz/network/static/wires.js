// Lines between the columns: which maps a map is made of, and which numbers speak for an answer.
const NS = "http://www.w3.org/2000/svg", MOST_WIRES = 700, MOST_VOTES = 10;

const svg = (name, attributes = {}) => {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const curve = ([x0, y0], [x1, y1]) => {
  const bend = Math.max(8, (x1 - x0) / 2);
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
};

export class Wires {
  constructor() {
    this.element = svg("svg", { class: "cnn-wires", "aria-hidden": "true" });
    [this.all, this.lit, this.votes] = ["cnn-all", "cnn-lit", "cnn-votes"].map(name => {
      const group = svg("g", { class: name });
      this.element.append(group);
      return group;
    });
    this.canvas = Object.assign(document.createElement("canvas"), { className: "cnn-wires", width: 1, height: 1 });   // for a picture to be taken along
    this.layer = document.createElement("canvas");
    this.voting = Array.from({ length: MOST_VOTES }, () => this.votes.appendChild(svg("path")));
  }

  clear() {
    this.all.replaceChildren();
    this.lit.replaceChildren();
    for (const path of this.voting) path.setAttribute("d", "");
  }

  extend(width, height) {
    this.size = [width, height];
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) this.element.setAttribute(key, value);
  }

  // All lines on the canvas, or nothing.
  draw(shown) {
    const { canvas } = this, ctx = canvas.getContext("2d"), scale = canvas.width / this.size[0];
    if (!shown) {
      canvas.width = canvas.height = 1;
      return;
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    for (const path of this.element.querySelectorAll("path")) {
      const { stroke, fill, opacity, strokeWidth, strokeDasharray } = getComputedStyle(path), line = new Path2D(path.getAttribute("d"));
      Object.assign(ctx, { globalAlpha: +opacity, strokeStyle: stroke, fillStyle: fill, lineWidth: parseFloat(strokeWidth) });
      ctx.setLineDash(strokeDasharray === "none" ? [] : strokeDasharray.split(",").map(parseFloat));
      if (fill !== "none") ctx.fill(line);
      if (stroke !== "none") ctx.stroke(line);
    }
  }

  // `pairs` are [from, to], each a box {left, right, top, bottom}; `fan` says that everything meets everything.
  between(pairs, fan) {
    if (fan) {
      const [from, to] = pairs[0];
      const path = `M${from.right} ${from.top}L${to.left} ${to.top}V${to.bottom}L${from.right} ${from.bottom}Z`;
      this.all.append(svg("path", { d: path, class: "cnn-fan" }));
      return;
    }
    const each = Math.max(1, Math.ceil(pairs.length / MOST_WIRES));
    const d = pairs.filter((_, n) => n % each === 0).map(([from, to]) => curve([from.right, middle(from)], [to.left, middle(to)])).join("");
    this.all.append(svg("path", { d, opacity: Math.max(0.1, Math.min(0.4, 4 / pairs.length)).toFixed(2) }));
  }

  // The pairs that matter to one map.
  light(pairs) {
    this.lit.replaceChildren(...pairs.map(([from, to]) => svg("path", { d: curve([from.right, middle(from)], [to.left, middle(to)]) })));
  }

  // [from, to, share] of what speaks most for (share above 0) or against a number.
  vote(list) {
    this.voting.forEach((path, n) => {
      const [from, to, share] = list[n] ?? [];
      path.setAttribute("d", from ? curve([from.right, middle(from)], [to.left, middle(to)]) : "");
      if (!from) return;
      path.setAttribute("class", share < 0 ? "cnn-against" : "cnn-for");
      path.setAttribute("stroke-width", (0.8 + 2.6 * Math.abs(share)).toFixed(2));
    });
  }
}

const middle = box => (box.top + box.bottom) / 2;

/** The terms of a sum that count most: [index, term] of weights[start + n] · values[n]. */
export function strongest(values, weights, start, count, most = MOST_VOTES) {
  const found = [];
  for (let n = 0; n < count; n++) {
    const term = weights[start + n] * values[n], size = Math.abs(term);
    if (!size || (found.length === most && size <= Math.abs(found[most - 1][1]))) continue;
    let at = found.length;
    while (at && Math.abs(found[at - 1][1]) < size) at--;
    found.splice(at, 0, [n, term]);
    if (found.length > most) found.pop();
  }
  return found;
}
