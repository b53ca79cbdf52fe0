// What is wrong with a spec, before anything is drawn of it.
import { lanesOut, times, waysOf } from "./geometry.js";

// The limits of cnnlib.viz: products in all, cells along one side, and the size of one number.
export const MOST = { taps: 2_000_000, cells: 4096, value: 1e100 };
// What the record of a kind, which comes with the spec, may say: kinds.py tells what it means.
const RECORD = { by: ["output", "input", "weight"], action: ["sum", "mean", "max"], lane: [null, "channel", "filter"] };
const NAMES = ["x", "w", "y", "dx", "dw", "dy"];

/** null, or one sentence: the first field that makes no sense, what was found, what is expected. Never throws. */
export function problem(spec) {
  try {
    checkSpec(spec);
    return null;
  } catch (fault) {
    return fault?.sentence ?? "The scene cannot be read; expected plain lists and numbers.";
  }
}

function need(right, name, found, expected) {
  if (!right) throw { sentence: `${name} is ${spelt(found)}; expected ${expected}.` };
}

function spelt(value) {
  const short = Array.isArray(value) && value.length < 6 && value.every(Number.isFinite);
  if (typeof value === "string") return `the text "${value.slice(0, 20)}"`;
  if (Array.isArray(value)) return short ? `[${value.join(", ")}]` : "a list";
  return value === undefined ? "missing" : value && typeof value === "object" ? "an object" : String(value);
}

const NUMBER = `a number from −${MOST.value} to ${MOST.value}`;

// A nested list of `axes` (their names) that holds finite numbers only; returns its shape.
function checkNested(name, value, axes) {
  const shape = [];
  const visit = (part, path) => {
    const here = path.length ? `${name}[${path.join(", ")}]` : name, depth = path.length;
    if (depth === axes.length) return need(Math.abs(part) <= MOST.value && Number.isFinite(part), here, part, NUMBER);
    need(Array.isArray(part), here, part, `a list, for ${name} is (${axes.join(", ")})`);
    const most = shape[depth] ??= part.length;
    need(part.length === most && most > 0, `the length of ${here}`, part.length, most || "at least 1");
    need(most <= MOST.cells && times(shape) <= MOST.taps, `the size of ${name}`, shape, `at most ${MOST.cells} a side`);
    for (let i = 0; i < most; i++) visit(part[i], [...path, i]);
  };
  visit(value, []);
  return shape;
}

function checkPair(name, value, least) {
  need(Array.isArray(value) && value.length === 2, name, value, "a pair");
  const right = n => Number.isInteger(n) && n >= least && n <= MOST.cells;
  for (const n of value) need(right(n), name, n, `whole numbers from ${least} to ${MOST.cells}`);
}

// Axes of the scene, of the user's x and of the user's w that go together.
const FORMS = ["1,1,1", "1,1,3", "1,2,3", "2,2,2", "2,2,4", "2,3,3", "2,3,4"], POOL_FORMS = ["1,1,", "2,2,", "2,3,"];

function checkRecord(kind, record) {
  need(record && typeof record === "object", "record", record, "an object that tells of the kind");
  need(typeof kind === "string" && kind === record.name, "kind", kind, `${record.name}, as its record has it`);
  for (const [key, known] of Object.entries(RECORD)) need(known.includes(record[key]), `the record's ${key}`, record[key], `one of ${known.join(", ")}`);
  const { source, weights, result, arrays } = record;
  for (const name of [source, result, ...(weights === null ? [] : [weights])])
    need(NAMES.includes(name) && typeof arrays?.[name]?.title === "string", "an array of the record", name, `one of ${NAMES.join(", ")}, with its title`);
}

