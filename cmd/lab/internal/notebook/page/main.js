// A notebook in the browser: what the server knows, shown; what the learner does, told.

import * as built from "./built.js";
import { Act } from "./act.js";
import { Away } from "./away.js";
import { Banners } from "./banners.js";
import { Bookmark, keepAt } from "./bookmark.js";
import { Cell } from "./cell.js";
import { Edits } from "./edits.js";
import { Help } from "./help.js";
import { listen } from "./keys.js";
import { Notebook } from "./notebook.js";
import { Outline } from "./outline.js";
import { Present } from "./present.js";
import { Prose } from "./prose.js";
import { Link } from "./socket.js";
import { Toolbar } from "./toolbar.js";
import { createEditor } from "./editor.js";
import { told } from "./printed.js";

const byId = (id) => document.getElementById(id);
const editorChoice = "lab editor"; // in the browser's storage

class Page {
  constructor(id) {
    this.id = id;
    this.blocks = byId("blocks");
    this.views = new Map(); // id -> Cell or Prose, which have: element, text, show, edit, rest, destroy
    this.selected = null;
    this.ended = null; // the cell that ended last, until that is said
    this.awaited = null; // what is to happen with the next new block
    this.notebook = new Notebook();
    this.edits = new Edits((message) => this.link.send(message));
    this.act = new Act(this);
    this.banners = new Banners(byId("banners"));
    this.away = new Away(this);
    this.bookmark = new Bookmark(id);
    this.outline = new Outline(byId("outline"), this.blocks, (block) => block.focus({ preventScroll: true }));
    this.present = new Present(this);
    this.help = new Help();
    this.notebook.listen((what, detail) => this.changed(what, detail));
  }

  async open() {
    await this.chooseEditor();
    this.toolbar = new Toolbar(byId("toolbar"), this);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.link = new Link(`${scheme}//${location.host}/socket?notebook=${encodeURIComponent(this.id)}&page=${crypto.randomUUID?.() ?? Math.random()}`, {
      receive: (message) => this.receive(message),
      status: (status) => this.away.onLine(status),
    });
    history.scrollRestoration = "manual";
    this.hear();
    listen(this);
  }

  // chooseEditor takes CodeMirror where it was built, unless the learner prefers the plain one.
  async chooseEditor() {
    this.createEditor = createEditor;
    if (!built.codemirror) return;
    this.editorName = localStorage.getItem(editorChoice) ?? "codemirror";
    if (new URLSearchParams(location.search).has("plain")) this.editorName = "plain";
    if (this.editorName === "codemirror") this.createEditor = (await import("./dist/codemirror.js")).createEditor;
  }

  switchEditor() {
    localStorage.setItem(editorChoice, this.editorName === "plain" ? "codemirror" : "plain");
    location.reload();
  }

