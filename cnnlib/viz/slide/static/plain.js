// The view of a SlidePlayer without predictions and comparisons: what a page of its own needs, where nobody asks for them.
import { installHands } from "../../kit/static/hands.js";
import { mount } from "../../kit/static/mount.js";
import { KEYS } from "./keys.js";
import { taken } from "./taken.js";
import { Player } from "./player.js";
import { installLegend } from "./legend.js";
import { installMotion } from "./motion.js";
import { installHover } from "./hover.js";
import { installMatrix } from "./matrix.js";
import { installEditing } from "./edit.js";

/** What fills and shows a player; `more` is what some have above the matrix, `last` what they have at the end. */
export const rendering = (more = [], last = []) => mount((model, root) => {
  const player = new Player(model, root);
  for (const install of [installMotion, installLegend, installHover, ...more, installMatrix, installEditing, ...last]) install(player);
  player.begin();
  installHands(player, player.error, KEYS, () => taken(player));
  return player;
}, { class: "cnn-player cnn-slide", tabindex: "0" });

const render = rendering();

export default { render };
