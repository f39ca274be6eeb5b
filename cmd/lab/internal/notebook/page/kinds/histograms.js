// How numbers are spread. One lot is drawn with axes; many stand in rows on one scale, each as a
// ridge, so that one sees where a signal dies or runs away.

import { h } from "../dom.js";
import { scaleOf, ticks } from "./axes.js";
import { canvasSVG, captioned, fitting, number, s, size } from "./tools.js";

export function draw(host, data) {
  let all = JSON.parse(data);
  const svg = canvasSVG("");
  const words = h("div", { class: "readout", role: "status" });
  const { figure, say } = captioned(svg, words);
  host.append(figure);
  let view = null; // how the rows lie, to find the one that is pointed at

  const fit = fitting(host, (width) => {
    say(all);
    svg.setAttribute("aria-label", `${all.title}. ${all.rows.map((row) => `${row.name} mean ${number(row.mean)}, deviation ${number(row.std)}`).join("; ")}`);
    view = all.rows.length === 1 ? single(svg, all, Math.min(width, 620)) : ridges(svg, all, Math.min(width, 760));
  });

  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const row = all.rows[view.row(((event.clientY - box.top) * view.height) / box.height)];
    words.replaceChildren(...(row ? [h("span", { class: "where" }, row.name || all.title), h("span", {}, "mean ", h("b", {}, number(row.mean))), h("span", {}, "deviation ", h("b", {}, number(row.std))), ...outside(row)] : []));
  });
  svg.addEventListener("pointerleave", () => words.replaceChildren());
  return {
    update(next) {
      all = JSON.parse(next);
      fit.draw();
    },
    destroy: fit.destroy,
  };
}

const outside = (row) => (row.below || row.above ? [h("span", {}, "beyond the scale ", h("b", {}, number((row.below ?? 0) + (row.above ?? 0), 6)))] : []);

function single(svg, { rows: [row], from, to }, width) {
  const left = 52, top = 24, tall = 150, wide = width - left - 10;
  const across = scaleOf({}, [Number(from), Number(to)], { tight: true });
  const up = scaleOf({}, [0, ...row.counts]);
  const each = wide / row.counts.length;
  const group = s("g", { class: "axes" },
    s("text", { class: "name", x: 0, y: 11 }, "how many"),
    s("text", { class: "name", x: left + wide / 2, y: top + tall + 38, "text-anchor": "middle" }, "number"));
  for (const { part, text } of ticks(up, 4)) {
    const y = top + tall - part * tall;
    group.append(s("line", { class: "grid", x1: left, x2: left + wide, y1: y, y2: y }), s("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, text));
  }
  for (const { part, text } of ticks(across, 6)) group.append(s("text", { x: left + part * wide, y: top + tall + 18, "text-anchor": "middle" }, text));
  svg.replaceChildren(group, ...row.counts.map((n, i) => s("rect", { class: "bar", x: left + i * each, width: Math.max(each - 0.8, 0.6), y: top + tall - up.part(n) * tall, height: up.part(n) * tall })), s("line", { class: "zero", x1: left, x2: left + wide, y1: top + tall, y2: top + tall }));
  size(svg, width, top + tall + 44);
  return { height: top + tall + 44, row: () => 0 };
}

function ridges(svg, { rows, from, to }, width) {
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const left = 10 + 6.5 * Math.min(longest, 22), right = 92, top = 24, wide = width - left - right;
  const each = Math.max(9, Math.min(34, 620 / rows.length));
  const height = top + rows.length * each + 28;
  const across = scaleOf({}, [Number(from), Number(to)], { tight: true });
  const bottom = top + rows.length * each;
  const axes = s("g", { class: "axes" });
  for (const { part, text } of ticks(across, Math.max(2, Math.floor(wide / 44)))) {
    const x = left + part * wide;
    axes.append(s("line", { class: "grid", x1: x, x2: x, y1: top, y2: bottom }), s("text", { x, y: bottom + 17, "text-anchor": "middle" }, text));
  }
  const every = Math.max(1, Math.ceil(13 / each)), last = rows.length - 1;
  const labelled = (k) => k === 0 || (k >= every && (last - k) % every === 0); // the first and the last, too
  const lines = rows.map((row, k) => {
    const base = top + (k + 1) * each, most = Math.max(1, ...row.counts);
    const seen = row.counts.reduce((sum, n) => sum + n, 0), all = seen + (row.below ?? 0) + (row.above ?? 0);
    const tall = (each * 1.25 * seen) / all; // a row whose numbers are mostly beyond the scale is low
    const points = row.counts.map((n, i) => `${(left + ((i + 0.5) * wide) / row.counts.length).toFixed(1)},${(base - (n / most) * tall).toFixed(1)}`);
    return s("g", {},
      s("polygon", { class: "ridge", points: [`${left},${base}`, ...points, `${left + wide},${base}`].join(" ") }),
      labelled(k) && s("text", { class: "label", x: left - 8, y: base - 1, "text-anchor": "end" }, row.name),
      labelled(k) && s("text", { class: "label", x: left + wide + 10, y: base - 1 }, `± ${number(row.std, 2)}`));
  });
  svg.replaceChildren(axes, ...lines, s("text", { class: "small", x: left + wide + 10, y: 11 }, "deviation"));
  size(svg, width, height);
  return { height, row: (y) => Math.min(rows.length - 1, Math.max(0, Math.floor((y - top) / each))) };
}
