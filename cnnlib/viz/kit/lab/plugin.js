// A notebook that comes back: what JupyterLab loads to show live views that no kernel knows (any more).
//
// An output of a widget carries, beside the widget's own entry, one of the kind VIEW: which module draws it, its style
// sheets, and its state (kit/live.py). While the widget is there, JupyterLab's own view of it is shown, which Python hears
// of; otherwise the same module draws the state alone, as on a page without kernel. So stored lessons move before anything
// is run, and notebooks that were saved and opened again never say "model not found".
//
// Written by hand in the form that JupyterLab expects of a prebuilt extension: nothing to build, nothing to bundle. The
// folder static/ beside this file holds the modules of the package as they are.
(() => {
  const FIGURE = "application/vnd.cnnlib.figure+json", IMAGE = "image/png";
  const VIEW = "application/vnd.cnnlib.view+json", WIDGET = "application/vnd.jupyter.widget-view+json";
  const OURS = /^(?:[a-z]+\/)+static\/[a-z_]+\.(?:js|css)$/;   // nothing else is ever loaded
  const base = new URL(".", document.currentScript.src);
  let shared;   // the packages that JupyterLab shares with its extensions

  const adopted = {};
  const adopt = file => adopted[file] ??= (async () => {
    const sheet = new CSSStyleSheet(), answer = await fetch(at(file));
    if (!answer.ok) throw new Error(`no style sheet ${file}`);
    await sheet.replace(await answer.text());
    document.adoptedStyleSheets.push(sheet);
  })();

  function at(file) {
    if (!OURS.test(file)) throw new Error(`not a file of cnnlib: ${file}`);
    return new URL(file, base);
  }

  // Which widgets the kernel of a notebook has: told by the messages that open and close them, or when asked.
  class Living {
    constructor(session) {
      Object.assign(this, { session, ids: new Set(), listeners: new Set() });
      session.kernelChanged.connect(this.ask, this);
      session.iopubMessage.connect((_, { header, content }) => {
        if (header.msg_type === "comm_open") this.add([content.comm_id]);
        if (header.msg_type === "comm_close") this.ids.delete(content.comm_id);
      });
      session.statusChanged.connect((_, status) => {
        if (["restarting", "autorestarting", "terminating", "dead"].includes(status)) this.ids.clear();
      });
      this.ask();
    }

    async ask() {
      this.ids.clear();
      const kernel = this.session.session?.kernel;
      const reply = await kernel?.requestCommInfo({ target_name: "jupyter.widget" }).catch(() => undefined);
      if (reply?.content.status === "ok" && kernel === this.session.session?.kernel) this.add(Object.keys(reply.content.comms));
    }

    add(ids) {
      for (const id of ids) this.ids.add(id);
      for (const listener of this.listeners) listener();
    }
  }

  const rendererClass = Panel => class extends Panel {
    constructor(rendermime, living) {
      super();
      Object.assign(this, { rendermime, living, end: () => {} });
      this.appeared = () => { if (!this.alive && this.isAlive()) this.renderModel(this.model); };
      living.listeners.add(this.appeared);
    }

    isAlive() { return this.living.ids.has(this.model?.data[WIDGET]?.model_id); }

    async renderModel(model) {
      this.model = model;
      this.clear();
      this.alive = this.isAlive();
      if (this.alive) return this.hand(WIDGET);
      const alone = model.data[VIEW], still = [FIGURE, "text/html"].find(kind => kind in model.data) ?? "text/plain";
      if (!alone.entry) return this.hand(still);   // a progress bar: there is nothing to draw without its kernel
      try {
        await this.draw(alone);
      } catch (error) {   // stored by another version
        console.warn(`cnnlib: ${error.message}`);
        await this.hand(still);
      }
    }

    // To the renderer that JupyterLab has for it.
    hand(mimeType) {
      const inner = this.rendermime.createRenderer(mimeType);
      this.addWidget(inner);
      return inner.renderModel(this.model);
    }

    async draw({ entry, styles, state }) {
      const turn = this.turn = {};
      const [{ default: view }, { modelOf }] = await Promise.all([
        import(at(entry)), import(at("viz/kit/static/model.js")), ...styles.map(adopt)]);
      if (turn !== this.turn || this.isDisposed) return;   // something else is shown by now
      const el = document.createElement("div");
      this.node.append(el);
      const dispose = view.render({ model: modelOf(JSON.parse(state)), el });
      this.end = () => { dispose(); el.remove(); };
    }

    clear() {
      this.end();
      Object.assign(this, { end: () => {}, turn: null });
      for (const inner of [...this.widgets]) inner.dispose();
    }

    dispose() {
      if (this.isDisposed) return;
      this.living.listeners.delete(this.appeared);
      this.end();
      super.dispose();
    }
  };

  // A figure of cnn.viz.show, which follows the theme (static/figure.js).
  const figureClass = Widget => class extends Widget {
    async renderModel({ data, metadata }) {
      const [{ figure }] = await Promise.all([
        import(at("viz/kit/static/figure.js")), adopt("viz/kit/static/figure.css")]);
      this.node.replaceChildren(figure({ png: data[IMAGE], ...metadata[IMAGE], ...data[FIGURE] }));
    }
  };

  // An output that waits for a prediction is folded; JupyterLab writes its first line there, which may be the answer.
  // Other people's notebooks stay as they are.
  function invite(panel, { ready, model }) {
    panel.addClass("cnn-lesson");
    ready.then(() => {
      if (![...model.cells].some(cell => cell.sharedModel.getSource().includes("cnnlib"))) panel.removeClass("cnn-lesson");
    });
  }

  async function extension() {
    const [newest] = Object.values(shared["@lumino/widgets"]);
    const { Panel, Widget } = (await newest.get())();
    const Renderer = rendererClass(Panel), Figure = figureClass(Widget);
    adopt("viz/kit/static/lab.css").catch(error => console.warn(`cnnlib: ${error.message}`));
    const activate = app => app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel, context) => {
        const { rendermime } = panel.content, living = new Living(context.sessionContext);
        const createRenderer = () => new Renderer(rendermime, living);
        invite(panel, context);
        rendermime.addFactory({ safe: true, mimeTypes: [FIGURE], createRenderer: () => new Figure() }, 40);   // before HTML
        rendermime.addFactory({ safe: true, mimeTypes: [VIEW], createRenderer }, -20);   // before JupyterLab's own widgets
      },
    });
    return () => ({ __esModule: true, default: { id: "cnnlib:views", autoStart: true, activate } });
  }

  window._JUPYTERLAB = { ...window._JUPYTERLAB, cnnlib: { init: scope => { shared = scope; }, get: extension } };
})();
