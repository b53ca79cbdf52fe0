// What the colours of the boards mean, where digits do not say it: below the boards, a bar for each scale.
import { tag } from "../../kit/static/dom.js";
import { legend } from "../../kit/static/scale.js";

export function installLegend(player) {
  const { stage } = player, line = tag("p", { class: "cnn-legend" });
  stage.element.after(line);
  const draw = () => {
    if (!player.begun) return;   // the boards are not laid out
    const { source, weights, dest, record: { arrays } } = player.scene, sign = ({ name }) => arrays[name].sign;
    const named = weights ? [source, weights, dest].map(array => [array.name, sign(array)]) : [[source.name, `${sign(source)}, ${sign(dest)}`]];
    const needed = named.map(([id, name]) => [stage.boards.get(id), name]).filter(([{ scale, digits }]) => scale.beyond || !digits);
    line.replaceChildren(...needed.map(([{ scale, digits }, name]) => legend(scale, name, stage.colours, !digits && !stage.colours.forced)));
    line.hidden = !needed.length;
  };
  player.on("layout", draw);
  player.on("scene", draw);
}
