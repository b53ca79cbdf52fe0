// What is set beside the picture: which image is loaded, how the drawing is moved, turned and thickened, how it is centred.
import { tag, textButton } from "../../kit/static/dom.js";
import { STILL } from "./drawing.js";

const SLIDERS = [   // name, what it changes, from, to, step, how it is said
  ["right", "Shift to the right", -10, 10, 0.5, value => `${value} px`], ["down", "Shift down", -10, 10, 0.5, value => `${value} px`],
  ["turn", "Turn", -90, 90, 3, value => `${value}°`], ["thicker", "Thicker", -2, 3, 0.25, value => `${value > 0 ? "+" : ""}${value} px`],
];
const SHORT = { right: "shift →", down: "shift ↓", turn: "turn", thicker: "thicker" };

export class Tools {
  /** `told`: load(image), change(name, value, begins), centring(on), width(value). */
  constructor({ count, drawing, labels, classes }, told) {
    Object.assign(this, { count, drawing, labels, classes, told });
    const bar = tag("div", { class: "cnn-bar cnn-choice", role: "toolbar", "aria-label": "Input" });
    if (count) {
      this.number = tag("output", { class: "cnn-count" });
      const turn = by => told.load(((this.image < 0 ? (by > 0 ? -1 : 0) : this.image) + by + count) % count);
      const step = (sign, by, label) => {
        const button = textButton(sign, () => turn(by), label);
        button.setAttribute("aria-label", label);
        return button;
      };
      bar.append(tag("span", { class: "cnn-images" }, "test image ", step("‹", -1, "Previous test image"), this.number, step("›", 1, "Next test image")));
      this.truth = tag("span", { class: "cnn-truth" });
      bar.append(this.truth);
    }
    if (drawing?.mnist) {
      this.box = tag("input", { type: "checkbox" });
      this.box.checked = drawing.centring;
      this.box.addEventListener("change", () => told.centring(this.box.checked));
      bar.append(tag("label", { title: "MNIST's digits were scaled into 20 × 20 pixels, and their centre of mass put into the middle of 28 × 28" }, this.box, " centre as MNIST"));
    }
    if (drawing) {
      this.pen = tag("input", { type: "range", min: 1, max: 5, step: 0.2, value: 2.4, "aria-label": "Pen width" });
      this.pen.addEventListener("input", () => told.width(+this.pen.value));
      bar.append(tag("label", { class: "cnn-slider" }, tag("span", {}, "pen"), this.pen));
    }
    this.bar = bar;
    this.sliders = drawing ? Object.fromEntries(SLIDERS.map(each => [each[0], this.slider(...each)])) : {};
    this.changes = drawing && tag("div", { class: "cnn-bar cnn-changes", role: "toolbar", "aria-label": "Change the drawing" },
      ...Object.values(this.sliders).map(({ label }) => label), textButton("Reset", () => told.reset(), "As it was drawn"));
    this.elements = [bar, ...(this.changes ? [this.changes] : [])];
  }

  slider(name, title, min, max, step, said) {
    const input = tag("input", { type: "range", min, max, step, value: 0, "aria-label": title }), value = tag("output");
    let moving = false;
    input.addEventListener("input", () => {
      this.told.change(name, +input.value, !moving);
      moving = true;
    });
    input.addEventListener("change", () => { moving = false; this.told.changed(); });
    return { input, value, said, label: tag("label", { class: "cnn-slider", title }, tag("span", {}, SHORT[name]), input, value) };
  }

  // What is so now.
  show(image, changes = STILL) {
    this.image = image;
    if (this.box) this.box.checked = this.drawing.centring;
    if (this.number) this.number.textContent = image < 0 ? `– / ${this.count}` : `${image + 1} / ${this.count}`;
    if (this.truth) this.truth.textContent = image >= 0 && this.labels ? `it is: ${this.classes[this.labels[image]]}` : "";
    for (const [name, { input, value, said }] of Object.entries(this.sliders)) {
      input.value = changes[name];
      const text = said(changes[name]).replace("-", "−");
      value.textContent = text;
      input.setAttribute("aria-valuetext", text);
    }
  }
}
