// A tensor: its numbers in a table where they are few, else a map of each of its planes.

import { h } from "../dom.js";
import { colourScale, css, mapFor, onTop } from "./colours.js";
import { Tiles, zoom } from "./maps.js";
import { floats, number } from "./tools.js";

const mostRows = 12, mostColumns = 12, mostTables = 4;

export function draw(host, data) {
  const head = h("p", { class: "tensor-head" });
  const place = h("div", { class: "tensor-body" });
  const tiles = new Tiles();
  host.append(h("div", { class: "tensor" }, head, place));

  function show(t) {
    const values = floats(t.values);
    head.replaceChildren(h("b", {}, `tensor [${t.shape.join(" ")}]`), `  from ${number(t.low, 4)} to ${number(t.high, 4)}, mean ${number(meanOf(t), 3)}`);
    const isTable = t.planes <= mostTables && t.height <= mostRows && t.width <= (t.height === 1 ? 16 : mostColumns) && !t.left_out;
    if (isTable) {
      place.replaceChildren(h("div", { class: "tables" }, ...Array.from({ length: t.planes }, (_, n) => table(t, values, n))));
      return;
    }
    const scale = { low: Number(t.low), high: Number(t.high), map: mapFor(t.low, t.kind === "pictures" ? "grey" : "viridis") };
    tiles.show(Array.from({ length: t.planes }, (_, n) => ({ caption: nameOf(t, n), height: t.height, width: t.width, values, at: n * t.height * t.width })), scale);
    const parts = [tiles.element];
    if (isColour(t)) parts.unshift(colourPicture(t, values));
    if (t.left_out) parts.push(h("p", { class: "note" }, `${t.left_out.toLocaleString("en")} numbers more are not drawn.`));
    place.replaceChildren(...parts);
  }

  show(JSON.parse(data));
  return { update: (next) => show(JSON.parse(next)) };
}

// meanOf is the mean; what rounding left of a zero is zero.
const meanOf = ({ mean, low, high }) => (Math.abs(mean) < 1e-7 * Math.max(Math.abs(low), Math.abs(high)) ? 0 : mean);

// nameOf says which plane of the tensor it is.
function nameOf(t, n) {
  if (t.planes === 1) return "";
  const across = n % t.across, down = Math.floor(n / t.across);
  switch (t.kind) {
    case "pictures": return t.shape.length === 4 && t.shape[0] > 1 ? (t.across > 1 ? `picture ${down}, channel ${across}` : `picture ${down}`) : `channel ${across}`;
    case "kernels": return t.shape[2] > 1 ? `in ${down}, out ${across}` : `out ${across}`;
  }
  return `[${n}]`;
}

// table writes the numbers of a plane on their colours: on a picture's greys from 0, which is black,
// and, where some are below zero, on those of signed numbers, which leave zero as the page is.
function table(t, values, n) {
  const signed = t.low < 0, coloured = signed || t.kind === "pictures";
  const scale = colourScale(mapFor(t.low, "grey"), signed ? Number(t.low) : 0, Number(t.high));
  const rows = Array.from({ length: t.height }, (_, i) => h("tr", {}, ...Array.from({ length: t.width }, (_, j) => {
    const v = values[(n * t.height + i) * t.width + j];
    const cell = h("td", {}, number(v, 4));
    const colour = scale(v);
    if (coloured && !(signed && v === 0)) {
      cell.style.background = css(colour);
      cell.style.color = onTop(colour);
    }
    return cell;
  })));
  const caption = nameOf(t, n);
  return h("table", { class: "numbers" }, caption && h("caption", {}, caption), h("tbody", {}, ...rows));
}

// isColour tells one picture of red, green and blue.
const isColour = (t) => t.kind === "pictures" && t.across === 3 && t.planes === 3 && t.low >= 0 && t.high <= 1;

function colourPicture(t, values) {
  const canvas = h("canvas", { role: "img", "aria-label": `a picture of ${t.height} by ${t.width} pixels`, width: t.width, height: t.height });
  const context = canvas.getContext("2d"), image = context.createImageData(t.width, t.height), each = t.height * t.width;
  for (let i = 0; i < each; i++) image.data.set([values[i] * 255, values[each + i] * 255, values[2 * each + i] * 255, 255], 4 * i);
  context.putImageData(image, 0, 0);
  const times = zoom(t.height, t.width, 1);
  canvas.className = times > 1 ? "pixels" : "";
  canvas.style.width = `${Math.round(times * t.width)}px`;
  return h("figure", { class: "tile whole" }, canvas);
}
