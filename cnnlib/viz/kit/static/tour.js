// A guided tour: pages of text beside something live. Each page moves it to what it speaks of, lights that up, and may wait
// for a task. Page Down and Page Up turn the pages, as the clickers of lecturers do; T closes and opens the tour.
// What turns pages stands above what they say, and so it stays where it is.
import { iconButton, marked, tag, textButton } from "./dom.js";

/** The tour of a view, whose model has the traits `tour` ({pages}, each with a `text` and perhaps a `task`), `page` and `done`.
 *
 *  `room` says what a page does there: `move(page, n)` sets the view so, `task(page, done, say)` makes a task of it, {row,
 *  what is to be typed or pressed, judge()}, `light(page, task, waits)` lights up (null: nothing), `mine(page)` is what the
 *  visitor has changed on it, or null, and `bring(mine)` brings that back. It may have `before(page, done)` (null: the tour is
 *  closed), `place(now)`, whether the view needs another layout now, and `seen()`, after a page was turned. `bar` is where the button that opens it is put.
 *  Returns {panel, head, card, told, row, highest(), judge()}. */
export function installTour(view, room, bar) {
  const { model, root } = view;
  const turn = n => { if (n >= 0 && n <= pages.length) view.save("page", n); };
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
  bar.append(reopen);

  let pages, now = 0, last = 1, task = null, aside = null;
  const page = (n = now) => pages[n - 1], done = () => (model.get("done") ?? []).includes(now);

  const label = () => {
    const waits = Boolean(task) && !done();
    next.textContent = waits ? "Skip" : now < pages.length ? "Next" : "Finish";
    next.title = `${waits ? "Skip the task" : now < pages.length ? "Next page" : "Close the tour"} (Page Down)`;
    panel.dataset.waits = waits;
    room.light(page(), task, waits);
  };
  const say = sentence => { verdict.textContent = sentence; };
  const settled = sentence => {
    const inside = row.contains(document.activeElement);
    if (!done()) view.save("done", [...(model.get("done") ?? []), now]);
    say(sentence);
    room.before?.(page(), true);
    row.replaceChildren();
    label();
    view.show();
    if (inside) next.focus();   // what had the focus is gone
  };

  const tell = () => {
    count.textContent = `${now} / ${pages.length}`;
    told.replaceChildren(tag("p", {}, ...marked(page().text)));
    task = page().task ? room.task(page(), settled, say) : null;
    row.replaceChildren(...(task?.row && !done() ? task.row : []));
    say(task && done() ? "This task is done." : "");
    if (back === document.activeElement && now === 1) next.focus();
    back.disabled = now === 1;
    label();
    view.show();
  };

  // What the visitor has changed is put aside by the next page, and can be had back.
  const offer = () => {
    kept.replaceChildren(...(aside ? ["Your changes were put aside. ", textButton("Bring them back", () => {
      const mine = aside;
      aside = null;
      offer();
      root.focus({ preventScroll: true });
      room.bring(mine);
    })] : []));
  };

  const arrive = moves => {
    const n = Math.min(pages.length, Math.max(0, model.get("page") ?? 0)), inside = panel.contains(document.activeElement);
    if (moves && n) aside = room.mine(page(now || last));
    now = n;
    for (const [key, act] of [["PageDown", forward], ["PageUp", backward]]) if (n) view.keys[key] = act; else delete view.keys[key];
    panel.hidden = !n;
    reopen.hidden = Boolean(n) || !pages.length;
    if (n) {
      last = n;
      room.before?.(page(), done());
      if (moves) room.move(page(), n);
      tell();
      offer();
      if (inside && !panel.contains(document.activeElement)) next.focus();   // it was in a field of another page
    } else {
      room.before?.(null);
      task = null;
      room.light(null);
      view.show();
      if (inside) reopen.focus();
    }
    if (room.place?.(now) || view.staged) view.relayOut();
    if (n && moves) room.seen?.();
  };

  const toggle = () => { if (pages.length) turn(now ? 0 : last); };
  Object.assign(view.keys, { t: toggle, T: toggle });
  root.addEventListener("keydown", event => {   // a field takes its own keys, but not these
    const act = { PageDown: forward, PageUp: backward }[event.key];
    if (!now || !act || !event.target.matches("input[type=text]")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  view.listen("change:page", () => arrive(true));
  view.listen("change:done", () => { if (now) label(); });
  const take = moves => {
    pages = model.get("tour").pages ?? [];
    arrive(moves);
  };
  const parts = {
    panel, head, card, told, row, get now() { return now; },
    judge() { if (now && task?.judge && !done()) task.judge(); },
    highest() {   // of all pages: what stands below does not move from one to the next
      const text = tag("div", { class: "cnn-told" });
      told.before(text);
      const high = Math.max(...pages.map(({ text: words }) => (text.replaceChildren(tag("p", {}, ...marked(words))), text.offsetHeight)));
      text.remove();
      return high;
    },
    begin() {
      view.listen("change:tour", () => take(true));
      take(false);
    },
  };
  return parts;
}
