// What is said of a stack: the twin of ../words.py.
import { number } from "../../kit/static/numbers.js";

/** How far a meter is off, as it is written: 0 only where it is. */
export const amount = off => (off > 1e-5 && off < 0.005 ? "<0.01" : number(off));

const way = ([down, across]) => (down ? `${number(down)} down, ${number(across)} across` : number(across));

/** What the meter of a stage says. */
export function told({ off, moved, exact }) {
  if (off === null) return moved ? "nothing to compare: zero before" : "zero before, not after";
  if (!moved) return off ? `${amount(off)} off from staying the same` : "stays the same";
  if (!exact) return `no whole cell; moved by ${way(moved)}: ${amount(off)} off`;
  if (!moved.some(Boolean)) return off ? `${amount(off)} off` : "unmoved";
  return off ? `${amount(off)} off after moving along by ${way(moved)}` : `moves along by ${way(moved)}`;
}

/** What the end of the network says and, if the input `moves`, how far that moved. */
export function predicted(prediction, classes, fault, moves) {
  if (!prediction) return fault ? `The end is missing: ${fault}.` : "";
  const { before, after, distance } = prediction;
  if (!classes) return `The numbers at the end moved by ${amount(distance)} in all.`;
  const largest = values => values.indexOf(Math.max(...values)), [best, now] = [before, after].map(values => classes[largest(values)]);
  const says = `${best === now ? now : `${best} becomes ${now}`}, ${number(100 * Math.max(...after), 0)} %.`;
  return moves ? `${best === now ? "Still " : ""}${says} (Change ${amount(distance)}; 2 would be complete.)` : says;
}

/** A unit by its place: the name of its stage, its flat index, the shape of the stage. */
export function placeOf(name, index, shape) {
  if (shape.length === 1) return `${name}, number ${index}`;
  const rest = index % (shape[1] * shape[2]);
  return `${name}, channel ${Math.floor(index / (shape[1] * shape[2]))}, row ${Math.floor(rest / shape[2])}, column ${rest % shape[2]}`;
}

/** What it sees; `gone` is the stage of another unit that was chosen and no longer fits, or "". */
export function sees(place, value, gone, { field: [, , high, wide], pixels, moving, central, share, most }) {
  const area = pixels === high * wide ? "" : `, ${pixels} of them in the picture`, missing = gone && `${gone} is missing; instead: `;
  const start = `${missing}${place} is ${number(value)}. It can see ${high} × ${wide} pixels${area}`;
  if (share === null) return `${start}; but it is off: no pixel moves it a little.`;
  const few = most === 1 ? "1 pixel carries 95 %" : `${most} pixels carry 95 %`;
  return `${start}; ${moving} of them change${moving === 1 ? "s" : ""} it: the central ${central.join(" × ")} carry ${number(100 * share, 0)} % of the effect, ${few}.`;
}
