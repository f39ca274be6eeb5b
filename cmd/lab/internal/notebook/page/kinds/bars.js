// Bars with arrows at their ends: shares, and where each is pushed.

import { scaleOf, ticks } from "./axes.js";
import { canvasSVG, captioned, clamp, fitting, number, s, size } from "./tools.js";

export function draw(host, data) {
  let chart = JSON.parse(data);
  const svg = canvasSVG("");
  const { figure, say } = captioned(svg);
  host.append(figure);
  const fit = fitting(host, (width) => {
    say(chart);
    paint(svg, chart, Math.min(width, 120 + 84 * chart.labels.length, 760));
  });
  return {
    update(next) {
      chart = JSON.parse(next);
      fit.draw();
    },
    destroy: fit.destroy,
  };
}

function paint(svg, chart, width) {
  const values = chart.values.map(Number), arrows = chart.arrows?.map(Number);
  const scale = scaleOf({ from: chart.from, to: chart.to }, [], { tight: true });
  const left = 46, top = 20, height = 200, wide = width - left - 8, each = wide / values.length;
  const y = (v) => top + height - clamp(scale.part(v), 0, 1) * height;
  size(svg, width, top + height + 30);
  svg.setAttribute("aria-label", `${chart.title}: ${chart.labels.map((label, i) => `${label} ${number(values[i])}${arrows ? `, arrow ${number(arrows[i])}` : ""}`).join("; ")}`);
  const group = s("g", { class: "axes" });
  for (const { part, text } of ticks(scale, 5)) {
    const at = top + height - part * height;
    group.append(s("line", { class: "grid", x1: left, x2: left + wide, y1: at, y2: at }), s("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, text));
  }
  const bars = values.map((v, i) => {
    const bar = Math.min(each * (arrows ? 0.42 : 0.62), 56), x = left + (i + (arrows ? 0.36 : 0.5)) * each, known = Number.isFinite(v) ? v : 0;
    const end = known + (arrows && Number.isFinite(arrows[i]) ? arrows[i] : 0);
    return s("g", {},
      s("rect", { class: "bar", x: x - bar / 2, width: bar, y: Math.min(y(0), y(known)), height: Math.abs(y(known) - y(0)) }),
      s("text", { class: "value", x, y: known < 0 ? y(known) + 15 : y(known) - 6, "text-anchor": "middle" }, fitted(v, each - 2, chart.to - chart.from)),
      arrows && arrow(x + bar / 2 + 9, y(known), y(end), arrows[i]),
      s("text", { class: "label", x, y: top + height + 20, "text-anchor": "middle" }, chart.labels[i]));
  });
  svg.replaceChildren(group, s("line", { class: "zero", x1: left, x2: left + wide, y1: y(0), y2: y(0) }), ...bars);
}

// fitted writes a number into so much room: in full, or to a hundredth of the scale's power of ten.
export function fitted(v, room, span) {
  const width = (text) => [...text].reduce((sum, letter) => sum + (letter === "." ? 4 : 7.6), 0);
  const full = number(v, 3), fine = 10 ** (Math.floor(Math.log10(span)) - 2);
  if (width(full) <= room || !(fine > 0)) return full;
  const rounded = Math.round(v / fine) * fine;
  return rounded === 0 ? "≈0" : number(rounded, 3);
}

// arrow points from one height to another, with its number beside it.
function arrow(x, from, to, value) {
  const up = to < from, head = Math.min(8, Math.abs(to - from));
  const tip = up ? head : -head;
  if (!(Math.abs(to - from) >= 1.5)) return s("circle", { class: "arrow still", cx: x, cy: from, r: 3 });
  return s("g", { class: "arrow" },
    s("line", { x1: x, x2: x, y1: from, y2: to + tip * 0.8 }),
    s("path", { d: `M${x - 5.5} ${to + tip}L${x} ${to}L${x + 5.5} ${to + tip}Z` }),
    s("text", { x: x + 8, y: (from + to) / 2 + 4 }, (value > 0 ? "+" : "") + number(value, 2)));
}
