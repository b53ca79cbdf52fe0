// A guided tour: pages of text beside the live boards. Each page moves the player to what it speaks of, lights it up, and
// may wait for a task. Page Down and Page Up turn the pages, as the clickers of lecturers do; T closes and opens the tour.
// What turns pages stands above what they say, and so it stays where it is.
import { iconButton, marked, tag, textButton } from "../../kit/static/dom.js";
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
  const turn = n => { if (n >= 0 && n <= pages.length) player.save("page", n); };
  const forward = () => turn(now < pages.length ? now + 1 : 0), backward = () => { if (now > 1) turn(now - 1); };
  const count = tag("output", { class: "cnn-progress" }), told = tag("div", { class: "cnn-told", "aria-live": "polite" });
  const row = tag("div", { class: "cnn-bar cnn-answer" }), verdict = tag("p", { class: "cnn-verdict", role: "status" });
  const back = textButton("Back", backward), next = textButton("Next", forward);
  const kept = tag("p", { class: "cnn-kept", role: "status" });
  back.title = "Previous page (Page Up)";
  back.setAttribute("aria-keyshortcuts", "PageUp");
  next.setAttribute("aria-keyshortcuts", "PageDown");
  const head = tag("div", { class: "cnn-head" }, tag("strong", {}, "Tour"), count, tag("div", { class: "cnn-bar" }, back, next));
  const card = tag("div", { class: "cnn-card" }, head, iconButton("Close the tour", () => turn(0), "Close"), told, row, verdict, kept);
  const panel = tag("section", { class: "cnn-tour", role: "region", "aria-label": "Tour" }, card);
  const reopen = textButton("Tour", () => { turn(last); next.focus(); });
  reopen.title = "Open the tour (T)";
  root.prepend(panel);
  player.transport.append(reopen);

  let scenes, pages, low = false, now = 0, last = 1, task = null, asked = null, aside = null, turning = false;
  const page = (n = now) => pages[n - 1], done = () => (model.get("done") ?? []).includes(now);

  // What the page asks for is hidden till it is answered, beside what the mode "predict" hides.
  let hidden = player.hidden, both;
  const hide = () => { both = asked === null ? hidden : step => step === asked || Boolean(hidden?.(step)); };
  Object.defineProperty(player, "hidden", { configurable: true, get: () => both, set: value => { hidden = value; hide(); } });
  const ask = step => { asked = step ?? null; hide(); };
  hide();

  // ---- a page
  const label = () => {
    const waits = Boolean(task) && !done();
    next.textContent = waits ? "Skip" : now < pages.length ? "Next" : "Finish";
    next.title = `${waits ? "On without the task" : now < pages.length ? "Next page" : "Close the tour"} (Page Down)`;
    panel.dataset.waits = waits;
    lights.show([...page().light, ...(waits ? task.lights ?? [] : [])], waits ? task.parts ?? [] : []);
    root.classList.toggle("cnn-setting", waits && Boolean(task.judge));
    if (player.staged) player.relayOut();   // on the whole screen a page has its own parts
  };
  const settled = sentence => {
    const inside = row.contains(document.activeElement);
    if (!done()) player.save("done", [...(model.get("done") ?? []), now]);
    say(sentence);
    ask(null);
    row.replaceChildren();
    label();
    player.show();
    if (inside) next.focus();   // what had the focus is gone
  };
  const say = sentence => { verdict.textContent = sentence; };

  const tell = () => {
    count.textContent = `${now} / ${pages.length}`;
    told.replaceChildren(tag("p", {}, ...marked(page().text)));
    const wanted = page().task;
    task = wanted && taskOf(player, page(), settled, say);
    row.replaceChildren(...(task?.row && !done() ? task.row : []));
    say(task && done() ? "This task is done." : "");
    if (back === document.activeElement && now === 1) next.focus();
    back.disabled = now === 1;
    label();
    player.show();
  };

  // The player as the page has it. What the learner has changed meanwhile is put aside, and can be had back.
  const own = n => [scenes[page(n).scene], scenes[page(n).then]].some(spec => sameSpec(spec, history.now));
  const move = () => {
    const spec = scenes[page().scene], { step, view } = page();
    turning = true;
    player.pause();
    if (!sameSpec(history.now, spec)) history.commit(spec, `page ${now} of the tour`);
    Object.assign(history, { given: spec });   // what Reset goes back to
    history.refresh();
    if (!sameSpec(model.get("view") ?? [], view)) player.save("view", view);
    turning = false;
    player.go(step, { say: false, share: player.step === step || still() ? 1 : 0 });
  };
  const offer = () => {
    kept.replaceChildren(...(aside ? ["Your changes were put aside. ", textButton("Bring them back", () => {
      const spec = aside;
      aside = null;
      offer();
      root.focus({ preventScroll: true });
      history.commit(spec, "your changes");
    })] : []));
  };

  const arrive = moves => {
    const n = Math.min(pages.length, Math.max(0, model.get("page") ?? 0)), inside = panel.contains(document.activeElement);
    if (moves && n) aside = own(now || last) ? null : history.now;
    now = n;
    for (const [key, act] of [["PageDown", forward], ["PageUp", backward]]) if (n) player.keys[key] = act; else delete player.keys[key];
    panel.hidden = !n;
    reopen.hidden = Boolean(n);
    if (n) {
      last = n;
      ask(page().task?.predict && !done() ? page().step : null);
      if (moves) move();
      tell();
      offer();
      if (inside && !panel.contains(document.activeElement)) next.focus();   // it was in a field of another page
    } else {
      ask(null);
      task = null;
      lights.show([]);
      root.classList.remove("cnn-setting");
      player.show();
      if (inside) reopen.focus();
    }
    if (place() || player.staged) player.relayOut();
    if (n && moves) see(player, { page: true });
  };

  // Beside the boards, where there is room. Returns whether the boards have other room now, in width or height.
  const place = () => {
    const beside = now > 0 && root.clientWidth >= BESIDE, before = [root.classList.contains("cnn-beside"), player.above];
    root.classList.toggle("cnn-beside", beside);
    if (!beside && root.clientWidth >= IN_LINE) head.append(row); else told.after(row);
    told.style.minHeight = now && !beside && !low && !player.staged ? `${highest()}px` : "";
    root.style.minHeight = beside ? `${card.offsetHeight + 16}px` : "";
    player.above = now && !beside ? panel.offsetHeight + (low ? NARROW : margins) : margins;
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
  const highest = () => {   // of all pages: what stands below does not move from one to the next
    const text = tag("div", { class: "cnn-told" });
    told.before(text);
    const high = Math.max(...pages.map(({ text: words }) => (text.replaceChildren(tag("p", {}, ...marked(words))), text.offsetHeight)));
    text.remove();
    return high;
  };

  const toggle = () => { if (now) turn(0); else turn(last); };
  Object.assign(player.keys, { t: toggle, T: toggle });
  panel.addEventListener("keydown", event => {   // a field takes its own keys, but not these
    const act = { PageDown: forward, PageUp: backward }[event.key];
    if (!act || !event.target.matches("input")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  player.listen("change:page", () => arrive(true));
  player.listen("change:done", () => { if (now) label(); });
  player.listen("change:spec", () => { if (now && !turning && task?.judge && !done()) task.judge(); });
  player.on("room", fit);
  player.on("layout", () => { if (place()) player.relayOut(); });
  const take = moves => {
    ({ scenes, pages } = model.get("tour"));
    arrive(moves);
  };
  player.listen("change:tour", () => take(true));
  take(false);
}
