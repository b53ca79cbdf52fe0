// The scene as one matrix: every output is a row, every input cell a column, the same few weights over and over.
import { Board, css } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { legend, scaleOf } from "../../kit/static/scale.js";
import { matrixName } from "./hover.js";
import { indexText } from "./words.js";

const MOST_ENTRIES = 40_000;
const BROAD = 26;      // CSS pixels: entries are never larger,
const SLIM = 15;       // and those of one digit have it written in them down to here
const HIGH = 620;
const MOST_READ = 64;  // rows or columns: more are drawn as small as they must be

// Row by row, NaN where an output does not read an input at all.
function entriesOf({ steps, source, weights, taps, spec }) {
  const columns = source.values.length, values = new Float64Array(steps * columns).fill(NaN);
  const share = 1 / (spec.kernel[0] * spec.kernel[1]);   // of each cell in a mean
  for (let t = 0; t < taps.length; t += 3)
    if (taps[t + 1] >= 0) values[taps[t] * columns + taps[t + 1]] = weights ? weights.values[taps[t + 2]] : share;
  return values;
}

function whyNot({ record, steps, source }) {
  const cells = source.values.length, count = steps * cells;
  if (record.action === "max") return "Max pooling has no matrix: which cell it takes depends on the values, so it is not linear.";
  const thousands = n => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  return count > MOST_ENTRIES ? `The matrix has ${steps} rows and ${cells} columns: ${thousands(count)} entries are too many to show.` : "";
}

// From which size on entries are written as numbers: not where rounding would make others of them.
function leastFor(values) {
  const all = right => values.every(v => Number.isNaN(v) || right(v)), exact = digits => all(v => Math.abs(v.toFixed(digits) - v) < 1e-9);
  return all(v => Number.isInteger(v) && Math.abs(v) < 10) ? SLIM : exact(1) ? undefined : exact(2) ? BROAD : Infinity;
}

// What else is to be said of the matrix.
function notesOf({ record, source, dest, spec }) {
  const lanes = [source, dest].some(({ shape }) => shape.slice(0, -2).some(n => n > 1));
  const same = record.action === "mean" ? `All entries that are not zero are 1/${spec.kernel[0] * spec.kernel[1]}.` : "";
  return [record.matrix || same, lanes ? "Heavy lines separate channels and filters." : ""].filter(Boolean).join(" ");
}

// Lines between the rows of an image, heavier ones between channels or filters.
function drawBlocks(ctx, x, y, w, h) {
  Board.prototype.drawFrame.call(this, ctx, x, y, w, h);
  ctx.strokeStyle = css(this.colours.quiet);
  const line = (every, count, width, from, to) => {
    ctx.lineWidth = width;
    ctx.beginPath();
    for (let n = every; every > 1 && n < count; n += every) ctx.moveTo(...from(n * this.cell)), ctx.lineTo(...to(n * this.cell));
    ctx.stroke();
  };
  for (const [n, width] of [[0, 0.7], [1, 1.8]]) {
    line(this.blocks[1][n], this.columns, width, d => [x + d, y], d => [x + d, y + h]);
    line(this.blocks[0][n], this.rows, width, d => [x, y + d], d => [x + w, y + d]);
  }
}

