// The output that the lesson or the file has, beside the learner's own where the two differ.

import { h } from "./dom.js";
import { agrees } from "./agree.js";
import { asShown, ownText } from "./printed.js";

// placeless is what the lesson says, without the place of an error: cells that the learner put above
// move it.
const placeless = ({ expected, fails }) => (fails ? expected.replace(/^cell \d+(:\d+)*: /m, "") : expected);

// expected returns an element, or null where there is nothing to compare: where the learner changed
// the cell, or moved a control, another output is what is to be expected.
export function expected(block, state, outputs, { moved, kind }) {
  const ended = state.state === "done" || (state.state === "failed" && block.fails);
  if (!block.expected || block.changed || moved || !ended || agrees(ownText(outputs, state.error), placeless(block), block.tol)) return null;
  return h("div", { class: "expected" },
    h("p", { class: "label" }, kind === "file" ? "The file says" : "The lesson got"),
    h("pre", { tabindex: "0" }, asShown(block.expected)));
}
