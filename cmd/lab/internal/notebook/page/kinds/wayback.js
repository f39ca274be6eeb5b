// Layers in a row, and below each the gradient that comes back to it: an arrow whose length and
// width say how large it is beside the largest.

import { h } from "../dom.js";
import { canvasSVG, captioned, fitting, number, s, size } from "./tools.js";

export function draw(host, data) {
  let way = JSON.parse(data);
  const svg = canvasSVG("");
  const { figure, say } = captioned(h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "layers" }, svg));
  host.append(figure);
  const fit = fitting(host, (width) => {
    say(way);
    paint(svg, way, width);
  });
  return {
    update(next) {
      way = JSON.parse(next);
      fit.draw();
    },
    destroy: fit.destroy,
  };
}

function paint(svg, { title, layers, gradients: raw }, width) {
  const gradients = raw.map(Number);
  const most = Math.max(...gradients.filter(Number.isFinite).map(Math.abs)) || 1;
  const named = layers.map((name) => name.length * 6.6 + 18);
  const least = Math.max(54, Math.min(110, Math.max(...named)));
  const each = Math.max(least, Math.min(130, width / layers.length));
  const wide = each * layers.length, boxTop = 4, boxHeight = 34, lane = 78;
  svg.setAttribute("aria-label", `${title}. From the output: ${layers.map((name, i) => `${name} ${number(gradients[i])}`).reverse().join(", ")}`);
  size(svg, wide + 4, 130);
  svg.replaceChildren(...layers.map((name, i) => {
    const x = 2 + i * each, middle = x + each / 2, v = gradients[i], share = Math.min(1, Math.abs(v) / most);
    const length = (each - 14) * share, thick = 2 + 12 * share, right = middle + length / 2;
    return s("g", {},
      s("rect", { class: "box", x: x + 4, y: boxTop, width: each - 8, height: boxHeight, rx: 5 }),
      s("text", { class: "label", x: middle, y: boxTop + 21, "text-anchor": "middle" }, name),
      i < layers.length - 1 && s("path", { class: "forward", d: `M${x + each - 4} ${boxTop + boxHeight / 2}h8` }),
      length >= 1 ? backArrow(middle - length / 2, right, lane, thick) : s("circle", { class: v === 0 ? "gone" : "tiny", cx: middle, cy: lane, r: 2.5 }),
      s("text", { class: v === 0 ? "gradient gone" : "gradient", x: middle, y: 118, "text-anchor": "middle" }, v === 0 ? "0" : number(v, 2)));
  }));
}

function backArrow(left, right, y, thick) {
  const head = Math.min(right - left, thick * 1.1 + 3), half = thick / 2 + 4;
  return s("path", { class: "back", d: `M${left} ${y}l${head} ${-half}v${half - thick / 2}H${right}v${thick}H${left + head}v${half - thick / 2}Z` });
}
