// What a prediction came to: what was said, beside what it is.

import { h } from "../dom.js";

export function draw(host, data) {
  const { question, truth, guess, confidence, right } = JSON.parse(data);
  const said = guess
    ? h("div", { class: "side-by-side" }, h("span", { class: "small" }, "You said"), h("b", {}, guess), h("span", { class: "small" }, `${Math.round(100 * (confidence ?? 0))} % sure`))
    : h("div", { class: "side-by-side" }, h("span", { class: "small" }, "You made no bet"));
  const is = h("div", { class: "side-by-side truth" }, h("span", { class: "small" }, "It is"), h("b", {}, truth));
  const outcome = guess ? (right ? "right" : "wrong") : "open";
  host.append(h("div", { class: `settled ${outcome}` },
    h("p", { class: "question" }, question.text),
    h("div", { class: "both" }, said, is, guess && h("span", { class: "outcome" }, right ? "✓ as you said" : (confidence ?? 0) >= 0.7 ? "a surprise: worth a second look" : "not as you said"))));
}
