// What the kernel says of a call while its arguments are typed, and of a name under the mouse.

import { bytesTo } from "./bytes.js";
import { call, description } from "./describe.js";
import { kindAt } from "./golang.js";
import { h } from "./dom.js";
import { place } from "./place.js";

const rest = 350; // milliseconds that the mouse rests before it asks

export class Tips {
  // editor is a PlainEditor.
  constructor(editor, ask) {
    Object.assign(this, { editor, server: ask, asked: 0, timer: 0 });
    this.box = h("div", { class: "popup tip", role: "tooltip" });
    const { area } = editor;
    area.addEventListener("mousemove", (event) => this.hover(event));
    area.addEventListener("mouseleave", (event) => this.leave(event));
    area.addEventListener("keydown", (event) => event.key === "Escape" && this.shown && (this.close(), event.stopPropagation()));
    this.box.addEventListener("mouseleave", () => this.kind === "hover" && this.close());
  }

  // typed looks for the call around the caret after a bracket or a comma, and from then on until
  // there is none.
  typed() {
    const { source, caret } = this.editor;
    this.calling ||= /[(,]\s*$/.test(source.slice(0, caret));
    if (this.calling) this.askCall();
    else if (this.kind === "hover") this.close();
  }

  moved() {
    if (this.kind === "call") this.askCall();
  }

  async inspect(index) {
    const number = ++this.asked;
    const { source } = this.editor;
    const answer = await this.server.inspect(source, bytesTo(source, index));
    return number === this.asked && source === this.editor.source ? answer : undefined;
  }

  async askCall() {
    const { caret } = this.editor;
    const answer = await this.inspect(caret);
    if (answer === undefined || this.editor.completion.open) return;
    if (answer?.call && document.activeElement === this.editor.area) this.show("call", call(answer.call, answer.argument), this.editor.rectAt(caret));
    else if (this.calling) this.close();
  }

  // atCaret shows what there is to say by the keyboard.
  async atCaret() {
    const { caret } = this.editor;
    const answer = await this.inspect(caret);
    const content = answer?.name ? description(answer.name) : answer?.call && call(answer.call, answer.argument);
    if (content) this.show("caret", content, this.editor.rectAt(caret));
  }

  hover({ clientX, clientY, buttons }) {
    clearTimeout(this.timer);
    if (buttons || this.editor.completion.open) return;
    this.timer = setTimeout(async () => {
      const index = this.editor.indexUnder(clientX, clientY);
      const { source } = this.editor;
      if (index < 0 || !/[\p{L}\p{N}_]/u.test(source[index]) || "cs".includes(kindAt(source, index + 1) || "-")) {
        if (this.kind === "hover") this.close();
        return;
      }
      const answer = await this.inspect(index);
      if (answer?.name) this.show("hover", description(answer.name), this.editor.rectAt(index));
      else if (answer === null || this.kind === "hover") this.close();
    }, rest);
  }

  leave({ relatedTarget }) {
    clearTimeout(this.timer);
    if (this.kind === "hover" && !this.box.contains(relatedTarget)) this.close();
  }

  show(kind, content, rect) {
    this.kind = kind;
    this.box.replaceChildren(content);
    if (!this.shown) {
      document.body.append(this.box);
      this.shown = true;
    }
    place(this.box, rect, { above: true });
  }

  close() {
    this.asked++;
    clearTimeout(this.timer);
    this.kind = "";
    this.calling = false;
    if (!this.shown) return;
    this.shown = false;
    this.box.remove();
  }
}
