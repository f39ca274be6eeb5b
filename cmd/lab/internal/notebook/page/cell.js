// A cell on the page: its text in an editor, how its run went, what it shows.

import { actions } from "./actions.js";
import { button, h, icon } from "./dom.js";
import { Exercise } from "./exercise.js";
import { expected } from "./expected.js";
import { coloured } from "./highlight.js";
import { mistake } from "./mistake.js";
import { Output } from "./output.js";
import { Status, inWords } from "./status.js";
import { placeOf } from "./bytes.js";

export class Cell {
  constructor(page, block) {
    Object.assign(this, { page, id: block.id, editor: null });
    const { act } = page;
    this.runButton = button({ icon: "run", title: "Run this cell", keys: "Ctrl-Enter", kind: "run", click: () => (this.isRunning ? act.stop() : act.run([this.id])) });
    this.number = h("span", { class: "number", "aria-hidden": "true" });
    this.source = h("div", { class: "source" });
    this.source.addEventListener("pointermove", () => this.wake()); // scrolling moves no mouse
    this.source.addEventListener("pointerup", ({ clientX, clientY }) => {
      if (this.editor) return;
      this.edit(); // a finger comes and presses at once, before there is an editor to press on
      this.editor.aim(clientX, clientY);
    });
    const status = h("div", { class: "status" });
    this.trouble = h("div", { class: "trouble" });
    const output = h("div", { class: "output", hidden: true });
    this.comparison = h("div", { class: "comparison" });
    this.extra = h("div", { class: "extra" });
    this.element = h("section", { class: "block cell", tabindex: "0", "data-id": this.id },
      h("div", { class: "side" }, this.runButton, this.number),
      h("div", { class: "body" }, this.source, status, this.extra, this.trouble, output, this.comparison),
      actions(page, this.id));
    this.status = new Status(status, { run: () => act.run([this.id]), reset: () => act.reset(this.id) });
    this.output = new Output(output, {
      set: (name, value) => page.send({ t: "set", id: this.id, name, value }),
      frame: (display) => `/frame?${new URLSearchParams({ notebook: page.id, cell: this.id, display })}`,
    });
    this.rest();
    this.show(block);
    this.showOutput();
  }

  get text() {
    return this.editor ? this.editor.source : this.page.edits.sourceOf(this.page.notebook.blocks.get(this.id));
  }

  get state() {
    return this.page.notebook.stateOf(this.id);
  }

  get isRunning() {
    return this.state.state === "running";
  }

  // rest shows the text without an editor, which most cells never need.
  rest() {
    const source = this.text;
    const { error } = this.state;
    const place = error && placeOf(source, error);
    const count = source.split("\n").length;
    const numbers = Array.from({ length: count }, (_, i) => i + 1).join("\n");
    this.source.replaceChildren(h("div", { class: "editor plain" },
      h("div", { class: "numbers", "aria-hidden": "true" }, numbers),
      h("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": "Text of the cell" }, h("div", { class: "field" }, h("pre", { class: "code" }, h("code", {}, coloured(source, place ? [{ ...place, name: "wrong" }] : []), "\n"))))));
  }

  // wake makes the editor: when the mouse comes, or the caret.
  wake() {
    if (this.editor) return this.editor;
    const { page, id } = this;
    const ask = (t) => (source, offset) => page.link.ask(t, { id, source, offset });
    this.editor = page.createEditor(this.source, {
      source: this.text,
      label: this.name(),
      changed: (source) => page.edits.change(id, source),
      ask: { complete: ask("complete"), inspect: ask("inspect") },
    });
    this.markMistake();
    return this.editor;
  }

  name() {
    const { n, exercise } = this.page.notebook.blocks.get(this.id);
    return exercise ? `Cell ${n}, exercise ${exercise.name}` : `Cell ${n}`;
  }

  // edit puts the caret into the text.
  edit() {
    this.wake().focus();
  }

  // show takes in a changed block.
  show(block) {
    this.number.textContent = block.n ?? "";
    const source = this.page.edits.sourceOf(block);
    if (this.editor) this.editor.source = source;
    else this.rest();
    this.element.classList.toggle("is-exercise", Boolean(block.exercise));
    if (block.exercise) {
      this.exercise ??= new Exercise(this.extra, {
        check: () => this.page.act.run([this.id]),
        hint: () => this.page.send({ t: "hint", id: this.id }),
        solution: () => this.page.send({ t: "solution", id: this.id }),
      });
    }
    this.exercise?.show(block.exercise);
    this.showState();
  }

  showState() {
    const { state } = this;
    const block = this.page.notebook.blocks.get(this.id);
    this.status.show(block, state);
    const running = this.isRunning;
    if (running !== this.shownRunning) {
      this.shownRunning = running;
      this.runButton.replaceChildren(icon(running ? "stop" : "run"));
      this.runButton.setAttribute("aria-label", running ? "Stop" : "Run this cell");
      this.runButton.title = running ? "Stop (i i)" : "Run this cell (Ctrl-Enter)";
    }
    this.element.dataset.state = state.state;
    this.element.classList.toggle("is-stale", Boolean(state.stale));
    this.element.setAttribute("aria-label", [this.name(), inWords(state) || state.state, state.stale && "out of date"].filter(Boolean).join(", "));
    const trouble = [];
    if (state.error) trouble.push(mistake(state.error, () => this.goTo(state.error)));
    for (const note of state.notes ?? []) trouble.push(h("p", { class: "remark" }, note));
    this.trouble.replaceChildren(...trouble);
    this.markMistake();
    this.compare();
  }

  markMistake() {
    const { error } = this.state;
    if (this.editor) this.editor.mark(error ? placeOf(this.text, error) : null);
    else if (error !== this.marked) this.rest();
    this.marked = error;
  }

  goTo(error) {
    const place = placeOf(this.text, error);
    this.edit();
    if (place) this.editor.select(place.from, place.to);
  }

  showOutput() {
    this.output.show(this.page.notebook.outputOf(this.id));
    this.compare();
  }

  compare() {
    const { notebook } = this.page;
    const element = expected(notebook.blocks.get(this.id), this.state, notebook.outputOf(this.id), { moved: notebook.moved, kind: notebook.about.kind });
    this.element.classList.toggle("differs", Boolean(element));
    this.comparison.replaceChildren(...(element ? [element] : []));
  }

  aside(message) {
    this.exercise?.aside(message);
  }

  destroy() {
    this.editor?.destroy();
    this.output.destroy();
    this.element.remove();
  }
}
