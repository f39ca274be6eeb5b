// A heat map: a number for each row and column as a colour, with its value where one points.

import { h } from "../dom.js";
import { ticks, scaleOf } from "./axes.js";
import { colourScale, css, onTop, paintPlane } from "./colours.js";
import { canvasSVG, clamp, floats, number, s, size } from "./tools.js";

export class Heat {
  isHeat = true;

  constructor() {
    this.svg = canvasSVG("");
    this.cells = h("canvas", { class: "pixels", tabindex: "0", role: "img" });
    this.words = h("div", { class: "readout", role: "status" });
    this.stack = h("div", { class: "stack" }, this.cells, this.svg);
    this.element = h("div", { class: "heat" }, this.stack, this.words);
    this.at = null;
    for (const event of ["pointermove", "pointerdown"]) this.cells.addEventListener(event, (e) => this.point(e));
    for (const event of ["pointerleave", "blur"]) this.cells.addEventListener(event, () => this.look(null));
    this.cells.addEventListener("keydown", (e) => this.key(e));
  }

  show(figure, { width, height, titled, colours }) {
    const { heat } = figure;
    Object.assign(this, { figure, heat, width, values: floats(heat.values) });
    this.scale(colours ? colours.map(floats).flatMap((some) => [...some]) : [...this.values]);
    const names = (list, n) => list ?? Array.from({ length: n }, (_, i) => String(i));
    this.rowNames = names(heat.row_names, heat.rows);
    this.columnNames = names(heat.column_names, heat.columns);
    const longest = Math.max(2, ...this.rowNames.map((name) => name.length));
    const left = 24 + 6.5 * Math.min(longest, 18), top = titled ? 26 : 4, right = 74;
    const wide = Math.max(60, width - left - right);
    const cell = height ? height / heat.rows : clamp(wide / heat.columns, 2, 34);
    this.area = { left, top, width: Math.min(wide, heat.columns * Math.max(cell * 1.6, 4)), height: clamp(cell * heat.rows, 60, 420) };
    this.paint(titled);
    this.look(this.at);
  }

  scale(all) {
    const { value, signed } = this.heat;
    this.axis = scaleOf(value, all, { tight: true });
    const unit = (v) => (this.axis.side(v) === "on" ? this.axis.unit(v) : this.axis.side(v) === "under" ? -Infinity : NaN);
    const colours = colourScale(signed ? "signed" : "viridis", this.axis.low, this.axis.high);
    this.colour = (v) => (unit(v) === -Infinity ? [185, 192, 200] : colours(unit(v)));
    this.colours = colours;
  }

  paint(titled) {
    const { heat, area, figure, cells } = this;
    paintPlane(cells, this.values, 0, heat.rows, heat.columns, this.colour);
    Object.assign(cells.style, { left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` });
    cells.setAttribute("aria-label", figure.description);
    this.svg.setAttribute("aria-hidden", "true");
    const height = area.top + area.height + 42;
    size(this.svg, this.width, height);
    this.svg.replaceChildren(titled ? s("text", { class: "heading", x: 0, y: 13 }, figure.title) : "", this.paintNames(), this.paintCounts(), this.paintBar());
    this.mark = s("rect", { class: "mark" });
    this.svg.append(this.mark);
  }

  paintNames() {
    const { left, top, width, height } = this.area;
    const { rows, columns } = this.heat;
    const group = s("g", { class: "axes" });
    const every = (n, room) => Math.max(1, Math.ceil(n / Math.max(1, room)));
    const longest = Math.max(1, ...this.columnNames.map((name) => name.length));
    for (let i = 0; i < rows; i += every(rows, height / 14)) group.append(s("text", { x: left - 6, y: top + ((i + 0.5) * height) / rows + 4, "text-anchor": "end" }, this.rowNames[i]));
    for (let j = 0; j < columns; j += every(columns, width / (6.5 * longest + 8))) group.append(s("text", { x: left + ((j + 0.5) * width) / columns, y: top + height + 15, "text-anchor": "middle" }, this.columnNames[j]));
    group.append(
      s("text", { class: "name", x: left + width / 2, y: top + height + 34, "text-anchor": "middle" }, this.figure.x.label),
      s("text", { class: "name", transform: `translate(10 ${top + height / 2}) rotate(-90)`, "text-anchor": "middle" }, this.figure.y.label));
    return group;
  }

  paintCounts() {
    const { left, top, width, height } = this.area;
    const { rows, columns, counts } = this.heat;
    const widest = Math.max(...[...this.values].map((v) => String(v).length));
    if (!counts || width / columns < widest * 6.6 + 2 || height / rows < 13) return "";
    return s("g", { class: "counts" }, ...[...this.values].map((v, i) => s("text", {
      x: left + ((i % columns) + 0.5) * (width / columns), y: top + (Math.floor(i / columns) + 0.5) * (height / rows) + 4, "text-anchor": "middle", css: { fill: onTop(this.colour(v)) },
    }, String(v))));
  }

  // paintBar draws the colours with their numbers.
  paintBar() {
    const { left, top, width, height } = this.area;
    const x = left + width + 16, steps = 48, { low, high } = this.colours;
    const group = s("g", { class: "axes" });
    for (let i = 0; i < steps; i++) group.append(s("rect", { x, y: top + (i * height) / steps, width: 10, height: height / steps + 0.6, css: { fill: css(this.colours(high - ((i + 0.5) * (high - low)) / steps)) } }));
    for (const { part, text } of ticks({ ...this.axis, low, high }, Math.max(2, Math.floor(height / 32)))) group.append(s("text", { x: x + 15, y: top + height - part * height + 4 }, text));
    group.append(s("text", { class: "name", x: x + 58, y: top + height + 34, "text-anchor": "end" }, this.heat.value.label));
    return group;
  }

  point(event) {
    const box = this.cells.getBoundingClientRect();
    const { rows, columns } = this.heat;
    this.look([clamp(Math.floor(((event.clientY - box.top) / box.height) * rows), 0, rows - 1), clamp(Math.floor(((event.clientX - box.left) / box.width) * columns), 0, columns - 1)]);
  }

  key(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Escape") this.look(null);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const [i, j] = this.at ?? [0, 0].map((_, k) => -step[k]);
    this.look([clamp(i + step[0], 0, this.heat.rows - 1), clamp(j + step[1], 0, this.heat.columns - 1)]);
  }

  look(at) {
    this.at = at && at[0] < this.heat.rows && at[1] < this.heat.columns ? at : null;
    const { left, top, width, height } = this.area;
    const [w, tall] = [width / this.heat.columns, height / this.heat.rows];
    this.mark.setAttribute("visibility", this.at ? "visible" : "hidden");
    if (!this.at) return this.words.replaceChildren();
    const [i, j] = this.at;
    for (const [name, v] of Object.entries({ x: left + j * w, y: top + i * tall, width: w, height: tall })) this.mark.setAttribute(name, v);
    const v = this.values[i * this.heat.columns + j];
    const words = this.axis.side(v) === "under" ? this.axis.floorLabel : number(v, 4);
    this.words.replaceChildren(h("span", { class: "where" }, `${this.figure.y.label || "row"} ${this.rowNames[i]}, ${this.figure.x.label || "column"} ${this.columnNames[j]}`), h("span", {}, h("b", {}, words), ` ${this.heat.value.label ?? ""}`));
  }

  destroy() {}
}
