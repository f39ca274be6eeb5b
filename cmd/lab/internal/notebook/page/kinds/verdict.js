// What a check says of an exercise: {exercise, passed, counterexample}.

import { h } from "../dom.js";

export function draw(host, data) {
  const { passed, counterexample } = JSON.parse(data);
  const word = passed ? "Right." : "Not yet.";
  host.append(
    h("div", { class: `verdict ${passed ? "passed" : "failed"}` },
      h("span", { class: "mark", "aria-hidden": "true" }, passed ? "✓" : "→"),
      h("p", {}, h("strong", {}, word), passed ? "" : ` ${counterexample}`)),
  );
}
