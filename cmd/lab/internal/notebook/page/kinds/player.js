// Play, step, back and a slider over so many steps.

import { h } from "../dom.js";
import { sign, taken } from "./parts.js";

const pace = 650; // ms for a step

export class Player {
  constructor(count, show, name) {
    Object.assign(this, { count, show, at: 0, timer: 0 });
    this.play = sign("▶", "Play", "step", () => (this.timer ? this.stop() : this.start()));
    this.back = sign("|◀", "One step back", "step", () => this.step(-1));
    this.next = sign("▶|", "One step on", "step", () => this.step(1));
    this.range = h("input", { type: "range", min: 0, max: count - 1, step: 1, value: 0, "aria-label": name, on: {
      input: () => {
        this.stop();
        this.go(Number(this.range.value));
      },
      keydown: (event) => {
        const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        event.stopPropagation();
        if (!by) return;
        taken(event);
        this.step(by);
      },
    } });
    this.words = h("span", { class: "where", role: "status" });
    this.element = h("div", { class: "player", role: "group", "aria-label": name }, this.back, this.play, this.next, this.range, this.words);
  }

  go(at) {
    this.at = Math.min(Math.max(at, 0), this.count - 1);
    this.range.value = this.at;
    this.range.style.setProperty("--part", `${this.count > 1 ? (100 * this.at) / (this.count - 1) : 0}%`);
    this.back.disabled = this.at === 0;
    this.next.disabled = this.at === this.count - 1;
    this.words.textContent = `${this.at + 1} of ${this.count}`;
    this.show(this.at);
  }

  step(by) {
    this.stop();
    this.go(this.at + by);
  }

  start() {
    if (this.at === this.count - 1) this.go(0);
    this.timer = setInterval(() => {
      this.go(this.at + 1);
      if (this.at === this.count - 1) this.stop();
    }, pace);
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", "Pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", "Play");
  }

  destroy() {
    this.stop();
  }
}
