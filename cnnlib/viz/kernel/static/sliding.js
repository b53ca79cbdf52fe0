// The sliding player on the patch under the loupe, with some places around it: the same pixels, the same weights, step by step.
import { tag, textButton } from "../../kit/static/dom.js";
import { scrollerOf } from "../../kit/static/frame.js";
import { modelOf } from "../../kit/static/model.js";
import { rendering } from "../../slide/static/plain.js";

const AROUND = 2;     // places on each side
const MOST = 19;      // rows or columns of pixels: more would be too small to read
const USUAL = { step: 0, mode: "explore", speed: 1.5, loop: false, view: [], answers: [], yours: null, differs: null, calls: 0, message: "", tour: {}, page: 0, done: [] };
const render = rendering();

/** The spec of the scene, and the step at the place [i, j]; `planes` are the padded channels. */
export function sceneAt(planes, kernel, { stride, dilation }, [i, j], record) {
  const taps = [kernel[0].length, kernel[0][0].length], spans = taps.map(n => dilation * (n - 1) + 1);
  const [first, last] = [[], []];
  [planes[0].rows, planes[0].columns].forEach((length, way) => {
    const at = [i, j][way], places = Math.floor((length - spans[way]) / stride), free = Math.floor((MOST - spans[way]) / stride / 2);
    const room = Math.max(0, Math.min(AROUND, free));
    first[way] = Math.max(0, at - room);
    last[way] = Math.min(places, at + room);
  });
  const x = planes.map(({ values, columns }) => Array.from({ length: (last[0] - first[0]) * stride + spans[0] }, (_, r) => {
    const from = (first[0] * stride + r) * columns + first[1] * stride;
    return [...values.slice(from, from + (last[1] - first[1]) * stride + spans[1])];
  }));
  const w = [planes.map((_, c) => kernel[kernel.length > 1 ? c : 0])], axes = planes.length > 1 ? 3 : 2;
  const spec = {
    kind: "conv", axes: 2, x, w, b: null, dy: null, kernel: taps, stride: [stride, stride], padding: [[0, 0], [0, 0]],
    dilation: [dilation, dilation], output_padding: [0, 0], given: { x: axes, w: axes === 3 ? 4 : 2 }, record,
  };
  return { spec, step: (i - first[0]) * (last[1] - first[1] + 1) + j - first[1] };
}

/** Opens it below the lab; what it returns takes it away. */
export function openSlide(view, scene, title, closed) {
  const { root } = view, close = textButton("Close", () => { remove(); closed(); });
  const place = tag("div"), box = tag("section", { class: "cnn-widget cnn-slid", role: "region", "aria-label": "Sliding player" },
    tag("div", { class: "cnn-bar" }, tag("strong", {}, title), close));
  box.dataset.theme = root.dataset.theme;
  root.after(box, place);
  const dispose = render({ model: modelOf({ ...USUAL, ...scene }), el: place });
  const remove = () => { dispose(); box.remove(); place.remove(); };
  close.focus({ preventScroll: true });
  box.scrollIntoView({ block: "start" });
  // of a large kernel all down to the buttons, which would lie on the sum
  const scroller = scrollerOf(box), edge = scroller.parentElement ? scroller.getBoundingClientRect().top + scroller.clientHeight : innerHeight;
  const { nextElementSibling: below } = place.querySelector(".cnn-slide > .cnn-bar"), rest = below.getBoundingClientRect().top - edge;
  if (rest > 0) scroller.scrollTop += rest;
  return { remove, box };
}
