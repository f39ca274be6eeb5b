// What an exercise has beside its cell: check, hints one at a time, the solution when it is solved
// or asked for.

import { button, fragment, h } from "./dom.js";
import { coloured } from "./highlight.js";

export class Exercise {
  // act is {check(), hint(), solution()}.
  constructor(host, act) {
    this.check = button({ label: "Check", kind: "main", icon: "run", keys: "Shift-Enter", title: "Run the cell and check it", click: act.check });
    this.hint = button({ kind: "button", label: "Hint", click: act.hint });
    this.solution = button({ kind: "bare", label: "Solution", click: () => this.askSolution(act.solution) });
    this.sure = h("span", { class: "sure", hidden: true }, "Show it although it is not solved yet?",
      button({ kind: "button", label: "Show it", click: () => { this.sure.hidden = true; act.solution(); } }),
      button({ label: "I go on trying", click: () => { this.sure.hidden = true; this.solution.focus(); } }));
    this.done = h("span", { class: "solved" }, "✓ solved");
    this.asides = h("div", { class: "asides", "aria-live": "polite" });
    this.bar = h("div", { class: "exercise" }, this.check, this.hint, this.solution, this.done, this.sure);
    host.append(this.bar, this.asides);
    this.shown = new Map(); // "hint 1" -> element
  }

  show(exercise) {
    this.exercise = exercise;
    this.bar.hidden = !exercise;
    this.asides.hidden = !exercise;
    if (!exercise) return;
    const { hints = 0, read = 0, solved = false } = exercise;
    this.hint.hidden = hints === 0;
    this.hint.disabled = read >= hints && this.has("hint", hints);
    this.hint.lastChild.textContent = read === 0 ? "Hint" : `Next hint (${Math.min(read, hints)} of ${hints} read)`;
    this.done.hidden = !solved;
    if (solved) this.sure.hidden = true;
  }

  has(kind, level) {
    return this.shown.has(`${kind} ${level}`);
  }

  askSolution(ask) {
    if (this.exercise.solved) return ask();
    this.sure.hidden = false;
    this.sure.querySelector("button").focus();
  }

  // aside shows a hint or the solution that the server sent.
  aside({ kind, level = 0, title, html, source }) {
    const key = `${kind} ${level}`;
    const element = h("div", { class: `aside ${kind}`, tabindex: "-1" },
      h("h4", {}, title || (kind === "hint" ? `Hint ${level}` : "Solution")),
      html ? fragment(html) : null,
      source ? h("pre", { tabindex: "0" }, h("code", { class: "code" }, coloured(source.replace(/\n$/, "")))) : null);
    if (this.shown.has(key)) this.shown.get(key).replaceWith(element);
    else this.asides.append(element);
    this.shown.set(key, element);
    if (this.exercise) this.show(this.exercise);
    element.scrollIntoView({ block: "nearest" });
  }
}
