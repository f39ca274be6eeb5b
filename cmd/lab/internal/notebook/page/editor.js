// The page's own editor: a text area with clear letters over the same text in colours, so that
// what is typed, undone, selected or dictated is the browser's business. It needs nothing built.
//
// Both editors, this one and codemirror.js, are made by
//
//	createEditor(host, {source, label, changed, ask})
//	    -> {source, busy, focus(), select(from, to), aim(x, y), mark(place), destroy()}
//
// where changed(source) hears of edits, ask.complete and ask.inspect take (source, offset in
// bytes) and promise the kernel's answer, and place is {from, to} or null.

import { h } from "./dom.js";
import { coloured } from "./highlight.js";
import { Completion } from "./completion.js";
import { Tips } from "./tips.js";
import * as typing from "./typing.js";

export function createEditor(host, options) {
  return new PlainEditor(host, options);
}

class PlainEditor {
  constructor(host, { source, label, changed, ask }) {
    Object.assign(this, { changed, wrong: null, bracket: null, frame: 0 });
    this.area = h("textarea", {
      class: "input", "aria-label": label, spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off", wrap: "off", tabindex: "-1", rows: "1",
    });
    this.area.value = source;
    this.text = h("code", {});
    this.numbers = h("div", { class: "numbers", "aria-hidden": "true" });
    this.field = h("div", { class: "field" }, h("pre", { class: "code", "aria-hidden": "true" }, this.text), this.area);
    this.element = h("div", { class: "editor plain" }, this.numbers, h("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": "Text of the cell" }, this.field));
    host.replaceChildren(this.element);
    this.completion = new Completion(this, ask);
    this.tips = new Tips(this, ask);
    this.area.addEventListener("input", (event) => this.onInput(event));
    this.area.addEventListener("keydown", (event) => this.onKey(event));
    this.area.addEventListener("beforeinput", (event) => this.onBeforeInput(event));
    this.area.addEventListener("blur", () => this.onBlur());
    this.watch = () => document.activeElement === this.area && this.onMove();
    document.addEventListener("selectionchange", this.watch);
    this.render();
  }

  get source() {
    return this.area.value;
  }

  // Another text, from outside: nothing to undo.
  set source(text) {
    if (text === this.area.value) return;
    const { selectionStart, selectionEnd } = this.area;
    this.area.value = text;
    this.area.setSelectionRange(selectionStart, selectionEnd);
    this.render();
  }

  focus() {
    this.area.focus({ preventScroll: true });
  }

  select(from, to) {
    this.area.setSelectionRange(from, to);
  }

  // aim puts the caret at a point of the screen.
  aim(x, y) {
    const index = this.indexUnder(x, y);
    this.select(index < 0 ? this.source.length : index, index < 0 ? this.source.length : index);
  }

  // busy: Escape belongs to a pop-up.
  get busy() {
    return this.completion.open || Boolean(this.tips.shown);
  }

  mark(place) {
    this.wrong = place;
    this.render();
  }

  destroy() {
    document.removeEventListener("selectionchange", this.watch);
    this.completion.close();
    this.tips.close();
    this.element.remove();
  }

  get selection() {
    return { text: this.area.value, from: this.area.selectionStart, to: this.area.selectionEnd };
  }

  get caret() {
    return this.area.selectionEnd;
  }

  // apply makes the text what a key made of it, as one step that can be undone.
  apply(next) {
    if (!next) return false;
    const before = this.area.value;
    let from = 0, end = 0;
    while (from < before.length && before[from] === next.text[from]) from++;
    while (end < Math.min(before.length, next.text.length) - from && before.at(-1 - end) === next.text.at(-1 - end)) end++;
    if (before !== next.text) {
      this.area.setSelectionRange(from, before.length - end);
      this.insert(next.text.slice(from, next.text.length - end));
    }
    this.area.setSelectionRange(next.from, next.to);
    return true;
  }

  // insert puts text in the place of what is selected. The old command is the only one that the
  // browser can undo.
  insert(text) {
    this.own = true;
    const done = document.execCommand(text ? "insertText" : "delete", false, text);
    if (!done) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new Event("input"));
    }
    this.own = false;
  }

  replace(from, to, text) {
    this.area.setSelectionRange(from, to);
    this.insert(text);
  }

  onInput(event) {
    this.wrong = null;
    this.bracket = null;
    this.schedule();
    this.changed(this.area.value);
    if (!this.own) this.completion.typed(event);
    this.tips.typed();
  }

  // Brackets, quotes and pairs of them: heard before the letter lands, on any keyboard layout.
  onBeforeInput(event) {
    if (this.own || event.isComposing) return;
    let next = null;
    if (event.inputType === "insertText" && event.data?.length === 1) next = typing.typed(this.selection, event.data);
    if (event.inputType === "deleteContentBackward") next = typing.backspace(this.selection);
    if (!next) return;
    event.preventDefault();
    this.apply(next);
    if (event.data) this.tips.typed();
  }

  onKey(event) {
    if (event.isComposing || this.completion.key(event)) return;
    const control = event.ctrlKey || event.metaKey;
    let next = null;
    if (event.key === "Tab" && !control && !event.altKey) {
      if (!event.shiftKey && this.completion.wanted()) {
        event.preventDefault();
        this.completion.ask(true);
        return;
      }
      next = event.shiftKey ? typing.outdent(this.selection) : typing.indent(this.selection);
    } else if (event.key === "Enter" && !control && !event.shiftKey && !event.altKey) {
      next = typing.newline(this.selection);
    } else if (control && event.key === "/") {
      next = typing.comment(this.selection);
    } else if (control && event.key === "]") {
      next = typing.indent({ ...this.selection, ...this.line() });
    } else if (control && event.key === "[") {
      next = typing.outdent(this.selection);
    } else if (event.ctrlKey && event.code === "Space") {
      event.preventDefault();
      if (event.shiftKey) this.tips.atCaret();
      else this.completion.ask(true);
      return;
    }
    if (next) {
      event.preventDefault();
      this.apply(next);
    }
  }

  // line is the line of the caret as a selection.
  line() {
    const { text, from, to } = this.selection;
    if (from < to) return { from, to };
    const end = text.indexOf("\n", to);
    return { from: text.lastIndexOf("\n", from - 1) + 1, to: end < 0 ? text.length : end };
  }

  onMove() {
    const partner = this.area.selectionStart === this.area.selectionEnd ? typing.partnerOf(this.area.value, this.caret) : null;
    if (String(partner) !== String(this.bracket)) {
      this.bracket = partner;
      this.schedule();
    }
    this.tips.moved();
    this.completion.moved();
  }

  onBlur() {
    this.completion.close();
    this.tips.close();
    this.bracket = null;
    this.schedule();
  }

  // schedule renders once before the next picture, however much was typed.
  schedule() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.render());
  }

  render() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const source = this.area.value;
    const marks = this.wrong ? [{ ...this.wrong, name: "wrong" }] : [];
    const [one, other] = this.bracket ?? [];
    if (one !== undefined) marks.push({ from: one, to: one + 1, name: other === null ? "lonely" : "paired" });
    if (other) marks.push({ from: other, to: other + 1, name: "paired" });
    this.text.replaceChildren(coloured(source, marks), "\n"); // a last line is as high as the others
    const count = source.split("\n").length;
    if (count === this.lines) return;
    this.lines = count;
    this.numbers.textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
  }

  // range covers a part of the coloured text, to ask where it is on the screen.
  range(from, to) {
    if (this.frame) this.render();
    const range = document.createRange();
    const walker = document.createTreeWalker(this.text, NodeFilter.SHOW_TEXT);
    let node, at = 0, start = false;
    while ((node = walker.nextNode())) {
      const end = at + node.length;
      if (!start && from <= end) {
        range.setStart(node, from - at);
        start = true;
      }
      if (start && to <= end) {
        range.setEnd(node, to - at);
        break;
      }
      at = end;
    }
    return range;
  }

  // rectAt is where an index stands on the screen.
  rectAt(index) {
    const rects = this.range(index, index).getClientRects();
    return rects[rects.length - 1] ?? this.range(index, index + 1).getBoundingClientRect();
  }

  // indexUnder is the index of the letter at a point of the screen; -1 for none.
  indexUnder(x, y) {
    const box = this.text.getBoundingClientRect();
    const lines = this.area.value.split("\n");
    const row = Math.floor((y - box.top) / (box.height / lines.length));
    if (row < 0 || row >= lines.length) return -1;
    const start = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
    let low = 0, high = lines[row].length;
    while (low < high) { // the first letter that ends to the right of x
      const middle = (low + high) >> 1;
      if (this.range(start + middle, start + middle + 1).getBoundingClientRect().right > x) high = middle;
      else low = middle + 1;
    }
    return low < lines[row].length ? start + low : -1;
  }
}
