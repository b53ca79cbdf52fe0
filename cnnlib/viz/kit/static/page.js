// Players in a page of their own; `renderers` are those of the widgets, `css` the style sheets' text.
import { modelOf } from "./model.js";

const render = (renderers, css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  for (const el of document.querySelectorAll("[data-scene]")) {
    renderers[el.dataset.renderer]({ model: modelOf(JSON.parse(document.getElementById(el.dataset.scene).textContent)), el });
  }
};

export default { render };
