// A computation as a graph: values above the way forward, gradients on the way back.

import { h } from "../dom.js";
import { canvasSVG, captioned, clamp, fitting, number, s, size, unique } from "./tools.js";

const box = { width: 96, height: 50 };
const least = 0.72; // of its size: three columns fit a phone of 360 pixels

export function draw(host, data) {
  let graph = JSON.parse(data);
  const svg = canvasSVG("");
  const { figure, say } = captioned(h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "a computation" }, svg));
  host.append(figure);
  const fit = fitting(host, (width) => {
    say(graph);
    paint(svg, graph, width);
  });
  return {
    update(next) {
      graph = JSON.parse(next);
      fit.draw();
    },
    destroy: fit.destroy,
  };
}

// arrange puts each node a column behind the last of those it is computed from, and the nodes of a
// column where their neighbours are.
export function arrange({ nodes, edges }) {
  const column = new Map(), row = new Map();
  for (const { name } of nodes) {
    const from = edges.filter(({ to }) => to === name).map((edge) => column.get(edge.from));
    column.set(name, from.length ? Math.max(...from) + 1 : 0);
  }
  const inputs = nodes.filter(({ name }) => !edges.some(({ to }) => to === name));
  for (const { name } of inputs) { // what is given stands right before where it is used first
    const uses = edges.filter(({ from }) => from === name).map(({ to }) => column.get(to));
    if (uses.length) column.set(name, Math.max(0, Math.min(...uses) - 1));
  }
  const columns = [];
  for (const { name } of nodes) (columns[column.get(name)] ??= []).push(name);
  columns.forEach((names, at) => {
    const wish = new Map(names.map((name) => {
      const from = edges.filter((edge) => edge.to === name).map((edge) => row.get(edge.from)).filter((r) => r !== undefined);
      return [name, from.length ? from.reduce((a, b) => a + b, 0) / from.length : undefined];
    }));
    if (at) names.sort((a, b) => (wish.get(a) ?? Infinity) - (wish.get(b) ?? Infinity));
    let below = -Infinity;
    names.forEach((name, i) => {
      const free = below === -Infinity ? 0 : below + 1;
      row.set(name, Math.max(free, Math.round((wish.get(name) ?? (i ? free : 0)) * 2) / 2));
      below = row.get(name);
    });
  });
  const top = Math.min(...row.values());
  for (const [name, r] of row) row.set(name, r - top);
  return { column, row, columns: columns.length, rows: Math.max(...row.values()) + 1 };
}

// paint draws the graph. With hooks, edges can be cut and nodes be turned: decorate(group, node)
// and edge(group, edge) add what is to be moved.
export function paint(svg, graph, width, hooks = {}) {
  const place = arrange(graph);
  const each = Math.min(230, Math.max(box.width + 44, width / place.columns)), tall = 96;
  const full = Math.max(place.columns * each, box.width), top = hooks.edge ? 30 : 16;
  svg.dataset.tip ??= unique("tip");
  const at = (name) => ({ x: place.column.get(name) * each + 2, y: top + place.row.get(name) * tall });
  const low = graph.edges.some((edge) => isLong(edge, place) && at(edge.from).y === at(edge.to).y) ? 56 : 0;
  const wide = full - each + box.width + 16;
  size(svg, wide, top + (place.rows - 1) * tall + box.height + 34 + low);
  svg.style.width = `${wide * clamp(width / wide, least, 1)}px`; // a little smaller rather than cut
  svg.setAttribute("aria-label", `${graph.title}. ${graph.nodes.map((node) => `${node.name} is ${number(node.value)}${node.gradient === undefined ? "" : `, gradient ${number(node.gradient)}`}`).join("; ")}`);
  svg.replaceChildren(
    s("defs", {}, s("marker", { id: svg.dataset.tip, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, s("path", { class: "tip", d: "M0 0L8 4L0 8Z" }))),
    ...graph.edges.map((edge) => paintEdge(graph, edge, at(edge.from), at(edge.to), place, svg.dataset.tip, hooks)),
    ...graph.nodes.map((node) => paintNode(node, at(node.name), hooks)));
}

function paintNode(node, { x, y }, { decorate }) {
  const given = !node.operation;
  const group = s("g", { class: given ? "node given" : "node", transform: `translate(${x} ${y})` },
    s("rect", { class: "box", width: box.width, height: box.height, rx: given ? 25 : 7 }),
    s("text", { class: "node-name", x: box.width / 2, y: 19, "text-anchor": "middle" }, given ? node.name : `${node.name}  ${node.operation}`),
    s("text", { class: "node-value", x: box.width / 2, y: 39, "text-anchor": "middle" }, number(node.value, 4)),
    node.gradient !== undefined && s("text", { class: "gradient", x: box.width / 2, y: box.height + 16, "text-anchor": "middle" }, `← ${number(node.gradient, 4)}`));
  decorate?.(group, node, box);
  return group;
}

const isLong = (edge, place) => place.column.get(edge.to) - place.column.get(edge.from) > 1;

// share is where on a node's side an edge begins or ends: each has a place of its own, in the order
// of what is at its other end; long ones lie below.
function share(edges, edge, other, place) {
  const order = edges.toSorted((a, b) => isLong(a, place) - isLong(b, place) || place.row.get(other(a)) - place.row.get(other(b)));
  return (box.height * (order.indexOf(edge) + 1)) / (order.length + 1);
}

function paintEdge(graph, edge, from, to, place, tip, { edge: hook }) {
  const twins = graph.edges.filter((other) => other.from === edge.from && other.to === edge.to);
  const spread = (twins.indexOf(edge) - (twins.length - 1) / 2) * (hook ? 34 : 22);
  const x1 = from.x + box.width, x2 = to.x - 1;
  const y1 = from.y + share(graph.edges.filter((other) => other.from === edge.from), edge, (other) => other.to, place);
  const y2 = to.y + share(graph.edges.filter((other) => other.to === edge.to), edge, (other) => other.from, place);
  const lift = isLong(edge, place) && from.y === to.y ? 108 : 0;
  const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + (lift + spread) * 0.75 }; // the curve goes through it
  const bend = Math.max(24, (x2 - x1) / 2);
  const group = s("g", { class: "edge" },
    s("path", { class: "wire", d: `M${x1} ${y1}C${x1 + bend} ${y1 + lift + spread} ${x2 - bend} ${y2 + lift + spread} ${x2} ${y2}`, "marker-end": `url(#${tip})` }),
    edge.gradient !== undefined && s("text", { class: "gradient share", x: middle.x, y: middle.y - (hook ? 14 : 6), "text-anchor": "middle" }, number(edge.gradient, 4)));
  hook?.(group, edge, middle);
  return group;
}

