// The loss of a training so far, as Python sends it: a small picture that appears with the first epoch.
import { css } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";

const WIDE = 300, HIGH = 84, EDGE = 6;

export class Curve {
  constructor(view) {
    this.view = view;
    this.canvas = tag("canvas", { role: "img" });
    this.words = tag("p", { class: "cnn-quiet" });
    this.element = tag("figure", { class: "cnn-curve", hidden: "" }, this.canvas, this.words);
  }

  layOut(ratio) {
    this.ratio = ratio;
    Object.assign(this.canvas.style, { width: `${WIDE}px`, height: `${HIGH}px` });
    [this.canvas.width, this.canvas.height] = [WIDE * ratio, HIGH * ratio];
    this.paint();
  }

  paint() {
    const { epoch = [], loss = [], accuracy = [], val_loss: checked = [], val_accuracy: right = [] } = this.view.model.get("curve") ?? {};
    this.element.hidden = !loss.length;
    if (!loss.length || !this.ratio) return;
    const { tints } = this.view, ctx = this.canvas.getContext("2d"), most = Math.max(...loss, ...checked) || 1, count = Math.max(2, loss.length);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, WIDE, HIGH);
    const place = (values, n) => [EDGE + n / (count - 1) * (WIDE - 2 * EDGE), HIGH - EDGE - values[n] / most * (HIGH - 2 * EDGE)];
    Object.assign(ctx, { strokeStyle: css(tints.line), lineWidth: 1 });
    ctx.strokeRect(0.5, 0.5, WIDE - 1, HIGH - 1);
    for (const [values, colour, dash] of [[checked, tints.output, [5, 3]], [loss, tints.input, []]]) {
      if (!values.length) continue;
      Object.assign(ctx, { strokeStyle: css(colour), fillStyle: css(colour), lineWidth: 2 });
      ctx.setLineDash(dash);
      ctx.beginPath();
      values.forEach((_, n) => ctx[n ? "lineTo" : "moveTo"](...place(values, n)));
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.arc(...place(values, values.length - 1), 3, 0, 2 * Math.PI);
      ctx.fill();
    }
    const share = (right.at(-1) ?? accuracy.at(-1));
    this.words.textContent = `epoch ${epoch.at(-1) ?? loss.length}: loss ${number(loss.at(-1), 3)}${checked.length ? `, dashed on validation images ${number(checked.at(-1), 3)}` : ""}${share === undefined ? "" : `, right ${(100 * share).toFixed(1)} %`}`;
    this.canvas.setAttribute("aria-label", `The loss so far. ${this.words.textContent}`);
  }
}
