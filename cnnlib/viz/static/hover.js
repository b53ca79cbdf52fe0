// Pointing at a cell lights up everything it is tied to: read off the tap table, so exact for every kind of scene.
import { number, indexText } from "./words.js";

// All cells tied to cell `flat` of a board, per board.
export function tied(scene, id, flat, step) {
  const { source, weights, dest, taps, start } = scene, lit = { strong: id };
  const sets = { [source.name]: new Set(), [dest.name]: new Set() };
  if (weights) sets[weights.name] = new Set();
  const take = row => {
    sets[dest.name].add(taps[3 * row]);
    if (taps[3 * row + 1] >= 0) sets[source.name].add(taps[3 * row + 1]);
    if (weights) sets[weights.name].add(taps[3 * row + 2]);
  };
  if (id === dest.name) for (let row = start[flat]; row < start[flat + 1]; row++) take(row);
  else if (id === source.name) scene.byIn(flat).forEach(take);
  else if (id === "p") {
    for (let row = start[step]; row < start[step + 1]; row++) if (taps[3 * row + 2] === flat) take(row);
    sets.p = new Set([flat]);
  } else scene.byWeight(flat).forEach(take);
  sets[id]?.add(flat);
  for (const [name, set] of Object.entries(sets)) lit[name] = [...set].sort((a, b) => a - b);
  return lit;
}

function sentence(scene, id, flat, lit, board) {
  const { source, weights, dest } = scene, name = { p: "product", yours: "yours" }[id] ?? id;
  const value = board.known(flat) && !Number.isNaN(board.values[flat]) ? ` = ${number(board.values[flat], 4)}` : "";
  const what = `${id === "p" ? "product at " : ""}${indexText(id === "p" ? weights.name : name, flat, scene)}${value}`;
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  if (id === dest.name) return `${what} is made from ${count(lit[source.name].length, "cell")} of ${source.name}`;
  if (id === source.name) return `${what} ${lit[dest.name].length ? `goes into ${count(lit[dest.name].length, "cell")} of ${dest.name}` : "is never read"}`;
  if (id === "p") return what;
  return `${what} takes part in ${count(lit[dest.name].length, "sum")}`;
}

export function installHover(player) {
  const { stage } = player;
  const light = (id, flat) => {
    const { scene } = player, board = stage.boards.get(id);
    player.lit = flat == null || flat < 0 ? null : tied(scene, id, flat, player.step);
    player.hover.textContent = player.lit ? sentence(scene, id, flat, player.lit, board) : flat === -1 ? "padding: not stored, only counted" : "";
    for (const [name, { figure }] of stage.boards) {
      if (player.lit?.[name]?.length) figure.dataset.lit = player.lit[name].join(" ");
      else delete figure.dataset.lit;
    }
    if (!player.playing) player.paint();
  };
  const find = event => {
    const figure = event.target.closest?.(".cnn-board"), board = figure && stage.boards.get(figure.dataset.board);
    return board?.canvas === event.target ? board : null;
  };
  let last = "";
  stage.element.addEventListener("pointermove", event => {
    const board = find(event), flat = board ? board.at(event.offsetX, event.offsetY) : null, key = `${board?.id} ${flat}`;
    if (key !== last) light(board?.id, flat);
    last = key;
  });
  stage.element.addEventListener("pointerleave", () => { last = ""; light(null, null); });

  // The keyboard's pointer: Tab into a board, then arrow keys.
  const move = (board, flat) => {
    player.cursor = { board: board.id, flat };
    light(board.id, flat);
    player.voice.textContent = player.hover.textContent;
  };
  stage.element.addEventListener("focusin", event => {
    const board = find(event);
    if (board && event.target.matches(":focus-visible")) move(board, board.id === player.scene.dest.name ? player.step : board.show[0] * board.rows * board.columns);
  });
  stage.element.addEventListener("focusout", () => {
    if (!player.cursor) return;
    player.cursor = null;
    light(null, null);
  });
  stage.element.addEventListener("keydown", event => {
    const board = find(event);
    if (!board || player.cursor?.board !== board.id || event.ctrlKey || event.metaKey || event.altKey) return;
    const [panel, row, column] = board.place(player.cursor.flat), slot = board.show.indexOf(panel);
    const to = {
      ArrowRight: [slot, row, column + 1], ArrowLeft: [slot, row, column - 1], ArrowDown: [slot, row + 1, column],
      ArrowUp: [slot, row - 1, column], PageDown: [slot + 1, row, column], PageUp: [slot - 1, row, column],
      Home: [slot, row, 0], End: [slot, row, board.columns - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    const inside = (n, most) => Math.max(0, Math.min(most - 1, n));
    const next = board.show[inside(to[0], board.show.length)];
    move(board, (next * board.rows + inside(to[1], board.rows)) * board.columns + inside(to[2], board.columns));
  });
  player.on("scene", () => { player.cursor = null; last = ""; light(null, null); });
}
