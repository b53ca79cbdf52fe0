// Editing without a kernel: cells that take a number by typing or dragging, and a history to go back in.
import { iconButton, tag, textButton } from "../../kit/static/dom.js";
import { number } from "../../kit/static/numbers.js";
import { byFinger, keepsStill } from "../../kit/static/touch.js";
import { sameSpec, withChange } from "./changes.js";
import { installTools, readNumber, markWrong } from "./tools.js";
import { indexText } from "./words.js";

const DRAG = 4;      // CSS pixels before a press becomes a drag
const NOTCH = 7;     // CSS pixels of a drag that change a value by one (with Shift: by a tenth)
const ROOM = [58, 28], BY_FINGER = [64, 40];   // a field is at least so wide and high, however small its cell

// Every change goes through here. `now` is the last committed spec; while something is dragged, player.spec is ahead.
class History {
  constructor(player) {
    Object.assign(this, { player, past: [], future: [], now: player.spec, given: player.spec });
    player.on("scene", () => { if (!this.own) this.arrived(); });
    this.undo = iconButton("Undo", () => this.turn(this.past, this.future, "Undone"));
    this.redo = iconButton("Redo", () => this.turn(this.future, this.past, "Redone"));
    this.reset = textButton("Reset", () => this.commit(this.given, "Reset"), "Back to the scene as it was given");
    player.root.addEventListener("keydown", event => this.key(event));
    this.refresh();
  }

  // A scene from Python is one more entry, and what Reset goes back to. An echo of our own is not.
  arrived() {
    const { spec } = this.player;
    if (!sameSpec(spec, this.now)) {
      this.past.push({ spec: this.now, said: "scene from Python" });
      this.future.length = 0;
      this.given = spec;
    }
    this.now = spec;
    this.refresh();
  }

  // Show a spec, if it is sound; nothing is kept or sent yet. The cursor and, where there still is one, the step stay.
  show(spec, step = this.player.step) {
    const { player } = this, { cursor } = player;
    player.step = step;
    this.own = true;
    const taken = player.hold(() => player.takeSpec(spec));
    this.own = false;
    const board = taken && cursor && player.stage.boards.get(cursor.board);
    if (board && cursor.flat < board.values.length && board.show.includes(board.place(cursor.flat)[0])) player.point(board, cursor.flat);
    return taken;
  }

  // Show it and keep it: one entry, sent to Python once. `said` is what happened, or a function that says it.
  commit(spec, said) { return this.show(spec) && this.settle(said); }

  settle(said) {
    if (sameSpec(this.player.spec, this.now)) return true;
    const text = typeof said === "function" ? said() : said;
    this.past.push({ spec: this.now, said: text });
    this.future.length = 0;
    return this.keep(text);
  }

  keep(text) {
    const { player } = this;
    this.now = player.spec;
    player.save("spec", this.now);
    player.commitStep();
    player.voice.textContent = text;
    this.refresh();
    return true;
  }

  turn(from, to, word) {
    const entry = from[from.length - 1];
    if (!entry || !this.show(entry.spec)) return;
    from.pop();
    to.push({ spec: this.now, said: entry.said });
    this.keep(`${word}: ${entry.said}`);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches("input[type=text]")) return;
    const key = event.key.toLowerCase(), again = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !again) return;
    event.preventDefault();
    event.stopPropagation();
    (again ? this.redo : this.undo).click();
  }

  refresh() {
    const empty = [[this.undo, !this.past.length], [this.redo, !this.future.length], [this.reset, sameSpec(this.now, this.given)]];
    for (const [button, disabled] of empty) {
      if (disabled && button === document.activeElement) this.player.root.focus();   // keys go on working
      button.disabled = disabled;
    }
  }
}

