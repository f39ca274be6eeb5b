// What keys do to Go text. Each function takes {text, from, to}: the text and what is selected,
// and returns the same after the key, or null where the key does what it always does.

import { kindAt, tokens } from "./golang.js";

const closing = { "(": ")", "[": "]", "{": "}", '"': '"', "`": "`", "'": "'" };

const lineStart = (text, index) => text.lastIndexOf("\n", index - 1) + 1;

function lineEnd(text, index) {
  const end = text.indexOf("\n", index);
  return end < 0 ? text.length : end;
}

const replaced = ({ text }, from, to, by) => text.slice(0, from) + by + text.slice(to);

// newline keeps the indentation, and goes one deeper after an opening bracket. Between two
// brackets it opens a line of its own.
export function newline(at) {
  const { text, from, to } = at;
  const before = text.slice(lineStart(text, from), from);
  const indent = before.match(/^[ \t]*/)[0];
  const opens = /[({[]\s*$|^\s*(case\b.*|default):\s*$/.test(before) && kindAt(text, from) === "";
  const inner = "\n" + indent + (opens ? "\t" : "");
  const next = text[to];
  const between = opens && next && closing[before.trimEnd().at(-1)] === next;
  const caret = from + inner.length;
  return { text: replaced(at, from, to, inner + (between ? "\n" + indent : "")), from: caret, to: caret };
}

// typed is what a character does: a bracket or a quote comes with its partner, or around the
// selection; typing the partner that stands there already steps over it; a closing bracket on an
// empty line moves one level out.
export function typed(at, character) {
  const { text, from, to } = at;
  const partner = closing[character];
  const quote = partner === character;
  if (from === to && text[from] === character && (quote || ")]}".includes(character)) && stepsOver(text, from, character)) {
    return { text, from: from + 1, to: from + 1 };
  }
  if (partner && from < to) {
    return { text: replaced(at, from, to, character + text.slice(from, to) + partner), from: from + 1, to: to + 1 };
  }
  if (partner && kindAt(text, from) === "" && /^[\s)\]},;:]?$/.test(text[from] ?? "") && !(quote && /[\p{L}\p{N}_"'`]/u.test(text[from - 1] ?? ""))) {
    return { text: replaced(at, from, from, character + partner), from: from + 1, to: from + 1 };
  }
  if (from === to) return ontoBracket(at, character) ?? (character === "}" ? outdentedBrace(at) : null);
  return null;
}

// A closing bracket is stepped over if the text has enough of them without a new one.
function stepsOver(text, index, character) {
  if (closing[character] === character) return kindAt(text, index) === "s";
  const opener = Object.keys(closing).find((k) => closing[k] === character);
  const code = masked(text);
  const count = (c) => code.split(c).length - 1;
  return count(opener) <= count(character);
}

// ontoBracket: on an empty line before the bracket that came by itself, typing it goes there, and
// the empty line goes away.
export function ontoBracket({ text, from }, character) {
  if (!")]}".includes(character)) return null;
  const start = lineStart(text, from);
  const rest = text.slice(from);
  const gap = rest.match(/^[ \t]*\n[ \t]*/)?.[0].length;
  if (!gap || rest[gap] !== character || text.slice(start, from).trim() !== "" || !stepsOver(text, from, character)) return null;
  const next = lineStart(text, from + gap);
  const caret = start + (from + gap - next) + 1;
  return { text: text.slice(0, start) + text.slice(next), from: caret, to: caret };
}

function outdentedBrace(at) {
  const start = lineStart(at.text, at.from);
  const before = at.text.slice(start, at.from);
  if (!/^[ \t]+$/.test(before)) return null;
  const indent = before.replace(/(\t| {1,4})$/, "");
  const caret = start + indent.length + 1;
  return { text: replaced(at, start, at.to, indent + "}"), from: caret, to: caret };
}

// backspace takes both brackets of an empty pair.
export function backspace(at) {
  const { text, from, to } = at;
  if (from !== to || from === 0 || closing[text[from - 1]] !== text[from] || text[from] === undefined) return null;
  return { text: replaced(at, from - 1, from + 1, ""), from: from - 1, to: from - 1 };
}

// eachLine changes every line that the selection touches; the selection keeps covering them.
function eachLine(at, change) {
  const { text, from, to } = at;
  const start = lineStart(text, from);
  const last = to > from && text[to - 1] === "\n" ? to - 1 : to;
  const end = lineEnd(text, last);
  const before = text.slice(start, end);
  const lines = before.split("\n").map(change);
  const after = lines.join("\n");
  const first = lines[0].length - before.split("\n")[0].length;
  return {
    text: replaced(at, start, end, after),
    from: Math.max(start, from + first),
    to: Math.max(start, to + after.length - before.length),
  };
}

// indent moves the lines one level in; with nothing selected it types a tab.
export function indent(at) {
  const { text, from, to } = at;
  if (from === to) return { text: replaced(at, from, to, "\t"), from: from + 1, to: from + 1 };
  return eachLine(at, (line) => (line === "" ? line : "\t" + line));
}

// outdent moves the lines one level out.
export function outdent(at) {
  return eachLine(at, (line) => line.replace(/^(\t| {1,4})/, ""));
}

// comment puts // before the lines, or takes it away if all have it.
export function comment(at) {
  const { text, from, to } = at;
  const lines = text.slice(lineStart(text, from), lineEnd(text, to)).split("\n").filter((line) => line.trim() !== "");
  const all = lines.length > 0 && lines.every((line) => /^\s*\/\//.test(line));
  if (all) return eachLine(at, (line) => line.replace(/^(\s*)\/\/ ?/, "$1"));
  const depth = lines.length ? Math.min(...lines.map((line) => line.match(/^\s*/)[0].length)) : 0;
  return eachLine(at, (line) => (line.trim() === "" && lines.length ? line : line.slice(0, depth) + "// " + line.slice(depth)));
}

// partnerOf finds the bracket that belongs to the one beside the caret: [index, index of its
// partner], the second null where it has none; null if no bracket stands there.
export function partnerOf(text, caret) {
  const code = masked(text);
  const index = [caret - 1, caret].find((i) => "()[]{}".includes(code[i] || " "));
  return index === undefined ? null : [index, matching(code, index)];
}

// masked is the text with blanks for all that is no code, each as long as what it replaces.
function masked(text) {
  let code = "", end = 0;
  for (const { from, to } of tokens(text)) {
    code += text.slice(end, from) + " ".repeat(to - from);
    end = to;
  }
  return code + text.slice(end);
}

function matching(code, index) {
  const pairs = "()[]{}";
  const at = pairs.indexOf(code[index]);
  const own = pairs[at], other = pairs[at ^ 1], step = at % 2 === 0 ? 1 : -1;
  for (let i = index, depth = 0; i >= 0 && i < code.length; i += step) {
    if (code[i] === own) depth++;
    else if (code[i] === other && --depth === 0) return i;
  }
  return null;
}
