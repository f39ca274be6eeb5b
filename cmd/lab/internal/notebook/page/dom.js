// Making elements. Text is always set as text; the one door for HTML is `fragment`.

// h makes an element: h("button", { class: "bare", title: "Run", on: { click } }, "Run").
// A property that is null, undefined or false is left out.
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, call] of Object.entries(value)) element.addEventListener(event, call);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// fragment turns HTML from the server, which has cleaned it, into nodes. The page's policy forbids
// styles in markup; the few there are, of formulas and drawings, are set one by one instead.
export function fragment(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const nodes = document.createDocumentFragment();
  nodes.append(...parsed.body.childNodes);
  return tame(nodes);
}

const forbidden = "script, iframe, object, embed, foreignObject, base, link, meta";

// drawing turns the text of an SVG into an element without anything that could act.
export function drawing(text) {
  const nodes = fragment(text);
  return nodes.querySelector("svg") ?? document.createTextNode(text);
}

function tame(nodes) {
  for (const element of nodes.querySelectorAll(forbidden)) element.remove();
  for (const element of nodes.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || (/href$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))) element.removeAttribute(name);
    }
    const style = element.getAttribute("style");
    if (style === null) continue;
    element.removeAttribute("style");
    element.style.cssText = style;
  }
  return nodes;
}

// Icons on a grid of 16, drawn with lines.
const icons = {
  run: "M5 3l8 5-8 5z",
  stop: "M4 4h8v8h-8z",
  restart: "M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3",
  all: "M3 3l5 5-5 5zM9 3l5 5-5 5z",
  up: "M8 13V3M4 7l4-4 4 4",
  down: "M8 3v10M4 9l4 4 4-4",
  plus: "M8 3v10M3 8h10",
  remove: "M3 4h10M6 4V2h4v2M4.5 4l.5 9h6l.5-9",
  undo: "M3 6h6a4 4 0 0 1 0 8H6M6 3L3 6l3 3",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  list: "M3 4h10M3 8h10M3 12h6",
  show: "M2 3h12v8H2zM8 11v3M5 14h6",
  keys: "M2 4h12v8H2zM5 7h.01M8 7h.01M11 7h.01M5 10h6",
  above: "M3 8l5-5 5 5zM3 13h10",
  close: "M4 4l8 8M12 4l-8 8",
};

// icon draws one; it says nothing to screen readers, the button around it does.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  if (name === "run" || name === "stop" || name === "all") svg.classList.add("filled");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}

// button makes a button that does something; with an icon alone its title says what.
export function button({ label, title, icon: name, kind = "bare", keys, click }) {
  const props = { type: "button", class: kind, title: [title ?? label, keys && `(${keys})`].filter(Boolean).join(" "), on: { click } };
  if (!label) props["aria-label"] = title;
  return h("button", props, name && icon(name), label);
}

// plural: plural(1, "cell") is "1 cell", plural(3, "cell") "3 cells".
export const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

// duration writes seconds for people: "0.02 s", "3.4 s", "2 min 5 s".
export function duration(seconds) {
  if (seconds < 0.01) return "under 0.01 s";
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600), minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
