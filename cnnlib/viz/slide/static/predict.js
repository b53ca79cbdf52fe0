// Predict, then reveal: the value of a step stays blank until the learner has said what it is, or has given up.
import { css } from "../../kit/static/board.js";
import { tag, textButton } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { judged } from "./guesses.js";
import { indexText, sumLine } from "./words.js";

const TRIES = 2;   // wrong ones before the products are offered
const REVEALED = "revealed";
const LEGIBLE = 18;   // CSS pixels of a cell with a question mark

// A question mark in the cell that is asked for.
function question(board, flat, { colours, font }) {
  const [x, y] = board.corner(...board.place(flat)), ctx = board.canvas.getContext("2d"), { cell } = board;
  Object.assign(ctx, { font: `700 ${cell * 0.5}px ${font}`, fillStyle: css(colours.ink), textAlign: "center", textBaseline: "middle" });
  if (cell >= LEGIBLE) ctx.fillText("?", x + cell / 2, y + cell / 2 + 1);
}

export function installPredict(player) {
  const { model, stage } = player;
  const field = tag("input", { type: "text", "aria-label": "Your prediction", autocomplete: "off", spellcheck: "false", size: 8, maxlength: 40 });
  const main = textButton("Check", () => check()), reveal = textButton("Reveal", () => giveUp()), help = textButton("Show the products", () => open());
  const progress = tag("output", { class: "cnn-progress" });
  const verdict = tag("p", { class: "cnn-verdict", role: "status" });
  const row = tag("div", { class: "cnn-bar" }, tag("label", {}, "Your prediction ", field), main, reveal, help, progress);
  const box = tag("div", { class: "cnn-predict" }, row, verdict);
  player.sum.after(box);

  let solved = new Set(), opened = -1, hint = null, shown = null;   // shown: scene and step that the box is about
  const frame = () => player.scene.frame(player.step);
  const place = () => indexText(player.scene.dest.name, player.step, player.scene);
  const outputs = () => [player.scene.dest.name, "yours"].map(id => stage.boards.get(id)).filter(Boolean);
  const say = text => { verdict.textContent = text; };
  const predicting = () => model.get("mode") === "predict";

  // An answer counts for the value it was about: after an edit, steps with another value are open again.
  const answers = () => (model.get("answers") ?? []).filter(each => each && each.value === player.scene.dest.values[each.step]);
  const takeStock = () => {
    const settled = answers().filter(({ right, why }) => right || why === REVEALED);
    solved = new Set(settled.map(({ step }) => step));
    const won = new Set(settled.filter(({ right }) => right).map(({ step }) => step)).size, seen = solved.size - won;
    veil(predicting() && solved.size < player.scene.steps);
    const known = solved;   // a new function each time tells the boards that there is something new
    player.hidden = player.veiled ? step => !known.has(step) : undefined;
    box.hidden = !predicting();
    progress.textContent = `${won}${player.veiled ? "" : ` of ${player.scene.steps}`} right${seen ? `, ${seen} revealed` : ""}`;
  };
  // How many outputs there are is asked for, too, as long as one is open: what tells it is not seen.
  const veil = on => {
    const [output, ...others] = outputs(), { scene, root } = player, source = stage.boards.get(scene.source.name), was = [output.veiled, source.unread];
    const [title, size] = [...output.caption.childNodes].map(node => node.textContent);
    player.veiled = on && "The rows of the matrix would give away the size of the output: it is shown once all outputs are known.";
    for (const board of [output, ...others]) board.veiled = on;
    source.unread = on ? null : scene.unread;
    root.classList.toggle("cnn-veiled", on);
    output.figure.classList.toggle("cnn-veil", on);
    output.canvas.setAttribute("aria-label", on ? title : `${title},${size.replaceAll("×", " by ")} cells`);
    if (was[0] === on && was[1] === source.unread) return;
    player.emit("veil");
    if (player.begun) player.redraw();
  };
  const record = (guess, right, why) => {
    const { step, value } = frame();
    player.save("answers", [...(model.get("answers") ?? []), { step, guess, value, right, why }]);
  };

  // Cells to look at: outlined until something else is shown.
  const point = (terms, own) => {
    const { source, weights } = player.scene;
    hint = terms && { [source.name]: terms.map(({ src }) => src).filter(src => src >= 0) };
    if (own && weights) hint[weights.name] = terms.map(({ wt }) => wt);
    for (const [id, { figure }] of stage.boards) {
      if (hint?.[id]?.length) figure.dataset.hint = hint[id].join(" ");
      else delete figure.dataset.hint;
    }
    player.paint();
  };

  const check = () => {
    if (solved.has(player.step)) return onward();
    player.pause();
    const now = frame(), { guess, right, wrong, said } = judged(player.scene, now, place(), field.value);
    field.setAttribute("aria-invalid", String(!guess));
    field.focus();
    if (!guess) return say(said);
    if (right) point(null);
    else point(wrong ? wrong.terms : now.terms, wrong && wrong.terms !== now.terms);
    record(guess.value, right, wrong ? wrong.why : "");
    say(said);
    if (!right) field.select();
  };
  const giveUp = () => {
    point(null);
    record(null, false, REVEALED);
    field.value = number(frame().value, 4);
    say(`${place()} is ${field.value}.`);
    main.focus();   // Reveal is no longer there
  };
  const open = () => {
    opened = player.step;
    player.show();
    field.focus();
  };
  // To the next step that is still open; after the last, from the beginning.
  const onward = () => {
    const { steps } = player.scene, rest = Array.from({ length: steps }, (_, n) => (player.step + 1 + n) % steps).find(step => !solved.has(step));
    if (rest === undefined) player.save("answers", []);
    player.go(rest ?? 0);
    field.focus();
  };

  const refresh = () => {
    const { scene, step } = player, done = solved.has(step), all = solved.size === scene.steps;
    const tries = answers().filter(each => each.step === step && !each.right);
    if (shown?.scene !== scene || shown.step !== step || shown.done && !done) {
      if (opened !== step) opened = -1;
      say("");
      field.setAttribute("aria-invalid", "false");
      const last = answers().filter(each => each.step === step).at(-1);
      field.value = done && last ? number(last.guess ?? last.value, 4) : "";
      if (hint) point(null);
    }
    shown = { scene, step, done };
    if (player.veiled) {
      player.counter.textContent = step + 1;
      player.scrubber.setAttribute("aria-valuetext", `step ${step + 1}`);
    }
    field.readOnly = done;
    main.textContent = all ? "Start over" : done ? "Next" : "Check";
    reveal.hidden = done;
    help.hidden = done || opened === step || tries.length < TRIES;
    help.textContent = scene.weights ? "Show the products" : "Show the cells";
  };

  field.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault(), check(); });
  player.bare = step => player.hidden?.(step) && opened !== step;
  player.asks = step => {
    if (opened !== step) return [{ text: `What comes at ${indexText(player.scene.dest.name, step, player.scene)}?` }];
    const pieces = sumLine({ ...player.scene.frame(step), winner: null }, player.scene);
    return pieces.map(piece => (piece.result ? { text: "?", role: "output" } : piece));
  };
  player.blocked = () => {
    if (!player.hidden?.(player.step)) return false;
    player.voice.textContent = player.report();
    if (!player.playing) say("The animation goes on once this is answered or revealed.");
    return true;
  };
  player.on("scene", () => { if (hint) point(null); takeStock(); });
  player.on("step", refresh);
  player.on("paint", () => {
    if (player.hidden?.(player.step)) for (const board of outputs()) question(board, player.step, stage);
    for (const [id, cells] of Object.entries(hint ?? {})) {
      const board = stage.boards.get(id), ctx = board?.canvas.getContext("2d");
      for (const flat of ctx ? cells : []) board.mark(ctx, flat, stage.colours.light, { line: 3.5, dash: [6, 3] });
    }
  });
  const changed = () => { takeStock(); player.show(); };
  player.listen("change:mode", changed);
  player.listen("change:answers", changed);
  changed();
}
