// A frame to draw a curve into: with a pointer, or with arrow keys, which move a point.

import { button, h } from "../dom.js";
import { scaleOf, ticks } from "./axes.js";
import { taken } from "./parts.js";
import { clamp, dragging, fitting, ink, number, readable, s, size } from "./tools.js";

const slots = 25; // places along the frame where the curve has a point

// curveFrame makes a frame. points() is the curve, as [[x, y], ...].
export function curveFrame(frame, label, { changed = () => {}, fixed } = {}) {
  const x = scaleOf(frame.x, [], { tight: true }), y = scaleOf(frame.y, [], { tight: true });
  const drawn = Array(slots).fill(null); // how high, 0 to 1, at each slot
  let slot = 0, last = null, area;
  const svg = s("svg", { class: "own curve-frame", role: fixed ? "img" : "application", "aria-label": label, tabindex: fixed ? null : "0" });
  const words = h("span", { class: "readout", role: "status" });
  const place = (i) => i / (slots - 1);
  const points = () => fixed ?? drawn.flatMap((part, i) => (part === null ? [] : [[tidy(x.at(place(i))), tidy(y.at(part))]]));

  function paint(width) {
    width = Math.min(width, 640);
    area = { left: 54, top: 22, width: width - 54 - 14, height: Math.min(240, width * 0.5) };
    const bottom = area.top + area.height;
    size(svg, width, bottom + 44);
    const px = (part) => area.left + part * area.width, py = (part) => bottom - part * area.height;
    const axes = s("g", { class: "axes" });
    for (const { part, text } of ticks(y, 5)) axes.append(s("line", { class: "grid", x1: area.left, x2: px(1), y1: py(part), y2: py(part) }), s("text", { x: area.left - 6, y: py(part) + 4, "text-anchor": "end" }, text));
    for (const { part, text } of ticks(x, 6)) axes.append(s("line", { class: "line", x1: px(part), x2: px(part), y1: bottom, y2: bottom + 4 }), s("text", { x: px(part), y: bottom + 17, "text-anchor": "middle" }, text));
    axes.append(s("text", { class: "name", x: (area.left + px(1)) / 2, y: bottom + 36, "text-anchor": "middle" }, frame.x.label), s("text", { class: "name", x: 0, y: 12 }, frame.y.label));
    const known = (frame.known ?? []).map((curve) => {
      const at = curve.points.map(([cx, cy]) => [px(clamp(x.part(cx), 0, 1)), py(clamp(y.part(cy), 0, 1))]);
      const end = at.at(-1);
      return s("g", { css: { color: ink(curve.colour) } },
        s("polyline", { class: "curve", points: at.join(" ") }),
        ...(at.length < 12 ? at.map(([cx, cy]) => s("circle", { class: "dot", cx, cy, r: 3 })) : []),
        end && s("text", { class: "curve-name", x: Math.min(end[0] + 6, width - 6.4 * curve.name.length), y: end[1] - 7, css: { fill: readable(curve.colour) } }, curve.name));
    });
    const parts = fixed ? fixed.map(([cx, cy]) => [x.part(cx), y.part(cy)]) : drawn.flatMap((part, i) => (part === null ? [] : [[place(i), part]]));
    const line = parts.map(([a, b]) => `${px(a).toFixed(1)},${py(clamp(b, 0, 1)).toFixed(1)}`).join(" ");
    svg.replaceChildren(s("rect", { class: "sheet", x: area.left, y: area.top, width: area.width, height: area.height }), axes, ...known,
      s("g", { class: "your-bet" }, s("polyline", { class: "curve dashed", points: line }), ...(fixed ? [] : parts.map(([a, b]) => s("circle", { class: "dot", cx: px(a), cy: py(b), r: 2.2 })))),
      fixed || parts.length ? "" : s("text", { class: "hint", x: (area.left + px(1)) / 2, y: py(0.5), "text-anchor": "middle" }, "draw your curve here"),
      fixed ? "" : s("g", { class: "slot" }, s("line", { x1: px(place(slot)), x2: px(place(slot)), y1: area.top, y2: bottom }), drawn[slot] === null ? "" : s("circle", { cx: px(place(slot)), cy: py(drawn[slot]), r: 5.5 })));
  }

  const box = h("div", { class: "curve-box" }, svg);
  const element = h("div", { class: "bet-curve" }, box);
  const fit = fitting(box, paint);
  if (fixed) return { element, points, destroy: fit.destroy };

  function draw() {
    clear.disabled = drawn.every((part) => part === null);
    words.textContent = drawn[slot] === null ? "" : `${frame.x.label} ${number(x.at(place(slot)))}: ${number(y.at(drawn[slot]))}`;
    fit.draw();
    changed();
  }

  // to draws from the last place of the pointer to this one, so that no slot is left out.
  function to(part, high) {
    const i = Math.round(clamp(part, 0, 1) * (slots - 1));
    const from = last ?? { i, high };
    const steps = Math.max(1, Math.abs(i - from.i));
    for (let k = 0; k <= steps; k++) drawn[from.i + Math.round(((i - from.i) * k) / steps)] = from.high + ((high - from.high) * k) / steps;
    last = { i, high };
    slot = i;
    draw();
  }

  dragging(svg, (event, first) => {
    if (first) last = null;
    const at = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / at.width;
    to(((event.clientX - at.left) * scale - area.left) / area.width, clamp(1 - ((event.clientY - at.top) * scale - area.top) / area.height, 0, 1));
  }, () => (last = null));
  svg.addEventListener("keydown", (event) => {
    const by = event.shiftKey ? 0.1 : 0.02;
    switch (event.key) {
      case "ArrowLeft": slot = Math.max(0, slot - 1); break;
      case "ArrowRight": slot = Math.min(slots - 1, slot + 1); break;
      case "ArrowUp": drawn[slot] = clamp((drawn[slot] ?? start(drawn, slot)) + by, 0, 1); break;
      case "ArrowDown": drawn[slot] = clamp((drawn[slot] ?? start(drawn, slot)) - by, 0, 1); break;
      case "Delete": case "Backspace": drawn[slot] = null; break;
      default: return;
    }
    taken(event);
    draw();
  });
  const clear = button({ label: "Clear", kind: "quiet", click: () => {
    drawn.fill(null);
    draw();
  } });
  element.append(h("div", { class: "control-foot" }, clear, words, h("span", { class: "keys" }, "Keys: left and right choose a place, up and down move the curve there.")));
  clear.disabled = true;
  return { element, points, destroy: fit.destroy };
}

// start is where a new point begins: at the height of its nearest neighbour.
function start(drawn, slot) {
  for (let far = 1; far < slots; far++) {
    const near = drawn[slot - far] ?? drawn[slot + far];
    if (near !== null && near !== undefined) return near;
  }
  return 0.5;
}

const tidy = (v) => Number(v.toPrecision(5));
