// How scores become shares: five columns, one after the other.

import { h } from "../dom.js";
import { number } from "./tools.js";

// shares computes a softmax and all that lies on the way.
export function shares(scores) {
  const largest = Math.max(...scores);
  const left = scores.map((v) => v - largest), powers = left.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return { largest, left, powers, sum, shares: powers.map((v) => v / sum) };
}

export function softmax({ labels, scores: raw }) {
  const scores = raw.map(Number);
  const all = shares(scores);
  const top = scores.indexOf(all.largest);
  const steps = [
    ["score", "The scores: any numbers.", scores, ""],
    ["− largest", `The largest, ${number(all.largest)}, is taken away: e to a large number overflows, and the shares stay the same.`, all.left, ""],
    ["e to it", "e is raised to what is left: above zero, and each step up multiplies.", all.powers, ""],
    ["sum", `All are added: ${number(all.sum, 4)}.`, all.powers, number(all.sum, 4)],
    ["share", "Each is divided by the sum: the shares add up to 1.", all.shares, "1"],
  ];
  const columns = steps.filter(([name]) => name !== "sum");
  const head = columns.map(([name]) => h("th", { scope: "col" }, name));
  const cells = labels.map((label, i) => columns.map(([, , values]) => h("td", { class: "number" }, number(values[i], 4))));
  const bars = labels.map((_, i) => {
    const bar = h("span", { class: "share-bar" });
    bar.style.width = `${100 * all.shares[i]}%`;
    return h("td", { class: "share-cell" }, bar);
  });
  const foot = columns.map(([name]) => h("td", { class: "number" }, name === "e to it" ? number(all.sum, 4) : name === "share" ? "1" : ""));
  const words = h("p", { class: "sum-line", role: "status" });
  const table = h("table", { class: "softmax" },
    h("thead", {}, h("tr", {}, h("th", {}), ...head, h("th", {}))),
    h("tbody", {}, ...labels.map((label, i) => h("tr", { class: i === top ? "largest" : null }, h("th", { scope: "row" }, label), ...cells[i], bars[i]))),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "sum"), ...foot, h("td", {}))));
  return {
    element: h("div", { class: "softmax-steps" }, words, table), count: steps.length, name: "softmax, step by step",
    show(at) {
      words.textContent = steps[at][1];
      columns.forEach(([name], k) => {
        const step = steps.findIndex(([other]) => other === name);
        const hidden = step > at, now = step === at || (steps[at][0] === "sum" && name === "e to it");
        for (const cell of [head[k], ...cells.map((row) => row[k])]) {
          cell.classList.toggle("later", hidden);
          cell.classList.toggle("now", now);
        }
        foot[k].classList.toggle("later", name === "e to it" ? at < 3 : name === "share" ? at < 4 : true);
      });
      bars.forEach((bar) => bar.classList.toggle("later", at < 4));
    },
  };
}
