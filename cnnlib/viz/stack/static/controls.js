// What is set by hand: the shift, the switches, what is shown; and the way back.
import { iconButton, tag, textButton } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { SWITCHES, USUAL } from "./explored.js";

const STRIDES = [["as built", null], ["1", 1], ["2", 2], ["3", 3]];
const CHOICES = {
  conv_stride: ["Convolution stride", STRIDES],
  pool_stride: ["Pooling stride", STRIDES],
  pooling: ["Pooling", [["as built", null], ["maximum", "max"], ["mean", "average"], ["only steps", "stride"]]],
  padding: ["Padding", [["zeros", "zeros"], ["circular", "circular"], ["none", "none"]]],
};

function select(name, choices, change) {
  const element = tag("select", { "aria-label": name }, ...choices.map(([text], n) => tag("option", { value: n }, text)));
  element.addEventListener("change", () => change(choices[element.value][1]));
  return element;
}

function tick(text, change) {
  const box = tag("input", { type: "checkbox" });
  box.addEventListener("change", () => change(box.checked));
  return [tag("label", {}, box, text), box];
}

export class Controls {
  constructor(view) {
    Object.assign(this, { view, past: [], future: [] });
    const { spec } = view.explored, [down, across] = spec.reach, has = kinds => spec.layers.some(({ kind }) => kinds.includes(kind));
    this.sliders = { dx: this.slider("dx", "Shift right", across), dy: this.slider("dy", "Shift down", down) };
    this.borders = select("Borders", [["wrap round", "wrap"], ["zeros", "zeros"]], borders => view.change({ borders }));
    this.home = textButton("No shift", () => view.change({ dy: 0, dx: 0 }), "Back to where it was (Home)");
    this.shift = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "Shift of the input" },
      ...Object.values(this.sliders).map(({ label }) => label), tag("label", {}, "borders", this.borders), this.home);
    this.selects = {};
    const pads = spec.layers.some(({ padding }) => padding?.flat().some(Boolean)), said = choice => (choice[1] === "zeros" && !pads ? ["as built", "zeros"] : choice);
    const rows = Object.entries(CHOICES).filter(([name]) => name === "padding" || has(name === "conv_stride" ? ["Conv2d"] : ["MaxPool2d", "AvgPool2d"])).map(([name, [text, choices]]) => {
      this.selects[name] = select(text, choices.map(said), value => view.change({ [name]: value }));
      return tag("label", { "data-switch": name }, text.toLowerCase().replace("convolution", "conv"), this.selects[name]);
    });
    const [blur, box] = tick("blur before each step", value => view.change({ blur: value }));
    this.blur = box;
    blur.dataset.switch = "blur";
    this.undo = iconButton("Undo", () => this.turn(this.past, this.future));
    this.redo = iconButton("Redo", () => this.turn(this.future, this.past));
    this.reset = textButton("Reset", () => view.change({ ...USUAL, unit: view.state.unit }), "No shift, the network as it was built");
    this.switches = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "The network" }, ...rows, blur, this.undo, this.redo, this.reset);
    const [heat, heatBox] = tick("orange: what moves the unit", value => view.turn("heat", value));
    const [mistakes, mistakesBox] = tick("maps show what did not move along", value => view.turn("mistakes", value));
    Object.assign(this, { heat: heatBox, mistakes: mistakesBox });
    this.strongest = textButton("Strongest unit", () => view.choose(null), "Choose the strongest unit of the last maps (S)");
    this.grow = textButton("Grow", () => view.grow(), "Its field, layer by layer down to the pixels (G)");
    this.unit = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "The unit" }, this.strongest, this.grow, heat, mistakes);
    view.root.addEventListener("keydown", event => this.key(event));
  }

  slider(name, label, reach) {
    const input = tag("input", { type: "range", min: -reach, max: reach, step: 1, "aria-label": label }), value = tag("output", {});
    input.addEventListener("input", () => this.view.show({ [name]: +input.value }));
    input.addEventListener("change", () => this.view.change({ [name]: +input.value }));
    return { input, value, label: tag("label", { class: "cnn-slider" }, name === "dx" ? "shift →" : "shift ↓", input, value) };
  }

  // What there is to be seen of a state.
  tell(state) {
    for (const [name, { input, value }] of Object.entries(this.sliders)) {
      input.value = state[name];
      value.textContent = number(state[name]);
      input.setAttribute("aria-valuetext", `${number(state[name])} pixels`);
    }
    const index = (choices, value) => choices.findIndex(([, each]) => each === value);
    this.borders.value = state.borders === "wrap" ? 0 : 1;
    for (const [name, element] of Object.entries(this.selects)) element.value = index(CHOICES[name][1], state[name]);
    for (const [name, element] of [...Object.entries(this.selects), ["blur", this.blur]]) element.closest("label").toggleAttribute("data-switched", state[name] !== USUAL[name]);
    this.blur.checked = state.blur;
    this.heat.checked = this.view.model.get("heat");
    this.mistakes.checked = this.view.model.get("mistakes");
    const usual = SWITCHES.every(name => state[name] === USUAL[name]), moved = state.dy || state.dx;
    for (const [button, off] of [[this.undo, !this.past.length], [this.redo, !this.future.length], [this.reset, usual && !moved && state.borders === "wrap"], [this.home, !moved]]) {
      if (off && button === document.activeElement) this.view.root.focus();   // keys go on working
      button.disabled = off;
    }
  }

  // A state that is left; the one that follows can be undone.
  keep(state) {
    this.past.push(state);
    if (this.past.length > 100) this.past.shift();
    this.future.length = 0;
  }

  turn(from, to) {
    if (!from.length) return;
    to.push(this.view.saved);
    this.view.change(from.pop(), false);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase(), again = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !again) return;
    event.preventDefault();
    event.stopPropagation();
    (again ? this.redo : this.undo).click();
  }
}
