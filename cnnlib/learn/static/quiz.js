// A quiz: questions with radio buttons. Nothing is told before "Check"; then why the chosen answer is right or not, and
// once it is right, why the others are not. Works without a kernel; `answers` tells Python what was chosen.

// Text with `code` between backticks, as nodes: it is never read as markup.
function spelt(text) {
  return text.split("`").map((piece, n) => {
    if (n % 2 === 0) return document.createTextNode(piece);
    const code = document.createElement("code");
    code.textContent = piece;
    return code;
  });
}

function tag(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

class Ask {
  constructor(question, number, name, answered) {
    Object.assign(this, { question, answered });
    this.radios = question.options.map((_, n) => tag("input", { type: "radio", name, value: n }));
    this.reasons = question.options.map((_, n) => tag("p", { class: "cnn-why", id: `${name}-why-${n}`, hidden: "" }));
    const rows = question.options.map((option, n) => tag("div", { class: "cnn-option" },
      tag("label", {}, this.radios[n], tag("span", {}, ...spelt(option.text))), this.reasons[n]));
    this.button = tag("button", { type: "submit" }, "Check");
    this.voice = tag("p", { class: "cnn-voice", role: "status" });
    const legend = tag("legend", {}, tag("strong", {}, `Question ${number}. `), ...spelt(question.text));
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
    this.voice.textContent = `${right ? "Right." : "Not right."} ${question.options[chosen].why.replaceAll("`", "")}`;
    this.answered(chosen);
  }

  // Show the reasons of these options and no others.
  explain(shown) {
    const which = new Set(shown);
    this.question.options.forEach(({ why }, n) => {
      const right = n === this.question.right, reason = this.reasons[n];
      reason.hidden = !which.has(n);
      reason.replaceChildren(...(which.has(n) ? [tag("strong", {}, right ? "Right. " : "Not right. "), ...spelt(why)] : []));
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

let count = 0;

export function render({ model, el }) {
  const { id, questions } = model.get("spec"), name = `cnn-quiz-${id}-${++count}`;
  const root = tag("section", { class: "cnn-quiz", "data-lm-suppress-shortcuts": "true", "aria-label": `Quiz ${id}` });
  const total = tag("p", { class: "cnn-total" });
  const answers = () => questions.map((_, n) => model.get("answers")?.[n] ?? null);
  const add = () => {
    const right = asked.filter(ask => ask.form.dataset.state === "right").length;
    total.textContent = `${right} of ${questions.length} right`;
    root.dataset.right = right;
  };
  const asked = questions.map((question, n) => new Ask(question, n + 1, `${name}-${n}`, chosen => {
    model.set("answers", answers().map((old, i) => (i === n ? chosen : old)));
    model.save_changes();
    add();
  }));
  root.append(...asked.map(ask => ask.form), total);
  el.append(root);
  const restore = () => {
    answers().forEach((chosen, n) => asked[n].restore(chosen));
    add();
  };
  restore();
  // The page's own keys (arrows move between cells, Enter edits one) must not act while an answer is chosen. JupyterLab
  // asks the very element that has the focus.
  root.addEventListener("focusin", event => { event.target.dataset.lmSuppressShortcuts = "true"; });
  root.addEventListener("keydown", event => event.stopPropagation());
  const themed = () => setTheme(root), dark = matchMedia("(prefers-color-scheme: dark)"), page = new MutationObserver(themed);
  themed();
  dark.addEventListener("change", themed);
  page.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  model.on("change:answers", restore);
  return () => {
    dark.removeEventListener("change", themed);
    page.disconnect();
    model.off("change:answers", restore);
  };
}

// JupyterLab's theme where there is one, the system's elsewhere.
function setTheme(root) {
  const { jpThemeLight } = document.body.dataset;
  const dark = jpThemeLight ? jpThemeLight === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
}

export default { render };
