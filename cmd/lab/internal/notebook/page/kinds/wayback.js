// Layers in a row, and below each the gradient that comes back to it: an arrow whose length and
// width say how large it is beside the largest. Of more layers than there is room for, those in the
// middle are folded until somebody unfolds them.

import { button, h } from "../dom.js";
import { canvasSVG, captioned, fitting, number, s, size } from "./tools.js";

const letter = { name: 6.6, gradient: 7.8 }; // CSS pixels

export function draw(host, data) {
  let way = JSON.parse(data), unfolded = false;
  const svg = canvasSVG("");
  const more = button({ label: "", kind: "quiet", click: () => {
    unfolded = !unfolded;
    fit.draw();
  } });
  const { figure, say } = captioned(h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "layers" }, svg), more);
  host.append(figure);
  const fit = fitting(host, (width) => {
    say(way);
    const each = widthOf(way, width), room = Math.floor((width - 4) / each), all = way.layers.length;
    const folds = all > room, head = Math.max(1, Math.ceil((room - 1) / 2)), tail = Math.max(1, room - 1 - head);
    more.hidden = !folds;
    more.textContent = unfolded ? "Fold the middle" : `Show all ${all}`;
    paint(svg, way, each, folds && !unfolded ? { head, tail } : null);
  });
  return {
    update(next) {
      way = JSON.parse(next);
      fit.draw();
    },
    destroy: fit.destroy,
  };
}

// widthOf is the room that each layer needs for its name and its number, and gets, if there is more.
function widthOf({ layers, gradients }, width) {
  const name = Math.max(...layers.map((text) => text.length)) * letter.name + 18;
  const gradient = Math.max(...gradients.map((v) => number(v, 2).length)) * letter.gradient + 8;
  return Math.max(54, gradient, Math.min(110, name), Math.min(130, (width - 4) / layers.length));
}

function paint(svg, { title, layers, gradients: raw }, each, fold) {
  const gradients = raw.map(Number), all = layers.length;
  const most = Math.max(...gradients.filter(Number.isFinite).map(Math.abs)) || 1;
  const shown = layers.map((_, i) => i).filter((i) => !fold || i < fold.head || i >= all - fold.tail);
  const place = (i) => (fold && i >= all - fold.tail ? i - all + fold.tail + fold.head + 1 : i); // past the gap
  svg.setAttribute("aria-label", `${title}. From the output: ${layers.map((name, i) => `${name} ${number(gradients[i])}`).reverse().join(", ")}`);
  size(svg, each * (shown.length + (fold ? 1 : 0)) + 4, 130);
  svg.replaceChildren(...shown.map((i) => layer(2 + place(i) * each, each, layers[i], gradients[i], most, i < all - 1)), ...(fold ? gap(2 + fold.head * each, each, all - shown.length) : []));
}

const boxTop = 4, boxHeight = 34, lane = 78;

function layer(x, each, name, v, most, leads) {
  const middle = x + each / 2, share = Math.min(1, Math.abs(v) / most);
  const length = (each - 14) * share, thick = 2 + 12 * share, right = middle + length / 2;
  return s("g", {},
    s("rect", { class: "box", x: x + 4, y: boxTop, width: each - 8, height: boxHeight, rx: 5 }),
    s("text", { class: "label", x: middle, y: boxTop + 21, "text-anchor": "middle" }, name),
    leads && s("path", { class: "forward", d: `M${x + each - 4} ${boxTop + boxHeight / 2}h8` }),
    length >= 1 ? backArrow(middle - length / 2, right, lane, thick) : s("circle", { class: v === 0 ? "gone" : "tiny", cx: middle, cy: lane, r: 2.5 }),
    s("text", { class: v === 0 ? "gradient gone" : "gradient", x: middle, y: 118, "text-anchor": "middle" }, number(v, 2)));
}

// gap says how many layers are not drawn.
function gap(x, each, hidden) {
  const middle = x + each / 2, text = (y, words) => s("text", { class: "label", x: middle, y, "text-anchor": "middle" }, words);
  return [text(boxTop + 16, `${hidden}`), text(boxTop + 30, "more"), text(lane + 4, "⋯"), s("path", { class: "forward", d: `M${x + each - 4} ${boxTop + boxHeight / 2}h8` })];
}

function backArrow(left, right, y, thick) {
  const head = Math.min(right - left, thick * 1.1 + 3), half = thick / 2 + 4;
  return s("path", { class: "back", d: `M${left} ${y}l${head} ${-half}v${half - thick / 2}H${right}v${thick}H${left + head}v${half - thick / 2}Z` });
}
