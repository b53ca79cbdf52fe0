// A number that somebody typed for an output: is it right, and what is there to say of it?
import { number } from "../../kit/static/numbers.js";
import { explain, leeway, readGuess } from "./mistakes.js";
import { resultOf, sumPieces } from "./words.js";

/** {guess, right, wrong, said} of a `text` typed for the output of a frame, which is called `place`: the `guess` is null if
 *  it is no number, `wrong` the mistake that makes just this number, if one is known. */
export function judged(scene, frame, place, text) {
  const guess = readGuess(text), typed = text.trim();
  if (!guess) return { guess, said: `${typed ? `“${typed}” is not a number.` : "Nothing is typed yet."} Numbers look like −3, 0.5 or 1/3.` };
  if (Math.abs(guess.value - frame.value) <= leeway(scene, frame, guess.decimals))
    return { guess, right: true, said: praise(scene, frame, place, resultOf(sumPieces(frame, scene)).text) };
  const wrong = explain(scene, frame, guess);
  return { guess, right: false, wrong, said: `Not yet. ${wrong?.why ?? `${number(guess.value, 4)} is ${howFar(frame, guess.value)}.`}` };
}

// How far off, without giving the value away.
function howFar(frame, guess) {
  const off = guess - frame.value, parts = [frame.bias, ...frame.terms.map(({ product }) => product)].filter(Number.isFinite);
  const size = parts.reduce((sum, part) => sum + Math.abs(part), 0);
  const far = Math.abs(off) > size ? "far " : Math.abs(off) < size / 10 ? "a little " : "";
  return `${far}too ${off > 0 ? "large" : "small"}`;
}

// What the sum is made of, as praise for having worked it out.
function praise({ record, weights, bias }, { terms, sums }, place, value) {
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  if (!terms.length) return `Right: ${place} is ${value}, because ${record.nobody}${bias ? ": that is the bias" : ""}.`;
  if (!weights) return `Right: ${place} is ${value}, the ${record.action === "max" ? "largest" : "mean"} of ${count(terms.length, "cell")}.`;
  const from = sums.length > 1 ? ` in ${sums.length} ${record.lane}s` : "";
  return `Right: ${place} is ${value}, the sum of ${count(terms.length, "product")}${from}${bias ? " and the bias" : ""}.`;
}
