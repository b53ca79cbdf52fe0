// Mouse, pen, finger and arrow keys on the columns: the image is dragged, a unit is pointed at, a small map is made large.

const WAYS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

export function installPointers(view) {
  for (const card of view.cards) {
    card.element.addEventListener("keydown", event => press(view, card, event));
    if (card.n < 0) dragged(view, card);
    else pointed(view, card);
  }
}

// The image is taken and moved, a pixel for each of its pixels.
function dragged(view, card) {
  const { canvas } = card;
  let from = null;
  canvas.addEventListener("pointerdown", event => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, dx: view.state.dx, dy: view.state.dy };
  });
  canvas.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!from) return;
    const [, H, W] = card.shape, [, , width, height] = card.box;
    const dx = view.held("dx", from.dx + Math.round((clientX - from.x) / width * W)), dy = view.held("dy", from.dy + Math.round((clientY - from.y) / height * H));
    if (dx !== view.state.dx || dy !== view.state.dy) view.show({ dx, dy });
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(end, () => {
    if (!from) return;
    from = null;
    view.change({});
  });
}

function pointed(view, card) {
  const choose = (event, grows) => {
    const place = card.shape && card.at(event);
    if (place) choosePlace(view, card, place, grows);
  };
  // A finger that only swipes over it scrolls the page, and its touch is called off.
  card.canvas.addEventListener("pointerdown", event => { if (!event.button && event.pointerType !== "touch") choose(event, true); });
  card.canvas.addEventListener("pointerup", event => { if (event.pointerType === "touch") choose(event, true); });
  card.canvas.addEventListener("pointermove", event => { if (event.buttons & 1 && event.pointerType !== "touch") choose(event, false); });
  const shift = event => view.change({ dx: card.shiftAt(event, view.curves.count) });
  card.curve.addEventListener("click", shift);
  card.small.addEventListener("click", event => {
    const channel = card.shape ? card.tileAt(event) : -1;
    if (channel >= 0) largeWithUnit(view, card, channel);
  });
}

// The unit at a place of what a column shows.
function choosePlace(view, card, [row, column], grows) {
  const [, , wide] = card.grid(), numbers = card.shape.length < 3, index = row * wide + column;
  if (numbers && index >= card.shape[0]) return;
  view.choose(numbers ? [card.name, index] : [card.name, card.channel, row, column], grows);
}

// Another channel of a stage; the unit goes with it, if it lies in that stage.
function largeWithUnit(view, card, channel) {
  const { unit } = view.explored, [, H, W] = card.shape;
  if (unit?.[0] === card.n) {
    const rest = unit[1] % (H * W);
    view.choose([card.name, channel, Math.floor(rest / W), rest % W], false);
  } else view.large(card.n, channel);
}

function press(view, card, event) {
  if (event.target !== card.canvas || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keysOf(view, card)[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function keysOf(view, card) {
  const to = n => view.cards[n + 1]?.canvas.focus(), next = { "]": () => to(card.n + 1), "[": () => to(card.n - 1) };
  if (card.n < 0 || !card.shape) return next;
  const [count, H, W] = card.shape, turn = by => () => { if (H) largeWithUnit(view, card, (card.channel + by + count) % count); };
  const moves = Object.entries(WAYS).map(([key, by]) => [key, () => step(view, card, by)]);
  return { ...next, ...Object.fromEntries(moves), n: turn(1), N: turn(1), p: turn(-1), P: turn(-1), [H && W ? "Enter" : "none"]: () => view.grow() };
}

// The next unit that way: from the one that is chosen, if it lies in this stage; otherwise the middle of the map.
function step(view, card, [down, across]) {
  const [, high, wide] = card.grid(), { unit } = view.explored, H = card.shape[1] ?? high, W = card.shape[2] ?? wide;
  const index = unit?.[0] === card.n ? unit[1] % (H * W) : null;
  const place = index === null ? [H >> 1, W >> 1] : [Math.floor(index / W) + down, index % W + across];
  choosePlace(view, card, place.map((at, a) => Math.max(0, Math.min([H, W][a] - 1, at))), false);
}
