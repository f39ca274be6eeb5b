// A pad to draw on with a soft pen. From the keyboard: arrows move the pen, space puts it down and
// lifts it.

import { button, h } from "../dom.js";
import { arrows, head, taken } from "./parts.js";
import { clamp, dragging, unique } from "./tools.js";

// stroke draws a line of soft ink into ink (rows x columns, 0 to 1), from one place to another;
// places are in pixels, their middles at a half.
export function stroke(ink, rows, columns, [y0, x0], [y1, x1], { erase = false } = {}) {
  const radius = erase ? 2 : 1.05, edge = erase ? 0.3 : 0.85;
  const [low, high] = [(a, b) => Math.max(0, Math.floor(Math.min(a, b) - 3)), (a, b, most) => Math.min(most - 1, Math.ceil(Math.max(a, b) + 3))];
  const length = (y1 - y0) ** 2 + (x1 - x0) ** 2;
  for (let i = low(y0, y1); i <= high(y0, y1, rows); i++) {
    for (let j = low(x0, x1); j <= high(x0, x1, columns); j++) {
      const y = i + 0.5, x = j + 0.5;
      const along = length ? clamp(((y - y0) * (y1 - y0) + (x - x0) * (x1 - x0)) / length, 0, 1) : 0;
      const far = Math.hypot(y - y0 - along * (y1 - y0), x - x0 - along * (x1 - x0));
      const wet = clamp((radius + edge / 2 - far) / edge, 0, 1);
      const at = i * columns + j;
      ink[at] = erase ? Math.min(ink[at], 1 - wet) : Math.max(ink[at], wet);
    }
  }
}

export function pad(shell, control, set) {
  const id = unique("pad"), { rows, columns } = control;
  const { row } = head(control, { id });
  const canvas = h("canvas", { class: "pad pixels", width: columns, height: rows, tabindex: "0", role: "application", "aria-labelledby": id, "aria-describedby": `${id}-keys` });
  const pen = h("span", { class: "pen", hidden: true });
  let ink, last = null, erase = false, at = [rows / 2, columns / 2], down = false;

  function show(next) {
    ink = Float32Array.from(next.value);
    draw();
  }

  function draw() {
    const context = canvas.getContext("2d");
    const [r, g, b] = getComputedStyle(canvas).color.match(/[\d.]+/g).map(Number);
    const image = context.createImageData(columns, rows);
    ink.forEach((v, i) => image.data.set([r, g, b, Math.round(255 * v)], 4 * i));
    context.putImageData(image, 0, 0);
    clear.disabled = ink.every((v) => v === 0);
    pen.style.left = `${(100 * at[1]) / columns}%`;
    pen.style.top = `${(100 * at[0]) / rows}%`;
    pen.classList.toggle("down", down);
  }

  const send = () => set([...ink].map((v) => Math.round(v * 100) / 100));

  function line(to) {
    stroke(ink, rows, columns, last ?? to, to, { erase });
    last = to;
  }

  dragging(canvas, (event, first) => {
    if (first) {
      last = null;
      canvas.focus({ preventScroll: true });
      pen.hidden = true;
    }
    const box = canvas.getBoundingClientRect();
    const events = event.getCoalescedEvents?.();
    for (const one of events?.length ? events : [event]) line([((one.clientY - box.top) / box.height) * rows, ((one.clientX - box.left) / box.width) * columns]);
    draw();
    send();
  }, () => (last = null));
  canvas.addEventListener("keydown", (event) => {
    const step = arrows(event);
    if (step) {
      at = [clamp(at[0] + step[0], 0.5, rows - 0.5), clamp(at[1] + step[1], 0.5, columns - 0.5)];
      if (down) line(at);
    } else if (event.key === " ") {
      down = !down;
      last = null;
      if (down) line(at);
    } else if (event.key === "Delete" || event.key === "Backspace") wipe();
    else return;
    pen.hidden = false;
    taken(event);
    draw();
    if (down) send();
  });
  canvas.addEventListener("blur", () => {
    pen.hidden = true;
    down = false;
  });

  function wipe() {
    ink.fill(0);
    last = null;
    draw();
    send();
  }

  const clear = button({ label: "Clear", kind: "quiet", click: wipe });
  const rubber = button({ label: "Eraser", kind: "quiet", click: () => {
    erase = !erase;
    rubber.setAttribute("aria-pressed", String(erase));
  } });
  rubber.setAttribute("aria-pressed", "false");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", draw);
  shell.append(row, h("div", { class: "pad-box" }, canvas, pen), h("div", { class: "control-foot" }, clear, rubber, h("span", { class: "keys", id: `${id}-keys` }, "Keys: arrows move the pen, space puts it down and lifts it, Delete clears.")));
  show(control);
  return {
    update: (next) => last === null && !down && show(next),
    destroy: () => dark.removeEventListener("change", draw),
  };
}
