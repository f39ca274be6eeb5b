// What a cell shows: what it printed, its displays, how far it has come.

import { button, duration, h, plural } from "./dom.js";
import { kinds } from "./kinds/kinds.js";
import { asShown, folded } from "./printed.js";

export class Output {
  // set(name, value) moves a control of the cell; frame(display) is the address of its HTML.
  constructor(host, { set, frame }) {
    Object.assign(this, { host, set, frameOf: frame, parts: new Map(), unfolded: new Set(), frame: 0, list: [] });
  }

  // show draws the list, once before the next picture however often it changes.
  show(list) {
    this.list = list;
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = 0;
    const kept = new Set();
    const keyOf = counting();
    this.list.forEach((item, index) => {
      const key = keyOf(item);
      kept.add(key);
      const part = this.parts.get(key);
      const next = part?.item === item ? part : this.part(key, item, part);
      this.parts.set(key, next);
      if (part && next !== part) part.node.replaceWith(next.node);
      if (this.host.children[index] !== next.node) this.host.insertBefore(next.node, this.host.children[index] ?? null);
    });
    for (const [key, part] of this.parts) if (!kept.has(key)) this.remove(key, part);
    this.host.hidden = this.list.length === 0;
  }

  remove(key, part) {
    part.drawn?.destroy?.();
    part.node.remove();
    this.parts.delete(key);
    this.unfolded.delete(key);
  }

  // part draws an item, into the part that shows it already where that can be.
  part(key, item, part) {
    switch (item.t) {
      case "stream": return this.stream(key, item, part);
      case "progress": return progress(item, part);
    }
    if (part?.drawn?.update && part.item.kind === item.kind) {
      part.drawn.update(item.data);
      part.item = item;
      return part;
    }
    part?.drawn?.destroy?.();
    return this.display(item);
  }

  display(item) {
    const node = h("div", { class: `display ${item.kind}${item.result ? " result" : ""}` });
    this.host.append(node); // before it is drawn: colours and sizes are those of the page
    const page = { set: this.set, text: item.text, frame: this.frameOf(item.id) };
    const kind = kinds[item.kind];
    try {
      if (kind) return { item, node, drawn: kind.draw(node, item.data, page) ?? null };
    } catch (problem) {
      console.error(problem); // the words below say what it was to be
      node.replaceChildren();
    }
    return { item, node, drawn: kinds.text.draw(node, item.text || item.data, page) ?? null };
  }

  stream(key, item, part) {
    const node = part?.node ?? h("div", { class: `stream ${item.name}` });
    const text = asShown(item.text);
    const fold = this.unfolded.has(key) ? null : folded(text);
    if (!fold) {
      this.plain(node, item, text);
      return { item, node };
    }
    const more = button({ label: `… show ${plural(fold.hidden, "more line")}`, kind: "link unfold", click: () => this.unfold(node) });
    node.replaceChildren(h("pre", {}, fold.head), more, h("pre", {}, fold.tail));
    return { item, node };
  }

  // plain shows a text whole. A long one that grows is not written anew.
  plain(node, item, text) {
    const pre = node.firstChild;
    const shown = pre?.firstChild;
    if (node.childNodes.length === 1 && shown?.nodeType === Node.TEXT_NODE && text.startsWith(shown.data)) shown.appendData(text.slice(shown.data.length));
    else node.replaceChildren(h("pre", {}, text));
  }

  // unfold shows the whole of a part; of all of them, if none is named.
  unfold(one) {
    for (const [key, { node }] of this.parts) {
      if ((one && node !== one) || !node.querySelector(".unfold")) continue;
      this.unfolded.add(key);
      this.parts.delete(key);
      node.remove();
    }
    this.draw();
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    for (const [key, part] of this.parts) this.remove(key, part);
  }
}

// counting names items by their kind and how many of it came before: when a cell runs again, its
// slider is the same slider, and stays under the hand that moves it.
function counting() {
  const seen = new Map();
  return ({ t, kind, label }) => {
    if (t === "progress") return `progress ${label}`;
    const name = t === "display" ? `display ${kind}` : "stream";
    seen.set(name, (seen.get(name) ?? -1) + 1);
    return `${name} ${seen.get(name)}`;
  };
}

function progress(item, part) {
  const node = part?.node ?? h("div", { class: "progress" }, h("span", { class: "label" }), h("progress", {}), h("span", { class: "left" }));
  const [label, bar, left] = node.children;
  label.textContent = item.label;
  bar.setAttribute("aria-label", item.label || "progress");
  bar.max = item.total || 1;
  if (item.total) bar.value = item.done;
  const done = item.total ? `${item.done.toLocaleString("en")} of ${item.total.toLocaleString("en")}` : item.done.toLocaleString("en");
  const goesOn = item.left > 0 && item.done < item.total;
  left.replaceChildren(done, goesOn ? h("span", { class: "to-go" }, ` · ${duration(Math.max(1, item.left))} left`) : "");
  node.classList.toggle("complete", item.done >= item.total && item.total > 0);
  return { item, node };
}
