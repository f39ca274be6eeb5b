// The bar at the head of the page: what concerns the whole notebook.

import { button, h, plural } from "./dom.js";

const kernelWords = { starting: "starting", idle: "ready", busy: "running", ended: "not running", lost: "no connection" };

const downloads = { md: "Save as Markdown", html: "Save as one HTML file", ipynb: "Save for Jupyter", go: "Save as a Go program" };

export class Toolbar {
  constructor(host, page) {
    this.page = page;
    const { act } = page;
    this.title = h("span", { class: "title" });
    this.all = button({ icon: "all", label: "Run all", click: () => act.runAll() });
    this.stale = button({ icon: "run", label: "Run stale", title: "Run the cells that changed since they ran, or whose inputs did", click: () => act.runStale() });
    this.stop = button({ icon: "stop", label: "Stop", keys: "i i", click: () => act.stop() });
    this.kernel = h("span", { class: "kernel" });
    this.saved = h("span", { class: "saved" });
    this.sections = button({ icon: "list", title: "Sections", click: () => page.outline.toggle() });
    host.append(
      h("a", { class: "home", href: "/lessons", title: "All lessons" }, h("img", { src: "/static/icon.svg", alt: "lab: all lessons", width: "22", height: "22" })),
      this.sections, this.title, this.saved, this.kernel,
      h("div", { class: "tools", role: "group", "aria-label": "Notebook" }, this.all, this.stale, this.stop,
        button({ icon: "restart", title: "Restart: forget all that was run", keys: "0 0", click: () => act.restart() }),
        button({ icon: "show", title: "Present: one idea a screen", keys: "p", click: () => page.present.toggle() }),
        button({ icon: "keys", title: "Keys", keys: "?", click: () => page.help.open() }),
        this.menu(host)));
  }

  // menu holds what is seldom needed.
  menu(host) {
    const { act, banners } = this.page;
    this.items = h("div", { class: "items" });
    const menu = h("details", { class: "menu" }, h("summary", { title: "More", "aria-label": "More" }, "⋯"), this.items);
    const item = (label, click) => button({ label, click: () => { menu.open = false; click(); } });
    this.resetAll = item("Reset the whole lesson …", () => banners.show("reset", "Put every cell of this lesson back to the lesson's own text? What you changed is lost.", [
      { label: "Reset the lesson", do: () => act.reset("") }, { label: "Keep mine", do: () => {} },
    ]));
    this.items.append(item("Undo insert, delete or move", () => act.undo()), this.resetAll, item("Print", () => print()));
    for (const [as, label] of Object.entries(downloads)) this.items.append(this.download(as, label));
    if (this.page.editorName) this.items.append(item(this.page.editorName === "plain" ? "Use CodeMirror as editor" : "Use the plain editor", () => this.page.switchEditor()));
    menu.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !menu.contains(relatedTarget) && (menu.open = false));
    document.addEventListener("click", (event) => menu.contains(event.target) || (menu.open = false));
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.firstChild.focus();
    });
    return menu;
  }

  // download is a link to the notebook as something else. What is typed is saved first.
  download(as, label) {
    const link = h("a", { class: "button bare", download: "" }, label);
    link.addEventListener("click", () => {
      this.page.edits.flush();
      link.href = `/download?${new URLSearchParams({ notebook: this.page.notebook.about.id, as })}`;
    });
    link.href = "#";
    return link;
  }

  // show brings the bar up to date.
  show() {
    const { notebook, edits } = this.page;
    const stale = notebook.stale().length;
    this.title.textContent = notebook.about.title ?? "";
    this.resetAll.hidden = notebook.about.kind !== "lesson";
    this.stale.hidden = stale === 0;
    this.stale.lastChild.textContent = `Run ${plural(stale, "stale cell")}`;
    this.stop.disabled = !notebook.busy;
    const state = this.page.away.isLost ? "lost" : notebook.busy ? "busy" : notebook.kernel.state;
    this.kernel.textContent = kernelWords[state] ?? state;
    this.kernel.className = `kernel ${state}`;
    this.kernel.title = notebook.kernel.note ?? "";
    this.showSaved(edits.unsaved);
  }

  showSaved(unsaved) {
    this.saved.textContent = !unsaved ? "" : this.page.away.isLost ? "not saved yet" : "saving …";
  }
}
