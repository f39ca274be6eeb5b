// A window that slides over a picture: what is under it, the products with the weights, their sum,
// and where that goes.

import { h } from "../dom.js";
import { colourScale, onTop, paintPlane } from "./colours.js";
import { extent, floats, number, s } from "./tools.js";

export class Sliding {
  constructor(steps) {
    const block = (b) => b && { rows: b.shape[0], columns: b.shape[1], channels: b.shape[2], data: floats(b.data) };
    Object.assign(this, { steps, input: block(steps.input), kernel: block(steps.kernel), output: block(steps.output) });
    this.pad = steps.pad ?? 0;
    this.stride = steps.stride ?? 1;
    this.size = steps.size;
    this.conv = steps.operation === "conv";
    this.channel = 0;
    this.count = this.output.rows * this.output.columns;
    this.name = { conv: "convolution", max: "maximum pooling", average: "average pooling" }[steps.operation];
    this.build();
  }

  build() {
    const { input, output, kernel, pad, size } = this;
    const edge = (rows, columns, room) => Math.max(3, Math.min(38, Math.floor(room / Math.max(rows, columns))));
    const inEdge = edge(input.rows + 2 * pad, input.columns + 2 * pad, 180);
    this.source = new Grid("input", input.rows + 2 * pad, input.columns + 2 * pad, inEdge);
    this.weights = kernel && new Grid("weights", size, size, edge(size, size, 84));
    this.products = new Grid(this.conv ? "products" : "under the window", size, size, edge(size, size, 102));
    this.result = new Grid("output", output.rows, output.columns, edge(output.rows, output.columns, 150));
    this.sum = h("p", { class: "sum-line", role: "status" });
    this.link = s("svg", { class: "link", "aria-hidden": "true" });
    const op = (text) => h("span", { class: "op", "aria-hidden": "true" }, text);
    const middle = h("div", { class: "middle" }, this.products.element);
    this.stage = h("div", { class: "stage" }, this.source.element, this.weights ? op("×") : op("→"), this.weights?.element ?? "", this.weights ? op("=") : "", middle, this.result.element, this.link);
    this.element = h("div", { class: "sliding" }, this.channels(), this.stage, this.sum);
    this.watch = new ResizeObserver(() => this.at !== undefined && this.connect());
    this.watch.observe(this.stage);
    this.fill();
  }

  // channels chooses which channel is looked at, where there are several.
  channels() {
    const { channels } = this.input;
    if (channels === 1) return "";
    const name = `channel of ${this.name}`;
    return h("fieldset", { class: "channels" }, h("legend", {}, "channel"), ...Array.from({ length: channels }, (_, c) => h("label", {}, h("input", { type: "radio", name, checked: c === 0, on: { change: () => {
      this.channel = c;
      this.fill();
      this.show(this.at);
    } } }), h("span", {}, c))));
  }

  // value is a number of the input; outside is padding.
  value(i, j, c = this.channel) {
    const { rows, columns, channels, data } = this.input;
    return i < 0 || j < 0 || i >= rows || j >= columns ? 0 : data[(i * columns + j) * channels + c];
  }

  weight(p, q, c = this.channel) {
    return this.kernel.data[(p * this.size + q) * this.kernel.channels + c];
  }

  out(i, j) {
    const { columns, channels, data } = this.output;
    return data[(i * columns + j) * channels + (this.conv ? 0 : this.channel)];
  }

  fill() {
    const { source, pad } = this;
    const [low, high] = extent(this.input.data) ?? [0, 1];
    this.inScale = colourScale(low < 0 ? "signed" : "grey", low, high);
    const values = Array.from({ length: source.rows * source.columns }, (_, k) => this.value(Math.floor(k / source.columns) - pad, (k % source.columns) - pad));
    const isPad = (k) => {
      const i = Math.floor(k / source.columns) - pad, j = (k % source.columns) - pad;
      return i < 0 || j < 0 || i >= this.input.rows || j >= this.input.columns;
    };
    source.paint(values, this.inScale, isPad);
    if (this.weights) {
      const weights = Array.from({ length: this.size ** 2 }, (_, k) => this.weight(Math.floor(k / this.size), k % this.size));
      const reach = Math.max(...[...this.kernel.data].map(Math.abs)) || 1;
      this.weights.paint(weights, colourScale("signed", -reach, reach));
    }
    const [outLow, outHigh] = extent(this.output.data) ?? [0, 1];
    this.outScale = colourScale(outLow < 0 ? "signed" : "grey", Math.min(outLow, 0), outHigh);
  }

