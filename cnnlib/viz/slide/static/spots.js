// What a page of a tour lights up: cells of the boards, and whole parts of the player.
import { tied } from "./hover.js";

const WORDS = { sum: "sum", size: "size", channels: "parts" };   // names of lights that are sentences of the player

/** What the lights of a page are at a step: `cells` per board, `boards` that are lit as a whole, `parts` of the page, and
 *  `places`, rectangles [row, column, rows, columns] of the source that are no cells of it. */
export function spotsOf(player, lights) {
  const { scene, step, stage } = player, { source, weights, dest, unread } = scene, frame = scene.frame(step);
  const spots = { cells: {}, parts: [], places: [] }, add = (id, cells) => { (spots.cells[id] ??= []).push(...cells); };
  const board = stage.boards.get(source.name), [[top], [left]] = source.pad;
  for (const light of lights) {
    if (light.alone) add(...light.alone);
    else if (Array.isArray(light)) {
      const { strong, ...lit } = tied(scene, ...light, step);
      for (const [id, cells] of Object.entries(lit)) add(id, cells);
    } else if (light === "window") add(source.name, frame.terms.map(({ src }) => src).filter(src => src >= 0));
    else if (light === "output") add(dest.name, [step]);
    else if (light === "products") add("p", frame.terms.map(({ wt }) => wt));
    else if (light === "padding") {
      if (board.width > board.columns || board.height > board.rows) spots.places.push([-top, -left, board.height, board.width], [0, 0, board.rows, board.columns]);
    } else if (light === "unread") {
      const [[r0, r1], [c0, c1]] = [unread.rows, unread.columns];
      if (r1 > r0) spots.places.push([r0 - top, -left, r1 - r0, board.width]);
      if (c1 > c0) spots.places.push([-top, c0 - left, board.height, c1 - c0]);
    } else if (WORDS[light]) spots.parts.push(player[WORDS[light]]);
    else spots.parts.push(stage.boards.get({ matrix: "m" }[light] ?? light)?.figure);
  }
  spots.parts = spots.parts.filter(Boolean);
  return spots;
}

/** Lights for a player: `show(lights, parts)` turns on those of a page, and parts of the page beside; [] turns all off.
 *  While somebody points at a cell, that one's light is seen instead. */
export function lighting(player) {
  const { stage } = player, colour = () => stage.colours.light;
  let lights = [], more = [], spots = null;
  const find = () => {
    for (const part of player.root.querySelectorAll(".cnn-spot")) part.classList.remove("cnn-spot");
    spots = lights.length || more.length ? spotsOf(player, lights) : null;
    for (const part of [...spots?.parts ?? [], ...more]) part.classList.add("cnn-spot");
    for (const [id, { figure }] of stage.boards) {
      const cells = [...new Set(spots?.cells[id])];
      if (cells.length) figure.dataset.spot = cells.join(" "); else delete figure.dataset.spot;
    }
  };
  const paint = () => {
    if (!spots || player.lit) return;
    for (const [id, cells] of Object.entries(spots.cells)) {
      const board = stage.boards.get(id);
      if (board) stage.paintLit(board.canvas.getContext("2d"), board, [...new Set(cells)], false);
    }
    const board = stage.boards.get(player.scene.source.name), ctx = board.canvas.getContext("2d");
    for (const place of spots.places) for (const panel of board.show) board.outline(ctx, panel, ...place, colour(), { line: 3, halo: false });
  };
  for (const event of ["scene", "step"]) player.on(event, () => { if (spots) find(); });
  player.on("paint", paint);
  return {
    show(names, parts = []) {
      [lights, more] = [names, parts];
      find();
      player.paint();
    },
  };
}
