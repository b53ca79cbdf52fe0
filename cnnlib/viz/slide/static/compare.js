// Somebody's own output beside the scene's: filled in step by step with it, and crossed out where the two differ.
import { Board, css } from "../../kit/static/board.js";
import { tag, textButton } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { shapeOf } from "./geometry.js";

const OUTCOME = ["yours", "differs", "calls", "message"];   // what Python tells of a function

// The values of a nested list shaped like the output (axes of one cell do not count), with NaN for null; or null.
function readYours(yours, { dest }) {
  const shape = list => shapeOf(list).filter(n => n > 1).join(), values = Array.isArray(yours) ? yours.flat(Infinity) : [];
  const fits = values.length === dest.values.length && shape(yours) === dest.shape.filter(n => n > 1).join();
  return fits ? Float64Array.from(values, v => (typeof v === "number" ? v : NaN)) : null;
}

// Two numbers with as many decimals as it takes to see that they differ.
function apart(a, b) {
  const digits = [2, 4, 6, 9, 12].find(n => number(a, n) !== number(b, n)) ?? 15;
  return [a, b].map(v => (Number.isNaN(v) ? "not a number" : number(v, digits)));
}

export function installCompare(player) {
  const { model, stage } = player;
  const message = tag("p", { class: "cnn-message", role: "status" }), told = tag("span");
  const jump = textButton("First difference", () => player.go(first));
  const box = tag("div", { class: "cnn-compare" }, message, tag("p", {}, told, " ", jump));
  player.sum.after(box);
  // The steps that differ are those that Python found; null while it has said nothing about the scene that is shown.
  let shown = null, differs = null, first = -1, about = null, stale = false;   // about: the scene, as text, they came for
  let heard = [];
  const here = () => {
    const { step, scene } = player, count = scene.steps;
    if (!differs) return "";
    if (first < 0) return model.get("message") ? "" : count > 1 ? `All ${count} agree.` : "They agree.";
    if (player.hidden?.(step)) return "";
    const [yours, truth] = apart(stage.boards.get("yours").values[step], scene.dest.values[step]);
    const same = first === 0 ? "They differ at once" : `The same up to step ${first}`;
    if (differs.has(step)) return `${step === first ? same : "Different"}; here yours is ${yours}, the true value is ${truth}.`;
    return step < first ? "The same so far." : `Different since step ${first + 1}; here both are ${truth}.`;
  };
  const tell = () => { told.textContent = shown && stale ? "Yours is from before the change: it catches up while Python runs." : here(); };

  // A cell that differs has a frame with black corners, or, where there are no digits, is crossed out.
  const drawCell = function (ctx, flat, font) {
    Board.prototype.drawCell.call(this, ctx, flat, font);
    if (!this.known(flat) || !differs?.has(flat)) return;
    const { cell, colours } = this, [x, y] = this.corner(...this.place(flat)), line = Math.max(1, cell / 18);
    const plain = this.digits && !Number.isNaN(this.values[flat]), ear = cell * (plain ? 0.34 : 1);   // digits stay free
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = css(colours.ink);
    ctx.lineWidth = line;
    ctx.strokeRect(x + line, y + line, cell - 2 * line, cell - 2 * line);
    for (const [left, top, way] of [[x + cell, y, 1], [x, y + cell, -1]]) {
      ctx.beginPath();
      ctx.moveTo(left - way * ear, top);
      if (plain) ctx.lineTo(left, top);
      ctx.lineTo(left, top + way * ear);
      if (plain) ctx.fill(); else ctx.stroke();
    }
    if (!plain) ctx.beginPath(), ctx.moveTo(x + cell, y), ctx.lineTo(x, y + cell), ctx.stroke();
    ctx.restore();
  };

  // The board comes with the values and goes with them.
  const place = () => {
    const { scene } = player, dest = stage.boards.get(scene.dest.name), values = readYours(model.get("yours"), scene);
    const old = stage.boards.get("yours"), steps = stale ? null : model.get("differs");
    shown = values;
    differs = values && steps && new Set(steps);
    first = differs?.size ? steps[0] : -1;
    box.hidden = !values && !model.get("message");
    jump.hidden = first < 0;
    if (old && !old.figure.isConnected || !values) {
      old?.figure.parentElement?.remove();
      stage.boards.delete("yours");
    }
    if (!values) return;
    const board = stage.boards.get("yours") ?? new Board("yours", "output", "yours"), { rows, columns, panels, labels, known } = dest;
    board.drawCell = drawCell;
    board.setData({ values, rows, columns, panels, labels, known, veiled: dest.veiled, scale: dest.scale, show: undefined });
    const judged = !differs ? "" : first < 0 ? ", the same" : `, ${differs.size} cell${differs.size > 1 ? "s differ" : " differs"}`;
    board.canvas.setAttribute("aria-label", `the output of your code${judged}`);
    scene.shapes.yours = scene.dest.shape;
    stage.boards.set("yours", board);
    const part = dest.figure.parentElement, own = board.figure.parentElement ?? tag("div", { class: "cnn-part" }, board.figure);
    if (scene.record.backward) part.before(own); else part.after(own);
  };
  const arrive = () => {
    const was = shown, news = OUTCOME.map(name => model.get(name));
    if (news.every((value, i) => value === heard[i])) return;   // of several changes that came together, the first
    heard = news;
    about = JSON.stringify(player.spec);
    stale = false;
    message.textContent = model.get("message") ?? "";
    place();
    player.relayOut();
    tell();
    if (!was && first >= 0 && !model.get("step")) player.go(first, { say: false });   // unless Python chose a step
  };

  player.remarks.push(here);
  player.on("scene", () => {
    if (!model.get("yours")) return;
    stale = about !== JSON.stringify(player.spec);
    place();
    stage.layOut(player.height, player.staged);
  });
  player.on("step", tell);
  for (const name of OUTCOME) player.listen(`change:${name}`, arrive);
  arrive();
}
