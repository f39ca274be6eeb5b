// The pop-up with ways to end a word.

import { bytesTo, indexAt } from "./bytes.js";
import { kindAt } from "./golang.js";
import { h } from "./dom.js";
import { listHeight, makeRoom, place } from "./place.js";

const mostShown = 100;
let lists = 0; // for ids

// What stands before the name: a letter for its kind.
const letters = { package: "p", func: "f", method: "m", field: "•", var: "v", const: "c", type: "t", builtin: "b", keyword: "k", import: "i" };

export class Completion {
  // editor is a PlainEditor.
  constructor(editor, ask) {
    Object.assign(this, { editor, server: ask, list: [], at: 0, open: false, asked: 0 });
    this.box = h("ul", { class: "completion", role: "listbox", id: `completion-${++lists}`, "aria-label": "Completions" });
    this.doc = h("div", { class: "completion-doc" });
    this.pop = h("div", { class: "popup completing" }, this.box, this.doc);
    this.pop.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the editor keeps the focus
      const item = event.target.closest("li");
      if (item) this.accept(this.list[Number(item.dataset.index)]);
    });
  }

  // typed decides whether what was typed calls for completions.
  typed(event) {
    const { source, caret } = this.editor;
    const before = source.slice(0, caret);
    const typing = event.inputType === "insertText";
    const word = /(^|[^\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*$|[\p{L}\p{N}_)\]]\.[\p{L}\p{N}_]*$/u.test(before);
    if (this.open) this.narrow();
    if (typing && word && kindOk(source, caret)) this.ask(false);
    else if (this.open && event.inputType === "deleteContentBackward" && /[\p{L}\p{N}_.]$/u.test(before)) this.ask(false);
    else this.close();
  }

  // wanted tells whether Tab means "end this word".
  wanted() {
    const { from, to, text } = this.editor.selection;
    return from === to && /[\p{L}\p{N}_.]$/u.test(text.slice(0, from)) && kindOk(text, from);
  }

  // ask asks the kernel; the only completion is taken at once if it was asked for by a key.
  async ask(byKey) {
    const { source, caret } = this.editor;
    const number = ++this.asked;
    const answer = await this.server.complete(source, bytesTo(source, caret));
    if (number !== this.asked || source !== this.editor.source || caret !== this.editor.caret) return;
    const list = (answer?.List ?? []).slice(0, mostShown);
    if (!list.length) return this.close();
    this.from = indexAt(source, answer.From);
    this.to = indexAt(source, answer.To);
    if (byKey && list.length === 1) this.accept(list[0]);
    else if (!byKey && list.length === 1 && list[0].Name === this.word) this.close();
    else this.show(list);
  }

  // word is what has been typed of the name.
  get word() {
    return this.editor.source.slice(this.from, this.editor.caret);
  }

  // narrow drops what no longer fits, until the kernel answers anew.
  narrow() {
    const word = this.word.toLowerCase();
    this.to = Math.max(this.to, this.editor.caret);
    const list = this.list.filter(({ Name }) => Name.toLowerCase().startsWith(word));
    if (list.length) this.show(list);
    else this.close();
  }

  show(list) {
    this.list = list;
    this.box.replaceChildren(...list.map((c, i) =>
      h("li", { role: "option", id: `${this.box.id}-${i}`, "data-index": String(i) },
        h("span", { class: `kind ${c.Kind}`, "aria-hidden": "true", title: c.Kind }, letters[c.Kind] ?? "·"), h("span", { class: "name" }, c.Name), h("span", { class: "type" }, c.Type))));
    if (!this.open) {
      makeRoom(this.editor.rectAt(this.from), listHeight);
      document.body.append(this.pop);
      this.open = true;
      this.editor.tips.close();
    }
    this.editor.area.setAttribute("aria-controls", this.box.id);
    place(this.pop, this.editor.rectAt(this.from), { enough: listHeight });
    this.choose(0);
  }

  choose(index) {
    this.at = (index + this.list.length) % this.list.length;
    for (const item of this.box.children) item.setAttribute("aria-selected", String(Number(item.dataset.index) === this.at));
    const item = this.box.children[this.at];
    item.scrollIntoView({ block: "nearest" });
    this.editor.area.setAttribute("aria-activedescendant", item.id);
    this.doc.textContent = this.list[this.at].Doc;
    this.doc.hidden = !this.list[this.at].Doc;
  }

  // key takes the keys that move in the pop-up; true if it was one of them.
  key(event) {
    if (!this.open || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    switch (event.key) {
      case "ArrowDown": this.choose(this.at + 1); break;
      case "ArrowUp": this.choose(this.at - 1); break;
      case "PageDown": this.choose(Math.min(this.at + 8, this.list.length - 1)); break;
      case "PageUp": this.choose(Math.max(this.at - 8, 0)); break;
      case "Enter": case "Tab": {
        const chosen = this.list[this.at];
        if (chosen.Name === this.word) { // it is all there: the key means what it always does
          this.close();
          return false;
        }
        this.accept(chosen);
        break;
      }
      case "Escape": this.close(); event.stopPropagation(); break;
      default: return false;
    }
    event.preventDefault();
    return true;
  }

  accept({ Name }) {
    this.close();
    this.editor.replace(this.from, this.to, Name);
  }

  // moved closes the pop-up when the caret has left the word.
  moved() {
    const { caret, source } = this.editor;
    if (this.open && (caret < this.from || /[^\p{L}\p{N}_/.-]/u.test(source.slice(this.from, caret)))) this.close();
  }

  close() {
    this.asked++;
    if (!this.open) return;
    this.open = false;
    this.pop.remove();
    this.editor.area.removeAttribute("aria-activedescendant");
    this.editor.area.removeAttribute("aria-controls");
  }
}

// kindOk: in comments nothing is completed, in strings only what may be an import.
function kindOk(source, caret) {
  const kind = kindAt(source, caret);
  return kind !== "c" && kind !== "m" && (kind !== "s" || /\bimport\b/.test(source.slice(0, caret)));
}
