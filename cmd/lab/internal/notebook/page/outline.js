// The sections of the page, beside the column where there is room, else in a panel.

import { h } from "./dom.js";

const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

export class Outline {
  // go(block) is called with the block of a section that was chosen; opener is what opens the panel.
  constructor(host, blocks, go) {
    Object.assign(this, { host, blocks, go, opener: null, links: new Map() });
    addEventListener("scroll", () => this.frame ??= requestAnimationFrame(() => this.mark()), { passive: true });
    host.addEventListener("click", (event) => this.choose(event.target.closest("a")));
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !host.classList.contains("open")) return;
      host.classList.remove("open");
      this.opener?.focus();
    });
  }

  // build reads the headings of the page.
  build() {
    const headings = [...this.blocks.querySelectorAll(".prose .content :is(h2, h3)")];
    this.links.clear();
    this.current = undefined;
    const used = new Set();
    for (const heading of headings) {
      let id = heading.id || slug(heading.textContent) || "section";
      while (used.has(id)) id += "-";
      used.add(id);
      heading.id = id;
      this.links.set(heading, h("a", { href: `#${encodeURIComponent(id)}`, class: heading.localName }, heading.textContent));
    }
    this.host.replaceChildren(h("ol", {}, ...[...this.links.values()].map((link) => h("li", {}, link))));
    this.host.hidden = headings.length < 2;
    this.mark();
  }

  // mark shows which section is being read: the last whose heading is above the middle. Blocks are
  // asked where they are: a heading that is far away has not been laid out.
  mark() {
    this.frame = null;
    const headings = [...this.links.keys()];
    let low = 0, high = headings.length; // sections before low have begun, those from high on have not
    while (low < high) {
      const middle = (low + high) >> 1;
      if (headings[middle].closest(".block").getBoundingClientRect().top > innerHeight * 0.4) high = middle;
      else low = middle + 1;
    }
    const current = this.links.get(headings[low - 1]);
    if (current === this.current) return;
    this.current?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    this.current = current;
  }

  choose(link) {
    if (!link) return;
    this.host.classList.remove("open");
    const [heading] = [...this.links].find(([, other]) => other === link);
    setTimeout(() => this.go(heading.closest(".block"))); // once the browser has gone there, and let the focus go
  }

  toggle() {
    this.opener = document.activeElement;
    this.host.classList.toggle("open");
    if (this.host.classList.contains("open")) this.host.querySelector("a")?.focus();
  }
}
