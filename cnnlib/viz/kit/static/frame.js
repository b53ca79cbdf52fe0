// The part of the screen that a widget is seen in: how high it is, and staying in place while something above changes.

/** What scrolls when this element is to be seen: the nearest that can, or the page. */
export function scrollerOf(element) {
  for (let parent = element.parentElement; parent; parent = parent.parentElement)
    if (parent.scrollHeight > parent.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  return document.scrollingElement ?? document.documentElement;
}

/** The height in CSS pixels of the frame that an element scrolls in. */
export const frameHeight = element => {
  const scroller = scrollerOf(element);
  return Math.min(innerHeight, scroller.parentElement ? scroller.clientHeight : innerHeight);
};

/** Whatever `act` changes above it: an element stays where it is on the screen, as far as the page can scroll. */
export function steady(element, act) {
  const before = element?.getBoundingClientRect().top, result = act();
  const off = element?.isConnected ? element.getBoundingClientRect().top - before : 0;
  if (Math.abs(off) >= 1) scrollerOf(element).scrollTop += off;
  return result;
}
