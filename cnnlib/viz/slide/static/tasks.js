// What a page of a tour waits for. Each kind of task says when it is done, and what is not yet right.
import { tag, textButton } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { judged } from "./guesses.js";
import { indexText } from "./words.js";

const NAMES = { stride: "Stride", padding: "Padding", dilation: "Dilation", kernel: "Kernel size" };   // as the controls are called

/** A task of the player: `row`, what is to be typed or pressed in the tour, if anything; `parts` of the player that it is
 *  about; `lights`; `judge()` after a change of the scene. It calls `done(sentence)` or `say(sentence)`. */
export function taskOf(player, page, done, say) {
  const { task } = page;
  if (task.find !== undefined) return finding(player, task.find, done, say);
  return task.predict ? predicting(player, page.step, done, say) : setting(player, task, done, say);
}

// ---- numbers to be set in the player

function setting(player, { set, cells }, done, say) {
  // 2, or "2 × 1" where height and width differ, as the fields have it
  const spelt = value => {
    const sides = value.slice(-player.scene.axes).map(side => [...new Set([side].flat())].join("+"));
    return [...new Set(sides)].join(" × ");
  };
  const begun = player.spec;
  const now = (spec, [board, flat]) => (spec[board] ?? []).flat(3)[flat] ?? 0;
  const wishes = [
    ...Object.entries(set).map(([key, goal]) => ({
      name: `The ${NAMES[key].toLowerCase()}`, goal: spelt(goal), found: spec => spelt(spec[key]),
    })),
    ...cells.map(cell => ({
      name: indexText(cell[0], cell[1], player.scene), goal: number(cell[2], 4), found: spec => number(now(spec, cell), 4),
    })),
  ];
  return {
    parts: [...Object.keys(set).map(key => [`input[aria-label="${NAMES[key]}"]`, ".cnn-way"]), ...cells.map(([board, flat]) => [`input[aria-label="bias ${board}[${flat}]"]`, "label"])]
      .map(([field, around]) => player.root.querySelector(field)?.closest(around)).filter(Boolean),
    lights: cells.map(([board, flat]) => ({ alone: [board, [flat]] })),
    judge() {
      const { spec } = player, open = wishes.filter(({ goal, found }) => found(spec) !== goal);
      if (!open.length) return done(`Done: ${wishes.map(({ name, goal }) => `${name[0].toLowerCase()}${name.slice(1)} is ${goal}`).join(", ")}.`);
      const { name, goal, found } = open.find(({ found }) => found(spec) !== found(begun)) ?? open[0];
      say(`${name} is ${found(spec) === found(begun) ? "still" : "now"} ${found(spec)}, not yet ${goal}.`);
    },
  };
}

// ---- a step to be found

const BETTER = {
  largest: [(a, b) => a > b, "Another output is larger."], smallest: [(a, b) => a < b, "Another output is smaller."],
  farthest: [(a, b) => Math.abs(a) > Math.abs(b), "Another output is farther from zero."],
};

function finding(player, find, done, say) {
  const judge = () => {
    player.pause();
    const { scene, step } = player, { values } = scene.dest, value = values[step];
    const [better, why] = BETTER[find] ?? [a => Math.abs(a - find) < Math.abs(value - find), `You are looking for ${number(find, 4)}.`];
    const given = `Step ${step + 1} gives ${number(value, 4)}`, near = 1e-9 * Math.max(1, Math.abs(find) || 0);
    if (values.some(other => better(other, value)) || Math.abs(value - find) > near) return say(`Not yet. ${given}. ${why}`);
    done(`Right: ${given[0].toLowerCase()}${given.slice(1)}.`);
  };
  return { row: [textButton("It is this step", judge)] };
}

// ---- an output to be typed

function predicting(player, step, done, say) {
  const asked = () => Math.min(step, player.scene.steps - 1);
  const label = indexText(player.scene.dest.name, asked(), player.scene);
  const field = tag("input", { type: "text", "aria-label": `Your number for ${label}`, autocomplete: "off", spellcheck: "false", size: 7, maxlength: 40 });
  const check = () => {
    const { scene } = player, { guess, right, said } = judged(scene, scene.frame(asked()), label, field.value);
    field.setAttribute("aria-invalid", String(!guess));
    if (right) return done(said);
    say(said);
    if (guess) field.select();
  };
  field.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault(), check(); });
  return { row: [tag("label", {}, `${label} = `, field), textButton("Check", check)] };
}
