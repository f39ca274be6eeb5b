// A slider, a dial that acts while a cell runs, and a count of whole numbers.

import { h } from "../dom.js";
import { roundStep } from "./axes.js";
import { clamp, number, unique } from "./tools.js";
import { head, sign } from "./parts.js";

const fine = 1000; // places of a slider in powers of ten

// toValue and toPlace go between what is asked for and where the handle of the range stands.
export function places({ kind, from, to, log }) {
  from ??= 0;
  to ??= 0;
  if (kind === "count") return { min: from, max: to, step: 1, toPlace: (v) => v, toValue: (p) => Math.round(p) };
  if (log) {
    const span = Math.log(to / from);
    return {
      min: 0, max: fine, step: 5,
      toPlace: (v) => (fine * Math.log(v / from)) / span,
      toValue: (p) => clamp(Number((from * Math.exp((p / fine) * span)).toPrecision(3)), from, to),
    };
  }
  const step = roundStep((to - from) / 200);
  return { min: from, max: to, step, toPlace: (v) => v, toValue: (p) => clamp(Number(Number(p).toPrecision(10)), from, to) };
}

export function slider(shell, control, set) {
  const id = unique("slider");
  const { min, max, step, toPlace, toValue } = places(control);
  const { row, value, moved } = head(control, { id, tag: "label", back: () => go(control.start) });
  const range = h("input", { id, type: "range", min, max, step: control.log || control.kind === "count" ? step : "any" });
  let at;

  function show(v) {
    at = v;
    if (document.activeElement !== range || Number(toValue(range.value)) !== v) range.value = toPlace(v);
    range.setAttribute("aria-valuetext", number(v, 4));
    range.style.setProperty("--part", `${(100 * (toPlace(v) - min)) / (max - min)}%`);
    value.textContent = number(v, 4);
    moved(v !== control.start);
  }

  function go(v) {
    if (v === at) return;
    show(v);
    set(v);
  }

  const snap = (p) => (control.log || control.kind === "count" ? toValue(p) : toValue(Math.round((p - min) / step) * step + min));
  range.addEventListener("input", () => go(snap(Number(range.value))));
  range.addEventListener("keydown", (event) => { // the browser's own steps are too fine or too coarse
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    event.stopPropagation();
    if (!by) return;
    event.preventDefault();
    const place = control.log ? toPlace(at) + by * step * 2 : toPlace(at) + by * step;
    range.value = clamp(place, min, max);
    go(snap(Number(range.value)));
  });
  const ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, number(control.from ?? 0, 4)), h("span", {}, number(control.to ?? 0, 4)));
  const track = h("div", { class: "track" }, range, ends);
  const one = (by, name) => sign(by < 0 ? "−" : "+", `${name} ${control.name}`, "step", () => go(clamp(at + by, min, max)));
  shell.append(row, control.kind === "count" ? h("div", { class: "stepper" }, one(-1, "One less"), track, one(1, "One more")) : track);
  show(control.value);
  return { update: (next) => show(next.value) };
}
