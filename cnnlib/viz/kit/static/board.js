// Arrays as boards of cells on a canvas. Fill is value, outline is role; nothing is told by colour alone.
import { fitNumbers, inkOn, writeNumber } from "./digits.js";
import { CHANNELS, outside, tint } from "./scale.js";

const LARGEST = 34;   // CSS pixels a side: cells are never larger,
const DIGITS = 21;    // smaller ones go without digits (hovering shows them),
const SMALLEST = 3;
const NET = 16;       // and below this without lines between them
const MARGIN = 5;
const LABEL = 19;     // height of a panel's name
const GAP = 10;       // between two panels
const WHOLE = -1;     // the number of the panel that shows all channels together
const NAME = 72;      // room for a panel's name, also where its cells take less

// The colours of the theme in force, as [r, g, b], read from the custom properties in theme.css.
const COLOURS = ["paper", "ink", "quiet", "line", "input", "kernel", "output", "zero", "negative", "positive", "light",
  "negative-middle", "negative-end", "positive-middle", "positive-end"];
export function readColours(root) {
  const probe = document.createElement("span");
  root.append(probe);
  const colours = {};
  for (const name of COLOURS) {
    probe.style.color = `var(--cnn-${name})`;
    colours[name] = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
  }
  probe.remove();
  colours.forced = matchMedia("(forced-colors: active)").matches;
  return colours;
}

export const css = rgb => `rgb(${rgb.join(" ")})`;

function hatch(ctx, x, y, w, h, gap, both) {
  ctx.save();
  ctx.beginPath(); ctx.rect(x, y, w, h); ctx.clip(); ctx.beginPath();
  for (let d = -h; d < w; d += gap) {
    ctx.moveTo(x + d, y + h); ctx.lineTo(x + d + h, y);
    if (both) { ctx.moveTo(x + d, y); ctx.lineTo(x + d + h, y + h); }
  }
  ctx.stroke(); ctx.restore();
}

