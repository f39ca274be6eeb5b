// Go text as coloured nodes.

import { tokens } from "./golang.js";

// pieces cuts source where a token or a mark begins or ends: [{text, classes}]. Marks are
// {from, to, name} in any order, and may overlap tokens and each other.
export function pieces(source, marks = []) {
  const parts = tokens(source);
  const cuts = new Set([0, source.length]);
  for (const { from, to } of [...parts, ...marks]) cuts.add(from).add(to);
  const at = [...cuts].filter((i) => i >= 0 && i <= source.length).sort((a, b) => a - b);
  const list = [];
  for (let i = 0, next = 0; i + 1 < at.length; i++) {
    const [from, to] = [at[i], at[i + 1]];
    while (next < parts.length && parts[next].to <= from) next++;
    const classes = next < parts.length && parts[next].from <= from ? [parts[next].kind] : [];
    for (const mark of marks) if (mark.from <= from && to <= mark.to) classes.push(mark.name);
    list.push({ text: source.slice(from, to), classes: classes.join(" ") });
  }
  return list;
}

// coloured makes nodes of them.
export function coloured(source, marks) {
  const nodes = document.createDocumentFragment();
  for (const { text, classes } of pieces(source, marks)) {
    if (!classes) {
      nodes.append(text);
      continue;
    }
    const span = document.createElement("span");
    span.className = classes;
    span.textContent = text;
    nodes.append(span);
  }
  return nodes;
}
