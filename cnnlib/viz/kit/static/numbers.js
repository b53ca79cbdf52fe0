// How numbers and sums are printed: the twin of kit/numbers.py. Both say the same of all numbers, which a test holds.
// A line is a list of pieces {text, role}, so that a view can colour them; put together, the texts are the line.

export const ALWAYS = 9;          // entries of a sum that are written out however long they are: a 3x3 kernel;
export const LONGEST_SUM = 120;   // of more of them, as many as take so many characters: the middle is left out
const MOST_DIGITS = 4;
const LONGEST = 1e9;             // larger numbers are written as powers of ten
const SHORTER = 1e21;            // and by themselves, too, from here on

// ---- numbers

// toFixed, but an exact tie goes to the even digit, as in Python.
function fixed(value, digits) {
  const text = value.toFixed(digits);
  if (+text === value) return text;
  const [whole, decimals] = value.toFixed(60).split(".");
  const down = digits ? `${whole}.${decimals.slice(0, digits)}` : whole;
  return /^50*$/.test(decimals.slice(digits)) && /[02468]$/.test(down) ? down : text;
}

// toExponential with the same rule for ties, as [mantissa, exponent].
function scientific(value, figures) {
  const [mantissa, exponent] = value.toExponential(figures - 1).split("e"), [digits, power] = value.toExponential(100).split("e");
  const length = digits.indexOf(".") + figures, down = figures > 1 ? digits.slice(0, length) : digits.slice(0, length - 1);
  const tie = /^\.?50*$/.test(digits.slice(down.length)) && /[02468]$/.test(down);
  return tie ? [down, +power] : [mantissa, +exponent];
}

const trimmed = text => text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
export const bracketed = text => (text.startsWith("−") ? `(${text})` : text);

/** As a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign. */
export function number(value, digits = 2) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  if (Math.abs(value) >= SHORTER) return String(value).replace("e+", "e").replace("-", "−");
  const text = trimmed(fixed(value, digits));
  return text === "-0" ? "0" : text.replace("-", "−");
}

/** As it stands inside a sum or product: in brackets when it is negative. */
export const factor = (value, digits = 2) => bracketed(number(value, digits));

/** With so many significant figures, very large and very small ones with a power of ten. */
export function power(value, figures) {
  if (value === 0) return "0";
  const [mantissa, exponent] = scientific(value, figures), plain = Math.abs(value) >= 0.01 && exponent < figures;
  return trimmed(plain ? fixed(value, figures - 1 - exponent) : mantissa).replace("-", "−") + (plain ? "" : `e${exponent}`.replace("-", "−"));
}

/** How the numbers of one sum are printed, such that what is printed is true: `sign` is "=" or "≈".
 *
 *  "=" stands only where the printed numbers are the numbers themselves and add up to the last digit. Otherwise the
 *  decimals are such that who recalculates the printed line and rounds arrives at the printed result; numbers too small
 *  or too large for that are written as powers of ten. */
export class Printed {
  /** `pairs` are products [x, w]; their sum over `divisor` is `value`. `divisor` 0: there is no sum to be true, as in a
   *  maximum, only the numbers. */
  constructor(pairs, value, divisor = 1) {
    [this.sign, this.written, this.digits, this.last] = exactly(pairs, value, divisor) ?? rounded(pairs, value, divisor);
  }

  /** A number that stands by itself. */
  plain(n) { return this.written(n, this.digits); }

  /** A number inside a product or sum: in brackets when negative. */
  factor(n) { return bracketed(this.plain(n)); }

  /** The number after the sign. */
  result(n) { return this.written(n, this.last); }

  /** What one more in the last of so many digits of the result would be. */
  unit(n, digits) { return 10 ** (this.written === power && n ? scientific(n, digits)[1] - digits + 1 : -digits); }
}

const mostOf = numbers => numbers.reduce((most, n) => Math.max(most, Math.abs(n)), 0);

