// What the kernel says of a name, as elements: its declaration, its documentation, where it is.
// The fields are those of cell.Description and cell.Completion, in Go's spelling.

import { h } from "./dom.js";
import { coloured } from "./highlight.js";

const code = (source) => h("code", { class: "code" }, coloured(source));

// paragraphs of a Go comment: blank lines part them, indented lines are code.
function paragraphs(doc) {
  return doc.trim().split(/\n\s*\n/).map((text) => (/^[\t ]/.test(text) ? h("pre", {}, code(text.replace(/^\t| {4}/gm, ""))) : h("p", {}, text.replace(/\s*\n\s*/g, " "))));
}

// description is what a hover shows.
export function description({ Signature, Doc, Package, Cell, Line }) {
  const origin = Cell ? `declared in ${Cell}, line ${Line}` : Package;
  return h("div", { class: "description" },
    h("div", { class: "signature" }, code(Signature)),
    ...(Doc ? paragraphs(Doc) : []),
    origin && h("p", { class: "origin" }, origin));
}

// argumentsOf finds the parameters in a signature: [from, to] of each, in order.
export function argumentsOf(signature) {
  let open = signature.indexOf("(", signature.startsWith("func (") ? signature.indexOf(")") + 1 : 0);
  if (open < 0) return [];
  const list = [];
  let from = open + 1, depth = 0;
  for (let i = open; i < signature.length; i++) {
    const c = signature[i];
    if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    if ((depth === 1 && c === ",") || depth === 0) {
      const text = signature.slice(from, i);
      if (text.trim()) list.push([from + text.length - text.trimStart().length, i]);
      if (depth === 0) break;
      from = i + 1;
    }
  }
  return list;
}

// call is what is shown while arguments are typed: the one at the caret is marked.
export function call({ Signature, Doc }, argument = 0) {
  const list = argumentsOf(Signature);
  const range = list[argument] ?? (Signature.includes("...") ? list.at(-1) : undefined);
  const marks = range ? [{ from: range[0], to: range[1], name: "argument" }] : [];
  const first = Doc?.trim().split(/\n\s*\n/)[0].replace(/\s*\n\s*/g, " ");
  return h("div", { class: "description" }, h("div", { class: "signature" }, h("code", { class: "code" }, coloured(Signature, marks))), first && h("p", {}, first));
}
