// The line below a cell's text: how its run went, and what it should know.

import { button, duration, h } from "./dom.js";

const words = { idle: "", queued: "waiting" };

const quick = 0.1; // seconds that are not worth a word

// inWords says a state in a few words.
export function inWords({ state, seconds }, now = seconds) {
  const time = now >= quick ? duration(now) : "";
  switch (state) {
    case "running": return ["running", time].filter(Boolean).join(" · ");
    case "done": return time || "✓";
    case "failed": case "stopped": return time ? `${state} after ${time}` : state;
  }
  return words[state] ?? "";
}

export class Status {
  constructor(host, { run, reset }) {
    this.text = h("span", { class: "how" });
    this.stale = h("span", { class: "stale", title: "This cell, or what it uses, changed since it ran" }, "out of date", button({ label: "run it", kind: "link", click: run }));
    this.changed = h("span", { class: "changed" }, "changed from the lesson", button({ label: "reset", kind: "link", title: "Back to the lesson's text", click: reset }));
    host.append(this.text, this.stale, this.changed);
    this.host = host;
  }

  show(block, state) {
    if (state.state === "running" && this.state?.state !== "running") this.since = performance.now() - 1000 * (state.seconds ?? 0);
    this.state = state;
    this.stale.hidden = !state.stale || state.state === "running" || state.state === "queued";
    this.changed.hidden = !block.changed;
    this.tick();
  }

  // tick goes on counting while the cell runs.
  tick() {
    const running = this.state.state === "running";
    this.text.textContent = inWords(this.state, running ? (performance.now() - this.since) / 1000 : this.state.seconds);
    this.text.className = `how ${this.state.state}`;
    this.host.hidden = !this.text.textContent && this.stale.hidden && this.changed.hidden;
  }
}
