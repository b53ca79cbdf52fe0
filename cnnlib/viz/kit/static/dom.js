// Pieces of a page: elements, coloured formulas, buttons, and the voice that a screen reader hears.
import { unbroken } from "./numbers.js";

export const tag = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// Coloured pieces of a formula, {text, role}, each in the colour of what it stands for. Lines break between its terms.
export const spell = (element, pieces) =>
  element.replaceChildren(...unbroken(pieces).flatMap((group, n) => [...(n ? [" "] : []), tag("span", { class: "cnn-whole" },
    ...group.map(({ text, role }) => (role ? tag("span", { "data-role": role }, text) : text)))]));

// Text with `code` between backticks and *stress* between asterisks, as nodes: it is never read as markup. The twin is
// `markup` in ../tour.py.
const STRESS = /(?<![\w*])\*(?=\S)([^*]*[^*\s])\*(?![\w*])/u;
const stressed = text => text.split(STRESS).map((piece, n) => (n % 2 ? tag("em", {}, piece) : piece));
export const marked = text => text.split("\x60").flatMap((piece, n) => (n % 2 ? tag("code", {}, piece) : stressed(piece)));

// What is written here is read aloud, and not seen.
export const voice = () => tag("p", { class: "cnn-voice", "aria-live": "polite" });

/** A button that says `text`; its title says more. */
export function textButton(text, press, title) {
  const button = tag("button", { type: "button", ...(title && { title }) }, text);
  button.addEventListener("click", press);
  return button;
}

// Icons are drawn, not typed: fonts differ, and some show a box.
const ICONS = {
  Play: "M5 3v14l12-7z", Pause: "M5 3h4v14H5zM11 3h4v14h-4z", "Next step": "M4 3v14l9-7zM14 3h3v14h-3z",
  "Previous step": "M16 3v14l-9-7zM3 3h3v14H3z", "First step": "M10 3v14l-7-7zM17 3v14l-7-7zM2 3h2v14H2z",
  "Last step": "M10 3v14l7-7zM3 3v14l7-7zM16 3h2v14h-2z", Undo: "M8 2v4h4a5 5 0 0 1 0 11H6v-2h6a3 3 0 0 0 0-7H8v4L2 7z",
  Stage: "M2 3h6v2H4v4H2zM12 3h6v6h-2V5h-4zM2 11h2v4h4v2H2zM16 11h2v6h-6v-2h4z",
  Close: "M5 3 3 5l5 5-5 5 2 2 5-5 5 5 2-2-5-5 5-5-2-2-5 5z",
  Redo: "M12 2v4H8a5 5 0 0 0 0 11h6v-2H8a3 3 0 0 1 0-7h4v4l6-5z",
  "Explain this step": "M10 1a6 6 0 0 0-3 11.2V14h6v-1.8A6 6 0 0 0 10 1zM7 15.2h6v1.4H7zM8 17.6h4V19H8z",
};

export function setIcon(button, name, icon = name) {
  button.setAttribute("aria-label", name);
  button.title = name;
  button.querySelector("path").setAttribute("d", ICONS[icon]);
}

// A button that is called `name`; it has the icon of that name, or another.
export function iconButton(name, press, icon = name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  const button = tag("button", { type: "button" }, svg);
  setIcon(button, name, icon);
  button.addEventListener("click", press);
  return button;
}
