// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { Player, setTheme, tag } from "./player.js";
import { installHover } from "./hover.js";
import { installPredict } from "./predict.js";
import { installCompare } from "./compare.js";
import { installMatrix } from "./matrix.js";
import { installEditing } from "./edit.js";

function render({ model, el }) {
  const root = tag("div", { class: "cnn-player", role: "group", tabindex: "0", "data-lm-suppress-shortcuts": "true" });
  // JupyterLab takes the arrow keys for itself, unless the very element that has the focus says otherwise.
  root.addEventListener("focusin", ({ target }) => { if (target !== root) target.dataset.lmSuppressShortcuts = "true"; });
  el.append(root);
  let dispose = () => {};
  const begin = () => { dispose = fill(root, model); };
  if (root.isConnected) begin();
  else {   // JupyterLab renders first and attaches then: before that, nothing has a colour, a font or a size
    const attached = new ResizeObserver(() => { if (root.isConnected) attached.disconnect(), begin(); });
    attached.observe(root);
    dispose = () => attached.disconnect();
  }
  return () => dispose();
}

// All of the player in its root; returns what cleans up.
function fill(root, model) {
  try {
    setTheme(root);
    const player = new Player(model, root);
    installHover(player);
    installPredict(player);
    installCompare(player);
    installMatrix(player);
    installEditing(player);
    player.relayOut();
    return () => player.dispose();
  } catch (error) {   // a reader sees a sentence, never a trace
    root.replaceChildren(tag("p", { class: "cnn-error", role: "alert" }, `This picture cannot be drawn: ${error.message}`));
    return () => {};
  }
}

export default { render };
