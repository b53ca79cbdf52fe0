// What a step or a page of a tour shows is on the screen together with the transport, as far as there is room for both.
import { scrollerOf } from "../../kit/static/frame.js";

/** Scrolls boards, sum and transport into the frame that the player is seen in, and a tour above them: as little as needed,
 *  or, for a `page` of a tour, so far that the next ones need nothing. A transport that is `held` stays where it is: only
 *  what lies under it, at the edge of the frame, moves. */
export function see(player, { held, page } = {}) {
  const { root, stage, below, staged } = player;
  bring(player);
  if (staged) return;
  const scroller = scrollerOf(root), frame = scroller.parentElement ? scroller.getBoundingClientRect().top : 0;
  const top = root.getBoundingClientRect().top - frame;
  const rest = stage.element.getBoundingClientRect().bottom + below - frame - (scroller.parentElement ? scroller.clientHeight : innerHeight);
  if (rest > 0) scroller.scrollTop += Math.min(page ? top : rest, Math.max(0, top));
  else if (top < 0 && !held) scroller.scrollTop += Math.max(top, rest);
}

const bring = ({ stage, step }) => { if (stage.scrolls) stage.bring(step); };

/** After each press on the transport, and each key of the player; and letters of another size are another layout. */
export function installSeen(player) {
  const { root, transport } = player, size = () => getComputedStyle(root).fontSize;
  let laid;
  player.on("layout", () => {
    laid = size();
    bring(player);
  });
  const lettered = new ResizeObserver(() => { if (!player.staged && laid && laid !== size()) player.relayOut(); });
  lettered.observe(transport);
  player.on("dispose", () => lettered.disconnect());
  transport.addEventListener("click", () => see(player, { held: true }));
  root.addEventListener("keyup", ({ key, target }) => { if (key in player.keys && target.matches("button, [role=group]")) see(player); });
}
