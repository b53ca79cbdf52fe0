// The loupe is moved on either picture: by mouse and finger, and with the arrow keys. A finger drags the loupe itself; beside
// it a tap brings it there, and a swipe scrolls the page.
import { keepsStill } from "../../kit/static/touch.js";

const LEAP = 10;         // places that an arrow key with Shift moves it
const NEAR = 30;         // CSS pixels from the loupe: there a finger means it

/** Lets a plate of the lab be aimed at; `input`: it shows the picture, where the middle of the window is meant. */
export function installAim(lab, plate, input) {
  const { canvas } = plate;
  let dragging = false;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "picture with a loupe");
  const to = event => {
    const place = plate.at(event), { stride, dilation } = lab.settings, { sides, kernel } = lab.read;
    const taps = [kernel[0].length, kernel[0][0].length];
    lab.look(input ? place.map((n, way) => Math.round((n + sides[way][0] - dilation * (taps[way] - 1) / 2) / stride)) : place, false);
  };
  const near = ({ clientX, clientY }) => {
    const [x, y] = plate.aimed ?? [0, 0], box = canvas.getBoundingClientRect();
    return Math.hypot(clientX - box.left - x, clientY - box.top - y) <= NEAR;
  };
  let tapped = false;
  canvas.addEventListener("pointerdown", event => {
    if (event.button) return;
    dragging = event.pointerType !== "touch" || near(event);
    tapped = !dragging;
    if (!dragging) return;
    canvas.setPointerCapture(event.pointerId);
    lab.halt();
    to(event);
  });
  canvas.addEventListener("pointermove", event => { if (dragging) to(event); });
  canvas.addEventListener("pointerup", event => {
    if (tapped) lab.halt(), to(event);
    if (tapped || dragging) tapped = dragging = false, lab.rest();
  });
  canvas.addEventListener("pointercancel", () => { if (dragging) lab.rest(); tapped = dragging = false; });
  keepsStill(canvas, () => dragging);
  canvas.addEventListener("keydown", event => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    lab.look(lab.at.map((n, way) => n + by[way] * (event.shiftKey ? LEAP : 1)));
  });
}
