// The longest lines that a scene writes, as far as one look tells: room for them is kept from the first step on.
import { channelRows, sumLine } from "./words.js";

const LOOKED_AT = 24;   // steps

const lengthOf = (pieces = []) => pieces.reduce((total, { text }) => total + text.length, 0);

/** The longest sum, and the longest line of each channel as pairs [label, pieces]. */
export function longestLines(scene) {
  const every = Math.ceil(scene.steps / LOOKED_AT), rows = [];
  let sum = [];
  for (let step = 0; step < scene.steps; step += every) {
    const frame = scene.frame(step), pieces = sumLine(frame, scene);
    if (lengthOf(pieces) > lengthOf(sum)) sum = pieces;
    channelRows(frame, scene).forEach((row, n) => { if (lengthOf(row[1]) >= lengthOf(rows[n]?.[1])) rows[n] = row; });
  }
  return { sum, rows };
}
