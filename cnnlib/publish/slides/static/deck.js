// What runs in a deck: every slide is made to fit, players come to life where they are shown, keys go where they are meant.
//
// A slide's content has the size of the slide divided by a scale, and is drawn at that scale: the largest, from 1 down, at
// which nothing reaches beyond it. Pictures and players take the room that is left. Each player lives in a frame of its own:
// whatever scales the slide, in its frame a pixel is a pixel, and its keys are its own.
const render = (width, height) => {
  const LEAST = 0.3, STEP = 0.02, SIDE = 100, ABOVE = 68;   // by how much a slide is wider and higher than its content
  const LARGE = 1.5, ENOUGH = 0.7;   // scales of players: the largest, and what the text beside them leaves
  const LEAST_PLAYER = 0.75;   // below that, of a lab only the pictures are shown
  const HIGH = 1000;   // pixels of a frame while its player is laid out
  const printing = /print-pdf/i.test(location.search);
  const frames = count => new Promise(done => {
    const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
    next();
  });

  // --- every slide fits -------------------------------------------------------------------------------------------------
  const over = content => content.scrollHeight > content.clientHeight + 1 || content.scrollWidth > content.clientWidth + 1
    || [...content.querySelectorAll(".read")].some(each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1);
  const place = (content, scale) => {
    content.style.width = `${(width - SIDE) / scale}px`;
    content.style.height = `${(height - ABOVE) / scale}px`;
    content.style.transform = scale === 1 ? "" : `scale(${scale})`;
    content.dataset.scale = scale;
    for (const formula of content.querySelectorAll("math[display=block]")) narrow(formula);
  };
  // A formula has no second line: one that is wider than its column is set smaller.
  const narrow = formula => {
    formula.style.fontSize = "";
    const { left, right } = formula.parentElement.getBoundingClientRect();
    const sides = [...formula.querySelectorAll("*")].map(each => each.getBoundingClientRect());
    const wide = Math.max(...sides.map(side => side.right)) - Math.min(...sides.map(side => side.left));
    if (wide > right - left) formula.style.fontSize = `${Math.floor(110 * (right - left) / wide) / 100}em`;
  };
  const fit = section => {
    const content = section.querySelector(".content");
    if (!content || !content.checkVisibility()) return;
    for (let scale = 1; scale >= LEAST; scale = Math.round((scale - STEP) * 100) / 100) {
      place(content, scale);
      if (!over(content)) break;
    }
    for (const slot of content.querySelectorAll(".cnn-place.alive")) settle(slot);
  };
  const fitAll = () => document.querySelectorAll(".slides section").forEach(fit);

  // --- players ----------------------------------------------------------------------------------------------------------
  // A player is laid out as wide as makes it largest: its cells grow with its width, its writing does not.
  const WIDTHS = [0.71, 0.83, 0.95, 1.09, 1.25, 1.43, 1.67];   // times the width of its slot, at the scale of the slide
  const zoom = slot => Number(slot.closest(".content").dataset.scale);
  const scaled = slot => Math.min(LARGE / zoom(slot), slot.clientHeight / slot.place.offsetHeight,
    slot.clientWidth / Math.max(slot.frame.clientWidth, slot.place.scrollWidth));
  // What may have changed is the height of the slot or of the player: its layout stays.
  const draw = slot => {
    const { frame } = slot, scale = slot.scale = scaled(slot);
    frame.style.transform = `scale(${scale})`;
    frame.style.height = `${Math.ceil(slot.clientHeight / scale)}px`;
    frame.style.left = `${Math.max(0, (slot.clientWidth - frame.clientWidth * scale) / 2)}px`;
    slot.dataset.scale = scale.toFixed(2);
  };
  // Meanwhile the frame is high: boards that find no height scroll in a window of their own.
  const wide = ({ frame }, width) => { Object.assign(frame.style, { width: `${Math.round(width)}px`, height: `${HIGH}px` }); return frames(3); };
  const layOut = async slot => {
    const room = slot.clientWidth, wanted = room * zoom(slot), turn = slot.turn = {};
    let best = { scale: 0 };
    for (const share of WIDTHS) {   // a layout follows its width some frames later
      await wide(slot, wanted * share);
      if (slot.turn !== turn || !slot.clientWidth) return;
      const scale = scaled(slot);
      if (scale > best.scale) best = { scale, share };
    }
    const { classList } = slot.frame.contentDocument.body;
    if (best.scale * zoom(slot) < LEAST_PLAYER && !classList.contains("small")) {
      classList.add("small");
      return layOut(slot);
    }
    await wide(slot, wanted * best.share);
    if (slot.turn !== turn || !slot.clientWidth) return;
    slot.room = room;
    draw(slot);
    if (slot.scale >= ENOUGH || slot.asked) return;
    slot.asked = true;   // what is read beside it becomes smaller first
    slot.style.minHeight = `${Math.round(slot.place.offsetHeight * ENOUGH)}px`;
    fit(slot.closest("section"));
  };
  const settle = slot => (Math.abs(slot.room - slot.clientWidth) < 2 ? draw(slot) : layOut(slot));

  // What is looked at is large; what changes it is one click away. Of a large lab, the loupe is, too.
  const QUIET = "body:not(.full) .cnn-widget:not(.cnn-staged) > :is(.cnn-tools, .cnn-hands), "
    + "body.small:not(.full) .cnn-kernel:not(.cnn-staged) :is(.cnn-under, .cnn-w .cnn-ways) { display: none; }";
  const more = slot => {
    const button = Object.assign(document.createElement("button"), { className: "more", textContent: "All controls" }), { body } = slot.frame.contentDocument;
    button.setAttribute("aria-pressed", false);
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", body.classList.toggle("full"));
      layOut(slot);
    });
    slot.append(button);
  };
  // A page with nothing but the player; `live.js` draws it there.
  const text = id => document.getElementById(id)?.textContent;
  const wake = async slot => {
    if (slot.frame || printing) return;
    const frame = slot.frame = document.createElement("iframe"), state = JSON.parse(slot.querySelector("script").textContent);
    if (state.page) state.page = 0;   // a tour waits for T: the speaker is the guide
    const data = JSON.stringify(state).replaceAll("<", "\\u003c");
    Object.assign(frame, { className: "cnn-frame", title: "Player", allow: "fullscreen *" });
    frame.srcdoc = [
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Player</title>',
      `<style>${text("players-style")} body { margin: 0; background: #fff; } .cnn-place { margin: 0; } ${QUIET}</style>`,
      `<body data-jp-theme-light="true"><div class="cnn-place" data-entry="${slot.dataset.entry}"><div class="cnn-still"></div>`,
      `<script type="application/json">${data}<\/script></div><script>${text("players")}<\/script></body></html>`,
    ].join("");
    frame.style.width = `${slot.clientWidth}px`;
    slot.prepend(frame);
    await new Promise(done => { frame.onload = done; });
    const inner = frame.contentDocument, place = slot.place = inner.querySelector(".cnn-place");
    while (!place.dataset.live) await frames(1);
    if (place.dataset.live === "no") return frame.remove();   // the still stays
    inner.addEventListener("keydown", event => {
      if (event.key === "Escape" && !event.defaultPrevented) event.preventDefault(), leave(slot);
    });
    inner.addEventListener("pointerup", () => { if (inner.activeElement === inner.body) enter(slot); });
    await layOut(slot);
    slot.classList.add("alive");
    more(slot);
    new ResizeObserver(() => { if (slot.clientHeight && slot.room && !place.querySelector(".cnn-staged")) draw(slot); }).observe(place);
  };

  // Keys belong to the slides, and to a player from a click or Enter until Escape.
  const enter = ({ frame, place }) => {
    const root = place.querySelector(".cnn-widget");
    if (!root.hasAttribute("tabindex")) root.tabIndex = -1;
    frame.focus();
    root.focus({ preventScroll: true });
  };
  const leave = slot => {
    window.focus();
    slot.focus({ preventScroll: true });
  };
  const guard = slot => {
    const note = (name, text) => Object.assign(document.createElement("span"), { className: `way way-${name}`, textContent: text });
    slot.tabIndex = 0;
    slot.append(note("in", "Enter: use the keyboard here"), note("out", "Esc: back to the slides"));
    slot.addEventListener("keydown", event => {
      if (event.key === "Enter" && slot.place) event.preventDefault(), event.stopPropagation(), enter(slot);
    });
  };

  // --- answers and code, by key -----------------------------------------------------------------------------------------
  const ANSWER = ".item-answer details, .item-said details";
  const turn = kind => () => {
    const every = [...Reveal.getCurrentSlide().querySelectorAll(kind)], next = every.find(each => !each.open);
    if (next) next.open = true;
    else for (const each of every) each.open = false;
  };
  // In a PDF there are no keys: an answer is a page of its own.
  const unfold = () => {
    for (const answer of document.querySelectorAll(ANSWER)) {
      const inner = document.createElement("div");
      inner.className = "fragment";
      inner.append(...[...answer.childNodes].filter(each => each.nodeName !== "SUMMARY"));
      answer.append(inner);
      answer.open = true;
    }
  };

  document.querySelectorAll(".cnn-place").forEach(guard);
  if (printing) unfold();
  document.addEventListener("toggle", ({ target }) => {
    const section = target.closest?.("section");
    if (section) fit(section);
  }, true);
  const shown = () => {
    const section = Reveal.getCurrentSlide();
    if (!section || printing) return;
    if (document.activeElement?.closest(".cnn-place")) document.activeElement.blur(), window.focus();
    section.querySelectorAll(".cnn-place").forEach(wake);
    fit(section);
  };
  Reveal.on("pdf-ready", () => {
    fitAll();
    document.body.dataset.ready = "pdf";
    if (/print-now/.test(location.search)) print();
  });
  Reveal.on("slidechanged", shown);
  addEventListener("keydown", event => {   // the print view is laid out for paper, the one on the screen is not
    if (printing || !(event.ctrlKey || event.metaKey) || event.key !== "p") return;
    event.preventDefault();
    location.search = "print-pdf&print-now";
  });
  document.fonts.ready.then(() => Reveal.initialize({
    width, height, margin: 0, minScale: 0.1, maxScale: 4, center: false, hash: true, transition: "none", slideNumber: "c/t", controls: false,
    pdfSeparateFragments: true, pdfMaxPagesPerSlide: 1, plugins: [RevealNotes], help: true, scrollActivationWidth: null,
  })).then(() => {
    Reveal.addKeyBinding({ keyCode: 65, key: "A", description: "Show or hide the answers" }, turn(ANSWER));
    Reveal.addKeyBinding({ keyCode: 67, key: "C", description: "Show or hide all lines of code" }, turn(".whole"));
    shown();
    if (!printing) document.body.dataset.ready = "screen";
  });
};

export default { render };
