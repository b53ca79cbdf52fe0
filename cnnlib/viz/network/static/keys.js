// What the keys do, as the list of keys tells it.
export const KEYS = [
  ["Tab", "to the next group: pad, pens, the network, images, sliders"],
  ["← → ↑ ↓", "on the pad: move the pen; in the network: from column to column, from map to map"],
  ["Space", "on the pad: pen down, pen up"],
  ["Backspace", "on the pad: undo"],
  ["Enter", "look into a map"],
  ["Escape", "back, step by step, to the whole network"],
  ["Page Down, Page Up", "the next and the previous page of the tour"],
  ["T", "the tour: open, close"],
  ["N", "the next test image"],
  ["P", "pen"],
  ["E", "eraser"],
  ["C", "clear the pad"],
  ["F", "full screen, and back"],
  ["?", "this list"],
];
