// A graph whose nodes have wheels and whose edges can be cut.

import { button, h } from "../dom.js";
import { paint } from "./graph.js";
import { same, taken } from "./parts.js";
import { captioned, clamp, fitting, number, s } from "./tools.js";

const fine = 0.1; // one notch of a wheel

export function turn(shell, control, set) {
  const svg = s("svg", { class: "own graph", role: "group" });
  const { figure, say } = captioned(h("div", { class: "scroll" }, svg));
  const back = button({ label: "All as before", kind: "quiet", click: () => go({ by: {}, cut: [] }) });
  shell.append(figure, h("div", { class: "control-foot" }, back, h("span", { class: "keys" }, "Turn a node: drag its wheel, or arrow keys. Cut an edge: its scissors, or Enter.")));
  let graph, state;

  const fit = fitting(figure, (width) => {
    if (!graph) return;
    const focused = svg.contains(document.activeElement) ? document.activeElement.dataset.part : null;
    say(graph);
    paint(svg, graph, width, { decorate: wheel, edge: scissors });
    back.disabled = same(state, { by: {}, cut: [] });
    if (focused) [...svg.querySelectorAll("[data-part]")].find((part) => part.dataset.part === focused)?.focus({ preventScroll: true });
  });

  function show(next) {
    graph = next.graph;
    state = { by: { ...next.value.by }, cut: [...(next.value.cut ?? [])] };
    fit.draw();
  }

  function go(next) {
    if (same(next, state)) return;
    state = next;
    fit.draw();
    set(next);
  }

  function by(name, amount) {
    const rounded = Number(clamp(amount, -1000, 1000).toFixed(3));
    const { [name]: _, ...others } = state.by;
    go({ ...state, by: rounded ? { ...others, [name]: rounded } : others });
  }

  function wheel(group, node, box) {
    const turned = state.by[node.name] ?? 0;
    const knob = s("g", { class: `wheel${turned ? " turned" : ""}`, role: "slider", tabindex: "0", "data-part": `node ${node.name}`, "aria-label": `turn ${node.name}`, "aria-valuenow": turned, "aria-valuetext": `${turned >= 0 ? "plus" : "minus"} ${number(Math.abs(turned))}`, transform: `translate(${box.width - 4} 4)` },
      s("circle", { r: 13, class: "rim" }),
      s("line", { x1: 0, y1: 0, x2: 9 * Math.sin(turned * 2), y2: -9 * Math.cos(turned * 2) }));
    if (turned) group.append(s("text", { class: "turned", x: 4, y: -4 }, (turned > 0 ? "+" : "") + number(turned, 3)));
    const from = { y: 0, at: 0 };
    knob.addEventListener("pointerdown", (event) => {
      Object.assign(from, { y: event.clientY, at: state.by[node.name] ?? 0 });
      hold(node.name, from);
      event.preventDefault();
    });
    knob.addEventListener("keydown", (event) => {
      const step = { ArrowUp: fine, ArrowRight: fine, ArrowDown: -fine, ArrowLeft: -fine, PageUp: 10 * fine, PageDown: -10 * fine }[event.key];
      if (event.key === "Home" || event.key === "Delete") by(node.name, 0);
      else if (step) by(node.name, (state.by[node.name] ?? 0) + step);
      else return;
      taken(event);
    });
    group.append(knob);
  }

  // hold follows a pointer that turns a wheel: the wheel itself is drawn anew meanwhile.
  function hold(name, from) {
    const move = (event) => by(name, from.at + Math.round((from.y - event.clientY) / 6) * fine);
    const end = () => {
      removeEventListener("pointermove", move);
      for (const over of ["pointerup", "pointercancel"]) removeEventListener(over, end);
    };
    addEventListener("pointermove", move);
    for (const over of ["pointerup", "pointercancel"]) addEventListener(over, end);
  }

  function scissors(group, edge, { x, y }) {
    const cut = state.cut.includes(edge.name);
    const flip = () => go({ ...state, cut: cut ? state.cut.filter((name) => name !== edge.name) : [...state.cut, edge.name] });
    group.classList.toggle("cut", cut);
    group.append(s("g", { class: "scissors", role: "button", tabindex: "0", "data-part": `edge ${edge.name}`, "aria-pressed": String(cut), "aria-label": `cut ${edge.name.replace(">", " to ")}`, transform: `translate(${x} ${y})`, on: {
      click: flip,
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        taken(event);
        flip();
      },
    } }, s("circle", { r: 10 }), s("text", { "text-anchor": "middle", y: 4 }, cut ? "✕" : "✂")));
  }

  show(control);
  return { update: show, destroy: fit.destroy };
}
