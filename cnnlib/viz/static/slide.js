// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { Player, setTheme, tag } from "./player.js";
import { installHover } from "./hover.js";
import { installPredict } from "./predict.js";
import { installCompare } from "./compare.js";
import { installEditing } from "./edit.js";

function render({ model, el }) {
  const root = tag("div", { class: "cnn-player", role: "group", tabindex: "0", "data-lm-suppress-shortcuts": "true" });
  setTheme(root);
  el.append(root);
  try {
    const player = new Player(model, root);
    installHover(player);
    installPredict(player);
    installCompare(player);
    installEditing(player);
    player.relayOut();
    return () => player.dispose();
  } catch (error) {   // a reader sees a sentence, never a trace
    root.replaceChildren(tag("p", { class: "cnn-error", role: "alert" }, `This picture cannot be drawn: ${error.message}`));
    return () => {};
  }
}

export default { render };
