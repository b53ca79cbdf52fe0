// Motion that explains: the times of a step, the sum that grows, and what flies over the boards while a step goes slowly.
import { css } from "../../kit/static/board.js";
import { iconButton, spell, tag } from "../../kit/static/dom.js";
import { factor, number, unbroken } from "../../kit/static/numbers.js";

// Milliseconds of a quick step; shorter where the speed asks for it.
const QUICK = { slide: 200, products: 250, sum: 150 }, WHOLE = QUICK.slide + QUICK.products + QUICK.sum;
export const BRISK = 4;   // steps per second above which products are not shown one by one
// Milliseconds of a slow step. Products follow each other, `each` after the one before, and are in the air meanwhile.
const SLOW = { slide: 400, lay: 850, each: 420, flight: 650, beat: 300, read: 450, drop: 600, rest: 150 };
const MOST = 4200;   // of many products, all together
const DENSE = 60;    // so many milliseconds at least between two that are seen to fly

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const inside = t => Math.max(0, Math.min(1, t));
const ease = t => t * t * (3 - 2 * t);
const AT_REST = { slid: 1, share: 1, written: true, told: Infinity };

// ---- times

// When the parts of a slow step begin. Of a `bare` one only the kernel comes.
function course({ scene, step }, { bare }) {
  const count = scene.start[step + 1] - scene.start[step], scan = scene.record.action === "max";
  const each = Math.min(SLOW.each, MOST / Math.max(1, count)), flight = scan ? 0 : SLOW.flight;   // a maximum is looked for, nothing flies
  const lay = SLOW.slide, products = lay + (scene.weights ? SLOW.lay : 0);
  const bias = products + (count && !bare ? (count - 1) * each + (flight || each) : 0), total = bias + (scene.bias ? 2 : 1) * SLOW.beat;
  const drop = total + SLOW.read, period = bare ? products + SLOW.read : drop + SLOW.drop + SLOW.rest;
  return { count, each, flight, scan, lay, products, bias, total, drop, period };
}

/** How long the player's step takes, in milliseconds. */
export function periodOf(player, secrets) {
  if (player.slow) return course(player, secrets).period;
  return player.single ? WHOLE : 1000 / player.speed;
}

/** The moment of the player's step: how far the window has slid, the share of the products that are there, how much of
 *  the sum is `told`, counted in products (one more: the bias, two: the total), whether the output is written; and of a
 *  slow step what lies and what flies. */
export function momentOf(player, secrets) {
  if (player.share >= 1 || still()) return AT_REST;
  const period = periodOf(player, secrets), now = player.share * period;
  return player.slow ? slowly(now, course(player, secrets), secrets) : quickly(now, period, player);
}

function quickly(now, period, { speed, single, scene, step }) {
  const squeeze = Math.min(1, period / WHOLE), slide = QUICK.slide * squeeze, products = QUICK.products * squeeze;
  if (speed > BRISK && !single) return { ...AT_REST, slid: Math.min(1, now / slide) };
  const share = inside((now - slide) / products), written = now >= slide + products;
  const told = written ? Infinity : Math.ceil(share * (scene.start[step + 1] - scene.start[step]) - 1e-9);
  return { slid: ease(Math.min(1, now / slide)), share, written, told };
}

function slowly(now, { count, each, flight, scan, lay, products, bias, total, drop }, { bare, hidden }) {
  const since = now - products, begun = bare ? 0 : Math.max(0, Math.min(count, Math.ceil(since / each)));
  const landed = bare ? 0 : Math.max(0, Math.min(count, Math.floor((since - flight) / each + 1 + 1e-9))), flights = [];
  const apart = Math.ceil(DENSE / each);
  for (let term = landed; term < begun && !scan; term++)
    if (term % apart === 0) flights.push({ term, t: inside((since - term * each) / flight) });
  const end = !bare && !hidden && now >= bias, told = now < bias + SLOW.beat || !end ? landed : count + (now >= total ? 2 : 1);
  return {
    slid: ease(Math.min(1, now / lay)), share: count ? landed / count : bare ? 0 : 1, written: end && now >= drop + SLOW.drop, told,
    slow: true, laid: inside((now - lay) / (SLOW.lay * 0.8)), begun, flights,
    scanned: scan && !hidden && begun > 0 && now < drop,
    drop: end && now >= drop ? inside((now - drop) / SLOW.drop) : null,
  };
}

