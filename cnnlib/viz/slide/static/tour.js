// The tour of a player: each page is about a scene and a step of it. Its text stands beside the boards where there is room.
import { installTour as install } from "../../kit/static/tour.js";
import { sameSpec } from "./changes.js";
import { still } from "./motion.js";
import { see } from "./seen.js";
import { lighting } from "./spots.js";
import { taskOf } from "./tasks.js";

const BESIDE = 860;    // CSS pixels of a player from which on the text stands beside its boards; otherwise above,
const IN_LINE = 480;   // and what is to be answered above the text, in a line with what turns pages
const LOW = 440;       // CSS pixels of a frame: a lower one has little room for boards below the text,
const NARROW = 10;     // and for what lies above and below all

export function installTour(player) {
  const { model, root, history, above: margins } = player, lights = lighting(player);
  const scene = n => model.get("tour").scenes[n];
  let low = false, asked = null, turning = false;

  // What the page asks for is hidden till it is answered, beside what the mode "predict" hides.
  let hidden = player.hidden, both;
  const hide = () => { both = asked === null ? hidden : step => step === asked || Boolean(hidden?.(step)); };
  Object.defineProperty(player, "hidden", { configurable: true, get: () => both, set: value => { hidden = value; hide(); } });
  hide();

  const tour = install(player, {
    task: (page, done, say) => taskOf(player, page, done, say),
    before(page, done) {
      asked = page?.task?.predict && !done ? page.step : null;
      hide();
    },
    light(page, task, waits) {
      lights.show(page ? [...page.light, ...(waits ? task.lights ?? [] : [])] : [], waits ? task.parts ?? [] : []);
      root.classList.toggle("cnn-setting", Boolean(waits && task.judge));
      if (page && player.staged) player.relayOut();   // on the whole screen a page has its own parts
    },
    move(page, n) {
      const spec = scene(page.scene), { step, view } = page;
      turning = true;
      player.pause();
      if (!sameSpec(history.now, spec)) history.commit(spec, `page ${n} of the tour`);
      Object.assign(history, { given: spec });   // what Reset goes back to
      history.refresh();
      if (!sameSpec(model.get("view") ?? [], view)) player.save("view", view);
      turning = false;
      player.go(step, { say: false, share: player.step === step || still() ? 1 : 0 });
    },
    mine: page => ([page.scene, page.then].some(n => sameSpec(scene(n), history.now)) ? null : history.now),
    bring: spec => history.commit(spec, "your changes"),
    place: () => place(),
    seen: () => see(player, { page: true }),
  }, player.transport);
  const { panel, head, card, told, row } = tour;

  // Beside the boards, where there is room. Returns whether the boards have other room now, in width or height.
  const place = () => {
    const beside = tour.now > 0 && root.clientWidth >= BESIDE, before = [root.classList.contains("cnn-beside"), player.above];
    root.classList.toggle("cnn-beside", beside);
    if (!beside && root.clientWidth >= IN_LINE) head.append(row); else told.after(row);
    told.style.minHeight = tour.now && !beside && !low && !player.staged ? `${tour.highest()}px` : "";
    root.style.minHeight = beside ? `${card.offsetHeight + 16}px` : "";
    player.above = tour.now && !beside ? panel.offsetHeight + (low ? NARROW : margins) : margins;
    return before[0] !== beside || before[1] !== player.above;
  };
  // In a low room below the text, only boards, sum and one row of the transport are always in sight.
  const fit = room => {
    const { transport, play, sum, parts } = player;
    low = room < LOW && player.above > margins && !player.staged;
    root.classList.toggle("cnn-low", low);
    player.needed = low ? play : transport;
    transport.style.bottom = low ? `${play.getBoundingClientRect().bottom - transport.getBoundingClientRect().bottom}px` : "";
    if (low) transport.after(parts); else sum.before(parts);
  };

  player.listen("change:spec", () => { if (!turning) tour.judge(); });
  player.on("room", fit);
  player.on("layout", () => { if (place()) player.relayOut(); });
  tour.begin();
}
