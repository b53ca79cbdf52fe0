// The keys that a widget knows, as a list: a button shows it, or the question mark.
import { tag, textButton } from "./dom.js";

/** Puts the button into `bar`. `keys` are pairs (key, what it does); of single letters, those that the view knows. */
export function installHelp(view, bar, keys) {
  const list = tag("dl"), close = textButton("Close", () => dialog.close());
  const dialog = tag("dialog", { class: "cnn-keys", "aria-label": "Keys" }, list, close);
  const show = () => {
    const known = keys.filter(([key]) => !/^[A-Z]$/.test(key) || view.keys[key]);
    list.replaceChildren(...known.flatMap(([key, does]) => [tag("dt", {}, tag("kbd", {}, key)), tag("dd", {}, does)]));
    dialog.showModal();
  };
  dialog.addEventListener("keydown", event => {
    event.stopPropagation();   // while it is open, nothing else moves
    if (event.key === "?") dialog.close();
  });
  view.keys["?"] = show;
  bar.append(textButton("Keys", show, "All keys (?)"));
  view.root.append(dialog);
}
