// Players in a page of their own; `renderers` are those of the widgets, `css` the style sheets' text; `states` are those
// with which the players begin, in the order of their places.
import { modelOf } from "./model.js";

const render = (renderers, css, states) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  document.querySelectorAll("[data-scene]").forEach((el, n) => renderers[el.dataset.renderer]({ model: modelOf(states[n]), el }));
};

export default { render };
