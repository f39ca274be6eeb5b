// Bars to be dragged up and down.

import { h } from "../dom.js";
import { scaleOf, ticks } from "./axes.js";
import { head, same, taken } from "./parts.js";
import { clamp, dragging, number, s, size, unique } from "./tools.js";

export function levels(shell, control, set) {
  const id = unique("levels");
  const { row, moved } = head(control, { id, back: () => go([...control.start]) });
  const { options: labels, from, to } = control;
  const scale = scaleOf({ from, to }, [], { tight: true });
  const left = 40, top = 16, height = 180, each = clamp(520 / labels.length, 52, 84), wide = each * labels.length;
  const y = (v) => top + height - clamp(scale.part(v), 0, 1) * height;
  const fineness = (to - from) / 200, step = Number((to - from).toPrecision(1)) / 40;
  let values;

  const svg = s("svg", { class: "own levels", role: "group", "aria-labelledby": id });
  size(svg, left + wide + 8, top + height + 28);
  const axes = s("g", { class: "axes" });
  for (const { part, text } of ticks(scale, 5)) {
    const at = top + height - part * height;
    axes.append(s("line", { class: "grid", x1: left, x2: left + wide, y1: at, y2: at }), s("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, text));
  }
  const bars = labels.map((label, i) => {
    const x = left + (i + 0.5) * each, half = Math.min(each * 0.31, 26);
    const bar = s("rect", { class: "bar", x: x - half, width: 2 * half });
    const grip = s("rect", { class: "grip", x: x - half - 3, width: 2 * half + 6, height: 6, rx: 3 });
    const value = s("text", { class: "value", x, "text-anchor": "middle" });
    const catcher = s("rect", { class: "catch", x: x - each / 2, y: 0, width: each, height: top + height + 24 });
    const group = s("g", { class: "level", role: "slider", tabindex: "0", "aria-label": label, "aria-orientation": "vertical", "aria-valuemin": from, "aria-valuemax": to },
      bar, grip, value, s("text", { class: "label", x, y: top + height + 20, "text-anchor": "middle" }, label), catcher);
    dragging(catcher, (event, first) => {
      if (first) group.focus({ preventScroll: true });
      const box = svg.getBoundingClientRect();
      const part = 1 - (((event.clientY - box.top) * (top + height + 28)) / box.height - top) / height;
      const v = scale.at(clamp(part, 0, 1));
      put(i, Math.abs(v) < 2 * fineness ? 0 : v);
    });
    group.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }[event.key];
      const end = { Home: from, End: to }[event.key];
      if (by === undefined && end === undefined) return;
      taken(event);
      put(i, end ?? values[i] + by * step);
    });
    return { group, bar, grip, value };
  });

  const put = (i, v) => go(values.with(i, Number(clamp(Math.round(v / fineness) * fineness, from, to).toPrecision(6))));

  function show(next) {
    values = [...next.value];
    values.forEach((v, i) => {
      const { group, bar, grip, value } = bars[i];
      bar.setAttribute("y", Math.min(y(0), y(v)));
      bar.setAttribute("height", Math.max(Math.abs(y(v) - y(0)), 0.5));
      grip.setAttribute("y", y(v) - 3);
      value.setAttribute("y", v < 0 ? y(v) + 18 : y(v) - 8);
      value.textContent = number(v, 3);
      group.setAttribute("aria-valuenow", v);
      group.setAttribute("aria-valuetext", `${labels[i]} ${number(v, 3)}`);
    });
    moved(!same(values, control.start));
  }

  function go(next) {
    if (same(next, values)) return;
    show({ value: next });
    set(next);
  }

  svg.append(axes, s("line", { class: "zero", x1: left, x2: left + wide, y1: y(0), y2: y(0) }), ...bars.map(({ group }) => group));
  shell.append(row, svg, h("div", { class: "control-foot" }, h("span", { class: "keys" }, "Drag a bar up or down; or choose one and use the arrow keys.")));
  show(control);
  return { update: (next) => same(next.value, values) || show(next) };
}