// The fewest decimals with which the line is true as it stands, or null.
function exactly(pairs, value, divisor) {
  const numbers = [...pairs.flat(), value];
  if (mostOf(numbers) >= LONGEST) return null;
  const near = (n, digits) => Math.abs(fixed(n, digits) - n) <= 1e-9 * Math.max(1, Math.min(Math.abs(n), 1000));
  for (let digits = 0; digits <= MOST_DIGITS; digits++)
    if (numbers.every(n => near(n, digits)) && (!divisor || holds(pairs, value, digits, divisor))) return ["=", number, digits, digits];
  return null;
}

// Whether the line printed with so many decimals is true to the last of them: worked out in whole numbers.
function holds(pairs, value, digits, divisor) {
  const whole = n => BigInt(fixed(n, digits).replace(".", "")), unit = 10n ** BigInt(digits);
  return pairs.reduce((sum, [x, w]) => sum + whole(x) * whole(w), 0n) === whole(value) * unit * BigInt(divisor);
}

// The first way of rounding after which the line, recalculated from its printed numbers, gives its result.
function rounded(pairs, value, divisor) {
  const faint = Math.min(...[0, 1].map(k => mostOf(pairs.map(pair => pair[k])) || 1)), ways = [];
  // The smaller of the two kinds of factors decides: all its numbers could be rounded to nothing.
  if (mostOf([...pairs.flat(), value]) < 1e6 && faint >= 0.01)
    for (let digits = 2; digits <= MOST_DIGITS; digits++) ways.push([number, digits, digits], [number, digits, digits - 1]);
  for (let figures = 3; figures < 8; figures++) ways.push([power, figures, 3], [power, figures, 2]);
  ways.push([power, 8, 1]);
  return ["≈", ...ways.find(way => !divisor || agrees(pairs, value, divisor, ...way)) ?? ways.at(-1)];
}

// Whether the line, recalculated from its printed numbers, gives the printed result.
function agrees(pairs, value, divisor, written, digits, last) {
  const read = n => +written(n, digits).replaceAll("−", "-"), total = pairs.reduce((sum, [x, w]) => sum + read(x) * read(w), 0);
  return written(total / divisor, last) === written(value, last);
}

// ---- sums

export const plain = text => ({ text, role: "" });
export const textOf = pieces => pieces.map(({ text }) => text).join("");

// Where a line may be broken: after a comma, before a sign, and between two words; never within a number or a name.
const BREAK = /(?<=,) | (?=[+−=≈(])|(?<=[a-z]) (?=[a-z])/;

/** The pieces of a line in groups that must not be broken; where a line goes on, a blank stands between two groups. */
export function unbroken(pieces) {
  const groups = [[]];
  for (const piece of pieces)
    (piece.role ? [piece.text] : piece.text.split(BREAK)).forEach((text, n) => {
      if (n) groups.push([]);
      if (text) groups.at(-1).push({ ...piece, text });
    });
  return groups;
}

/** The pieces of a line: `before`, then `count` entries with a sign between them, then `after`; `entry(i)` gives the
 *  pieces of one. More than ALWAYS entries that would take more than LONGEST_SUM characters are not all written: only
 *  the first, the entry `also`, and the last, as many as there is room for. */
export function listed(count, sign, entry, { before = [], after = [], also = null } = {}) {
  const entries = new Map(), of = i => entries.get(i) ?? entries.set(i, entry(i)).get(i);
  const line = most => {
    const pieces = [...before], kept = count <= most ? [] : [...Array(Math.max(1, most - 2)).keys(), also ?? count - 1, count - 1];
    const places = count <= most ? [...Array(count).keys()] : [...new Set(kept)].sort((a, b) => a - b);
    places.forEach((i, n) => {
      if (i) pieces.push(plain(i - (places[n - 1] ?? -1) > 1 ? `${sign}…${sign}` : sign));
      pieces.push(...of(i));
    });
    return [...pieces, ...after];
  };
  if (count <= ALWAYS) return line(count);
  let most = Math.min(count, Math.floor(LONGEST_SUM / (sign.length + 1)) + 2);   // more could not have the room
  let pieces = line(most);
  while (most > 2 && textOf(pieces).length > LONGEST_SUM) pieces = line(--most);
  return pieces;
}