// ---- the sum that grows

/** Lines that are there from the beginning, with all the room they will take, and are seen piece by piece. */
export class Growth {
  begin({ terms, sums }) {
    Object.assign(this, { parts: [], told: Infinity, count: terms.length, places: new Map(), result: null });
    this.ends = sums.map((_, channel) => terms.findLastIndex(term => term.channel === channel) + 1);
  }

  /** Write the pieces of a line; its result is due at `end`, or with all else of the line. */
  write(line, pieces, end = this.count + 2) {
    spell(line, pieces);
    let due = 0;
    const wholes = line.querySelectorAll(".cnn-whole");
    unbroken(pieces).forEach((group, n) => {
      for (const { term, channel, bias, result } of group) {
        due = Math.max(due, result ? Math.min(end, this.count + 2) : bias ? this.count + 1 : term != null ? term + 1 : this.ends[channel] ?? 0);
        if (term != null && !this.places.has(term)) this.places.set(term, wholes[n]);
        if (result) this.result = wholes[n];
      }
      this.parts.push([wholes[n], due]);
    });
  }

  /** Where in the lines a term stands, or what is left out in its place. */
  place(term) {
    while (term > 0 && !this.places.has(term)) term--;
    return this.places.get(term);
  }

  tell(told) {
    if (told === this.told) return;
    this.told = told;
    for (const [part, due] of this.parts) part.style.visibility = due <= told ? "" : "hidden";
  }
}

// ---- what flies

const mix = (a, b, t) => a.map((v, n) => v + t * (b[n] - v));

/** The place of the cell that a term reads, also of padding: [panel, row, column] on the board of the source. */
export function cellRead({ scene, frame, term, board }) {
  if (term.src >= 0) return board.place(term.src);
  const { ways, record, weights } = scene, byWeight = record.by === "weight", out = frame.out.slice(-2);
  const [columns, rows] = weights ? [weights.shape.at(-1), weights.shape.at(-2)] : [ways[1].f, ways[0].f];
  const by = [Math.floor(term.wt / columns) % rows, term.wt % columns], [window, tap] = byWeight ? [by, out] : [out, by];
  return [byWeight ? frame.out[1] : weights ? term.channel : frame.out[0], ...ways.map((way, a) => window[a] * way.s + tap[a] * way.d - way.before)];
}

// A canvas over the boards and the sum, there only while something flies.
class Overlay {
  constructor(player) {
    this.player = player;
    this.canvas = tag("canvas", { class: "cnn-flight", "aria-hidden": "true" });
  }

  // Ready to be drawn on; places are measured from its corner.
  begin() {
    const { root, sum } = this.player, { canvas } = this, ratio = window.devicePixelRatio || 1, ctx = canvas.getContext("2d");
    if (!canvas.isConnected) root.append(canvas);
    const { left, top } = canvas.getBoundingClientRect(), height = sum.getBoundingClientRect().bottom - top;
    this.origin = [left, top];
    Object.assign(canvas, { width: Math.round(root.clientWidth * ratio), height: Math.round(height * ratio) });   // and cleared
    canvas.style.height = `${height}px`;
    ctx.scale(ratio, ratio);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.save();
    return ctx;
  }

  end() { this.canvas.remove(); }

