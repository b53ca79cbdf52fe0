// The keys of the sliding player; README.md lists them, too.
export const KEYS = [
  ["← →", "one step back, one step forward; on a slider, change its value"],
  ["Home End", "the first step, the last step"],
  ["Space", "play, pause"],
  ["Tab", "to the next group: boards, buttons, sliders, fields"],
  ["↑ ↓", "move within a group"],
  ["B", "to the boards, and from one to the next"],
  ["← → ↑ ↓", "on a board: from cell to cell; Page Up and Page Down go to another panel or board"],
  ["0–9 Enter", "on a cell or a slider: type a number; Enter accepts it, Esc cancels"],
  ["Ctrl+Z Ctrl+Y", "undo, redo"],
  ["E", "explain this step, slowly"],
  ["F", "full screen, and back"],
  ["T", "the tour, and back"],
  ["?", "this list"],
];
