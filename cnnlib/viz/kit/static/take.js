// Taking along what is shown: onto the clipboard, or as a file. What the browser cannot make, Python does where it runs.
import { tag, textButton } from "./dom.js";
import { pictureOf } from "./picture.js";

const KINDS = [[".png", "The picture"], [".svg", "The picture in lines and letters"], [".gif", "All steps as a film"], [".html", "A page that plays on its own"]];
const PATIENCE = 4000;   // milliseconds that Python has to answer

/** Puts the buttons into `bar`. `what()` is {parts, boards} as for `pictureOf`; a `name` for files, of one picture with
 *  `at`; and the `step` that Python is to draw, or null for the one it would. */
export function installTake(view, bar, what) {
  const { model } = view, said = tag("span", { role: "status" });
  let awaited = {}, late;
  const say = text => {
    clearTimeout(late);
    said.textContent = text;
  };
  const picture = () => {
    const { parts, boards } = what();
    return new Promise(give => pictureOf(view, parts, boards).toBlob(give));
  };
  const keep = (blob, name) => {
    const link = tag("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say(`Saved as ${name}.`);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture() })]);
      say("The picture is on the clipboard.");
    } catch {
      say("This browser does not let a picture onto the clipboard from here. Save, .png, makes a file of it.");
    }
  };
  const save = async kind => {
    const { name, at, step } = what(), still = kind === ".png" || kind === ".svg", file = `${name}${still ? at : ""}${kind}`;
    if (kind === ".png") return keep(await picture(), file);
    awaited = { kind, file };
    say(`Python makes ${file} …`);
    late = setTimeout(() => say(`Python is still busy, or gone. ${file} comes when it is ready.`), PATIENCE);
    model.send({ save: kind, step: still ? step : null });
  };
  view.listen("msg:custom", ({ saved, fault }, [bytes] = []) => {
    if (saved !== awaited.kind) return;   // asked for by another view of the same
    if (fault) say(fault); else keep(new Blob([bytes]), awaited.file);
    awaited = {};
  });

  const kinds = tag("span", { hidden: "" }, ...KINDS.map(([kind, title]) => {
    const made = textButton(kind, () => save(kind), title);
    if (kind !== ".png" && !model.send) Object.assign(made, { disabled: true, title: `${title}: only while Python runs` });
    return made;
  }));
  const more = textButton("Save", () => {
    kinds.hidden = !kinds.hidden;
    more.setAttribute("aria-expanded", !kinds.hidden);
  }, "Save the picture, a film or a page as a file");
  more.setAttribute("aria-expanded", false);
  bar.append(textButton("Copy", copy, "Copy the picture to the clipboard"), more, kinds, said);
}
