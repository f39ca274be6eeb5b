// Parts that controls have in common.

import { button, h } from "../dom.js";

// sign is a button with a sign on it; name says what it does.
export function sign(label, name, kind, click) {
  const made = button({ label, title: name, kind, click });
  made.setAttribute("aria-label", name);
  return made;
}

// head is the control's name, what it stands at, and a way back to where it started.
export function head(control, { id, tag = "span", back } = {}) {
  const value = h("output", { class: "value" });
  const again = back && sign("↺", `Back to where ${control.name} started`, "bare back", back);
  const row = h("div", { class: "control-head" },
    h(tag, tag === "label" ? { class: "control-name", for: id } : { class: "control-name", id }, control.name),
    value, control.live && h("span", { class: "live", title: "It acts while the cell runs" }, "live"), again);
  return { row, value, moved: (is) => again && (again.style.visibility = is ? "visible" : "hidden") };
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// arrows turns a key into a step: [down, right], null for other keys.
export const arrows = ({ key }) => ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] })[key] ?? null;

// taken keeps a key from the notebook and from scrolling the page.
export function taken(event) {
  event.preventDefault();
  event.stopPropagation();
}
