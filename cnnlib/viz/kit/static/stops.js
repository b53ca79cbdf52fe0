// Tab goes through a widget in few stops: each group of controls is one, in which the arrow keys up and down move. Left and
// right keep what they mean everywhere: a step, or on a slider its value.
const CONTROLS = "button, input:not(.cnn-field), select, .cnn-board canvas[tabindex]";
const FIELD = "input[type=number]";   // beside a slider, which leads into it; up and down count in it
const FIRST = '[aria-label="Play"], [type="range"]';   // where a group is entered for the first time

/** `groups` is the selector of the elements whose controls are one stop each; of one within another, the inner counts. */
export function installStops(view, groups) {
  const { root } = view, left = new WeakMap();   // group: the control in it that had the focus last
  const within = group => [...group.querySelectorAll(CONTROLS)].filter(each => each.closest(groups) === group);
  const usable = control => !control.disabled && !control.matches(FIELD) && control.checkVisibility();
  const refresh = () => {
    for (const group of root.querySelectorAll(groups)) {
      const all = within(group), can = all.filter(usable), last = left.get(group);
      const stop = can.includes(last) ? last : can.find(each => each.matches(FIRST)) ?? can[0];
      for (const control of all) control.tabIndex = control === stop ? 0 : -1;
    }
  };
  const tab = ({ key }) => { if (key === "Tab") refresh(); };   // just before the focus moves: what is hidden now is known
  document.addEventListener("keydown", tab, true);
  view.on("dispose", () => document.removeEventListener("keydown", tab, true));
  root.addEventListener("focusin", ({ target }) => { if (target.matches(CONTROLS) && !target.matches(FIELD)) left.set(target.closest(groups) ?? root, target); });
  root.addEventListener("keydown", event => {
    const { key, target } = event, by = { ArrowDown: 1, ArrowUp: -1 }[key], group = target.closest(groups);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !group) return;
    const field = target.type === "range" && (key === "Enter" || /^\d$/.test(key)) && target.parentElement.querySelector(FIELD);
    if (field) return field.focus(), field.select();   // and a digit is typed there
    const can = within(group).filter(usable), at = can.indexOf(target);
    if (!by || at < 0 || target.matches("canvas")) return;
    event.preventDefault();
    event.stopPropagation();
    can[(at + by + can.length) % can.length].focus();
  });
  refresh();
}
