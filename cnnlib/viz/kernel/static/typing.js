// While one weight of a large kernel is typed, only what it changes is added: a kernel of 15 × 15 on three colours takes
// 675 products a pixel, one weight of it three. Convolution is linear in its kernel, so the sum is the same except
// for rounding; at rest everything is computed again.
import { added, correlate, respond } from "./convolve.js";
import { channelsOf } from "./sources.js";

const MANY = 4e6;    // products: fewer are computed as quickly as added
const REST = 150;    // milliseconds without a change

/** Where two kernels of one shape differ, if it is a single weight: {table, row, column, by}; null otherwise. */
export function onlyChange(before, after) {
  if (before.length !== after.length || before[0].length !== after[0].length || before[0][0].length !== after[0][0].length) return null;
  const found = after.flatMap((lines, table) => lines.flatMap((line, row) => line.flatMap((weight, column) => (weight === before[table][row][column] ? [] : [{ table, row, column, by: weight - before[table][row][column] }]))));
  return found.length === 1 ? found[0] : null;
}

/** What `respond` gives, where `last`, {result, settings}, was computed of the same channels; null unless one weight of a
 *  large kernel is all that has changed. */
export function followed(last, channels, settings) {
  const { kernel, second, stride, padding, dilation } = settings, { result, settings: before } = last, { response: { rows, columns } } = result;
  if (second || before.second || stride !== before.stride || padding !== before.padding || dilation !== before.dilation) return null;
  const change = onlyChange(before.kernel, kernel), products = channels.length * kernel[0].flat().length * rows * columns;
  if (!change || products < MANY) return null;
  const lone = kernel[change.table].map((line, row) => line.map((_, column) => (row === change.row && column === change.column ? change.by : 0)));
  const planes = result.planes.map((plane, c) => (kernel.length > 1 && c !== change.table ? plane : added([plane, correlate(result.read[c], lone, stride, dilation)])));
  return { ...result, channels, planes, seen: planes, response: added(planes) };
}

/** `respond` that remembers: `exact()` is called when nothing has changed for a while after an answer that was only followed. */
export class Responder {
  constructor(exact) { Object.assign(this, { exact, last: null, timer: 0 }); }

  respond(picture, settings, anew = false) {
    clearTimeout(this.timer);
    const { last } = this, { colour, kernel } = settings, same = last?.picture === picture && last.settings.colour === colour && last.settings.kernel.length === kernel.length;
    const channels = same ? last.result.channels : channelsOf(picture, colour, kernel.length);
    const quick = same && !anew ? followed(last, channels, settings) : null, result = quick ?? respond(channels, settings);
    if (quick) this.timer = setTimeout(this.exact, REST);
    this.last = { picture, settings: { ...settings }, result };
    return result;
  }

  halt() { clearTimeout(this.timer); }
}
