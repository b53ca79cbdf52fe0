// On the stage, where there is room for it: the tour and all controls beside what is looked at, and so all of it on the screen.
import { tag } from "../../kit/static/dom.js";

const WIDE = 1000, HIGH = 600;   // CSS pixels: less has everything below each other

/** The parts of the lab where they belong, on the page or on the stage; says how large weights are there, or null. */
export function arrange(lab) {
  const { root, staged, guide, sources, error, transport, ways, w, editor, other, composed, sums, pictured } = lab, hands = root.querySelector(".cnn-hands");
  const beside = Boolean(staged) && innerWidth >= WIDE && innerHeight >= HIGH;
  if (beside !== root.classList.contains("cnn-beside")) {
    const focus = document.activeElement;
    root.classList.toggle("cnn-beside", beside);
    lab.side ??= tag("div", { class: "cnn-side" });
    lab.more ??= tag("div", { class: "cnn-more" });   // the second kernel, and the one for both
    if (beside) {
      lab.side.append(guide.panel, sources.bar, sources.status, error, transport, hands);
      root.prepend(lab.side);
      lab.more.append(other.element, composed);
      sums.after(lab.more);
    } else {
      root.prepend(guide.panel, sources.bar, sources.status, error);
      pictured.after(transport);
      editor.element.after(other.element);
      sums.after(composed);
      lab.voice.before(hands);
      lab.side.remove();
      lab.more.remove();
      w.style.width = "";
    }
    if (root.contains(focus)) focus.focus({ preventScroll: true });   // what is moved loses it
  }
  if (Boolean(staged) === w.contains(ways)) (staged ? transport : other.element).after(ways);
  if (!beside) return null;
  return Math.max(1.15, Math.min(1.6, innerHeight / 640));
}