// The width in CSS pixels that a widget has for its boards.
export const roomIn = root => {
  const { paddingLeft, paddingRight } = getComputedStyle(root);
  return Math.max(200, root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
};

// One array (panels of rows x columns) with everything that is drawn on it. Its outline `look`s as its role has it.
export class Board {
  constructor(id, role, title, look = role) {
    Object.assign(this, { id, role, look, panels: 1, rows: 1, columns: 1, pad: [[0, 0], [0, 0]], known: () => true, letters: 1 });
    this.figure = document.createElement("figure");
    this.figure.className = "cnn-board";
    this.figure.dataset.board = id;
    this.figure.dataset.role = role;
    this.caption = document.createElement("figcaption");
    this.caption.textContent = title;
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.layer = document.createElement("canvas");
    this.figure.append(this.caption, this.canvas);
  }

  // Of a `veiled` board only what is known is seen, not even how many cells it has.
  // data: {values, panels, rows, columns, pad, labels, scale, unread, ghosts, show, known, sample}; NaN is "not there".
  // `show` lists the panels to be seen, in their order: of many filters, those of the step; `sample` holds values as
  // wide as those to come, where they change with every step. The channels of a colour picture have it before them.
  setData(data) {
    Object.assign(this, { pad: [[0, 0], [0, 0]], labels: [], unread: null, ghosts: 0, sample: null }, data);
    this.lead = this.scale.kind === "rgb" ? 1 : 0;
    this.show ??= Array.from({ length: this.panels }, (_, panel) => panel);
    const [[top, bottom], [left, right]] = this.pad;
    this.height = top + this.rows + bottom;
    this.width = left + this.columns + right;
  }

  // Cells as large as the room allows; `room` is the width, `tall` the height in CSS pixels that the board may take.
  // Panels stand below each other; on a line of its own (`alone`) a board of images has them side by side where digits
  // still fit.
  layOut(room, tall, ratio, largest = LARGEST, alone = false) {
    this.measure(room, tall, largest, alone);
    this.resize(ratio);
  }

  // The size that this gives, of a cell and of all; nothing is drawn yet.
  measure(room, tall, largest, alone = false) {
    const count = this.show.length, label = this.panels > 1 ? LABEL * this.letters : 0;
    const cellFor = across => {
      const wide = (room - 2 * MARGIN) / (across + this.lead) - GAP, high = (tall - 2 * MARGIN) / Math.ceil(count / across) - label - GAP;
      return Math.max(SMALLEST, Math.min(largest, Math.floor(wide / this.width), Math.floor(high / this.height)));
    };
    const most = label ? Math.max(1, Math.floor((room - 2 * MARGIN) / (NAME * this.letters)) - this.lead) : count;   // side by side
    this.across = count > 3 ? Math.min(count, most, Math.ceil(Math.sqrt(count * this.height / this.width))) : 1;
    for (let n = 1, best = 0; alone && this.height > 1 && n <= Math.min(count, most); n++) {
      const size = Math.min(cellFor(n), DIGITS + 1), fits = (n + this.lead) * (this.width * size + GAP) <= room;
      if (size >= best && (fits || !best)) best = size, this.across = n;
    }
    this.cell = cellFor(this.across);
    this.pitch = [Math.max(this.width * this.cell + GAP, label && NAME * this.letters), this.height * this.cell + label + GAP];
    this.label = label;
    this.size = [this.across + this.lead, Math.ceil(count / this.across)].map((n, way) => n * this.pitch[way] - GAP + 2 * MARGIN);
  }

  resize(ratio) {
    for (const canvas of [this.canvas, this.layer]) {
      canvas.width = Math.round(this.size[0] * ratio);
      canvas.height = Math.round(this.size[1] * ratio);
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.canvas.style.width = `${this.size[0]}px`;
    this.canvas.style.height = `${this.size[1]}px`;
    this.ratio = ratio;
  }

  // Upper left corner of a cell; rows and columns count from the first real cell, padding is negative or beyond. The
  // panel of a whole picture is WHOLE; it stands before the middle of the others.
  corner(panel, row, column) {
    const slot = this.show.indexOf(panel), whole = panel === WHOLE, lines = Math.ceil(this.show.length / this.across);
    const [across, down] = whole ? [0, (lines - 1) / 2] : [slot % this.across + this.lead, Math.floor(slot / this.across)];
    return [
      MARGIN + across * this.pitch[0] + (column + this.pad[1][0]) * this.cell,
      MARGIN + Math.floor(down * this.pitch[1]) + this.label + (row + this.pad[0][0]) * this.cell,
    ];
  }

  place(flat) {
    const column = flat % this.columns, row = Math.floor(flat / this.columns) % this.rows;
    return [Math.floor(flat / (this.columns * this.rows)), row, column];
  }

  // The cell under a point of the canvas: its flat index, -1 on padding, null beside the cells.
  at(x, y) {
    const p = Math.floor((x - MARGIN) / this.pitch[0]) - this.lead, q = Math.floor((y - MARGIN) / this.pitch[1]);
    if (p < 0 || p >= this.across || q < 0 || q * this.across + p >= this.show.length) return null;
    const panel = this.show[q * this.across + p];
    const [left, top] = this.corner(panel, -this.pad[0][0], -this.pad[1][0]);
    const column = Math.floor((x - left) / this.cell) - this.pad[1][0];
    const row = Math.floor((y - top) / this.cell) - this.pad[0][0];
    if (row < -this.pad[0][0] || row >= this.height - this.pad[0][0]) return null;
    if (column < -this.pad[1][0] || column >= this.width - this.pad[1][0]) return null;
    const real = row >= 0 && row < this.rows && column >= 0 && column < this.columns;
    return real ? (panel * this.rows + row) * this.columns + column : -1;
  }

  // Everything that stays between two frames: fills, digits, padding, names.
  drawLayer(colours, font) {
    this.colours = colours;
    const ctx = this.layer.getContext("2d");
    this.fit(ctx, font);
    ctx.fillStyle = css(colours.paper);
    ctx.fillRect(0, 0, ...this.size);
    ctx.textBaseline = "middle";
    for (const panel of this.lead ? [...this.show, WHOLE] : this.show) this.drawPanel(ctx, panel, font);
  }

  // The digits of all cells; those of a sample, which stands for what will come, are measured once.
  fit(ctx, font) {
    const { sample, cell, scale } = this, known = this.fitted;
    if (sample && known?.sample === sample && known.cell === cell && known.font === font) return;
    this.digits = cell >= (this.least ?? DIGITS) ? fitNumbers(ctx, sample ?? this.values, cell, font, scale) : null;
    this.fitted = { sample, cell, font };
  }

  drawPanel(ctx, panel, font) {
    const { cell, colours } = this, [x0, y0] = this.corner(panel, 0, 0);
    const [w, h] = [this.columns * cell, this.rows * cell], [left, top] = this.corner(panel, -this.pad[0][0], -this.pad[1][0]);
    this.drawLabel(ctx, panel, font);
    ctx.textAlign = "center";
    ctx.lineWidth = 1;
    if (this.width > this.columns || this.height > this.rows) {   // ghost padding: zeros (or −∞) that are not stored
      ctx.strokeStyle = css(colours.line);
      hatch(ctx, left, top, this.width * cell, this.height * cell, Math.max(4, cell / 4));
      ctx.strokeStyle = css(colours.quiet); ctx.setLineDash([3, 3]);
      ctx.strokeRect(left + 0.5, top + 0.5, this.width * cell - 1, this.height * cell - 1);
      ctx.setLineDash([]);
      if (cell >= DIGITS) {
        ctx.font = `${cell * 0.36}px ${font}`;
        for (let r = -this.pad[0][0]; r < this.height - this.pad[0][0]; r++)
          for (let c = -this.pad[1][0]; c < this.width - this.pad[1][0]; c++)
            if (r < 0 || c < 0 || r >= this.rows || c >= this.columns) {
              const [x, y] = this.corner(panel, r, c);
              const wide = this.ghosts === 0 ? 0.4 : 0.7;
              ctx.fillStyle = css(colours.paper); ctx.fillRect(x + cell * (1 - wide) / 2, y + cell * 0.26, cell * wide, cell * 0.5);
              ctx.fillStyle = css(colours.quiet); ctx.fillText(this.ghosts === 0 ? "0" : "−∞", x + cell / 2, y + cell / 2 + 1);
            }
      }
      ctx.fillStyle = css(colours.paper); ctx.fillRect(x0, y0, w, h);
    }
    for (let i = 0, area = this.rows * this.columns; i < area; i++)
      if (panel === WHOLE) this.drawPixel(ctx, i); else this.drawCell(ctx, panel * area + i, font, false);
    if (this.unread) this.drawUnread(ctx, left, top);
    if (!this.veiled) this.drawFrame(ctx, x0, y0, w, h);
  }

  drawLabel(ctx, panel, font) {
    if (!this.label) return;
    const [left, top] = this.corner(panel, -this.pad[0][0], -this.pad[1][0]);
    ctx.fillStyle = css(this.colours.paper); ctx.fillRect(left, top - this.label, this.pitch[0] - 4, this.label - 4);   // 4: for double frames
    ctx.fillStyle = css(this.colours.quiet); ctx.textAlign = "left"; ctx.font = `${12 * this.letters}px ${font}`;
    ctx.fillText(panel === WHOLE ? "in colour" : this.labels[panel] ?? "", left, top - this.label / 2 - 1.5);
  }

  // A pixel of the whole picture: the light of its channels together, as far as they are known.
  drawPixel(ctx, pixel) {
    const { cell, scale, colours } = this, [, row, column] = this.place(pixel), [x, y] = this.corner(WHOLE, row, column);
    const each = CHANNELS.map((_, channel) => pixel + channel * this.rows * this.columns), some = each.some(this.known);
    ctx.fillStyle = css(some ? each.map(flat => (this.known(flat) ? tint(this.values[flat], scale, colours, true, WHOLE)[0] : 0)) : colours.paper);
    ctx.fillRect(x, y, cell, cell);
  }

  drawCell(ctx, flat, font, whole = this.lead) {
    const { cell, colours } = this, [panel, row, column] = this.place(flat), [x, y] = this.corner(panel, row, column);
    const value = this.values[flat], shown = !Number.isNaN(value) && this.known(flat);
    if (this.veiled && !shown) return;
    const plain = !shown || (colours.forced && this.digits);   // digits are enough where someone asked for few colours
    const fill = plain ? colours.paper : tint(value, this.scale, colours, !this.digits && !colours.forced, panel);
    ctx.fillStyle = css(fill);
    ctx.fillRect(x, y, cell, cell);
    if (cell >= NET) {   // around small cells lines would be a net over the picture
      ctx.strokeStyle = css(colours.line); ctx.lineWidth = 1;
      ctx.strokeRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
    }
    if (!shown && cell >= 10) {
      ctx.fillStyle = css(colours.line); ctx.fillRect(x + cell / 2 - 1, y + cell / 2 - 1, 2, 2);
    }
    if (shown && outside(value, this.scale)) {   // beyond the scale: ◥
      const side = Math.max(cell * 0.3, Math.min(cell, 4));
      ctx.fillStyle = css(colours.ink); ctx.beginPath();
      ctx.moveTo(x + cell, y); ctx.lineTo(x + cell - side, y); ctx.lineTo(x + cell, y + side); ctx.fill();
    }
    if (shown && this.digits) {
      ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillStyle = css(inkOn(fill, colours));
      writeNumber(ctx, value, x + cell / 2, y + cell / 2 + 1, cell, this.digits, font);
    }
    if (whole) this.drawPixel(ctx, flat % (this.rows * this.columns));
  }

  // Cells that no window reads: crossed out, so that they are seen without colour.
  drawUnread(ctx, left, top) {
    const { cell, width, height } = this, [[r0, r1], [c0, c1]] = [this.unread.rows, this.unread.columns];
    ctx.strokeStyle = css(this.colours.quiet); ctx.lineWidth = 1.2;
    const gap = Math.max(5, cell / 3);
    ctx.globalAlpha = 0.55;   // the digits below stay legible
    if (r1 > r0) hatch(ctx, left, top + r0 * cell, width * cell, (r1 - r0) * cell, gap, true);
    if (c1 > c0) hatch(ctx, left + c0 * cell, top, (c1 - c0) * cell, height * cell, gap, true);
    ctx.globalAlpha = 1;
  }

  // The outline of the role: input thin, kernel thick, output double.
  drawFrame(ctx, x, y, w, h) {
    const { look, colours } = this;
    ctx.strokeStyle = css(colours[look] ?? colours.quiet);
    ctx.lineWidth = look === "kernel" ? 3 : look === "input" ? 2 : 1.2;
    ctx.strokeRect(x, y, w, h);
    if (look === "output") ctx.strokeRect(x - 3, y - 3, w + 6, h + 6);
  }

  // Start a frame: what stays, onto the screen. Marks are then drawn over it.
  begin() {
    const ctx = this.canvas.getContext("2d");
    ctx.save(); ctx.setTransform(1, 0, 0, 1, 0, 0); ctx.drawImage(this.layer, 0, 0); ctx.restore();
    return ctx;
  }

  // A rectangle of cells, possibly between two places; a halo of paper keeps it apart from what lies below.
  outline(ctx, panel, row, column, height, width, colour, { line = 3, dash = [], halo = true } = {}) {
    if (panel === WHOLE ? !this.lead : !this.show.includes(panel)) return;
    if (this.lead && panel !== WHOLE) this.outline(ctx, WHOLE, row, column, height, width, colour, { line, dash, halo });
    const [x, y] = this.corner(panel, row, column), w = width * this.cell, h = height * this.cell;
    line = Math.min(line, Math.max(1.5, this.cell / 4));
    if (halo) { ctx.strokeStyle = css(this.colours.paper); ctx.lineWidth = line + 2; ctx.setLineDash([]); ctx.strokeRect(x, y, w, h); }
    ctx.strokeStyle = css(colour); ctx.lineWidth = line; ctx.setLineDash(dash);
    ctx.strokeRect(x, y, w, h);
    ctx.setLineDash([]);
  }

  // What follows stays on the cells of a panel.
  clip(ctx, panel) {
    const [x, y] = this.corner(panel, 0, 0);
    ctx.beginPath(); ctx.rect(x - 2, y - 2, this.columns * this.cell + 4, this.rows * this.cell + 4); ctx.clip();
  }

  // Cells that are read: on each panel a frame, if they form a block, otherwise each of them.
  window(ctx, cells, colour) {
    for (const panel of this.show) {
      const own = cells.map(flat => this.place(flat)).filter(([on]) => on === panel);
      const [row, column] = [1, 2].map(way => Math.min(...own.map(place => place[way])));
      const [high, wide] = [[1, row], [2, column]].map(([way, from]) => 1 + Math.max(...own.map(place => place[way])) - from);
      if (own.length > 1 && high * wide === own.length) this.outline(ctx, panel, row, column, high, wide, colour, { line: 3.5 });
      else for (const [, r, c] of own) this.outline(ctx, panel, r, c, 1, 1, colour, { line: 2.5 });
    }
  }

  // One cell, by its flat index.
  mark(ctx, flat, colour, options) {
    this.outline(ctx, ...this.place(flat), 1, 1, colour, options);
  }
}
