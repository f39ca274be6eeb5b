// One of several options, and a switch.

import { h } from "../dom.js";
import { head } from "./parts.js";
import { unique } from "./tools.js";

export function choice(shell, control, set) {
  const options = control.options;
  const few = options.length <= 6 && options.join("").length <= 64;
  return few ? segments(shell, control, set) : list(shell, control, set);
}

function segments(shell, control, set) {
  const id = unique("choice");
  const { row } = head(control, { id });
  const inputs = control.options.map((option) => h("input", { type: "radio", name: id, value: option, on: { change: () => set(option), keydown: (event) => event.stopPropagation() } }));
  shell.append(row, h("div", { class: "segments", role: "radiogroup", "aria-labelledby": id }, ...inputs.map((input, i) => h("label", {}, input, h("span", {}, control.options[i])))));
  const show = (next) => inputs.forEach((input) => (input.checked = input.value === next.value));
  show(control);
  return { update: show };
}

function list(shell, control, set) {
  const id = unique("choice");
  const { row } = head(control, { id, tag: "label" });
  const select = h("select", { id, on: { change: () => set(select.value), keydown: (event) => event.stopPropagation() } }, ...control.options.map((option) => h("option", { value: option }, option)));
  shell.append(row, select);
  const show = (next) => (select.value = next.value);
  show(control);
  return { update: show };
}

// onOff is a switch, or a toggle that acts while a cell runs.
export function onOff(shell, control, set) {
  let on;
  const word = h("span", { class: "word" });
  const press = h("button", { type: "button", class: "on-off", role: "switch" }, h("span", { class: "knob" }), h("span", { class: "control-name" }, control.name), word, control.live && h("span", { class: "live", title: "It acts while the cell runs" }, "live"));
  const show = (next) => {
    on = next.value;
    press.setAttribute("aria-checked", String(on));
    word.textContent = on ? "on" : "off";
  };
  press.addEventListener("click", () => {
    show({ value: !on });
    set(on);
  });
  shell.append(press);
  show(control);
  return { update: show };
}
