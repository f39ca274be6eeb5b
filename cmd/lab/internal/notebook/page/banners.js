// Sentences at the head of the page that ask for attention, or for a decision.

import { button, h } from "./dom.js";

export class Banners {
  constructor(host) {
    this.host = host;
    this.shown = new Map(); // name -> element
  }

  // show puts a banner up, in the place of one of the same name. choices are [{label, do}];
  // choosing takes it down.
  show(name, text, choices = [], { urgent = false, close = false } = {}) {
    const banner = h("div", { class: `banner ${name}`, role: urgent ? "alert" : "status" }, h("p", {}, text));
    const decide = ({ label, do: call }, index) => button({ label, kind: index === 0 ? "main" : "button", click: () => { this.hide(name); call(); } });
    if (choices.length) banner.append(h("div", { class: "choices" }, ...choices.map(decide)));
    if (close) banner.append(button({ icon: "close", title: "Close", click: () => this.hide(name) }));
    if (this.shown.has(name)) this.shown.get(name).replaceWith(banner);
    else this.host.append(banner);
    this.shown.set(name, banner);
  }

  hide(name) {
    this.shown.get(name)?.remove();
    this.shown.delete(name);
  }
}
