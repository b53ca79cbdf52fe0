// How the lab looks: how large its parts are, the pixels of picture and response, legends, and what two kernels are together.
import { readColours, roomIn } from "../../kit/static/board.js";
import { tag } from "../../kit/static/dom.js";
import { scaleOf } from "../../kit/static/scale.js";
import { brief, limitOf, paintPicture, paintSigned, percent, sharesOf, signedBar } from "./colours.js";
import { apart } from "./convolve.js";
import { arrange } from "./stage.js";

const NARROW = 640;      // CSS pixels: less has the kernel below the pictures
const KERNEL = 176;      // what the kernel takes beside them, at least,
const BESIDE = 120;      // and what it needs beside its weights
const GAP = 24;          // between the columns of the stage
const LARGEST = 330;     // CSS pixels: pictures of a page are no larger
const COLOURS = ["red", "green", "blue"];

/** Everything in the colours of the theme, as large as it is. What Copy and Save see of the weights is drawn only here, which
 *  they call: on the page these are fields. */
export function redraw(lab) {
  lab.colours = readColours(lab.root);
  lab.font = getComputedStyle(lab.root).fontFamily;
  lab.refresh();
  for (const editor of [lab.editor, lab.other]) if (!editor.element.hidden) editor.draw(lab.font);
  draw(lab);
}

/** Everything as large as there is room for; then it is painted and drawn. */
export function layOut(lab) {
  const { root, staged, result } = lab, scale = arrange(lab), beside = scale !== null, ratio = lab.ratio = window.devicePixelRatio || 1;
  const room = roomIn(root) - (beside ? lab.side.offsetWidth + GAP : 0), narrow = room < NARROW;
  lab.colours = readColours(root);
  lab.font = getComputedStyle(root).fontFamily;
  for (const editor of [lab.editor, lab.other]) Object.assign(editor, { scale: scale ?? (staged ? 1.6 : 1), room });
  lab.refresh();
  for (const editor of [lab.editor, lab.other]) if (!editor.element.hidden) editor.layOut(ratio);
  root.classList.toggle("cnn-narrow", narrow);
  paint(lab);
  const weights = Math.max((beside ? 1.25 : 1) * KERNEL, lab.editor.grid.offsetWidth, beside ? 0 : lab.other.grid.offsetWidth), wanted = narrow ? 16 : weights + (beside ? 2 * GAP : (staged ? 1.2 : 1) * BESIDE);
  if (beside) lab.w.style.width = `${weights}px`;
  const each = Math.min(staged ? 1200 : LARGEST, (room - wanted) / 2), tall = beside ? 0.7 * innerHeight - 210 : staged ? innerHeight * 0.56 : LARGEST;
  for (const plate of [lab.input, lab.output]) plate.layOut(each, tall, ratio);
  const lane = Math.min(beside ? 150 : 200, (room - 30) / 3);
  for (const plate of lab.lanes) if (plate.rows) plate.layOut(lane, lane, ratio);
  const wide = narrow ? room : Math.max(220, Math.min(380, room * (beside ? 0.3 : 0.36)));
  lab.histogram.layOut(wide, ratio);
  lab.loupeRoom = narrow ? room : room - wide - 24;
  const under = !narrow && !staged;   // the kernel for both has its place under the response, where there is one
  if (under !== lab.y.contains(lab.composed)) (under ? lab.legend : lab.sums).after(lab.composed);
  if (result.whole) lab.whole.layOut(under ? lab.output.size[0] : Math.min(room * 0.55, 420), beside ? 220 : staged ? 420 : 280, ratio, 40);
  lab.legend.style.maxWidth = `${Math.max(150, lab.output.size[0])}px`;
  draw(lab, true);
}

/** All that is there; `painted`: its pixels are what they are to be. */
export function draw(lab, painted = false) {
  if (!painted) paint(lab);
  const { colours, font } = lab;
  lab.histogram.draw(colours, font);
  if (!lab.sums.hidden) for (const plate of lab.lanes) plate.draw(colours);
  if (lab.result.whole) lab.whole.drawLayer(colours, font), lab.whole.begin();
  lab.magnify();
  mark(lab);
}

/** The window on the picture, its place in the response. */
export function mark(lab) {
  if (!lab.input.size) return;
  const { colours, settings: { stride, dilation }, at, read: { sides, kernel } } = lab;
  const [top, left] = at.map((n, way) => n * stride - sides[way][0]), [high, wide] = [kernel[0].length, kernel[0][0].length].map(taps => dilation * (taps - 1) + 1);
  lab.input.frame(lab.input.draw(colours), top, left, high, wide, colours.kernel);
  lab.output.frame(lab.output.draw(colours), ...at, 1, 1, colours.kernel);
}

