// The list of keys.

import { button, h } from "./dom.js";
import { keys, typingKeys } from "./keys.js";

const pretty = (name) => name.replace("ArrowUp", "↑").replace("ArrowDown", "↓").replace("Escape", "Esc");

export class Help {
  constructor() {
    const rows = (mode) => keys.filter((k) => k.title && k.mode === mode).map((k) => [pretty(k.keys), k.title]);
    const table = (title, list) => h("section", {}, h("h3", {}, title),
      h("dl", {}, ...list.flatMap(([name, what]) => [h("dt", {}, ...name.split(" ").map((one) => h("kbd", {}, one))), h("dd", {}, what)])));
    this.dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" },
      h("div", { class: "head" }, h("h2", { id: "help-title" }, "Keys"), button({ icon: "close", title: "Close", keys: "Esc", click: () => this.dialog.close() })),
      h("div", { class: "tables" },
        table("Anywhere", [...rows("both"), ...rows("edit")]),
        table("A block has the focus", rows("command")),
        table("In the text of a cell", typingKeys)));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    document.body.append(this.dialog);
  }

  open() {
    this.dialog.showModal();
  }
}
