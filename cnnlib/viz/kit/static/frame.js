// The part of the screen that a widget is seen in: how high it is, and staying in place while something above changes.

/** What scrolls when this element is to be seen: the nearest that can, or the page. */
export function scrollerOf(element) {
  for (let parent = element.parentElement; parent; parent = parent.parentElement)
    if (parent.scrollHeight > parent.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  return document.scrollingElement ?? document.documentElement;
}

/** The height in CSS pixels of the frame that an element scrolls in. */
export const frameHeight = element => Math.min(innerHeight, scrollerOf(element).clientHeight);

/** Whatever `act` changes above it: an element of `root` stays where it is on the screen. Where the page cannot scroll so
 *  far, `root` leaves room below; what has become lower keeps its height in `above`. Returns what `act` does. */
export function steady(element, root, above, act) {
  const top = () => (element?.isConnected ? element.getBoundingClientRect().top : before), before = element?.getBoundingClientRect().top;
  const result = act(), scroller = scrollerOf(root), scroll = () => { if (Math.abs(top() - before) >= 1) scroller.scrollTop += top() - before; };
  scroll();
  const rest = element ? top() - before : 0;
  if (rest <= -1) above.style.minHeight = `${above.offsetHeight - rest}px`;
  if (rest < 1) return result;
  const had = parseFloat(root.style.marginBottom) || 0, screen = scroller.clientHeight;
  root.style.marginBottom = `${had + screen + rest}px`;   // more than enough, to be scrolled; then what is needed
  const within = scrollerOf(root);
  within.scrollTop += top() - before;
  const unused = within.scrollHeight - within.clientHeight - within.scrollTop;
  root.style.marginBottom = `${Math.max(had, had + screen + rest - unused)}px`;
  return result;
}