// Pixels of the picture and of what comes out, and what is said of them.
function paint(lab) {
  const { loaded, result: { channels, response, planes, whole }, colours } = lab;
  if (lab.input.of?.[0] !== loaded || lab.input.of[1] !== lab.several || lab.input.of[2] !== colours) {   // not with every weight
    lab.input.fill(loaded.rows, loaded.columns, data => paintPicture(data, lab.several ? channels : channels.slice(0, 1), colours, Infinity));
    lab.input.of = [loaded, lab.several, colours];
  }
  paintOutput(lab);
  lab.sums.hidden = planes.length < 2;
  if (planes.length > 1) {
    const limit = Math.max(...planes.map(limitOf));
    lab.lanes.forEach((plate, c) => plate.fill(planes[c].rows, planes[c].columns, data => paintSigned(data, planes[c], limit, colours, Infinity)));
    lab.sumsScale.textContent = `Each colour under its weights; their sum is ${whole ? "the response of w" : "y"}. One scale: blue −${brief(limit)} · 0 · red ${brief(limit)}`;
  }
  if (whole) paintWhole(lab);
  lab.histogram.count(response);
  paintLegend(lab);
}

/** The response as far as it is filled in. */
export function paintOutput(lab) {
  const { result: { response }, swept, settings: { view }, colours } = lab, until = swept ?? Infinity;
  lab.output.fill(response.rows, response.columns, data => {
    if (view === "signed") paintSigned(data, response, limitOf(response), colours, until);
    else paintPicture(data, shown(lab), colours, until);
  });
}

// Three colours under one table of weights are seen together, as a picture in colour.
const shown = ({ several, result, settings: { kernel } }) => (several && kernel.length === 1 ? result.seen : [result.response]);

function paintLegend(lab) {
  const { result: { response }, loaded, legend, colours, settings: { view } } = lab, limit = limitOf(response);
  const bar = tag("span", { class: "cnn-scale-bar", "aria-hidden": "true" }), scale = text => legend.replaceChildren(tag("span", { class: "cnn-scale" }, bar, text));
  lab.output.caption.replaceChildren("response y ", tag("small", {}, `${response.rows} × ${response.columns}`));
  lab.input.caption.replaceChildren("picture x ", tag("small", {}, `${loaded.rows} × ${loaded.columns}`));
  bar.style.background = view === "signed" ? signedBar(colours) : "linear-gradient(to right, black, white)";
  if (view === "signed") return scale(`blue −${brief(limit)} · 0 · red ${brief(limit)}`);
  const planes = shown(lab), parts = planes.map(sharesOf), mean = name => parts.reduce((sum, part) => sum + part[name], 0) / parts.length;
  const how = planes.length > 1 ? ["black", "white"] : ["blue", "red"];
  const out = [["below", "below 0", how[0]], ["light", "above 255", how[1]]].filter(([name]) => mean(name) > 0).map(([name, where, as]) => `${percent(mean(name))} ${where} (${as})`);
  scale([planes.length > 1 ? "the three colours before they are added, 0 to 255" : "0 black · 255 white", ...out].join("; "));
}

function paintWhole(lab) {
  const { settings: { kernel, second, padding }, result: { whole, response, single, around }, root } = lab;
  const sizes = [kernel, second, whole].map(([table]) => [table.length, table[0].length]), [rows, columns] = sizes[2], flat = whole.flat(2), panels = whole.length;
  const unit = unitOf(flat), values = unit ? flat.map(weight => Math.round(weight / unit)) : flat;
  lab.whole.setData({ values, panels, rows, columns, labels: panels > 1 ? COLOURS : [], show: whole.map((_, panel) => panel), scale: scaleOf(values) });
  lab.whole.caption.replaceChildren("both at once, w ∗ v ", tag("small", {}, `${rows} × ${columns}${unit ? `, times ${fraction(unit)}` : ""}`));
  lab.whole.canvas.setAttribute("aria-label", `The kernel for both, ${rows} × ${columns}${flat.length <= 81 ? `: ${values.join(" ")}` : ""}`);
  const { inside, border } = apart(response, single, around), near = 1e-9 * limitOf(response), said = value => (value <= near ? "0" : brief(value));
  const within = inside === null ? "No place lies inside." : `Inside, its response and that of the two differ by ${said(inside)}.`;
  const edge = padding === "valid" ? "" : ` At the border, where padding is read, they differ by up to ${said(border)}.`;
  lab.compare.textContent = `${sizes[0].join(" × ")}, then ${sizes[1].join(" × ")}, is one kernel of ${rows} × ${columns}: ${sizes[0][0]} + ${sizes[1][0]} − 1 rows. ${within}${edge}`;
  Object.assign(root.dataset, { inside, border });
}

// What all weights are whole multiples of, where they are no whole numbers themselves: 1/81 of two box filters; or null.
function unitOf(weights) {
  const unit = Math.min(...weights.filter(Boolean).map(Math.abs)), whole = n => Math.abs(n - Math.round(n)) < 1e-6;
  return Number.isFinite(unit) && !weights.every(Number.isInteger) && weights.every(weight => whole(weight / unit) && Math.abs(weight / unit) < 1000) ? unit : null;
}

const fraction = unit => (Math.abs(1 / unit - Math.round(1 / unit)) < 1e-6 ? `1/${Math.round(1 / unit)}` : brief(unit));
