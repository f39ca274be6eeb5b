// Ten bars, one for each digit, and the answer above them in large.

import { h } from "../dom.js";

// A net is never sure of all: 99.7 % is not written as 100.
const rounded = (p) => (p >= 0.995 ? ">99" : String(Math.round(100 * p)));
const percent = (p) => `${rounded(p)} %`;

export class Bars {
  constructor(host, answer) {
    this.host = host;
    this.named = answer.querySelector(".named");
    this.sure = answer.querySelector(".sure");
    this.fills = [];
    for (let digit = 0; digit < 10; digit++) {
      const fill = h("div", { class: "fill" }, h("span", { class: "value" }));
      this.fills.push(fill);
      host.append(h("div", { class: "bar" }, h("div", { class: "track" }, fill), h("div", { class: "digit" }, String(digit))));
    }
    this.flat("Ten digits, and nothing learned yet: 10 % each.");
  }

  // flat shows that nothing is known.
  flat(text) {
    this.set(Array(10).fill(0.1), -1);
    this.host.classList.add("flat");
    this.named.textContent = "";
    this.sure.textContent = text;
    this.host.setAttribute("aria-label", "Ten bars, one for each digit, all flat");
  }

  // show shows how sure the net is of each digit. It is named when it is surer of one than of all others together.
  show(values) {
    const best = values.indexOf(Math.max(...values));
    const named = values[best] > 0.5;
    this.host.classList.remove("flat");
    this.set(values, best);
    this.named.textContent = named ? String(best) : "?";
    this.sure.textContent = named ? `${percent(values[best])} sure` : `perhaps ${best}: ${percent(values[best])}`;
    this.host.setAttribute("aria-label", values.map((p, digit) => `${digit}: ${percent(p)}`).join(", "));
  }

  set(values, best) {
    values.forEach((p, digit) => {
      const fill = this.fills[digit];
      fill.style.height = `${(100 * p).toFixed(2)}%`;
      fill.classList.toggle("best", digit === best);
      fill.firstChild.textContent = digit === best || (best >= 0 && p >= 0.05) ? rounded(p) : "";
    });
  }
}