function checkSpec(spec) {
  need(spec && typeof spec === "object" && !Array.isArray(spec), "The scene", spec, "an object");
  const { kind, record, axes, x, w, b, dy, kernel, stride, padding, dilation, output_padding: extra, given } = spec;
  checkRecord(kind, record);
  const pool = !record.weights, back = record.transposed, gradient = record.backward;
  need(axes === 1 || axes === 2, "axes", axes, "1 or 2");
  const [C, H] = checkNested("x", x, ["C", "H", "W"]);
  checkPair("kernel", kernel, 1);
  checkPair("stride", stride, 1);
  checkPair("dilation", dilation, 1);
  checkPair("output_padding", extra, 0);
  need(Array.isArray(padding) && padding.length === 2, "padding", padding, "[[top, bottom], [left, right]]");
  for (const sides of padding) checkPair("padding", sides, 0);
  if (axes === 1) {
    const vertical = [H, kernel[0], stride[0], dilation[0], padding[0][0] + padding[0][1]];
    const name = "a signal's vertical [rows, kernel, stride, dilation, padding]";
    need(vertical.join() === "1,1,1,1,0", name, vertical, "[1, 1, 1, 1, 0]");
  }
  if (!record.dilated) need(times(dilation) === 1, "dilation", dilation, `1 in a ${kind} scene`);
  const room = extra.map((e, a) => (back ? stride[a] - 1 : 0) - e);
  const allowed = back ? `less than the stride, [${stride.join(", ")}]` : "[0, 0]";
  need(Math.min(...room) >= 0, "output_padding", extra, allowed);
  const ways = waysOf(spec);
  ways.forEach((way, a) => checkWay(way, a ? "width" : "height", pool, back));

  if (pool) need(w === null, "w", w, "null, because pooling has no weights");
  else {
    const shape = checkNested("w", w, back ? ["C", "K", "Fh", "Fw"] : ["K", "C", "Fh", "Fw"]);
    const channels = shape[back ? 0 : 1], size = shape.slice(2).join(", ");
    need(channels === C, "the number of input channels of w", channels, `${C}, as many as x has`);
    need(kernel.join(", ") === size, "kernel", kernel, `[${size}], the size of w`);
  }
  const K = lanesOut(spec), y = [K, ...ways.map(way => way.out)];
  const taps = K * (pool ? 1 : C) * times(kernel) * times(ways.map(way => (back ? way.n : way.out)));
  const most = Math.max(taps, times(y));
  need(most <= MOST.taps, "the number of products or outputs", most, `at most ${MOST.taps}`);
  if (b !== null) {
    need(!pool && !gradient, "b", b, `null in a ${kind} scene`);
    const [count] = checkNested("b", b, ["K"]);
    need(count === K, "the length of b", count, `${K}, one bias per filter`);
  }
  if (dy !== null) {
    need(gradient, "dy", dy, `null in a ${kind} scene`);
    const shape = checkNested("dy", dy, ["K", "H'", "W'"]);
    need(shape.join() === y.join(), "the shape of dy", shape, `[${y.join(", ")}], that of the output`);
  }
  need(given && typeof given === "object", "given", given, "an object");
  const fits = (pool ? POOL_FORMS : FORMS).includes([axes, given.x, given.w].join());
  const holds = (C === 1 || given.x > axes) && (pool || K === 1 || given.w === axes + 2);
  need(fits && holds, "given", [given.x, given.w], "the numbers of axes of x and w");
}

function checkWay({ n, f, before, after, d, span, out }, name, pool, back) {
  const padded = (back ? out : n) + before + after, side = Math.max(before, after);
  need(padded <= MOST.cells, `the padded ${name}`, padded, `at most ${MOST.cells}`);
  if (back) need(out >= 1, `the output ${name}`, out, "at least 1; use less padding");
  else {
    const wide = d > 1 ? `the kernel's ${name} with dilation ${d}` : `the kernel's ${name}`;
    need(span <= padded, wide, span, `at most ${padded}, the input and its padding`);
  }
  // The limits of cnnlib: no window may see nothing but padding, or nearly all of them.
  const most = pool ? Math.floor(f / 2) : 1000 + (back ? out : n) + span;
  need(side <= most, "padding", side, pool ? `at most half the kernel, ${most}` : `at most ${most}`);
}
