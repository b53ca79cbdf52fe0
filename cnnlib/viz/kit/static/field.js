// Fields that take a number: when they take it, and what can be read as one.

/** With Enter a field takes what is typed at once (JupyterLab keeps the browser from doing so by itself), and when it is
 *  left; with Escape it shows again what it had. `take` may be called twice with the same text. */
export function takes(input, take, restore) {
  input.addEventListener("change", take);
  input.addEventListener("keydown", event => {
    const act = { Enter: take, Escape: restore }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

/** A comma that may part thousands as well as decimals: 1,250 is one number here and another there. */
export const doubtful = text => /^\s*[-+−–]?[1-9]\d{0,2}(,\d{3})+\s*$/.test(text);

/** The number that someone typed, {value, decimals}, or null: 3, −1.5, 0,5 and 1/3 are numbers, 1,250 may be two. */
export function typedNumber(text) {
  if (doubtful(text)) return null;
  const plain = text.trim().replace(/[−–]/g, "-").replace(/^=\s*/, "").replace(/,/g, ".");
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\s*\/\s*([+-]?(?:\d+\.?\d*|\.\d+)))?$/i.exec(plain);
  const value = match ? match[1] / (match[2] ?? 1) : NaN;
  if (Number.isNaN(value)) return null;
  return { value, decimals: match[2] || /e/i.test(plain) ? Infinity : (plain.split(".")[1] ?? "").length };
}
