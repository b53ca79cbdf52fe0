// The pad: a drawing under a mouse, a pen, a finger, or the arrow keys. It draws into a `Drawing`, and tells of every change.
import { tag } from "../../kit/static/dom.js";

const GROUND = "#000", STEP = 1;   // an arrow key moves the pen by so many pixels of the input
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Pad {
  /** `told` has `changed()` after every piece of a stroke, `rested()` at the end of one, `said(text)` for the voice. */
  constructor(drawing, told) {
    Object.assign(this, { drawing, told, erase: false, width: 2.4, cursor: [drawing.columns / 2, drawing.rows / 2], down: false, held: null, ratio: 1 });
    this.canvas = tag("canvas", { class: "cnn-pad", tabindex: "0", role: "application", "aria-roledescription": "drawing pad",
      "aria-label": "Drawing pad. Arrow keys move the pen, space sets it down and lifts it, Backspace undoes." });
    this.layer = document.createElement("canvas");
    const { canvas } = this;
    canvas.addEventListener("pointerdown", event => this.press(event));
    canvas.addEventListener("pointermove", event => this.move(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(end, event => this.lift(event));
    canvas.addEventListener("keydown", event => this.key(event));
    for (const event of ["focus", "blur"]) canvas.addEventListener(event, () => { if (event.type === "blur") this.liftPen(); this.paint(); });
    canvas.addEventListener("contextmenu", event => event.preventDefault());
  }

  layOut(wide, ratio) {
    const { rows, columns } = this.drawing, high = Math.round(wide * rows / columns);
    this.size = [wide, high];
    this.ratio = ratio;
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    [this.canvas.width, this.canvas.height] = this.size.map(length => Math.round(length * ratio));
  }

  get wide() { return this.erase ? 1.5 * this.width : this.width; }   // a rubber is wider than the pen

  // ---- by mouse, pen, finger

  place({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect(), { rows, columns } = this.drawing;
    return this.behind((clientX - left) / width * columns, (clientY - top) / height * rows);
  }

  // Where a place on the pad lies in a drawing that is moved and turned.
  behind(x, y) {
    const { rows, columns, changes: { right, down, turn } } = this.drawing, angle = -turn * Math.PI / 180;
    const [u, v] = [x - columns / 2 - right, y - rows / 2 - down];
    return [u * Math.cos(angle) - v * Math.sin(angle) + columns / 2, u * Math.sin(angle) + v * Math.cos(angle) + rows / 2];
  }

  press(event) {
    if (event.button > 0 || this.held !== null) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.liftPen();
    this.held = event.pointerId;
    this.byKeys = false;
    try { this.canvas.setPointerCapture(event.pointerId); } catch { /* a pointer that no device has */ }
    this.drawing.begin(...this.place(event), this.wide, this.erase);
    this.told.changed();
  }

  move(event) {
    if (event.pointerId !== this.held) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) this.drawing.to(...this.place(each));
    this.told.changed();
  }

  lift(event) {
    if (event.pointerId !== this.held) return;
    this.held = null;
    this.told.rested();
  }

  // ---- by keys

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") this.taken(event), this.told.undo();
      return;
    }
    if (WAYS[event.key]) {
      this.taken(event);
      const { rows, columns } = this.drawing, far = event.shiftKey ? 4 * STEP : STEP, [right, down] = WAYS[event.key];
      this.cursor = [Math.max(0.5, Math.min(columns - 0.5, this.cursor[0] + far * right)), Math.max(0.5, Math.min(rows - 0.5, this.cursor[1] + far * down))];
      this.byKeys = true;
      if (this.down) this.drawing.to(...this.behind(...this.cursor)), this.told.changed(); else this.paint();
    } else if (event.key === " ") {
      this.taken(event);
      this.byKeys = true;
      if (this.down) return this.liftPen();
      this.down = true;
      this.drawing.begin(...this.behind(...this.cursor), this.wide, this.erase);
      this.told.said(this.erase ? "Eraser down." : "Pen down.");
      this.told.changed();
    } else if (event.key === "Backspace") this.taken(event), this.told.undo();
    else if (event.key === "Escape" && this.down) this.taken(event), this.liftPen();
  }

  taken(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  liftPen() {
    if (!this.down) return;
    this.down = false;
    this.told.rested();
  }

  // ---- on the screen

  paint() {
    const { canvas, drawing } = this, ctx = canvas.getContext("2d");
    if (!canvas.width) return;
    const scale = canvas.width / drawing.columns;
    drawing.draw(ctx, scale);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalCompositeOperation = "destination-over";
    ctx.fillStyle = GROUND;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.globalCompositeOperation = "source-over";
    if (drawing.empty && this.held === null && !this.byKeys) this.invite(ctx);
    if (this.byKeys && document.activeElement === canvas) this.point(ctx, scale);
  }

  // An empty pad says what it is for.
  invite(ctx) {
    Object.assign(ctx, { fillStyle: "#9a9a9a", textAlign: "center", textBaseline: "middle", font: `${0.07 * this.canvas.width}px ${getComputedStyle(this.canvas).fontFamily}` });
    ctx.fillText("draw here", this.canvas.width / 2, this.canvas.height / 2);
  }

  // Where the pen is that the arrow keys move.
  point(ctx, scale) {
    const [x, y] = this.cursor.map(place => place * scale), size = Math.max(4, this.wide * scale / 2);
    for (const [width, colour] of [[3.5, "#000"], [1.6, this.down ? "#ffb84d" : "#7fc4ff"]]) {
      Object.assign(ctx, { lineWidth: width * this.ratio, strokeStyle: colour });
      ctx.beginPath();
      ctx.arc(x, y, size, 0, 2 * Math.PI);
      for (const [u, v] of Object.values(WAYS)) ctx.moveTo(x + u * size, y + v * size), ctx.lineTo(x + u * (size + 5 * this.ratio), y + v * (size + 5 * this.ratio));
      ctx.stroke();
    }
  }
}

