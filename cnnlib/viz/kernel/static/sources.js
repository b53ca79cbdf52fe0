// Where the picture comes from: those that Python gave, a file of one's own, dropped or pasted, or the camera.
import { tag, textButton } from "../../kit/static/dom.js";
import { camera, fileIn, pictureOf } from "../../kit/static/pictures.js";

const LIVE = 192;   // pixels: the longer side of what the camera shows
const GREY = [0.299, 0.587, 0.114];

/** A picture that Python gave, {values, rows, columns}, from its base64. */
export function unpacked({ shape: [, rows, columns], data }) {
  return { values: Uint8Array.from(atob(data), sign => sign.charCodeAt(0)), rows, columns };
}

/** The channels of a picture as planes; one if it is grey or to be so, three if there are three tables of weights. */
export function channelsOf({ values, rows, columns }, coloured, tables) {
  const area = rows * columns, lanes = values.length / area;
  const plane = make => { const made = new Float64Array(area); for (let n = 0; n < area; n++) made[n] = make(n); return { values: made, rows, columns }; };
  if (lanes === 3 && coloured) return [0, 1, 2].map(c => plane(n => values[c * area + n]));
  const grey = lanes === 3 ? plane(n => Math.floor(GREY[0] * values[n] + GREY[1] * values[area + n] + GREY[2] * values[2 * area + n] + 0.5)) : plane(n => values[n]);
  return Array(tables).fill(grey);
}

/** The row of controls. `view` has `take(picture)`, which says whether it was taken, and `complain`, `tell`. */
export function installSources(view, names) {
  const { root } = view, status = tag("p", { class: "cnn-said", role: "status" });
  const choice = tag("select", { "aria-label": "Picture" });
  const file = tag("input", { type: "file", accept: "image/*", hidden: "", "aria-label": "A picture of your own" });
  const upload = textButton("Upload …", () => file.click(), "A picture from your disk; or drop one here, or paste it");
  const film = textButton("Live camera", () => (running ? halt() : start()), "Live pictures from the camera, which stay in this page");
  const grey = tag("input", { type: "checkbox" });
  const toned = tag("label", {}, grey, " in colour");
  film.setAttribute("aria-pressed", false);
  let running = null, asked = 0, turn = 0;

  const open = async found => {
    const mine = ++turn;
    if (!found) return view.complain("What arrived holds no picture.");
    try {
      const made = await pictureOf(found);
      if (mine !== turn || view.gone) return;   // another one was opened meanwhile
      halt();
      if (view.take(made)) view.complain(""), status.textContent = made.said;
    } catch ({ message }) {
      if (mine === turn && !view.gone) view.complain(message);
    }
  };
  file.addEventListener("change", () => { if (file.files[0]) open(file.files[0]); file.value = ""; });
  root.addEventListener("dragover", event => { if ([...event.dataTransfer.types].includes("Files")) event.preventDefault(), root.classList.add("cnn-dropping"); });
  root.addEventListener("dragleave", ({ relatedTarget }) => { if (!root.contains(relatedTarget)) root.classList.remove("cnn-dropping"); });
  root.addEventListener("drop", event => {
    root.classList.remove("cnn-dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    open(fileIn(event.dataTransfer));
  });
  root.addEventListener("paste", event => {
    if (!event.clipboardData?.files.length) return;   // text goes into the field
    event.preventDefault();
    event.stopPropagation();
    open(fileIn(event.clipboardData));
  });

  const start = async () => {
    const mine = ++asked;
    film.disabled = true;
    try {
      const found = await camera();
      if (mine !== asked || view.gone) return found.stop();
      running = found;
      turn++;
      view.complain("");
      status.textContent = "Live from the camera. Nothing leaves this page.";
      film.textContent = "Stop the camera";
      film.setAttribute("aria-pressed", true);
      requestAnimationFrame(look);
    } catch ({ message }) {
      view.complain(message);
    } finally {
      film.disabled = false;
    }
  };
  const look = () => {
    if (!running) return;
    const picture = running.frame(LIVE);
    if (picture && !view.take(picture, { live: true })) return halt();
    requestAnimationFrame(look);
  };
  const halt = () => {
    asked++;
    running?.stop();
    if (running) status.textContent = "The camera is off; its last picture stays.";
    running = null;
    film.textContent = "Live camera";
    film.setAttribute("aria-pressed", false);
  };
  view.on("dispose", () => { view.gone = true; halt(); });

  choice.addEventListener("change", () => {
    turn++;
    if (choice.value !== "") return view.choose(choice.value);
    halt();
    if (!view.take(view.kept)) return view.refresh();
    view.complain("");
    status.textContent = "";
  });
  grey.addEventListener("change", () => view.change({ colour: grey.checked }));
  const bar = tag("div", { class: "cnn-bar", role: "toolbar", "aria-label": "Source of the picture" }, tag("label", {}, "picture ", choice), upload, film, toned, file);
  return {
    bar, status, halt,
    refresh(coloured) {
      choice.replaceChildren(...names.map(name => tag("option", { value: name }, name)), ...(view.kept ? [tag("option", { value: "" }, "your own")] : []));
      choice.value = view.own ? "" : view.settings.picture;
      toned.hidden = !coloured;
      grey.checked = view.settings.colour;
    },
  };
}
