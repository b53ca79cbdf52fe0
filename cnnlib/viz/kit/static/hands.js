// What hands find in every widget beside its own controls: few stops for Tab, taking along what is shown, a list of keys.
import { tag } from "./dom.js";
import { installHelp } from "./help.js";
import { installStops } from "./stops.js";
import { installTake } from "./take.js";

/** The last row of a widget, before the element `below`; `keys` as in help.js, `what` as in take.js. */
export function installHands(view, below, keys, what) {
  const bar = tag("div", { class: "cnn-hands", role: "toolbar", "aria-label": "Take along" });
  below.before(bar);
  installTake(view, bar, what);
  installHelp(view, bar, keys);
  installStops(view, ".cnn-stage, .cnn-bar, .cnn-ways, .cnn-tools, .cnn-fit, .cnn-hands");
  for (const each of view.root.querySelectorAll("[role=toolbar]")) each.setAttribute("aria-orientation", "vertical");   // up and down
}
