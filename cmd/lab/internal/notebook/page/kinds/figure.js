// Curves, panels of curves and heat maps, drawn here from their numbers: small enough to be drawn
// anew with each update of a training.

import { h } from "../dom.js";
import { scaleOf } from "./axes.js";
import { Chart } from "./chart.js";
import { Heat } from "./heat.js";
import { captioned, fitting } from "./tools.js";

export function draw(host, data) {
  let figure = JSON.parse(data);
  const place = h("div", { class: "plots" });
  const { figure: element, say } = captioned(place);
  host.append(element);
  let parts = [];

  function paint(width) {
    const list = figure.panels ?? [figure];
    if (parts.length !== list.length || parts.some((part, i) => part.isHeat !== Boolean(list[i].heat))) {
      parts.forEach((part) => part.destroy());
      parts = list.map((one) => (one.heat ? new Heat() : new Chart()));
      place.replaceChildren(...parts.map((part) => part.element));
    }
    say(figure);
    const columns = figure.panels ? columnsOf(figure, list.length, width) : 1;
    place.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
    const each = (width - (columns - 1) * 16) / columns;
    const shared = sharedScales(figure, list);
    parts.forEach((part, i) => part.show(list[i], { width: Math.min(each, list[i].width || (figure.panels ? 480 : 760)), titled: Boolean(figure.panels), height: list[i].height || figure.height, ...shared }));
  }

  const fit = fitting(host, paint);
  return {
    update(next) {
      figure = JSON.parse(next);
      fit.draw();
    },
    destroy() {
      fit.destroy();
      parts.forEach((part) => part.destroy());
    },
  };
}

// columnsOf puts as many panels beside each other as were asked for and can still be read.
function columnsOf({ columns }, count, width) {
  return Math.max(1, Math.min(columns || 3, count, Math.floor(width / 220)));
}

// sharedScales makes small multiples comparable: what looks larger is larger.
function sharedScales(figure, list) {
  if (!figure.panels) return {};
  if (list[0].heat) {
    if (figure.free_y) return {};
    const all = list.flatMap((one) => [one.heat.values]);
    return { colours: all };
  }
  const numbers = (axis) => list.flatMap((one) => one.curves.flatMap((curve) => curve[axis].map(Number)));
  return {
    x: figure.free_x ? undefined : scaleOf(widest(list, "x"), numbers("x"), { tight: true }),
    y: figure.free_y ? undefined : scaleOf(widest(list, "y"), numbers("y")),
  };
}

const widest = (list, axis) => ({ ...list[0][axis], from: Math.min(...list.map((one) => Number(one[axis].from) || 0)), to: Math.max(...list.map((one) => Number(one[axis].to) || 0)) });
