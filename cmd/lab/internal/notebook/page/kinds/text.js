// Plain text: also what stands in for a kind that this page cannot draw.

import { h } from "../dom.js";

export function draw(host, data) {
  host.append(h("pre", { class: "text", tabindex: "0" }, data));
}
