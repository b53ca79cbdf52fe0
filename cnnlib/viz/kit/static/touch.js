// Fingers on the screen: what is large enough for them is in theme.css.
import { tag } from "./dom.js";

/** A finger is what points here, or a mouse. */
export const byFinger = () => matchMedia("(pointer: coarse)").matches;

/** A hint for those with a mouse and one for those without; it follows the device, also while it is shown. */
export const hint = (mouse, finger) => tag("small", { class: "cnn-hint" },
  tag("span", { class: "cnn-by-mouse" }, mouse), tag("span", { class: "cnn-by-finger" }, finger));

/** While `dragging()` the page under `element` does not scroll; a swipe that is none scrolls it. A finger that rests before
 *  it drags opens no menu. */
export function keepsStill(element, dragging) {
  element.addEventListener("touchmove", event => { if (event.cancelable && dragging()) event.preventDefault(); }, { passive: false });
  element.addEventListener("contextmenu", event => { if (event.pointerType === "touch") event.preventDefault(), event.stopPropagation(); });
}
