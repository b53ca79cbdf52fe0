// Pointing at a cell lights up everything it is tied to: read off the tap table, so exact for every kind of scene.
import { number } from "../../kit/static/numbers.js";
import { indexText } from "./words.js";

// All cells tied to cell `flat` of a board, per board.
export function tied(scene, id, flat, step) {
  const { source, weights, dest, taps, start } = scene, lit = { strong: id };
  const sets = { [source.name]: new Set(), [dest.name]: new Set() };
  if (weights) sets[weights.name] = new Set();
  const columns = scene.matrix;   // of the matrix, where it is shown: its entries are pairs (output, input)
  if (columns) sets.m = new Set();
  const take = row => {
    sets[dest.name].add(taps[3 * row]);
    if (taps[3 * row + 1] >= 0) sets[source.name].add(taps[3 * row + 1]);
    if (taps[3 * row + 1] >= 0) sets.m?.add(taps[3 * row] * columns + taps[3 * row + 1]);
    if (weights) sets[weights.name].add(taps[3 * row + 2]);
  };
  if (id === "m") {
    const out = Math.floor(flat / columns), src = flat % columns;
    for (let row = start[out]; row < start[out + 1]; row++) if (taps[3 * row + 1] === src) take(row);
    sets[dest.name].add(out), sets[source.name].add(src);
  } else if (id === dest.name || id === "yours") for (let row = start[flat]; row < start[flat + 1]; row++) take(row);
  else if (id === source.name) scene.byIn(flat).forEach(take);
  else if (id === "p") {
    for (let row = start[step]; row < start[step + 1]; row++) if (taps[3 * row + 2] === flat) take(row);
    sets.p = new Set([flat]);
  } else scene.byWeight(flat).forEach(take);
  sets[id === "yours" ? dest.name : id]?.add(flat);
  sets.yours = sets[dest.name];
  for (const [name, set] of Object.entries(sets)) lit[name] = [...set].sort((a, b) => a - b);
  return lit;
}

function sentence({ scene, stage, veiled }, id, flat, lit) {
  const { source, weights, dest } = scene, board = stage.boards.get(id), name = { p: "product" }[id] ?? id;
  if (id === "m") return entrySentence(scene, flat, lit, board);
  const value = board.known(flat) && !Number.isNaN(board.values[flat]) ? ` = ${number(board.values[flat], 4)}` : "";
  const what = `${id === "p" ? "product at " : ""}${indexText(id === "p" ? weights.name : name, flat, scene)}${value}`;
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  if (id === dest.name) return `${what} is made from ${count(lit[source.name].length, "cell")} of ${source.name}`;
  if (id === source.name) return `${what} ${lit[dest.name].length ? `goes into ${count(lit[dest.name].length, "cell")} of ${dest.name}` : "is never read"}`;
  if (id === "p" || id === "yours" || veiled) return what;
  return `${what} takes part in ${count(lit[dest.name].length, "sum")}`;
}

// What the matrix of a scene is called: that of the steps which go backwards is the transpose of another.
export const matrixName = ({ record }) => (record.by === "input" ? "Mᵀ" : "M");

function entrySentence(scene, flat, lit, board) {
  const { source, weights, dest, matrix } = scene, value = number(board.values[flat] || 0, 4);
  const from = indexText(source.name, lit[source.name][0], scene), to = indexText(dest.name, lit[dest.name][0], scene);
  const w = weights && lit[weights.name].map(wt => `${indexText(weights.name, wt, scene)} = `).join("") || "";
  const what = `${matrixName(scene)}[${Math.floor(flat / matrix)}, ${flat % matrix}] = ${w}${value}`;
  return Number.isNaN(board.values[flat]) ? `${what}: ${to} does not read ${from}` : `${what}: what ${from} counts in ${to}`;
}

const PADDING = "padding: not stored, only counted";

const boardsIn = element => [...element.querySelectorAll(".cnn-board canvas")];