export function installEditing(player) {
  const { stage } = player, history = player.history = new History(player);
  const editable = board => board && [player.scene.source.name, player.scene.weights?.name].includes(board.id);
  const nameOf = (board, flat) => indexText(board.id, flat, player.scene);
  const changed = ({ board, flat }, value) => withChange(history.now, { cell: { board: board.id, index: flat, value } });
  const said = ({ board, flat }) => () => `${nameOf(board, flat)} is ${number(board.values[flat], 4)}`;
  let field = null, held = null;   // the open field, the cell that is pressed or dragged

  // ---- typing
  const close = () => {
    const { input } = field ?? {};
    field = null;
    input?.remove();
  };
  const place = () => {
    const { board, flat, input } = field, { canvas, cell } = board, [x, y] = board.corner(...board.place(flat));
    const [width, height] = (byFinger() ? BY_FINGER : ROOM).map(least => Math.max(least, cell));
    const left = Math.max(0, Math.min(x + (cell - width) / 2, canvas.offsetWidth - width));
    Object.assign(input.style, {
      left: `${canvas.offsetLeft + left}px`, top: `${canvas.offsetTop + y + (cell - height) / 2}px`, width: `${width}px`, height: `${height}px`,
    });
  };
  const open = (board, flat, text) => {
    player.pause();
    const input = tag("input", { type: "text", class: "cnn-field", "aria-label": nameOf(board, flat), autocomplete: "off", spellcheck: "false" });
    field = { board, flat, input };
    input.value = text ?? board.values[flat];
    board.figure.append(input);
    place();
    input.focus();
    if (text === undefined) input.select();
    player.point(board, flat);
    input.addEventListener("keydown", typed);
    input.addEventListener("blur", () => {   // but not when the whole window loses the focus
      if (field?.input === input && document.activeElement !== input && !finish()) close();
    });
  };
  // What stands in the field into the cell. A wrong text stays to be mended, the cell keeps what it has.
  const finish = () => {
    const { board, flat, input } = field, [value, fault] = readNumber(input.value, nameOf(board, flat));
    if (markWrong(player, input, fault)) return false;
    close();
    return history.commit(changed({ board, flat }, value), said({ board, flat }));
  };
  const back = (board, flat) => {   // to the cell, so that arrow keys go on from there
    board.canvas.focus({ preventScroll: true });
    player.point(board, flat);
  };
  const neighbour = (board, flat, by) => {
    const span = board.rows * board.columns, [panel] = board.place(flat);
    const to = board.show.indexOf(panel) * span + flat % span + by;
    return to < 0 || to >= board.show.length * span ? null : board.show[Math.floor(to / span)] * span + to % span;
  };
  const typed = event => {
    const { board, flat } = field;
    if (!["Enter", "Escape", "Tab"].includes(event.key)) return;
    event.stopPropagation();
    const next = event.key === "Tab" ? neighbour(board, flat, event.shiftKey ? -1 : 1) : null;
    if (event.key !== "Tab" || next !== null) event.preventDefault();
    if (event.key === "Escape") {
      player.complain(null);
      close();
      back(board, flat);
    } else if (!finish()) event.preventDefault();
    else {
      const text = player.voice.textContent;
      if (next !== null) open(board, next); else back(board, flat);
      player.voice.textContent = text;   // what was done is worth more than where we are
    }
  };
  stage.element.addEventListener("keydown", event => {
    const { cursor } = player, board = cursor && stage.boards.get(cursor.board);
    if (event.key === "Escape" && held?.moved && !held.done) drop();
    if (event.target !== board?.canvas || !editable(board) || event.ctrlKey || event.metaKey || event.altKey) return;
    const types = /^[-+−.\d]$/.test(event.key);
    if (!types && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    open(board, cursor.flat, types ? event.key : undefined);
  });
  player.on("step", close);
  player.on("layout", () => { if (field) place(); });

  // ---- pointing: press to select, press again to open, drag to change
  stage.element.addEventListener("pointerdown", event => {
    const found = player.pick(event);
    held = found?.flat >= 0 && editable(found.board) && event.button === 0 ? { ...found, id: event.pointerId, x: event.clientX, y: event.clientY } : null;
  });
  stage.element.addEventListener("pointermove", event => {
    if (!held || held.done || event.pointerId !== held.id) return;
    const way = held.y - event.clientY, { board, flat } = held;
    if (!held.moved && Math.abs(way) <= Math.max(DRAG, event.pointerType === "touch" ? Math.abs(event.clientX - held.x) : 0)) return;
    event.stopPropagation();   // the drag is about one cell, whatever the pointer passes
    if (!held.moved) {
      player.pause();
      Object.assign(held, { moved: true, from: board.values[flat], step: player.step });
      board.canvas.setPointerCapture(held.id);
      player.point(board, flat);
    }
    const value = held.from + Math.round(way / NOTCH) * (event.shiftKey ? 0.1 : 1);
    const next = Number(value.toFixed(10));   // tenths without their binary tails
    if (next !== board.values[flat]) history.show(changed(held, next), held.step);
  }, true);
  keepsStill(stage.element, () => held?.moved && !held.done);
  const drop = () => {
    held.done = true;
    history.show(history.now, held.step);
  };
  stage.element.addEventListener("pointerup", event => {
    if (!held || held.done || event.pointerId !== held.id) return;
    held.done = true;
    if (held.moved) history.settle(said(held));
  });
  stage.element.addEventListener("pointercancel", () => { if (held?.moved && !held.done) drop(); else held = null; });
  stage.element.addEventListener("click", event => {
    const found = player.pick(event), { cursor } = player;
    if (held?.moved || !(found?.flat >= 0) || !editable(found.board)) return;
    if (cursor?.board === found.board.id && cursor.flat === found.flat) open(found.board, found.flat);
    else back(found.board, found.flat);
  });
  player.on("scene", () => {
    if (held?.moved && !history.own) held.done = true;   // another scene under the pointer
    for (const board of stage.boards.values()) {
      board.figure.classList.toggle("cnn-editable", editable(board));
      if (editable(board)) board.canvas.setAttribute("aria-description", "Arrow keys move, a digit or Enter changes a cell");
    }
  });
  installTools(player, history);
  player.emit("scene");
}