  // Nothing is drawn beyond the frame that boards scroll in, but below it what flies from the sum or to it.
  within(ctx, { scrolls, element }, sum) {
    const { left, top, width, height } = element.getBoundingClientRect(), [x, y] = this.origin;
    ctx.restore();
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - x, top - y, width, sum ? 1e4 : height);
    if (scrolls) ctx.clip();
  }

  // [x, y of the centre, side] of a cell of a board.
  cell(board, place) {
    const { left, top } = board.canvas.getBoundingClientRect(), [x, y] = board.corner(...place), side = board.cell;
    return [left - this.origin[0] + x + side / 2, top - this.origin[1] + y + side / 2, side];
  }

  // The same of something that is written.
  word(element, side) {
    const { left, top, width, height } = (element.lastElementChild ?? element).getBoundingClientRect();
    return [left - this.origin[0] + width / 2, top - this.origin[1] + height / 2, side];
  }

  paint({ slow, laid, begun, flights, scanned, drop }) {
    if (!slow) return this.end();
    const { scene, stage } = this.player, { frame } = stage, ctx = this.begin();
    const [source, dest] = [scene.source, scene.dest].map(({ name }) => stage.boards.get(name)), by = stage.boards.get(scene.weights?.name);
    const from = term => this.cell(source, cellRead({ scene, frame, term, board: source }));
    this.within(ctx, stage);
    if (by && laid > 0)
      for (const term of frame.terms.slice(begun)) this.tile(ctx, term.w, this.cell(by, by.place(term.wt)), from(term), laid);
    if (scanned) {   // the cell that is looked at, and the largest so far
      const seen = frame.terms.slice(0, begun), most = seen.reduce((best, term) => (term.x > best.x ? term : best));
      for (const [term, role] of [[seen.at(-1), "ink"], [most, "output"]]) this.ring(ctx, from(term), role);
    }
    for (const { term: n, t } of flights) {
      const term = frame.terms[n], read = from(term);
      if (!by) { this.within(ctx, stage, true); this.fly(ctx, number(term.x), read, this.word(this.player.growth.place(n), read[2]), t, "input"); continue; }
      const to = this.cell(stage.boards.get("p"), stage.boards.get("p").place(term.wt));
      if (t < 0.4) this.chip(ctx, `${factor(term.x)}·${factor(term.w)}`, read, "kernel");
      else this.fly(ctx, number(term.product), read, to, (t - 0.4) / 0.6, "ink");
    }
    if (drop !== null) {
      this.within(ctx, stage, true);
      const to = this.cell(dest, dest.place(frame.step)), start = frame.winner == null ? this.word(this.player.growth.result, to[2]) : from(frame.terms[frame.winner]);
      this.fly(ctx, number(frame.value), start, to, drop, "output");
    }
  }

  // A weight on its way from its board, in the end as a small sign in the corner of the cell it lies on.
  tile(ctx, value, from, to, laid) {
    const side = to[2], away = Math.min(1, laid / 0.75), down = inside((laid - 0.75) / 0.25);
    const [x, y, size] = mix(from, to, ease(away)), corner = [x + 0.2 * side * down, y + 0.29 * side * down];
    this.box(ctx, corner, size * (1 - 0.42 * down), size * (1 - 0.62 * down), "kernel", 1.5 - 0.5 * down);
    if (side >= 21) this.write(ctx, number(value), corner, size * (0.44 - 0.12 * down), size * (0.9 - 0.36 * down));
  }

  ring(ctx, [x, y, side], role) {
    ctx.strokeStyle = css(this.player.stage.colours[role]);
    ctx.lineWidth = 3;
    ctx.strokeRect(x - side / 2, y - side / 2, side, side);
  }

  fly(ctx, text, from, to, t, role) {
    const [x, y, side] = mix(from, to, ease(t)), lift = Math.sin(Math.PI * t) * Math.min(40, Math.hypot(to[0] - from[0], to[1] - from[1]) / 6);
    this.chip(ctx, text, [x, y - lift, side], role);
  }

  // A number as it flies, legible however small the cells are.
  chip(ctx, text, [x, y, side], role) {
    const size = Math.max(12, Math.min(20, side * 0.44));
    ctx.font = `600 ${size}px ${this.player.stage.font}`;
    const width = Math.max(Math.min(side, 30), ctx.measureText(text).width + 8), room = this.player.root.clientWidth;
    x = Math.max(width / 2 + 1, Math.min(room - width / 2 - 1, x));
    this.box(ctx, [x, y], width, size * 1.6, role, 2);
    this.write(ctx, text, [x, y], size, width);
  }

  box(ctx, [x, y], width, height, role, line) {
    const { colours } = this.player.stage;
    ctx.fillStyle = css(colours.paper);
    ctx.strokeStyle = css(colours[role]);
    ctx.lineWidth = line;
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - height / 2, width, height, 3);
    ctx.fill();
    ctx.stroke();
  }

  write(ctx, text, [x, y], size, room) {
    ctx.font = `600 ${size}px ${this.player.stage.font}`;
    ctx.fillStyle = css(this.player.stage.colours.ink);
    ctx.fillText(text, x, y + 1, room);
  }
}

/** The button and the key that explain a step, and the overlay. */
export function installMotion(player) {
  const overlay = new Overlay(player), explain = () => player.explain();
  player.scrubber.before(iconButton("Explain this step", explain));
  player.keys.e = player.keys.E = explain;
  player.on("paint", moment => overlay.paint(moment));
}
