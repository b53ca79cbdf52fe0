// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { mount } from "../../kit/static/mount.js";
import { installStops } from "../../kit/static/stops.js";
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
  installStops(player, ".cnn-stage, .cnn-bar, .cnn-ways, .cnn-tools, .cnn-fit");
  return player;
}, { class: "cnn-player cnn-slide", tabindex: "0" });

export default { render };
