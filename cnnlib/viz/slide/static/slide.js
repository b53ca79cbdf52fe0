// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { installHands } from "../../kit/static/hands.js";
import { mount } from "../../kit/static/mount.js";
import { KEYS } from "./keys.js";
import { taken } from "./taken.js";
import { Player } from "./player.js";
import { installHover } from "./hover.js";
import { installPredict } from "./predict.js";
import { installCompare } from "./compare.js";
import { installMatrix } from "./matrix.js";
import { installEditing } from "./edit.js";

const render = mount((model, root) => {
  const player = new Player(model, root);
  for (const install of [installHover, installPredict, installCompare, installMatrix, installEditing]) install(player);
  player.begin();
  installHands(player, player.error, KEYS, () => taken(player));
  return player;
}, { class: "cnn-player cnn-slide", tabindex: "0" });

export default { render };
