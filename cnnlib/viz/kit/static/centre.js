// A drawing brought into the form of MNIST's digits: the twin of cnnlib/data/centring.py, where it is told how.

const SIDE = 28, BOX = 20;

// What pixel p of n covers of each cell when n pixels are spread over so many cells, as shares of a cell: [cell, share].
function shares(n, cells) {
  return Array.from({ length: n }, (_, p) => {
    const found = [], last = Math.min(cells - 1, Math.ceil((p + 1) * cells / n) - 1);
    for (let cell = Math.floor(p * cells / n); cell <= last; cell++) {
      const covered = Math.min((cell + 1) * n / cells, p + 1) - Math.max(cell * n / cells, p);
      if (covered > 0) found.push([cell, covered * cells / n]);
    }
    return found;
  });
}

// Where the first of these cells must lie, so that their centre of mass comes into pixel 14, counted from 0.
function startOf(mass) {
  let sum = 0, moment = 0;
  mass.forEach((value, n) => { sum += value; moment += value * (n + 0.5); });
  const start = SIDE / 2 - Math.floor(moment / sum + 1e-6);   // not decided by the last digit of a sum
  return Math.min(Math.max(start, 0), SIDE - mass.length);
}

/** Pixels (rows of `width`, 0 is paper and 1 is ink) as a Float32Array of 28 x 28; null without ink. */
export function centred(pixels, height, width) {
  let top = height, bottom = -1, left = width, right = -1;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      if (!(pixels[r * width + c] > 0)) continue;
      if (r < top) top = r;
      bottom = r;
      if (c < left) left = c;
      if (c > right) right = c;
    }
  }
  if (bottom < 0) return null;
  const h = bottom - top + 1, w = right - left + 1, longest = Math.max(h, w);
  const [rows, columns] = [h, w].map(n => Math.max(1, Math.floor((2 * BOX * n + longest) / (2 * longest))));
  const down = shares(h, rows), across = shares(w, columns), small = new Float64Array(rows * columns), line = new Float64Array(columns);
  for (let r = 0; r < h; r++) {
    line.fill(0);
    for (let c = 0; c < w; c++) {
      const value = pixels[(top + r) * width + left + c];
      if (value) for (const [cell, share] of across[c]) line[cell] += share * value;
    }
    for (const [cell, share] of down[r]) for (let c = 0; c < columns; c++) small[cell * columns + c] += share * line[c];
  }
  const rowMass = new Float64Array(rows), columnMass = new Float64Array(columns);
  small.forEach((value, n) => {
    rowMass[Math.floor(n / columns)] += value;
    columnMass[n % columns] += value;
  });
  const y = startOf(rowMass), x = startOf(columnMass), digit = new Float32Array(SIDE * SIDE);
  for (let r = 0; r < rows; r++) digit.set(small.subarray(r * columns, (r + 1) * columns), (y + r) * SIDE + x);
  return digit;
}