  show(at) {
    this.at = at;
    const { output, stride, size, pad, conv } = this;
    const i = Math.floor(at / output.columns), j = at % output.columns;
    this.source.frame(i * stride, j * stride, size, size);
    const under = [], terms = [];
    for (let p = 0; p < size; p++) for (let q = 0; q < size; q++) {
      const v = this.value(i * stride + p - pad, j * stride + q - pad);
      under.push(conv ? v * this.weight(p, q) : v);
      terms.push(conv ? `${number(v)}·${signed(this.weight(p, q))}` : number(v));
    }
    const [low, high] = extent(under) ?? [0, 1];
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    this.products.paint(under, conv ? colourScale("signed", -reach, reach) : this.inScale);
    if (this.steps.operation === "max") this.products.frame(Math.floor(under.indexOf(high) / size), under.indexOf(high) % size, 1, 1);
    const done = Array.from({ length: this.count }, (_, k) => (k <= at ? this.out(Math.floor(k / output.columns), k % output.columns) : NaN));
    this.result.paint(done, this.outScale, (k) => k > at);
    this.result.frame(i, j, 1, 1);
    this.sum.replaceChildren(...this.words(terms, under, this.out(i, j), `row ${i}, column ${j}`));
    this.connect();
  }

  words(terms, under, result, where) {
    const { operation } = this.steps, n = under.length;
    const few = n <= 9;
    const b = h("b", {}, number(result, 4));
    const place = h("span", { class: "where" }, `output at ${where}: `);
    if (operation === "max") return [place, `the largest of ${few ? terms.join(", ") : `${n} numbers`} is `, b];
    if (operation === "average") return [place, `(${few ? terms.join(" + ") : `sum of ${n} numbers`}) / ${n} = `, b];
    const own = under.reduce((a, v) => a + v, 0);
    if (this.input.channels === 1) return [place, few ? `${terms.join(" + ")} = ` : `the sum of ${n} products = `, b];
    return [place, `channel ${this.channel} gives ${number(own, 4)}, all ${this.input.channels} channels together `, b];
  }

  // connect draws the arrow from the sum to the cell of the output.
  connect() {
    const stage = this.stage.getBoundingClientRect();
    const from = this.products.element.querySelector(".grid-box").getBoundingClientRect(), to = this.result.cellBox(this.at);
    this.link.setAttribute("viewBox", `0 0 ${stage.width} ${stage.height}`);
    const below = to.top > from.bottom; // on a narrow page the output stands below
    const x1 = (below ? from.left + from.width / 2 : from.right) - stage.left + 2, y1 = (below ? from.bottom : from.top + from.height / 2) - stage.top;
    const x2 = to.left - stage.left - 3 + (below ? to.width / 2 + 3 : 0), y2 = to.top - stage.top - (below ? 3 : -to.height / 2);
    const bend = Math.max(14, (x2 - x1) / 2);
    const head = below ? `M${x2 - 5} ${y2 - 9}L${x2} ${y2}L${x2 + 5} ${y2 - 9}Z` : `M${x2 - 9} ${y2 - 5}L${x2} ${y2}L${x2 - 9} ${y2 + 5}Z`;
    const line = below ? `M${x1} ${y1}C${x1} ${y1 + 30} ${x2} ${y2 - 40} ${x2} ${y2 - 8}` : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 8} ${y2}`;
    this.link.replaceChildren(s("path", { d: line }), s("path", { class: "head", d: head }));
  }
}

const signed = (v) => (v < 0 ? `(${number(v)})` : number(v));

// A Grid is a matrix with its numbers, where there is room for them, and a frame around a part.
class Grid {
  constructor(name, rows, columns, edge) {
    Object.assign(this, { name, rows, columns, edge });
    this.canvas = h("canvas", { class: "pixels" });
    this.svg = s("svg", { viewBox: `0 0 ${columns * edge} ${rows * edge}` });
    this.texts = s("g", { class: "cell-texts" });
    this.window = s("rect", { class: "window" });
    this.svg.append(this.texts, this.window);
    const box = h("div", { class: "grid-box" }, this.canvas, this.svg);
    box.style.width = `${columns * edge}px`;
    box.style.height = `${rows * edge}px`;
    this.box = box;
    this.element = h("figure", { class: "grid-panel" }, h("figcaption", {}, name), box);
  }

  // paint shows the numbers; faint(k) tells which are padding or not there yet.
  paint(values, scale, faint = () => false) {
    const { rows, columns, edge } = this;
    paintPlane(this.canvas, values, 0, rows, columns, scale, faint);
    if (edge < 22) return;
    this.texts.replaceChildren(...values.map((v, k) => (Number.isFinite(v) ? s("text", {
      x: ((k % columns) + 0.5) * edge, y: (Math.floor(k / columns) + 0.5) * edge + 4, "text-anchor": "middle", class: faint(k) ? "faint" : null,
      css: { "font-size": `${Math.min(13, (edge * 1.5) / Math.max(2, number(v, 3).length))}px`, ...(faint(k) ? {} : { fill: onTop(scale(v)) }) },
    }, number(v, 3)) : "")));
  }

  frame(i, j, rows, columns) {
    const { edge } = this;
    for (const [name, v] of Object.entries({ x: j * edge, y: i * edge, width: columns * edge, height: rows * edge })) this.window.setAttribute(name, v);
  }

  // cellBox is where a cell lies on the screen.
  cellBox(k) {
    const box = this.box.getBoundingClientRect(), [w, t] = [box.width / this.columns, box.height / this.rows];
    return { left: box.left + (k % this.columns) * w, top: box.top + Math.floor(k / this.columns) * t, width: w, height: t };
  }
}
