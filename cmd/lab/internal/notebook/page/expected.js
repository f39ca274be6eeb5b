// The lesson's output, beside the learner's own where the two differ.

import { h } from "./dom.js";
import { agrees, asShown, ownText } from "./printed.js";

// expected returns an element, or null where there is nothing to compare.
export function expected(block, state, outputs) {
  const ended = state.state === "done" || (state.state === "failed" && block.fails);
  if (!block.expected || block.changed || !ended || agrees(ownText(outputs, state.error), block.expected)) return null;
  return h("div", { class: "expected" },
    h("p", { class: "label" }, "The lesson got"),
    h("pre", { tabindex: "0" }, asShown(block.expected)));
}
