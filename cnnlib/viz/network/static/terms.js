// A sum of many products in digits: the largest of them, how many more there are, the bias, and what it comes to.
import { number, plain } from "../../kit/static/numbers.js";
import { strongest } from "./wires.js";

const TOLD = 4, MOST_DIGITS = 6;

/** A number with so many decimals; a small one with as many as show two of its figures. */
export const fine = (value, digits = 3) => number(value, Math.min(MOST_DIGITS, Math.max(digits, 1 - Math.floor(Math.log10(Math.abs(value))))));

const factor = value => {
  const text = fine(value, 2);
  return text.startsWith("−") ? `(${text})` : text;
};

/** values[0]·weights[0] + … + bias ≈ sum, as pieces of a line; `bias` null: there is none. */
export function largest(values, weights, bias, sum) {
  const best = strongest(values, weights, 0, values.length, TOLD), rest = values.length - best.length;
  const parts = best.map(([n]) => [{ text: factor(values[n]), role: "input" }, plain("·"), { text: factor(weights[n]), role: "kernel" }]);
  if (rest) parts.push([plain(best.length ? `${rest} smaller product${rest > 1 ? "s" : ""}` : `${rest} products of 0`)]);
  if (bias !== null) parts.push([plain("bias "), { text: factor(bias), role: "kernel" }]);
  return [...parts.flatMap((part, n) => (n ? [plain(" + "), ...part] : part)), plain(" ≈ "), { text: fine(sum), role: "output", result: true }];
}
