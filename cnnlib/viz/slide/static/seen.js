// What a step or a page of a tour shows is on the screen together with the transport, as far as there is room for both.
import { scrollerOf } from "../../kit/static/frame.js";

/** Scrolls boards, sum and transport into the frame that the player is seen in, and a tour above them. A transport that is
 *  `held` stays where it is: nothing moves, or what lies under it at the edge of the frame. */
export function see(player, held = false) {
  const { root, stage, below, staged } = player;
  if (staged) return;
  const scroller = scrollerOf(root), frame = scroller.parentElement ? scroller.getBoundingClientRect().top : 0;
  const top = root.getBoundingClientRect().top - frame;
  const rest = stage.element.getBoundingClientRect().bottom + below - frame - (scroller.parentElement ? scroller.clientHeight : innerHeight);
  if (rest > 0) scroller.scrollTop += Math.min(rest, Math.max(0, top));
  else if (top < 0 && !held) scroller.scrollTop += Math.max(top, rest);
}

/** After each press on the transport, and each key of the player; and letters of another size are another layout. */
export function installSeen(player) {
  const { root, transport } = player, size = () => getComputedStyle(root).fontSize;
  let laid;
  player.on("layout", () => { laid = size(); });
  const lettered = new ResizeObserver(() => { if (!player.staged && laid && laid !== size()) player.relayOut(); });
  lettered.observe(transport);
  player.on("dispose", () => lettered.disconnect());
  transport.addEventListener("click", () => see(player, true));
  root.addEventListener("keyup", ({ key, target }) => { if (key in player.keys && target.matches("button, [role=group]")) see(player); });
}