export function installMatrix(player) {
  const { model, stage } = player;
  const box = tag("input", { type: "checkbox", "aria-label": "Matrix" });
  player.transport.append(tag("label", {}, box, " matrix"));
  const sentence = tag("p", { class: "cnn-row" }), note = tag("p", { class: "cnn-note" }), holder = tag("div", { class: "cnn-scroll" }), key = tag("p");
  const part = tag("div", { class: "cnn-matrix" }, holder, key, sentence, note);
  player.panel.append(part);
  player.pointable(holder);
  const wanted = () => (model.get("view") ?? []).includes("matrix");

  const layOut = () => {
    const board = stage.boards.get("m");
    if (!board || !player.begun) return;   // it is laid out when all parts are there
    // Entries that can be read, in a frame that scrolls; of very many, all at once.
    const least = board.columns <= MOST_READ && board.rows <= MOST_READ && Number.isFinite(board.least ?? BROAD) ? board.least ?? BROAD : 0;
    const [wide, high] = [[Math.max(200, part.clientWidth), board.columns], [HIGH, board.rows]].map(([room, count]) => Math.max(room, (least + 1) * count + 20));
    board.layOut(wide, high, stage.boards.get(player.scene.dest.name).ratio, BROAD);
    board.drawLayer(stage.colours, stage.font);
    key.replaceChildren(...(board.digits ? [] : [legend(board.scale, matrixName(player.scene), stage.colours, !stage.colours.forced)]));
    follow();
  };
  // The row of the step stays in sight, as far as its frame can scroll; the page stays where it is.
  const follow = () => {
    const board = stage.boards.get("m");
    if (!board) return;
    const first = player.scene.frame(player.step).terms.find(({ src }) => src >= 0)?.src ?? 0;
    const [x, y] = board.corner(0, player.step, first), { offsetTop, offsetLeft } = board.canvas;
    const into = (at, size, view) => (at < view[0] ? at - size : at + 3 * size > view[1] ? at + 3 * size - (view[1] - view[0]) : view[0]);
    holder.scrollTop = into(y + offsetTop, board.cell, [holder.scrollTop, holder.scrollTop + holder.clientHeight]);
    holder.scrollLeft = into(x + offsetLeft, board.cell, [holder.scrollLeft, holder.scrollLeft + holder.clientWidth]);
  };
  const place = () => {
    const { scene } = player, { source, dest, record, weights } = scene, reason = wanted() ? player.veiled || whyNot(scene) : "";
    box.checked = wanted();
    part.hidden = !wanted();
    note.textContent = reason || (wanted() ? notesOf(scene) : "");
    for (const each of [holder, key]) each.replaceChildren();
    stage.boards.delete("m");
    scene.matrix = 0;
    if (!wanted() || reason) return tell();
    const columns = scene.matrix = source.values.length, values = entriesOf(scene), name = matrixName(scene);
    const board = new Board("m", record.by === "weight" ? "gradient" : "kernel", `matrix ${name}`);
    const blocks = [dest, source].map(({ shape }) => [shape.at(-1), shape.at(-2) * shape.at(-1)].map((n, i) => (i || shape.at(-2) > 1 ? n : 0)));
    Object.assign(board, { apart: true, blocks, drawFrame: drawBlocks, least: leastFor(values), look: record.by === "weight" ? "output" : "kernel" });
    board.home = () => player.step * columns + Math.max(0, stage.frame.terms.find(({ src }) => src >= 0)?.src ?? 0);
    board.setData({ values, rows: scene.steps, columns, panels: 1, scale: weights ? stage.scales[weights.name] : scaleOf(values), show: undefined });
    board.caption.append(tag("small", {}, ` ${scene.steps}×${columns}`));
    board.canvas.setAttribute("aria-label", `matrix ${name}, ${scene.steps} by ${columns} entries`);
    stage.boards.set("m", board);
    holder.append(board.figure);
    layOut();
    tell();
  };
  const tell = () => {
    const { scene, step } = player, { source, dest } = scene, columns = scene.matrix;
    sentence.textContent = "";
    if (!columns) return;
    const row = stage.boards.get("m").values.subarray(step * columns, (step + 1) * columns), count = row.filter(v => v).length;
    sentence.textContent = `${dest.name} = ${matrixName(scene)} ${source.name}${scene.bias ? " + b" : ""}: row ${step} makes `
      + `${indexText(dest.name, step, scene)}; ${count} of ${columns} entries are not zero.`;
  };

  // In step with the slide: the row on its way, and a mark above each column that is read.
  player.on("paint", ({ slid }) => {
    const board = stage.boards.get("m");
    if (!board || !player.scene.matrix) return;
    const ctx = board.canvas.getContext("2d"), { cell, rows } = board, { input, output } = stage.colours;
    ctx.fillStyle = css(input);
    for (const column of new Set(stage.frame.terms.map(({ src }) => src).filter(src => src >= 0))) {
      const [x, y] = board.corner(0, 0, column);   // marks stand beside the entries: over them they would be other values
      for (const at of [y - 5, y + rows * cell + 1.5]) ctx.fillRect(x + cell * 0.15, at, cell * 0.7, 3.5);
    }
    board.outline(ctx, 0, Math.max(0, player.step - 1 + slid), 0, 1, board.columns, output, { line: 3 });
  });
  player.on("step", () => { tell(); follow(); });
  player.on("scene", place);
  player.on("veil", place);
  player.on("layout", layOut);
  box.addEventListener("change", () => {
    player.save("view", [...(model.get("view") ?? []).filter(name => name !== "matrix"), ...(box.checked ? ["matrix"] : [])]);
  });
  player.listen("change:view", () => { place(); player.paint(); });
  place();
}
