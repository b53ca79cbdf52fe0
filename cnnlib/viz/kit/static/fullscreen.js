// A widget on the whole screen, for a room full of people: only what is looked at, large. Its button or F, and back.
import { iconButton } from "./dom.js";

/** Puts the button into `bar`; `view.staged` says where the widget is, and `view.relayOut` gives it its size there. */
export function installFullScreen(view, bar) {
  const { root } = view, button = iconButton("Stage", () => (view.staged ? leave() : enter()));
  button.title = "Stage: full screen (F)";
  button.setAttribute("aria-pressed", "false");
  bar.append(button);
  const turn = on => {
    view.staged = on;
    root.classList.toggle("cnn-staged", on);
    button.setAttribute("aria-pressed", on);
    view.relayOut();
    const { activeElement } = document;
    if (!root.contains(activeElement) || !activeElement.getClientRects().length) root.focus({ preventScroll: true });
  };
  const enter = async () => {
    try { await root.requestFullscreen(); }
    catch {   // a page within a page may not: then as large as that
      root.popover = "manual";
      root.showPopover();
    }
    turn(true);
  };
  const leave = () => {
    if (document.fullscreenElement === root) document.exitFullscreen();   // and what follows tells us
    else if (root.popover) root.hidePopover(), root.removeAttribute("popover"), turn(false);
  };
  root.addEventListener("fullscreenchange", () => { if (view.staged && document.fullscreenElement !== root) turn(false); });
  root.addEventListener("keydown", event => {
    if (event.key === "Escape" && view.staged && !event.defaultPrevented) event.preventDefault(), event.stopPropagation(), leave();
  });
  view.keys.f = view.keys.F = () => button.click();
  view.on("dispose", leave);
}
