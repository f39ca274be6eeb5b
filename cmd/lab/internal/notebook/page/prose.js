// Prose and quotes of code. Prose is edited as Markdown; the server makes HTML of it.

import { actions } from "./actions.js";
import { button, fragment, h } from "./dom.js";
import { coloured } from "./highlight.js";

export class Prose {
  constructor(page, block) {
    Object.assign(this, { page, id: block.id, area: null });
    this.content = h("div", { class: "content" });
    this.element = h("section", { class: `block ${block.kind}`, tabindex: "0", "data-id": this.id, "aria-label": block.kind === "quote" ? "Quoted code" : "Text" },
      h("div", { class: "body" }, this.content), actions(page, this.id));
    this.content.addEventListener("dblclick", (event) => event.target.closest("a, button") || this.edit());
    this.show(block);
  }

  get text() {
    return this.page.edits.sourceOf(this.page.notebook.blocks.get(this.id));
  }

  show(block) {
    const shown = block.kind === "quote" ? block.source : block.html ?? "";
    if (this.shown !== shown) {
      this.shown = shown;
      this.content.replaceChildren(...(block.kind === "quote" ? quoted(block) : [fragment(shown)]));
      for (const pre of this.content.querySelectorAll("pre")) pre.tabIndex = 0; // it may scroll
      if (!this.content.firstElementChild) this.content.append(h("p", { class: "empty" }, "Empty text: Enter to write"));
    }
    if (this.area && document.activeElement !== this.area) this.area.value = this.page.edits.sourceOf(block);
  }

  // edit shows the Markdown instead. A quote is the library's text, and stays.
  edit() {
    if (this.element.classList.contains("quote") || this.area) return this.area?.focus();
    this.area = h("textarea", { class: "markdown", "aria-label": "Text, as Markdown", spellcheck: "true" });
    this.area.value = this.text;
    this.area.addEventListener("input", () => {
      this.page.edits.change(this.id, this.area.value);
      this.grow();
    });
    const done = button({ label: "Done", keys: "Shift-Enter", kind: "button", click: () => { this.rest(); this.element.focus(); } });
    this.content.hidden = true;
    this.editing = h("div", { class: "editing" }, this.area, done);
    this.content.after(this.editing);
    this.grow();
    this.area.focus();
  }

  // grow makes the area as high as its text.
  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }

  // rest goes back to the text as it reads.
  rest() {
    if (!this.area) return;
    this.page.edits.flush();
    this.editing.remove();
    this.area = null;
    this.content.hidden = false;
  }

  destroy() {
    this.element.remove();
  }
}

// quoted shows a piece of the project's own source.
function quoted({ source, html, of }) {
  const code = html ? fragment(html) : h("pre", {}, h("code", { class: "code" }, coloured(source)));
  return [code, h("p", { class: "of" }, (of ?? "").replace("#", ", "))];
}
