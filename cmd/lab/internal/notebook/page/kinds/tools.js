// What several kinds need: SVG elements, numbers as they came from Go and for people, drawing that
// follows the width of its place.

import { h } from "../dom.js";

const space = "http://www.w3.org/2000/svg";

// s makes an SVG element; a property that is null, undefined or false is left out. "on" holds
// listeners, "css" properties of its style: a colour in a variable of the page belongs there.
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, call] of Object.entries(value)) element.addEventListener(event, call);
    else if (name === "css") for (const [property, to] of Object.entries(value)) element.style.setProperty(property, to);
    else element.setAttribute(name, typeof value === "number" ? round(value) : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const round = (v) => Math.round(v * 100) / 100;

// floats reads numbers that came as base64 of float32.
export function floats(base64) {
  const text = atob(base64 ?? "");
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: text.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

// number writes v for a reader, in so many significant digits: 0.0123, 2,300, 1.7×10⁻¹³.
export function number(v, digits = 3) {
  v = Number(v);
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "NaN" : v > 0 ? "∞" : "−∞";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size < 1e-4 || size >= 1e7) {
    const [mantissa, power] = v.toExponential(digits - 1).split("e");
    const short = String(Number(mantissa));
    return (short === "1" ? "" : minus(short) + "×") + tenTo(Number(power));
  }
  const precise = Number(v.toPrecision(size >= 1000 ? Math.max(digits, Math.floor(Math.log10(size)) + 1) : digits));
  return minus(Math.abs(precise) >= 1000 ? precise.toLocaleString("en") : String(precise));
}

const minus = (text) => text.replace("-", "−");
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// tenTo writes ten to the power n.
export const tenTo = (n) => "10" + [...String(n)].map((c) => (c === "-" ? "⁻" : raised[c])).join("");

export const clamp = (v, from, to) => Math.min(Math.max(v, from), to);

// extent is the least and the greatest of the finite numbers; null if there is none.
export function extent(numbers) {
  let low = Infinity, high = -Infinity;
  for (const v of numbers) {
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low <= high ? [low, high] : null;
}

// fitting calls paint(width) now and whenever the place gets another width.
export function fitting(host, paint) {
  let width = host.clientWidth || 640;
  const draw = () => paint(width); // it is not measured anew: that would lay the page out at once
  const watch = new ResizeObserver(() => {
    const now = host.clientWidth;
    if (!now || Math.abs(now - width) < 1) return;
    width = now;
    draw();
  });
  draw();
  watch.observe(host);
  return { draw, destroy: () => watch.disconnect() };
}

// drawing makes an SVG that is as wide as its place and says what it shows.
export function canvasSVG(label) {
  return s("svg", { class: "own", role: "img", "aria-label": label });
}

// size gives an SVG its size in CSS pixels.
export function size(svg, width, height) {
  svg.setAttribute("viewBox", `0 0 ${Math.round(width)} ${Math.round(height)}`);
  svg.setAttribute("width", Math.round(width));
  svg.setAttribute("height", Math.round(height));
}

// captioned puts a title, what was measured and the source around a picture.
export function captioned(...content) {
  const title = h("div", { class: "viz-title" }), subtitle = h("div", { class: "viz-subtitle" }), source = h("div", { class: "viz-source" });
  const figure = h("figure", { class: "own-figure" }, h("figcaption", {}, title, subtitle), ...content, source);
  const say = (words) => {
    for (const [element, text] of [[title, words.title], [subtitle, words.subtitle], [source, words.source]]) {
      element.textContent = text ?? "";
      element.hidden = !text;
    }
  };
  return { figure, say };
}

// Colours that mean the same everywhere follow the page; all others stay as Go has them.
const inks = { "#D55E00": "var(--plain)", "#0072B2": "var(--residual)", "#1F2328": "var(--ink)" };
export const ink = (colour) => inks[colour] ?? colour ?? "var(--ink)";

// readable is a colour dark or light enough for text.
export const readable = (colour) => `color-mix(in srgb, ${ink(colour)} 68%, var(--ink))`;

// frames calls show with the newest value, once before the next picture.
export function frames(show) {
  let waiting = 0, newest;
  const call = (value) => {
    newest = value;
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      show(newest);
    });
  };
  call.stop = () => cancelAnimationFrame(waiting);
  return call;
}

let last = 0;

// unique makes an id for elements that name each other.
export const unique = (name) => `${name}-${++last}`;

// dragging follows a pointer from where it goes down: move(event, first) until it goes up. The
// page does not scroll meanwhile.
export function dragging(element, move, end = () => {}) {
  let held = null;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = event.pointerId;
    element.setPointerCapture(held);
    move(event, true);
  });
  element.addEventListener("pointermove", (event) => event.pointerId === held && move(event, false));
  for (const over of ["pointerup", "pointercancel"]) {
    element.addEventListener(over, (event) => {
      if (event.pointerId !== held) return;
      held = null;
      end(event);
    });
  }
  return { get held() { return held !== null; } };
}
