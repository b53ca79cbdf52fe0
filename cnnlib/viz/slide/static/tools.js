// The fields below the boards: geometry, bias, ready-made kernels, and what to do when a filter does not fit.
import { tag, textButton } from "../../kit/static/dom.js";
import { doubtful, takes, typedNumber } from "../../kit/static/field.js";
import { number } from "../../kit/static/numbers.js";
import { hint } from "../../kit/static/touch.js";
import { withChange } from "./changes.js";
import { fitText } from "./words.js";

// Name, field of the spec, smallest value, where its slider ends (larger ones can be typed).
const GEOMETRY = [["Kernel size", "kernel", 1, 9], ["Stride", "stride", 1, 5], ["Padding", "padding", 0, 4], ["Dilation", "dilation", 1, 4]];
const LARGEST_NUMBER = 1e100;

/** What a learner typed as [value, null], or [NaN, a sentence]. Quotients are numbers too: 1/9. */
export function readNumber(text, name) {
  const typed = typedNumber(text), plain = text.trim();
  if (Math.abs(typed?.value) <= LARGEST_NUMBER) return [typed.value + 0, null];
  const found = plain === "" ? "empty" : plain.length > 24 ? `"${plain.slice(0, 24)}…"` : `"${plain}"`;
  const either = doubtful(plain) ? `${plain.replace(/,/g, "")} or ${plain.replace(",", ".")}: a comma may mean either` : null;
  const expected = either ?? (typed ? "a smaller number, at most 1e100" : "a number such as 3, −1.5 or 1/9");
  return [NaN, `${name} is ${found}; expected ${expected}. It stays as it was.`];
}

/** Mark a field as wrong and say why, or as right again. Returns whether it is wrong. */
export function markWrong(player, input, fault) {
  if (fault) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
  player.complain(fault);
  return Boolean(fault);
}

// ---- ready-made kernels

const RAISED = {
  1: { difference: [[-1, 1]], sharpen: [[-1, 3, -1]] },
  2: {
    sharpen: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]], outline: [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "sobel x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "sobel y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  },
};

// Rows x columns of a named kernel: a pattern stands in the middle of zeros; null if it is larger than the kernel.
function presetKernel(name, axes, [rows, columns]) {
  const average = name === "blur" || name === "moving average", pattern = name === "identity" ? [[1]] : RAISED[axes][name];
  const middle = n => Math.floor((n - 1) / 2), [high, wide] = average ? [1, 1] : [pattern.length, pattern[0].length];
  if (high > rows || wide > columns) return null;
  const [top, left] = [middle(rows) - middle(high), middle(columns) - middle(wide)];
  const at = (r, c) => (average ? 1 / (rows * columns) : pattern[r - top]?.[c - left] ?? 0);
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => at(r, c)));
}

const presetNames = axes => ["identity", axes === 1 ? "moving average" : "blur", ...Object.keys(RAISED[axes])];