export function installHover(player) {
  const { stage } = player;
  let pointed = {};   // the cell pointed at: {id, flat}
  const tie = () => {
    const { id, flat } = pointed;
    const { scene, step, veiled, hidden } = player, all = flat == null || flat < 0 ? null : tied(scene, id, flat, step);
    pointed.tied = all;   // of a veiled output the others would tell how many there are
    player.lit = all && veiled && id !== scene.dest.name ? { ...all, [scene.dest.name]: all[scene.dest.name].filter(each => each === step || !hidden(each)), yours: [] } : all;
    for (const [name, { figure }] of stage.boards) {
      if (player.lit?.[name]?.length) figure.dataset.lit = player.lit[name].join(" ");
      else delete figure.dataset.lit;
    }
  };
  const tell = () => {
    const { id, flat } = pointed;
    const text = player.lit ? sentence(player, id, flat, pointed.tied) : flat === -1 ? PADDING : "";
    if (text !== player.hover.textContent) player.hover.textContent = text;
  };
  const light = (id, flat) => {
    pointed = { id, flat };
    tie();
    tell();
    if (!player.playing) player.paint();
  };
  // Where the pointer is in a canvas, also under zoom and transforms.
  const under = (board, event) => {
    const { left, top, width } = board.canvas.getBoundingClientRect(), scale = board.size[0] / width;
    return board.at((event.clientX - left) * scale, (event.clientY - top) * scale);
  };
  const find = event => {
    const figure = event.target.closest?.(".cnn-board"), board = figure && stage.boards.get(figure.dataset.board);
    return board?.canvas === event.target ? board : null;
  };
  let last = "";
  // The keyboard's pointer: Tab into a board, then arrow keys.
  const move = (board, flat) => {
    player.cursor = { board: board.id, flat };
    light(board.id, flat);
    player.voice.textContent = player.hover.textContent;
  };
  // Pointer and keyboard on whatever holds boards.
  player.pointable = element => {
    element.addEventListener("pointermove", event => {
      const board = find(event), flat = board ? under(board, event) : null, key = `${board?.id} ${flat}`;
      if (key !== last) light(board?.id, flat);
      last = key;
    });
    element.addEventListener("pointerleave", () => { last = ""; light(player.cursor?.board, player.cursor?.flat); });
    element.addEventListener("focusin", event => {
      const board = find(event);
      if (board && event.target.matches(":focus-visible")) move(board, board.home ? board.home() : board.id === player.scene.dest.name ? player.step : board.show[0] * board.rows * board.columns);
    });
    element.addEventListener("focusout", () => {
      if (!player.cursor) return;
      player.cursor = null;
      light(null, null);
    });
    element.addEventListener("keydown", event => {
      const board = find(event);
      if (!board || player.cursor?.board !== board.id || event.ctrlKey || event.metaKey || event.altKey) return;
      const [panel, row, column] = board.place(player.cursor.flat), slot = board.show.indexOf(panel);
      const to = {
        ArrowRight: [slot, row, column + 1], ArrowLeft: [slot, row, column - 1], ArrowDown: [slot, row + 1, column],
        ArrowUp: [slot, row - 1, column], PageDown: [slot + 1, row, column], PageUp: [slot - 1, row, column],
        Home: [slot, row, 0], End: [slot, row, board.columns - 1],
      }[event.key];
      if (!to) return;
      // Behind the last panel follows the next board; behind the last board, or in a tour, the key is not ours.
      const boards = boardsIn(element), by = board.show[to[0]] === undefined ? to[0] - slot : 0;
      const beside = !by ? null : player.keys[event.key] ? undefined : boards[boards.indexOf(board.canvas) + by];
      if (beside === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (beside) return beside.focus();
      const inside = (n, most) => Math.max(0, Math.min(most - 1, n));
      const next = board.show[inside(to[0], board.show.length)];
      move(board, (next * board.rows + inside(to[1], board.rows)) * board.columns + inside(to[2], board.columns));
    });
  };
  player.pointable(stage.element);
  player.keys.b = player.keys.B = () => {
    const boards = boardsIn(stage.element);
    boards[(boards.indexOf(document.activeElement) + 1) % boards.length].focus();
  };
  // For editing: the cell under a pointer, and moving the keyboard's pointer.
  player.pick = event => { const board = find(event); return board && { board, flat: under(board, event) }; };
  player.point = move;
  // With another step a product has other cells, and an output may have its value now.
  player.on("step", () => { if (pointed.id === "p") tie(); });
  player.on("paint", () => { if (player.lit) tell(); });
  player.on("scene", () => { player.cursor = null; last = ""; light(null, null); });
}
