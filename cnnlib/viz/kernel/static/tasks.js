// What the tours of the lab wait for: kernels that do something, whatever they look like. What is not yet right is told.
import { number } from "../../kit/static/numbers.js";
import { axisOf } from "./convolve.js";
import { brief } from "./colours.js";

const near = (a, b, most) => Math.abs(a - b) <= 1e-3 * most;
const sizeOf = kernel => `${kernel[0].length} × ${kernel[0][0].length}`;

// The weights that are not 0, and how far down and to the right of an output each reads: {"0,-1": 1}.
function reaches({ kernel, dilation, padding }) {
  const [table] = kernel, found = {};
  const [top, left] = [table.length, table[0].length].map(taps => axisOf(1e6, taps, { stride: 1, padding, dilation }).before);
  table.forEach((line, u) => line.forEach((weight, v) => { if (weight) found[[u * dilation - top, v * dilation - left]] = weight; }));
  return found;
}

// Zero on flat areas, far from zero at a place of a picture: {picture, rows: [first, end], columns}.
function edge(view, { picture, rows, columns, least }) {
  const { settings, result: { response } } = view, weights = settings.kernel.flat(2), all = weights.reduce((a, b) => a + Math.abs(b), 0);
  const total = weights.reduce((a, b) => a + b, 0);
  if (settings.picture !== picture || view.own) return { said: `This is about the picture “${picture}”: choose it again.` };
  if (settings.second || settings.stride !== 1) return { said: "One kernel, please, and a stride of 1." };
  if (!all) return { said: "All weights are 0: so is the response, at the edge, too." };
  if (Math.abs(total) > 1e-6 * all) return { said: `Not yet. On a flat area of brightness 200 your kernel gives 200 · ${number(total, 3)}, because its weights add up to ${number(total, 3)}.` };
  let most = 0;
  for (let r = rows[0]; r < rows[1]; r++) for (let c = columns[0]; c < columns[1]; c++) most = Math.max(most, Math.abs(response.values[r * response.columns + c] ?? 0));
  const share = most / all;   // of the weights: ten times the kernel is no better one
  if (share < least) return { said: `Zero on flat areas it is. But at the jacket's edge it is ${brief(most)} at most, weak for weights of that size: does it compare one side with the other?` };
  return { right: true, said: `Done: the weights add up to 0, and at the jacket's edge the response is ${brief(most)} away from zero.` };
}

// The response is the picture, moved.
function moves(view, { down, right }) {
  const { settings } = view, found = reaches(settings), places = Object.keys(found), way = [down, right].map(n => -n);
  if (settings.second || settings.stride !== 1) return { said: "One kernel, please, and a stride of 1." };
  if (settings.padding === "valid") return { said: "Without padding the response has another size: choose one." };
  if (!places.length) return { said: "All weights are 0: nothing of the picture is left." };
  if (places.length > 1) return { said: `${places.length} weights are not 0: each response mixes ${places.length} pixels. A picture that is only moved reads one.` };
  if (found[places] !== 1) return { said: `One weight, right. But it is ${number(found[places], 3)}: the picture becomes ${Math.abs(found[places]) < 1 ? "fainter" : "other"} than it was.` };
  const [r, c] = places[0].split(",").map(Number);
  if (!r && !c) return { said: "The one weight in the middle gives the picture as it is." };
  if (r === way[0] && c === way[1]) return { right: true, said: "Done: each output is the pixel on its left. The picture moved to the right, because the kernel looks to the left." };
  if (r === -way[0] && c === -way[1]) return { said: "Moved, but to the other side! An output that reads the pixel on its right pulls the picture to the left." };
  return { said: `Moved by ${-r} down and ${-c} to the right (minus means the other way). It should be ${down} and ${right}.` };
}

// The same kernel as another one, given by its weights.
function equals(view, { kernel: wanted }) {
  const { settings: { kernel, second } } = view, [goal] = wanted, [mine] = kernel, all = goal.flat(), most = Math.max(...all.map(Math.abs));
  if (second) return { said: "One kernel: take the second away." };
  if (kernel.length > 1) return { said: "One table of weights for all colours is enough." };
  if (mine.length !== goal.length || mine[0].length !== goal[0].length) return { said: `${sizeOf(kernel)} is not its size. Lay the second kernel on the ends of the first: how far do both reach together?` };
  const flat = mine.flat(), sum = flat.reduce((a, b) => a + b, 0), wish = all.reduce((a, b) => a + b, 0);
  if (all.every((each, n) => near(each, flat[n], most))) return { right: true, said: `Done: this one kernel of ${sizeOf(kernel)} does the work of both.` };
  if (sum && all.every((each, n) => near(each, flat[n] / sum * wish, most))) return { said: `The shape is right. But these weights add up to ${number(sum, 3)}: divide them by their sum.` };
  const scale = Math.abs(sum) > 1.5 * Math.abs(wish) ? Math.min(...all.filter(Boolean).map(Math.abs)) : 1, wrong = all.findIndex((each, n) => !near(each / scale, flat[n], most / scale));
  const place = `[${Math.floor(wrong / goal[0].length)}, ${wrong % goal[0].length}]`;
  return { said: `Not yet: the weight ${place} is different. In how many ways do two steps, one of each kernel, lead there?` };
}

export const TASKS = { edge, moves, equals };
