// The presenter's view: one idea, a section with its heading, a screen. Cells can be run and
// changed there as always.

import { button, h } from "./dom.js";

export class Present {
  constructor(page) {
    Object.assign(this, { page, on: false, at: 0, slides: [] });
    this.count = h("span", { class: "count", "aria-live": "polite" });
    this.bar = h("div", { class: "present-bar", hidden: true, role: "group", "aria-label": "Presentation" },
      button({ icon: "up", title: "Previous", keys: "←", click: () => this.go(this.at - 1) }), this.count,
      button({ icon: "down", title: "Next", keys: "→", click: () => this.go(this.at + 1) }),
      button({ icon: "close", title: "End the presentation", keys: "Esc", click: () => this.toggle() }));
    document.body.append(this.bar);
  }

  toggle() {
    this.on = !this.on;
    document.documentElement.classList.toggle("presenting", this.on);
    this.bar.hidden = !this.on;
    if (!this.on) {
      this.reveal();
      this.page.select(this.page.selected);
      return;
    }
    this.collect();
    const block = this.page.views.get(this.page.selected)?.element;
    this.go(Math.max(0, this.slides.findIndex((units) => units.some((unit) => block?.contains(unit)))));
  }

  // collect sorts what the page shows into slides: each heading of the second level begins one.
  collect() {
    this.slides = [[]];
    for (const id of this.page.notebook.order) {
      const { element } = this.page.views.get(id);
      const units = element.classList.contains("prose") ? element.querySelectorAll(".content > *") : [element];
      for (const unit of units) {
        if (unit.localName === "h2" && this.slides.at(-1).length) this.slides.push([]);
        this.slides.at(-1).push(unit);
      }
    }
  }

  reveal() {
    for (const unit of document.querySelectorAll(".off-slide")) unit.classList.remove("off-slide");
  }

  go(index) {
    this.at = Math.min(Math.max(index, 0), this.slides.length - 1);
    this.reveal();
    this.slides.forEach((units, i) => i !== this.at && units.forEach((unit) => unit.classList.add("off-slide")));
    for (const { element } of this.page.views.values()) {
      const content = element.querySelector(".content");
      if (content && ![...content.children].some((unit) => !unit.classList.contains("off-slide"))) element.classList.add("off-slide");
    }
    this.count.textContent = `${this.at + 1} of ${this.slides.length}`;
    scrollTo(0, 0);
    const first = this.slides[this.at][0];
    first?.closest(".block")?.focus({ preventScroll: true });
  }

  // refresh keeps the view right when blocks change.
  refresh() {
    if (!this.on) return;
    this.collect();
    this.go(this.at);
  }

  // key takes the keys that turn slides; true if it was one. While a text is typed, none is.
  key(event) {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.composedPath()[0].matches?.("textarea, input, select, [contenteditable='true']")) return false;
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (event.composedPath().some((e) => e.matches?.(".output")) && event.key.startsWith("Arrow")) return false;
    if (by) this.go(this.at + by);
    else if (event.key === "Escape") this.toggle();
    else return false;
    event.preventDefault();
    return true;
  }
}