  hear() {
    this.blocks.addEventListener("focusin", (event) => this.mark(event.target.closest(".block")?.dataset.id));
    this.blocks.addEventListener("pointerdown", (event) => this.mark(event.target.closest(".block")?.dataset.id));
    let waiting = 0;
    const save = () => this.bookmark.save(this.blocks.querySelectorAll(".block"), this.selected);
    addEventListener("scroll", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.present.on || save(), 200);
    }, { passive: true });
    addEventListener("pagehide", () => {
      this.edits.flush();
      if (!this.present.on) save();
    });
    addEventListener("beforeunload", (event) => { // text that nobody has yet
      if (this.edits.unsaved && !this.link.open) event.preventDefault();
    });
    addEventListener("online", () => this.link.again());
    document.addEventListener("visibilitychange", () => document.hidden ? this.edits.flush() : this.link.again());
    addEventListener("beforeprint", () => this.views.forEach((view) => view.output?.unfold()));
    setInterval(() => this.views.forEach((view) => view.isRunning && view.status.tick()), 100);
  }

  // send tells the server; without a line it says so instead.
  send(message) {
    if (this.link.send(message)) return true;
    this.announce("There is no connection to lab at the moment.");
    this.away.lost();
    return false;
  }

  announce(text) {
    byId("announcer").textContent = text;
  }

  // receive takes a message: the notebook's own change it, the others ask the learner.
  receive(message) {
    if (message.t === "snapshot") this.away.back(message);
    if (this.notebook.receive(message)) return;
    const { banners } = this;
    const say = (t, fields) => () => this.send({ t, ...fields });
    switch (message.t) {
      case "saved":
        this.keep(this.edits.saved(message.edit));
        return this.toolbar.showSaved(this.edits.unsaved);
      case "aside":
        return this.views.get(message.id)?.aside?.(message);
      case "disk":
        return banners.show("disk", "The file was changed by another program.", [{ label: "Keep this text", do: say("reload", { keep: true }) }, { label: "Take the file's", do: say("reload", { keep: false }) }]);
      case "updated":
        return banners.show("updated", "This lesson was improved since you began. Your changes can stay, on the old text.", [{ label: "Keep mine", do: say("update", { keep: true }) }, { label: "Take the new lesson", do: say("update", { keep: false }) }]);
      case "elsewhere":
        this.blocks.inert = true;
        return banners.show("elsewhere", `This notebook is open in another tab or window.${this.edits.unsaved ? " What you typed here is not saved: use it here to keep it." : ""}`, [{ label: "Use it here", do: say("take") }], { urgent: true });
      case "problem":
        return banners.show("problem", message.text, [], { urgent: true, close: true });
    }
  }

  // keep notes the text of a block that is on disk.
  keep(saved) {
    const block = this.notebook.blocks.get(saved?.id);
    if (block) this.notebook.blocks.set(saved.id, { ...block, source: saved.source });
  }

  // changed shows what changed in the notebook.
  changed(what, detail) {
    const view = this.views.get(detail?.id);
    switch (what) {
      case "all": this.showAll(); break;
      case "block": this.showBlock(detail); break;
      case "gone": this.dropView(detail.id); this.outline.build(); break;
      case "order": this.arrange(); this.outline.build(); break;
      case "state":
        view?.showState();
        this.tellState(detail);
        break;
      case "output": case "clear": view?.showOutput(); break;
      case "kernel":
        this.showKernel();
        this.tellEnd();
        break;
    }
    if (what !== "output" && what !== "clear") this.toolbar.show();
  }

  showAll() {
    const { notebook } = this;
    document.title = `${notebook.about.title} · lab`;
    for (const [id, view] of this.views) if (!this.fits(view, notebook.blocks.get(id))) this.dropView(id);
    for (const id of notebook.order) {
      const view = this.views.get(id);
      if (!view) this.addView(id);
      else {
        view.show(notebook.blocks.get(id));
        view.showOutput?.();
      }
    }
    this.arrange();
    this.outline.build();
    this.present.refresh();
    if (this.blocks.ariaBusy === "true") this.first();
  }

  // fits tells whether a view can go on showing a block.
  fits(view, block) {
    return block && (block.kind === "cell") === view instanceof Cell && view.element.classList.contains(block.kind);
  }

  // first goes to where the learner was, or to the place that the address names.
  first() {
    this.blocks.ariaBusy = "false";
    this.blocks.querySelector(".waiting")?.remove();
    const place = this.bookmark.load();
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    const element = this.views.get(place?.id)?.element;
    if (target) keepAt(target, 80);
    else if (element) keepAt(element, place.top);
    this.mark(this.views.has(place?.selected) ? place.selected : this.notebook.order[0]);
  }

  addView(id) {
    const block = this.notebook.blocks.get(id);
    const view = block.kind === "cell" ? new Cell(this, block) : new Prose(this, block);
    this.views.set(id, view);
    return view;
  }

  dropView(id) {
    const view = this.views.get(id);
    if (!view) return;
    this.edits.drop(id);
    view.destroy();
    this.views.delete(id);
  }

  showBlock({ id, known }) {
    const block = this.notebook.blocks.get(id);
    const view = this.views.get(id);
    if (known && this.fits(view, block)) view.show(block);
    else {
      this.dropView(id);
      this.addView(id);
      this.arrange();
    }
    if (block.kind === "prose") this.outline.build();
    this.present.refresh();
    if (known || !this.awaited) return;
    const { edit } = this.awaited;
    this.awaited = null;
    if (edit) this.edit(id);
    else this.select(id);
  }

  // arrange puts the blocks into their order, and moves none that stands right.
  arrange() {
    const focused = document.activeElement;
    let next = this.blocks.firstElementChild;
    for (const id of this.notebook.order) {
      const { element } = this.views.get(id);
      if (element === next) next = next.nextElementSibling;
      else this.blocks.insertBefore(element, next);
    }
    if (focused !== document.activeElement && this.blocks.contains(focused)) focused.focus();
  }

  tellState({ id, before }) {
    const { state } = this.notebook.stateOf(id);
    if (state === before?.state) return;
    if (state === "failed") this.announce(`${this.nameOf(id)} failed: ${this.notebook.stateOf(id).error?.message ?? ""}`);
    else if (state === "done" || state === "stopped") {
      this.ended = id;
      this.tellEnd();
    }
  }

  // tellEnd says what the last cell came to, once nothing runs any more.
  tellEnd() {
    const { ended, notebook } = this;
    if (!ended || notebook.busy) return;
    this.ended = null;
    this.announce(`${this.nameOf(ended)} ${notebook.stateOf(ended).state}${told(notebook.outputOf(ended))}`);
  }

  nameOf(id) {
    return this.views.get(id)?.name?.() ?? "";
  }

  showKernel() {
    const { state, note } = this.notebook.kernel;
    if (state === "ended") this.banners.show("kernel", note || "The kernel has ended.", [{ label: "Restart", do: () => this.act.restart() }], { urgent: true });
    else if (note) this.banners.show("kernel", note, [], { close: true });
    else this.banners.hide("kernel");
  }

  // mark makes a block the selected one: keys go to it.
  mark(id) {
    if (!id || id === this.selected) return;
    this.views.get(this.selected)?.element.classList.remove("selected");
    this.views.get(id)?.element.classList.add("selected");
    this.selected = id;
  }

  // select gives a block the focus, in command mode.
  select(id) {
    const element = this.views.get(id)?.element;
    if (!element) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    this.mark(id);
  }

  edit(id) {
    const view = this.views.get(id);
    view.edit();
    view.element.scrollIntoView({ block: "nearest" });
  }

  // leave goes from edit mode to command mode.
  leave(id) {
    const view = this.views.get(id);
    if (!(view instanceof Cell)) view.rest();
    view.element.focus({ preventScroll: true });
  }
}

const page = new Page(decodeURIComponent(location.pathname.slice(1)));
page.open();
