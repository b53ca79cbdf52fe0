// The loupe is moved on either picture: by mouse and finger, and with the arrow keys.
const LEAP = 10;         // places that an arrow key with Shift moves it

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
  canvas.addEventListener("pointerdown", event => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    dragging = true;
    lab.halt();
    to(event);
  });
  canvas.addEventListener("pointermove", event => { if (dragging) to(event); });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { if (dragging) dragging = false, lab.rest(); });
  canvas.addEventListener("keydown", event => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    lab.look(lab.at.map((n, way) => n + by[way] * (event.shiftKey ? LEAP : 1)));
  });
}
