// The response fills in, row by row, as the kernel slides: from the first place to the last in a few seconds.
import { iconButton, setIcon } from "../../kit/static/dom.js";

const SWEEP = 6000;      // milliseconds for all places

/** `lab.play` is its button, `lab.swept` how many places are filled in (null: all), `lab.halt()` ends it. */
export function installSweep(lab) {
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  let playing = false, request;
  lab.swept = null;
  lab.play = iconButton("Play", () => toggle());
  lab.play.title = "Play: the response fills in";
  const stop = () => {
    playing = false;
    cancelAnimationFrame(request);
    setIcon(lab.play, "Play");
  };
  // All of it is there again; says whether it was not.
  lab.halt = () => {
    const was = playing || lab.swept !== null;
    stop();
    lab.swept = null;
    if (was) lab.drawOutput();
    return was;
  };
  const toggle = () => {
    if (playing) return stop(), lab.rest();
    const { values, columns } = lab.result.response, area = values.length;
    if (still()) return lab.look([0, 0]);   // it is all there
    playing = true;
    setIcon(lab.play, "Pause");
    lab.swept ??= 0;
    let last = performance.now();
    const tick = now => {
      if (!playing) return;
      lab.swept = Math.min(area, lab.swept + area * Math.max(0, Math.min(100, now - last)) / SWEEP);
      last = now;
      const head = Math.min(area - 1, Math.floor(lab.swept)), end = lab.swept >= area;
      if (end) stop(), lab.swept = null;
      lab.look([Math.floor(head / columns), head % columns], false);
      lab.drawOutput();
      if (end) lab.rest(); else request = requestAnimationFrame(tick);
    };
    request = requestAnimationFrame(tick);
  };
  lab.keys[" "] = toggle;
  lab.on("dispose", stop);
}