/** The controls, in player.tools. `history` takes every change: `show` while it lasts, `commit` or `settle` at its end. */
export function installTools(player, history) {
  const change = (what, said) => history.commit(withChange(history.now, what), said);
  const outcome = text => () => {
    if (player.veiled) return `${text}.`;
    const size = player.scene.dest.shape.slice(-player.scene.axes).join(" by "), fit = fitText(player.scene);
    return `${text}. ${player.scene.dest.name} is ${size}.${fit ? ` ${fit.unread}.` : ""}`;
  };

  // ---- geometry: a slider for playing, a field for any number
  const ways = GEOMETRY.map(([name, key, least, most]) => {
    const range = tag("input", { type: "range", min: least, step: 1, "aria-label": `${name} slider` });
    const input = tag("input", { type: "number", min: least, step: 1, "aria-label": name });
    const element = tag("div", { class: "cnn-way" }, tag("span", { "aria-hidden": "true" }, name.toLowerCase()), range, input);
    let step = null;   // where the slide began
    const refresh = () => {
      const { record, axes, spec, ways: [, wide] } = player.scene;
      element.hidden = key === "dilation" && !record.dilated;
      // Usually one number; otherwise what there is, as in "2 × 1" or "1+2", behind an empty field.
      const sides = spec[key].slice(-axes).map(side => (Array.isArray(side) && side[0] === side[1] ? side[0] : [side].flat().join("+")));
      const text = sides.every(side => `${side}` === `${sides[0]}`) ? `${sides[0]}` : sides.join(" × "), one = /^\d+$/.test(text);
      input.value = one ? text : "";
      input.placeholder = one ? "" : text;
      input.title = one ? "" : `now ${text}${axes === 2 ? " (height × width)" : ""}; one number sets all`;
      input.style.width = `${one ? Math.max(3.5, text.length * 0.62 + 1.4) : text.length * 0.62 + 2.6}em`;   // beside its arrows
      input.removeAttribute("aria-invalid");
      const end = key === "kernel" && !record.transposed ? Math.min(most, wide.n + wide.before + wide.after) : most;
      range.max = Math.max(end, ...spec[key].flat());
      range.value = Math.max(...spec[key].slice(-axes).flat());
      range.setAttribute("aria-valuetext", text);
    };
    range.addEventListener("input", () => {
      step ??= player.step;
      history.show(withChange(history.now, { [key]: +range.value }), step);
    });
    range.addEventListener("change", () => {
      step = null;
      history.settle(outcome(`${name} ${range.value}`));
      refresh();   // of a value that cannot be, back to the one that is
    });
    takes(input, () => {
      const found = input.validity.badInput ? "not a number" : "empty";
      const fault = input.value === "" ? `${name} is ${found}; expected a whole number of at least ${least}. It stays as it was.` : null;
      if (input.value === "" && input.placeholder && !input.validity.badInput) refresh();
      else if (!markWrong(player, input, fault) && !change({ [key]: +input.value }, outcome(`${name} ${input.value}`))) markWrong(player, input, player.error.textContent);
      else if (!fault) input.removeAttribute("aria-invalid");
    }, () => { refresh(); player.complain(null); });
    return { element, refresh };
  });

  // ---- the bias and the kernel of the filter at work
  const filter = () => {
    const [rows, columns] = player.scene.dest.shape.slice(-2);
    return Math.floor(player.step / (rows * columns));
  };
  const bias = tag("input", { type: "text", size: 4, autocomplete: "off", spellcheck: "false" });
  const biasName = tag("span"), biasLabel = tag("label", {}, biasName, bias);
  takes(bias, () => {
    const name = `b[${filter()}]`, [value, fault] = readNumber(bias.value, name);
    if (!markWrong(player, bias, fault)) change({ cell: { board: "b", index: filter(), value } }, `${name} is ${number(value, 4)}`);
  }, () => { refreshFilter(); player.complain(null); });

  const preset = tag("select", { "aria-label": "Preset" }), presetLabel = tag("label", {}, "preset ", preset);
  const shown = () => (player.stage.boards.has("w") ? player.stage.panelsAt(player.step) : []);
  preset.addEventListener("change", () => {
    const { spec, axes } = player.scene, kernel = presetKernel(preset.value, axes, spec.kernel), panels = shown();
    const w = spec.w.map((lanes, a) => lanes.map((lane, b) => (panels.includes(a * lanes.length + b) ? kernel : lane)));
    change({ w }, `kernel: ${preset.value}`);
  });
  const random = textButton("Random x", () => {
    const any = part => (Array.isArray(part) ? part.map(any) : Math.floor(Math.random() * 10));
    change({ x: any(history.now.x) }, "x is random");
  }, "Whole numbers from 0 to 9");
  const refreshFilter = () => {
    const { record, axes, spec } = player.scene, k = filter(), panels = shown();
    biasLabel.hidden = !record.weights || record.backward;
    biasName.textContent = `bias b[${k}]`;
    bias.setAttribute("aria-label", `bias b[${k}]`);
    bias.value = spec.b?.[k] ?? 0;
    bias.removeAttribute("aria-invalid");
    presetLabel.hidden = !panels.length;
    random.hidden = player.scene.source.name !== "x";
    if (!panels.length) return;
    const lanes = spec.w[0].length, now = panels.map(panel => JSON.stringify(spec.w[Math.floor(panel / lanes)][panel % lanes]));
    const kernels = presetNames(axes).map(name => [name, presetKernel(name, axes, spec.kernel)]);
    preset.replaceChildren(tag("option", { value: "", disabled: "" }, "own numbers"), ...kernels.map(([name, kernel]) => {
      const option = tag("option", { value: name }, name);
      option.disabled = !kernel;
      return option;
    }));
    preset.value = kernels.find(([, kernel]) => now.every(values => values === JSON.stringify(kernel)))?.[0] ?? "";
  };

  // ---- a filter that does not fit
  const fitting = tag("div", { class: "cnn-fit", hidden: "" });   // once it was needed it stays
  player.tools.after(fitting);   // below the fields, which so stay where they are
  const refreshFit = () => {
    const fit = fitText(player.scene);
    if (!fit && fitting.hidden) return;
    fitting.hidden = false;
    const buttons = (fit?.fixes ?? []).map(({ text, change: what }) =>
      textButton(text, () => { player.root.focus({ preventScroll: true }); change(what, outcome(text)); }));
    fitting.replaceChildren(tag("p", {}, fit?.text ?? "It fits: nothing is left over."), ...(buttons.length ? [tag("span", {}, "It fits with "), ...buttons] : []));
  };

  player.tools.append(
    tag("div", { class: "cnn-ways" }, ...ways.map(({ element }) => element)), biasLabel, presetLabel, random,
    tag("span", { class: "cnn-history" }, history.undo, history.redo, history.reset),
    hint("Click a cell and type a number, or drag it up and down.", "Drag a cell up and down, or tap it twice to type a number."));
  let last = null;
  player.on("scene", () => { ways.forEach(({ refresh }) => refresh()); refreshFilter(); refreshFit(); });
  player.on("step", () => { if (filter() !== last) refreshFilter(); last = filter(); });
}
