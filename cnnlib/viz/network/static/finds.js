// What the pages of a tour wait for: questions about the network that are answered by drawing, and checked by its numbers.
import { number } from "../../kit/static/numbers.js";

const own = ({ drawing }) => drawing.strokes.some(({ erase }) => !erase);
const answerOf = view => view.spec.classes[view.picture.answers.best];
const rubbed = ({ drawing }) => drawing.strokes.filter(({ erase }) => erase).length;

// The largest number of each map of a column.
function heights(view, n) {
  const { shape, out } = view.spec.columns[n], area = shape[1] * shape[2], { values } = view.outputs[out];
  return Array.from({ length: shape[0] }, (_, k) => values.subarray(k * area, (k + 1) * area).reduce((a, b) => Math.max(a, b), 0));
}

export const FINDS = {
  /** Something of one's own is drawn; with `class`, such that it is named so. */
  drawn(view, { class: wanted }) {
    if (!own(view)) return null;
    const said = answerOf(view);
    return wanted === undefined || said === wanted ? { right: true, said: `It says ${said}.` } : { said: `It says ${said}, not yet ${wanted}.` };
  },
  /** The switch of the centring was used. */
  switched(view) {
    return view.drawing.centring ? null : { right: true, said: `Without it, the network says ${answerOf(view)}.` };
  },
  /** The map of a column that answers least to what is there is looked into. */
  quietest(view, { column }) {
    const [n, map] = view.model.get("looking") ?? [];
    if (n !== column) return null;
    const all = heights(view, column), name = view.spec.columns[column].name, most = all.indexOf(Math.max(...all));
    const told = `The largest number of map ${map} of ${name} is ${number(all[map])}`;
    return all[map] <= Math.min(...all) ? { right: true, said: `${told}, that of map ${most} is ${number(all[most])}.` } : { said: `${told}. Another map is quieter.` };
  },
  /** A drawing that was named `from` is named `to`, after strokes were added to it. */
  becomes(view, { from, to }) {
    const said = answerOf(view), { drawing: { image, strokes } } = view, now = [image, strokes.length, JSON.stringify(strokes)];
    if (!own(view)) return null;
    if (said === from) view.named = now;
    const [before, count, drawn] = view.named ?? [];
    const same = before === image && count <= strokes.length && JSON.stringify(strokes.slice(0, count)) === drawn;
    if (!same) return { said: `It says ${said}. It has to say ${from} first.` };
    if (said !== to) return { said: `It says ${said}. Go on drawing, until it says ${to}.` };
    return { right: true, said: `It says ${to}. Without the last stroke${strokes.length > count + 1 ? "s" : ""} it said ${from}.` };
  },
  /** A test image is no longer named as it is, after at most so many strokes of the eraser. */
  erased(view, { most }) {
    const { drawing, spec } = view, strokes = rubbed(view), said = answerOf(view);
    if (!drawing.base || own(view) || !strokes) return null;
    const count = `${strokes} stroke${strokes > 1 ? "s" : ""} of the eraser`, truth = spec.classes[spec.labels?.[drawing.image]] ?? "";
    if (said === truth) return { said: `It still says ${said}, after ${count}.` };
    return strokes <= most ? { right: true, said: `It says ${said} after ${count}.` } : { said: `It says ${said}, but that took ${count}. Undo, and try with ${most} at most.` };
  },
};
