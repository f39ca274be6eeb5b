// An architecture: layers as boxes from top to bottom, each with the volume that leaves it; blocks
// with the highway around them. Blocks that are alike are drawn once.

import { h } from "../dom.js";
import { s } from "./tools.js";

const sizeText = (shape) => shape.join("×");
const heads = { name: "layer", kind: "", out: "output", volume: "", params: "parameters" };
const count = (n) => n.toLocaleString("en");

export function draw(host, data) {
  const model = JSON.parse(data);
  const most = { edge: 1, channels: 1 };
  const measure = (shape) => {
    if (shape.length === 3) most.edge = Math.max(most.edge, shape[0], shape[1]);
    most.channels = Math.max(most.channels, shape.at(-1));
  };
  const walk = (parts) => parts.forEach((part) => {
    measure(part.out);
    walk(part.inside ?? []);
    walk(part.shortcut ?? []);
  });
  measure(model.input);
  walk(model.parts);
  host.append(h("div", { class: "model", role: "group", "aria-label": `an architecture of ${model.weight_layers} weight layers` },
    h("p", { class: "totals" }, h("b", {}, `${model.weight_layers} weight layers`), ` · ${count(model.params)} parameters · ${count(model.macs)} multiply-adds`),
    h("div", { class: "layer heads", "aria-hidden": "true" }, ...["name", "kind", "out", "volume", "params"].map((column) => h("span", { class: column }, heads[column]))),
    h("ol", { class: "layers" }, row({ name: "input", out: model.input }, most, ""), ...model.parts.flatMap((part) => draw1(part, most, "")))));
}

// draw1 returns the items of one part.
function draw1(part, most, path) {
  const times = part.times > 1 ? h("span", { class: "times" }, `× ${part.times}`, h("span", { class: "unseen" }, " alike")) : null;
  if (part.kind) return [row(part, most, path)];
  const name = part.times > 1 ? `${part.name} to ${part.last.split(".").at(-1)}` : part.name;
  if (part.block) return [block(part, most, name, times)];
  const inner = part.inside.flatMap((one) => draw1(one, most, part.name));
  const hasOwnBlock = part.inside[0]?.block;
  if (hasOwnBlock) {
    const [first, ...rest] = part.inside;
    return [h("li", { class: "group" }, h("div", { class: "group-name" }, name, times), h("ol", { class: "layers" }, block(first, most, "", null), ...rest.flatMap((one) => draw1(one, most, part.name))))];
  }
  return [h("li", { class: "group" }, h("details", { open: true }, h("summary", { class: "group-name" }, name, times, h("span", { class: "out" }, sizeText(part.out))), h("ol", { class: "layers" }, ...inner)))];
}

function block(part, most, name, times) {
  const body = h("ol", { class: "layers body" }, ...part.inside.flatMap((one) => draw1(one, most, part.name)));
  if (!part.open) return h("li", { class: "block closed" }, name && h("div", { class: "group-name" }, name, times), body);
  const road = part.shortcut
    ? h("ol", { class: "layers shortcut" }, ...part.shortcut.flatMap((one) => draw1(one, most, `${part.name}.downsample`)))
    : h("span", { class: "identity" }, "x");
  return h("li", { class: "block" }, name && h("div", { class: "group-name" }, name, times),
    h("div", { class: "roads" }, body, h("div", { class: "highway", "aria-label": "shortcut" }, road)),
    h("div", { class: "sum" }, h("span", { class: "plus", "aria-label": "plus" }, "+")));
}

function row(part, most, path) {
  const name = part.name.startsWith(`${path}.`) ? part.name.slice(path.length + 1) : part.name;
  const weighs = Boolean(part.macs);
  return h("li", { class: `layer${weighs ? " weighs" : ""}` },
    h("span", { class: "name" }, name), h("span", { class: "kind" }, part.kind ?? ""),
    h("span", { class: "out" }, sizeText(part.out)), volume(part.out, most), h("span", { class: "params" }, part.params ? count(part.params) : ""));
}

// volume draws a shape: as high as its pictures, as wide as it has channels, both beside the largest.
function volume(shape, most) {
  const high = shape.length === 3 ? 3 + 17 * Math.sqrt(Math.max(shape[0], shape[1]) / most.edge) : 3;
  const wide = 3 + 37 * Math.sqrt(shape.at(-1) / most.channels);
  return s("svg", { class: "volume", viewBox: "0 0 42 22", width: 42, height: 22, "aria-hidden": "true" }, s("rect", { x: 1, y: 11 - high / 2, width: wide, height: high, rx: 1.5 }));
}
