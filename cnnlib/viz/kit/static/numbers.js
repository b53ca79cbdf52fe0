// How numbers are printed: the twin of cnnlib/viz/kit/numbers.py.

/** toFixed, but an exact tie goes to the even digit, as in Python. */
export function fixed(value, digits) {
  const text = value.toFixed(digits);
  if (+text === value || Math.abs(value) >= 1e21) return text;
  const [whole, decimals] = value.toFixed(50).split(".");
  const down = digits ? `${whole}.${decimals.slice(0, digits)}` : whole;
  return /^50*$/.test(decimals.slice(digits)) && /[02468]$/.test(down) ? down : text;
}

/** As a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign. */
export function number(value, digits = 2) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "undefined";
  const text = fixed(value, digits).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return text === "-0" ? "0" : text.replace("e+", "e").replace("-", "−");
}

/** As it stands inside a sum or product: in brackets when it is negative. */
export function factor(value, digits = 2) {
  const text = number(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}
