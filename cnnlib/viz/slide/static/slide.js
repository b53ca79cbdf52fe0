// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { installHands } from "../../kit/static/hands.js";
import { mount } from "../../kit/static/mount.js";
import { KEYS } from "./keys.js";
import { Player } from "./player.js";
import { installLegend } from "./legend.js";
import { installMotion } from "./motion.js";
import { installHover } from "./hover.js";
import { installPredict } from "./predict.js";
import { installCompare } from "./compare.js";
import { installMatrix } from "./matrix.js";
import { installEditing } from "./edit.js";

// `more` is what some players have beside what all have.
export const rendering = (more = []) => mount((model, root) => {
  const player = new Player(model, root);
  for (const install of [installMotion, installLegend, installHover, installPredict, installCompare, installMatrix, installEditing, ...more]) install(player);
  player.begin();
  installHands(player, player.error, KEYS, () => player.taken());
  return player;
}, { class: "cnn-player cnn-slide", tabindex: "0" });

const render = rendering();

export default { render };
