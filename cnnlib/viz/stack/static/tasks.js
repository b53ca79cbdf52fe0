// What a page of a tour may wait for (kit/static/guide.js): each says when it is done, and what is not yet right.
import { amount } from "./words.js";

export const TASKS = {
  // The meters of all stages read 0, at a shift that is none.
  still({ explored: { spec, readings, state } }) {
    const off = spec.names.filter((name, n) => readings[n] && readings[n].off !== 0);
    if (!state.dx && !state.dy) return { right: false, said: "The image is not moved: move it, then look at the meters." };
    if (!off.length) return { right: true, said: "Every meter reads 0." };
    return { right: false, said: `Not yet: ${off.join(", ")} ${off.length > 1 ? "do" : "does"} not move along.` };
  },
  // A trait has this value.
  set({ state, model }, { name, value }) {
    const now = name in state ? state[name] : model.get(name);
    return now === value ? { right: true, said: "Done." } : null;
  },
  // A unit of this stage is chosen.
  unit({ explored: { spec, unit, state } }, { stage }) {
    if (!state.unit) return null;
    const name = spec.names[unit[0]];
    return name === stage ? { right: true, said: `A unit of ${stage}.` } : { right: false, said: `That is a unit of ${name}.` };
  },
  // The prediction moves by less than this.
  steady({ explored: { prediction, state } }, { below }) {
    if (!prediction || (!state.dx && !state.dy)) return { right: false, said: "The image is not moved." };
    const { distance } = prediction;
    return distance < below ? { right: true, said: `It moves only by ${amount(distance)}.` } : { right: false, said: `It still moves by ${amount(distance)}.` };
  },
};
