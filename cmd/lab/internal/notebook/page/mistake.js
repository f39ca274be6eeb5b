// A mistake below its cell: the sentence, what to do, and a way to the place.

import { button, h } from "./dom.js";

export function mistake(error, go) {
  const where = error.line ? button({ label: `line ${error.line}`, kind: "link", title: "Go to the place", click: go }) : null;
  return h("div", { class: "mistake" },
    h("p", { class: "message" }, where, where && ": ", error.message),
    error.advice && h("p", { class: "advice" }, error.advice));
}
