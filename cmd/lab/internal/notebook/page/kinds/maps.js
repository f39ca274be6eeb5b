// Maps: matrices drawn a pixel for each number, side by side, with the number where one points.

import { h } from "../dom.js";
import { colourScale, css, paintPlane } from "./colours.js";
import { clamp, number } from "./tools.js";

// pointed lets a canvas of height x width numbers be looked at, by pointer and by arrow keys.
// look(i, j) is called with a place, and with nothing when it is left.
export function pointed(canvas, height, width, look) {
  let at = null;
  const go = (place) => {
    at = place;
    if (at) look(...at);
    else look();
  };
  const over = (event) => {
    const box = canvas.getBoundingClientRect();
    go([clamp(Math.floor(((event.clientY - box.top) / box.height) * height), 0, height - 1), clamp(Math.floor(((event.clientX - box.left) / box.width) * width), 0, width - 1)]);
  };
  canvas.setAttribute("tabindex", "0");
  canvas.addEventListener("pointermove", over);
  canvas.addEventListener("pointerdown", over);
  canvas.addEventListener("pointerleave", () => go(null));
  canvas.addEventListener("blur", () => go(null));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Escape" && at) go(null);
    else if (step) go(at ? [clamp(at[0] + step[0], 0, height - 1), clamp(at[1] + step[1], 0, width - 1)] : [0, 0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// zoom is how many page pixels a pixel gets, so that pictures of so many pixels fill a useful place.
export function zoom(height, width, count, room = 640) {
  const edge = Math.max(height, width);
  const want = count === 1 ? 336 : count <= 4 ? 196 : count <= 16 ? 132 : 88;
  const times = want / edge;
  return Math.min(times >= 1 ? Math.min(Math.floor(times), 28) : times, room / width);
}

// Tiles is a row of maps with captions, one line that says what is pointed at, and the colours.
export class Tiles {
  constructor() {
    this.row = h("div", { class: "tiles" });
    this.words = h("div", { class: "readout", role: "status" });
    this.key = h("div", { class: "key" });
    this.element = h("div", {}, this.row, h("div", { class: "below" }, this.key, this.words));
    this.shape = "";
  }

  // show draws tiles of {caption, height, width, values, at} or {caption, height, width, png}.
  show(tiles, { low, high, map, columns, scale: times }) {
    const scale = colourScale(map, low, high);
    const shape = JSON.stringify([columns, times, tiles.map(({ height, width, caption, png }) => [height, width, caption, Boolean(png)])]);
    if (shape !== this.shape) this.build(tiles, columns, times);
    this.shape = shape;
    this.tiles = tiles;
    tiles.forEach((tile, n) => {
      const picture = this.row.children[n].firstChild;
      if (tile.png) picture.src = `data:image/png;base64,${tile.png}`;
      else paintPlane(picture, tile.values, tile.at ?? 0, tile.height, tile.width, scale);
    });
    this.key.hidden = tiles.every((tile) => tile.png);
    this.key.replaceChildren(number(scale.low), ramp(scale), number(scale.high));
  }

  build(tiles, columns, times) {
    this.row.style.setProperty("--columns", columns || null);
    this.row.style.setProperty("--longest", `${Math.max(...tiles.map(({ caption }) => caption?.length ?? 0))}ch`);
    this.row.classList.toggle("fixed", Boolean(columns));
    this.row.replaceChildren(...tiles.map((tile, n) => {
      const edge = times || zoom(tile.height, tile.width, tiles.length);
      const name = tile.caption || `picture ${n}`;
      const picture = tile.png ? h("img", { alt: name }) : h("canvas", { role: "img", "aria-label": `${name}, ${tile.height} by ${tile.width} numbers` });
      picture.className = edge > 1 ? "pixels" : "";
      picture.style.width = `${Math.round(edge * tile.width)}px`;
      picture.style.aspectRatio = `${tile.width} / ${tile.height}`;
      if (!tile.png) pointed(picture, tile.height, tile.width, (i, j) => this.look(n, i, j));
      return h("figure", { class: "tile" }, picture, tile.caption && h("figcaption", {}, tile.caption));
    }));
  }

  look(n, i, j) {
    if (i === undefined) return this.words.replaceChildren();
    const tile = this.tiles[n];
    const v = tile.values[(tile.at ?? 0) + i * tile.width + j];
    this.words.replaceChildren(h("span", { class: "where" }, `${tile.caption ? `${tile.caption}, ` : ""}row ${i}, column ${j}`), h("span", {}, h("b", {}, number(v, 4))));
  }
}

// ramp draws the colours of a scale from left to right.
function ramp(scale) {
  const canvas = h("canvas", { class: "ramp", "aria-hidden": "true", width: 96, height: 1 });
  const context = canvas.getContext("2d");
  for (let x = 0; x < 96; x++) {
    context.fillStyle = css(scale(scale.low + (x / 95) * (scale.high - scale.low)));
    context.fillRect(x, 0, 1, 1);
  }
  return canvas;
}
