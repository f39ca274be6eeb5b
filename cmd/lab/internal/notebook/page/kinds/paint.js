// A table of numbers to paint: a brush sets what it goes over; a cell that is chosen is scrolled or
// typed.

import { h } from "../dom.js";
import { colourScale, css, onTop } from "./colours.js";
import { arrows, head, same, taken } from "./parts.js";
import { clamp, dragging, number, unique } from "./tools.js";

const typing = /^[-+]?\d*[.,]?\d*$/;

export function paint(shell, control, set) {
  const id = unique("paint");
  const { rows, columns } = control;
  const { row, moved } = head(control, { id, back: () => go([...control.start]) });
  let numbers, chosen = 0, typed = "";
  let brush = 1;

  const cells = Array.from({ length: rows * columns }, (_, i) => h("div", { class: "paint-cell", role: "gridcell", tabindex: i ? "-1" : "0", "data-i": i }));
  const grid = h("div", { class: "paint-grid", role: "grid", "aria-labelledby": id }, ...Array.from({ length: rows }, (_, r) => h("div", { role: "row" }, ...cells.slice(r * columns, (r + 1) * columns))));
  grid.style.setProperty("--columns", columns);

  function show(next) {
    numbers = [...next.value];
    const reach = Math.max(1, ...numbers.map(Math.abs));
    const scale = colourScale("signed", -reach, reach);
    numbers.forEach((v, i) => {
      const colour = scale(v), cell = cells[i];
      cell.style.background = css(colour);
      cell.style.color = onTop(colour);
      cell.textContent = number(v, 3);
      cell.setAttribute("aria-label", `row ${Math.floor(i / columns) + 1}, column ${(i % columns) + 1}: ${number(v, 4)}`);
    });
    moved(!same(numbers, control.start));
  }

  function go(next) {
    if (same(next, numbers)) return;
    show({ value: next });
    set(next);
  }

  const put = (i, v) => go(numbers.with(i, Number(clamp(v, -1e6, 1e6).toPrecision(6))));

  function choose(i, focus = true) {
    cells[chosen].setAttribute("tabindex", "-1");
    cells[i].setAttribute("tabindex", "0");
    chosen = i;
    typed = "";
    if (focus) cells[i].focus({ preventScroll: true });
  }

  dragging(grid, (event, first) => {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".paint-cell");
    if (!cell || !grid.contains(cell)) return;
    const i = Number(cell.dataset.i);
    if (first || i !== chosen) choose(i);
    put(i, brush);
  });
  grid.addEventListener("focusin", (event) => Number(event.target.dataset.i) !== chosen && choose(Number(event.target.dataset.i), false));
  grid.addEventListener("wheel", (event) => {
    const cell = event.target.closest(".paint-cell");
    if (!cell || document.activeElement !== cell) return; // else it is the page that scrolls
    event.preventDefault();
    put(chosen, Math.round((numbers[chosen] - Math.sign(event.deltaY) * 0.1) * 10) / 10);
  }, { passive: false });
  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = arrows(event);
    if (step && !event.shiftKey) {
      const to = [clamp(Math.floor(chosen / columns) + step[0], 0, rows - 1), clamp((chosen % columns) + step[1], 0, columns - 1)];
      choose(to[0] * columns + to[1]);
    } else if (step) put(chosen, Math.round((numbers[chosen] - step[0] * 0.1 + step[1]) * 10) / 10);
    else if (event.key === "Enter" || event.key === " ") put(chosen, brush);
    else if (event.key === "Backspace" || event.key === "Delete") type(typed.slice(0, -1));
    else if (/^[-+\d.,]$/.test(event.key)) type(typing.test(typed + event.key) ? typed + event.key : event.key);
    else return event.key.length === 1 && event.stopPropagation();
    taken(event);
  });

  function type(text) {
    typed = typing.test(text) ? text : "";
    const v = Number(typed.replace(",", "."));
    put(chosen, Number.isFinite(v) ? v : 0);
    if (typed) cells[chosen].textContent = typed.replace("-", "−");
  }

  shell.append(row, h("div", { class: "paint-body" }, grid, brushes(control, (v) => (brush = v), brush)),
    h("div", { class: "control-foot" }, h("span", { class: "keys" }, "Drag over the cells to paint them; or click one and type a number.")));
  show(control);
  return { update: (next) => same(next.value, numbers) || show(next) };
}

// brushes are the numbers that one paints with.
function brushes(control, choose, start) {
  const id = unique("brush");
  const reach = Math.max(1, ...control.start.map(Math.abs));
  const offers = [...new Set([-reach, -1, 0, 1, reach])].sort((a, b) => a - b);
  const scale = colourScale("signed", -reach, reach);
  const own = h("input", { type: "number", step: "any", value: start, "aria-label": "a brush of your own", on: { input: () => Number.isFinite(own.valueAsNumber) && pick(own.valueAsNumber), keydown: (event) => event.stopPropagation() } });
  const radios = offers.map((v) => {
    const dot = h("span", { class: "brush" }, number(v));
    dot.style.background = css(scale(v));
    dot.style.color = onTop(scale(v));
    const radio = h("input", { type: "radio", name: id, value: v, class: "unseen", on: { change: () => pick(v), keydown: (event) => event.stopPropagation() } });
    return { v, radio, label: h("label", { title: `paint ${number(v)}` }, radio, dot) };
  });
  function pick(v) {
    choose(v);
    for (const one of radios) one.radio.checked = one.v === v;
    if (own.valueAsNumber !== v) own.value = v;
  }
  pick(start);
  return h("fieldset", { class: "brushes" }, h("legend", {}, "brush"), h("div", { class: "brush-row" }, ...radios.map(({ label }) => label)), own);
}
