// Curves over a pair of axes. A curve is labelled where it ends. What a log axis cannot show stands
// on a band of its own below, what is not finite on one above.

import { h } from "../dom.js";
import { scaleOf, ticks } from "./axes.js";
import { canvasSVG, clamp, ink, number, readable, s, size } from "./tools.js";

const band = 16, letter = 6.3, bold = 7.6; // CSS pixels: the height of a band, the width of letters

export class Chart {
  constructor() {
    this.svg = canvasSVG("");
    this.svg.setAttribute("tabindex", "0");
    this.words = h("div", { class: "readout", role: "status" });
    this.element = h("div", { class: "chart" }, this.svg, this.words);
    this.at = null; // the x that is looked at
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerdown", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.look(null));
    this.svg.addEventListener("blur", () => this.look(null));
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  // show draws a figure; x and y may be scales that several charts share.
  show(figure, { width, height, titled, x, y }) {
    this.figure = figure;
    this.curves = figure.curves.map((curve) => ({ ...curve, x: curve.x.map(Number), y: curve.y.map(Number) }));
    this.width = width;
    const references = (figure.references ?? []).map((line) => Number(line.y));
    this.x = x ?? scaleOf(figure.x, this.curves.flatMap((curve) => curve.x), { tight: true });
    this.y = y ?? scaleOf(figure.y, [...this.curves.flatMap((curve) => curve.y), ...references]);
    this.layout(titled, height || Math.min(300, Math.max(180, width * 0.5)));
    this.paint(titled);
    this.look(this.at);
  }

  layout(titled, height) {
    const yTexts = ticks(this.y, 6).map(({ text }) => text.length);
    const names = this.curves.filter((curve) => !curve.loose || curve.name).map(({ name }) => name.length);
    const left = 14 + letter * Math.max(2, ...yTexts);
    const right = 14 + Math.min(bold * Math.max(0, ...names), this.width * 0.3);
    const top = (titled ? 24 : 6) + 21 + (this.y.beyond ? band : 0);
    this.area = { left, top, width: Math.max(60, this.width - left - right), height };
    this.bottom = top + height + (this.y.under ? band : 0);
    size(this.svg, this.width, this.bottom + 44);
  }

  px(v) { return this.area.left + this.x.part(v) * this.area.width; }

  py(v) {
    const { top, height } = this.area;
    switch (this.y.side(v)) {
      case "under": return top + height + band / 2;
      case "beyond": return top - band / 2;
    }
    return top + height - clamp(this.y.part(v), 0, 1) * height;
  }

  paint(titled) {
    const { figure, area } = this;
    this.svg.setAttribute("aria-label", figure.description);
    this.cross = s("g", { class: "cross" });
    this.svg.replaceChildren(
      titled ? s("text", { class: "heading", x: 0, y: 13 }, figure.title) : "",
      this.paintAxes(), this.paintReferences(), ...this.curves.map((curve) => this.paintCurve(curve)), this.paintNames(), this.cross,
    );
    this.svg.append(s("rect", { class: "catch", x: area.left, y: 0, width: area.width, height: this.bottom }));
  }

  paintAxes() {
    const { left, top, width, height } = this.area;
    const group = s("g", { class: "axes" });
    for (const { part, text } of ticks(this.y, 6)) {
      const y = top + height - part * height;
      group.append(s("line", { class: "grid", x1: left, x2: left + width, y1: y, y2: y }), s("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, text));
    }
    for (const { part, text } of ticks(this.x, Math.max(2, Math.floor(width / 60)))) {
      const x = left + part * width;
      group.append(s("line", { class: "line", x1: x, x2: x, y1: this.bottom, y2: this.bottom + 4 }), s("text", { x, y: this.bottom + 17, "text-anchor": "middle" }, text));
    }
    if (this.y.under) group.append(this.paintBand(top + height, this.y.floorLabel || "too small", "under"));
    if (this.y.beyond) group.append(this.paintBand(top - band, "not finite", "beyond"));
    group.append(
      s("line", { class: "line", x1: left, x2: left + width, y1: this.bottom, y2: this.bottom }),
      s("text", { class: "name", x: left + width / 2, y: this.bottom + 36, "text-anchor": "middle" }, this.figure.x.label),
      s("text", { class: "name", x: 0, y: this.area.top - (this.y.beyond ? band : 0) - 11 }, this.figure.y.label),
    );
    return group;
  }

  // paintBand names a band at the end where fewer points lie on it; where they leave no room, beside it at the other end.
  paintBand(y, label, side) {
    const { left, width } = this.area;
    const parts = this.curves.flatMap((curve) => curve.x.filter((_, i) => this.y.side(curve.y[i]) === side).map((x) => this.x.part(x)));
    const fewRight = parts.filter((part) => part < 0.5).length > parts.length / 2;
    const room = width * (fewRight ? 1 - Math.max(...parts) : Math.min(...parts));
    const fits = room > 6 * label.length + 10, right = fits === fewRight;
    const line = fits ? y + 12 : side === "under" ? y - 4 : y + band + 12;
    return s("g", {}, s("rect", { class: "band", x: left, y, width, height: band }), s("text", { class: "small", x: right ? left + width - 4 : left + 4, y: line, "text-anchor": right ? "end" : "start" }, label));
  }

  paintReferences() {
    const { left, width } = this.area;
    return s("g", {}, ...(this.figure.references ?? []).map(({ y, source }) => s("g", { class: "reference" },
      s("line", { x1: left, x2: left + width, y1: this.py(Number(y)), y2: this.py(Number(y)) }),
      s("text", { x: left + 4, y: this.py(Number(y)) - 4 }, `${source}: ${number(y)}`))));
  }

  paintCurve(curve) {
    const group = s("g", { css: { color: ink(curve.colour) } });
    if (!curve.loose && curve.x.length > 1) {
      const points = curve.x.map((x, i) => `${this.px(x).toFixed(1)},${this.py(curve.y[i]).toFixed(1)}`);
      group.append(s("polyline", { class: `curve${curve.dashed ? " dashed" : ""}`, points: points.join(" ") }));
    }
    const off = (v) => this.y.side(v) !== "on";
    curve.x.forEach((x, i) => {
      if (curve.dots || curve.loose || curve.x.length === 1 || (off(curve.y[i]) && curve.x.length < 300)) group.append(s("circle", { class: off(curve.y[i]) ? "dot off" : "dot", cx: this.px(x), cy: this.py(curve.y[i]), r: curve.x.length > 150 ? 1.8 : 3 }));
    });
    return group;
  }

  // paintNames writes each name beside the end of its curve, and keeps them apart.
  paintNames() {
    const gap = 15, { left, top, width, height } = this.area;
    const names = this.curves.filter((curve) => curve.name && curve.x.length).map((curve) => ({ ...curve, end: this.px(curve.x.at(-1)), y0: this.py(curve.y.at(-1)) }));
    names.sort((a, b) => a.y0 - b.y0);
    let above = -Infinity;
    for (const name of names) above = name.at = Math.max(name.y0, above + gap);
    let below = Math.max(top + height, ...names.map(({ y0 }) => y0)) + 4;
    for (const name of names.toReversed()) below = name.at = Math.min(name.at, below) - 0, below -= gap;
    const x = left + width + 8;
    return s("g", {}, ...names.map((name) => s("g", {},
      Math.abs(name.at - name.y0) > 4 && s("line", { class: "leader", x1: name.end + 3, y1: name.y0, x2: x - 2, y2: name.at }),
      s("text", { class: "curve-name", x, y: name.at + 4, css: { fill: readable(name.colour) } }, name.name))));
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.width) / box.width;
    const part = (x - this.area.left) / this.area.width;
    this.look(part < -0.03 || part > 1.03 ? null : this.nearest(this.px.bind(this), x));
  }

  nearest(place, to) {
    let best = null, least = Infinity;
    for (const curve of this.curves) for (const x of curve.x) {
      const far = Math.abs(place(x) - to);
      if (far < least) [best, least] = [x, far];
    }
    return best;
  }

  key(event) {
    const xs = [...new Set(this.curves.flatMap((curve) => curve.x))].sort((a, b) => a - b);
    const at = this.at === null ? -1 : xs.indexOf(this.nearest((x) => x, this.at));
    const to = { ArrowRight: at + 1, ArrowLeft: Math.max(at - 1, 0), Home: 0, End: xs.length - 1 }[event.key];
    if (event.key === "Escape") this.look(null);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.look(xs[Math.min(to, xs.length - 1)]);
  }

  // look marks what the curves are at one x, and says it.
  look(x) {
    this.at = x;
    this.cross?.replaceChildren();
    if (x === null || !this.curves.length) {
      this.words.textContent = "";
      return;
    }
    const px = this.px(x);
    this.cross.append(s("line", { x1: px, x2: px, y1: this.area.top, y2: this.bottom }));
    const parts = [];
    for (const curve of this.curves) {
      const i = curve.x.indexOf(x);
      if (i < 0) continue;
      this.cross.append(s("circle", { cx: px, cy: this.py(curve.y[i]), r: 4, css: { fill: ink(curve.colour) } }));
      const value = this.y.side(curve.y[i]) === "under" ? this.y.floorLabel || "too small" : number(curve.y[i]);
      parts.push(h("span", {}, curve.name ? `${curve.name} ` : "", h("b", {}, value)));
    }
    this.words.replaceChildren(h("span", { class: "where" }, `${this.figure.x.label || "x"} ${number(x, 6)}`), ...parts);
  }

  destroy() {}
}
