// What the colours of the boards mean, where digits do not say it: below the boards, a bar for each scale.
import { tag } from "../../kit/static/dom.js";
import { legend } from "../../kit/static/scale.js";

export function installLegend(player) {
  const { stage } = player, line = tag("p", { class: "cnn-legend" });
  let asked = false;
  stage.element.after(line);
  const draw = () => {
    if (!player.begun) return;   // the boards are not laid out
    asked = Boolean(player.hidden);
    const { source, weights, dest } = player.scene;
    const named = weights ? [source, weights, dest].map(({ name }) => [name, name]) : [[source.name, `${source.name}, ${dest.name}`]];
    // What is asked for is within this scale: its end would be told.
    if (player.hidden) weights ? named.pop() : named[0][1] = source.name;
    const needed = named.map(([id, name]) => [stage.boards.get(id), name]).filter(([{ scale, digits }]) => scale.beyond || !digits);
    line.replaceChildren(...needed.map(([{ scale, digits }, name]) => legend(scale, name, stage.colours, !digits && !stage.colours.forced)));
    line.hidden = !needed.length;
  };
  player.on("layout", draw);
  player.on("scene", draw);
  player.on("step", () => { if (asked !== Boolean(player.hidden)) draw(); });
}
