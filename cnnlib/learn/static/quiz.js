// A quiz: questions with radio buttons. Nothing is told before "Check"; then why the chosen answer is right or not, and
// once it is right, why the others are not. Works without a kernel; `answers` tells Python what was chosen.

import { marked, tag } from "../../viz/kit/static/dom.js";
import { View, mount } from "../../viz/kit/static/mount.js";

class Ask {
  constructor(question, number, name, answered) {
    Object.assign(this, { question, answered });
    this.radios = question.options.map((_, n) => tag("input", { type: "radio", name, value: n }));
    this.reasons = question.options.map((_, n) => tag("p", { class: "cnn-why", id: `${name}-why-${n}`, hidden: "" }));
    const rows = question.options.map((option, n) => tag("div", { class: "cnn-option" },
      tag("label", {}, this.radios[n], tag("span", {}, ...marked(option.text))), this.reasons[n]));
    this.button = tag("button", { type: "submit" }, "Check");
    this.voice = tag("p", { class: "cnn-voice", role: "status" });
    const legend = tag("legend", {}, tag("strong", {}, `Question ${number}. `), ...marked(question.text));
    this.form = tag("form", { class: "cnn-question", novalidate: "" }, tag("fieldset", {}, legend, ...rows), this.button, this.voice);
    this.form.addEventListener("submit", event => { event.preventDefault(); this.check(); });
    this.form.addEventListener("change", () => this.ask());
  }

  get chosen() { return this.radios.findIndex(radio => radio.checked); }

  // Another option was chosen: its reason is not shown before it is asked for.
  ask() {
    this.voice.textContent = "";
    if (this.form.dataset.state !== "right") this.explain([]);
  }

  check() {
    const { chosen, question } = this;
    if (chosen < 0) {
      this.voice.textContent = "Choose an answer first.";
      return;
    }
    const right = chosen === question.right;
    if (right) this.form.dataset.state = "right";
    else if (this.form.dataset.state !== "right") this.form.dataset.state = "wrong";
    this.explain(this.form.dataset.state === "right" ? question.options.keys() : [chosen]);
    this.voice.textContent = `${right ? "Right." : "Not right."} ${question.options[chosen].why.replaceAll("\x60", "")}`;
    this.answered(chosen);
  }

  // Show the reasons of these options and no others.
  explain(shown) {
    const which = new Set(shown);
    this.question.options.forEach(({ why }, n) => {
      const right = n === this.question.right, reason = this.reasons[n];
      reason.hidden = !which.has(n);
      reason.replaceChildren(...(which.has(n) ? [tag("strong", {}, right ? "Right. " : "Not right. "), ...marked(why)] : []));
      reason.dataset.right = right;
      if (which.has(n)) this.radios[n].setAttribute("aria-describedby", reason.id);
      else this.radios[n].removeAttribute("aria-describedby");
    });
  }

  // As it was left, in another view or before: what was chosen was also checked.
  restore(chosen) {
    if (chosen == null || chosen === this.chosen) return;
    this.radios[chosen].checked = true;
    const { answered } = this;
    this.answered = () => {};
    this.check();
    Object.assign(this, { answered });
    this.voice.textContent = "";
  }
}

let count = 0;   // quizzes in this page: the options of each are a group of their own

class QuizView extends View {
  constructor(model, root) {
    super(model, root);
    const { id, questions } = model.get("spec"), name = `cnn-quiz-${id}-${++count}`;
    this.total = tag("p", { class: "cnn-total" });
    this.asked = questions.map((question, n) => new Ask(question, n + 1, `${name}-${n}`, chosen => {
      this.save("answers", this.answers.map((old, i) => (i === n ? chosen : old)));
      this.add();
    }));
    root.setAttribute("aria-label", `Quiz ${id}`);
    root.append(...this.asked.map(ask => ask.form), this.total);
    // The page's own keys (arrows move between cells, Enter edits one) must not act while an answer is chosen.
    root.addEventListener("keydown", event => event.stopPropagation());
    this.restore();
    this.listen("change:answers", () => this.restore());
  }

  get answers() { return this.asked.map((_, n) => this.model.get("answers")?.[n] ?? null); }

  add() {
    const right = this.asked.filter(ask => ask.form.dataset.state === "right").length;
    this.total.textContent = `${right} of ${this.asked.length} right`;
    this.root.dataset.right = right;
  }

  restore() {
    this.answers.forEach((chosen, n) => this.asked[n].restore(chosen));
    this.add();
  }
}

const render = mount((model, root) => new QuizView(model, root), { class: "cnn-quiz", role: "region" });

export default { render };
