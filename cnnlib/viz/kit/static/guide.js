// The tour of a widget whose pages set some of its traits (kit/tour.py, `Guided`).
import { tag, textButton } from "./dom.js";
import { typedNumber } from "./field.js";
import { scrollerOf } from "./frame.js";
import { number } from "./numbers.js";
import { installTour } from "./tour.js";

/** Installs it, with the button that opens it in `bar`. `tasks` are the widget's own, {name: (view, task) => {right, said}
 *  or null}, asked after each change of what a page sets and when the view emits "task"; `parts` is {light: element or
 *  elements}. A view without pages shows nothing of it. */
export function installGuide(view, bar, { tasks = {}, parts = {} }) {
  const { model, root } = view, pages = model.get("tour").pages ?? [], names = Object.keys(pages[0]?.set ?? {});
  const now = () => Object.fromEntries(names.map(name => [name, model.get(name)]));
  const same = (a, b) => names.every(name => JSON.stringify(a[name]) === JSON.stringify(b[name]));
  let turning = false;
  const set = settings => {
    turning = true;
    for (const name of names) model.set(name, settings[name]);
    model.save_changes();
    turning = false;
  };
  const tour = installTour(view, {
    task: (page, done, say) => taskOf(view, page.task, tasks, done, say),
    light(page, task, waits) {
      for (const lit of root.querySelectorAll(".cnn-spot")) lit.classList.remove("cnn-spot");
      for (const name of page?.light ?? []) for (const part of [parts[name]].flat()) part?.classList.add("cnn-spot");
    },
    move: page => { if (!same(page.set, now())) set(page.set); },
    mine: page => ([page.set, page.then].some(settings => same(settings, now())) ? null : now()),
    bring: set,
    place() {
      tour.told.style.minHeight = "";
      if (tour.now && !view.staged) tour.told.style.minHeight = `${tour.highest()}px`;
      return false;
    },
    seen() {   // the card, if its upper edge was scrolled away
      const scroller = scrollerOf(root), top = tour.panel.getBoundingClientRect().top - (scroller.parentElement ? scroller.getBoundingClientRect().top : 0);
      if (top < 0) scroller.scrollTop += top;
    },
  }, bar);
  const judge = () => { if (!turning) tour.judge(); };
  for (const name of names) view.listen(`change:${name}`, judge);
  view.on("task", judge);
  tour.begin();
  return tour;
}

function taskOf(view, task, tasks, done, say) {
  if (task.choose) return choosing(task, done, say);
  if (task.number !== undefined) return typing(task, done, say);
  return {
    judge() {
      const verdict = tasks[task.do](view, task);
      if (verdict?.right) done(verdict.said);
      else if (verdict) say(verdict.said);
    },
  };
}

const choosing = ({ choose, right, why }, done, say) => ({
  row: choose.map((answer, n) => textButton(answer, () => (n === right ? done(`Right: ${why[n]}`) : say(`Not yet. ${why[n]}`)))),
});

function typing({ number: value, near, why }, done, say) {
  const field = tag("input", { type: "text", "aria-label": "Your number", autocomplete: "off", spellcheck: "false", size: 7, maxlength: 40 });
  const check = () => {
    const guess = typedNumber(field.value);
    field.setAttribute("aria-invalid", String(!guess));
    if (!guess) return say(field.value.trim() ? `“${field.value.trim()}” is not a number.` : "Nothing is typed yet.");
    if (Math.abs(guess.value - value) <= Math.max(near, 1e-9 * Math.abs(value))) return done(`Right: ${number(value, 4)}. ${why}`.trim());
    say("Not yet.");
    field.select();
  };
  field.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault(), check(); });
  return { row: [tag("label", {}, "Your number ", field), textButton("Check", check)] };
}
