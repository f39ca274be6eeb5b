// A picture that is moved within its frame, over the windows of a pooling.

import { h } from "../dom.js";
import { arrows, head, same, taken } from "./parts.js";
import { clamp, dragging, floats, s, unique } from "./tools.js";

export function drag(shell, control, set) {
  const id = unique("drag");
  const { row, value, moved } = head(control, { id, back: () => go([0, 0]) });
  const { rows, columns, grid } = control;
  const canvas = h("canvas", { class: "pixels" });
  let picture = floats(control.picture);
  const lines = s("svg", { class: "drag-grid", viewBox: `0 0 ${columns} ${rows}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const frame = h("div", { class: "drag-frame", tabindex: "0", role: "application", "aria-roledescription": "picture to move", "aria-labelledby": id }, canvas, lines);
  frame.style.width = `${Math.max(168, Math.min(336, Math.floor(336 / columns) * columns || 336))}px`;
  frame.style.aspectRatio = `${columns} / ${rows}`;
  let at, grabbed;

  for (let k = grid; grid && k < Math.max(rows, columns); k += grid) {
    if (k < columns) lines.append(s("line", { x1: k, x2: k, y1: 0, y2: rows }));
    if (k < rows) lines.append(s("line", { x1: 0, x2: columns, y1: k, y2: k }));
  }

  function show(next) {
    at = [...next.value];
    paint(canvas, picture, rows, columns, at);
    value.textContent = at[0] || at[1] ? words(at) : "";
    frame.setAttribute("aria-description", words(at));
    moved(Boolean(at[0] || at[1]));
  }

  function go(next) {
    next = [clamp(next[0], -rows, rows), clamp(next[1], -columns, columns)];
    if (same(next, at)) return;
    show({ value: next });
    set(next);
  }

  dragging(frame, (event, first) => {
    const box = frame.getBoundingClientRect();
    const to = [((event.clientY - box.top) / box.height) * rows, ((event.clientX - box.left) / box.width) * columns];
    if (first) {
      frame.focus({ preventScroll: true });
      grabbed = [to[0] - at[0], to[1] - at[1]];
    }
    go([Math.round(to[0] - grabbed[0]), Math.round(to[1] - grabbed[1])]);
  });
  frame.addEventListener("keydown", (event) => {
    const step = arrows(event);
    if (!step) return;
    taken(event);
    go([at[0] + step[0], at[1] + step[1]]);
  });
  shell.append(row, frame, h("div", { class: "control-foot" }, h("span", { class: "keys" }, "Drag it, or use the arrow keys.")));
  show(control);
  return { update: (next) => {
    picture = floats(next.picture);
    show(next);
  } };
}

const words = ([down, right]) => [down && `${Math.abs(down)} ${down > 0 ? "down" : "up"}`, right && `${Math.abs(right)} ${right > 0 ? "right" : "left"}`].filter(Boolean).join(", ") || "in its place";

function paint(canvas, picture, rows, columns, [down, right]) {
  const channels = picture.length / (rows * columns);
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d"), image = context.createImageData(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
    const y = i - down, x = j - right;
    const inside = y >= 0 && y < rows && x >= 0 && x < columns;
    const shade = (c) => (inside ? 255 * clamp(picture[(y * columns + x) * channels + (channels === 3 ? c : 0)], 0, 1) : 0);
    image.data.set([shade(0), shade(1), shade(2), 255], 4 * (i * columns + j));
  }
  context.putImageData(image, 0, 0);
}
