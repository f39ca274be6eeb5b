import { test } from "node:test";
import assert from "node:assert/strict";
import * as typing from "../typing.js";

// at reads a text in which | stands for the caret, or two of them for a selection.
function at(marked) {
  const from = marked.indexOf("|"), last = marked.lastIndexOf("|");
  return { text: marked.replaceAll("|", ""), from, to: last > from ? last - 1 : from };
}

function marked(state) {
  if (state === null) return null;
  const { text, from, to } = state;
  return text.slice(0, from) + "|" + text.slice(from, to) + (to > from ? "|" : "") + text.slice(to);
}

const cases = {
  newline: [
    ["a|", "a\n|"],
    ["\ta|b", "\ta\n\t|b"],
    ["for {|", "for {\n\t|"],
    ["\tf(|)", "\tf(\n\t\t|\n\t)"],
    ["// see {|", "// see {\n|"],
    ["\tcase 1:|", "\tcase 1:\n\t\t|"],
    ["a|bc|d", "a\n|d"],
  ],
  backspace: [["f(|)", "f|"], ["f(a|)", null], ["|", null]],
  indent: [["a|", "a\t|"], ["|a\nb|", "\t|a\n\tb|".replace("\t|", "\t|")], ["|a\n\nb|", "\t|a\n\n\tb|"]],
  outdent: [["\t\ta|", "\ta|"], ["|\ta\n    b|", "|a\nb|"], ["a|", "a|"]],
  comment: [
    ["\ta|", "\t// a|"],
    ["\t// a|", "\ta|"],
    ["|a\n\tb|", "// |a\n// \tb|"],
    ["|", "// |"],
  ],
};
for (const [name, table] of Object.entries(cases)) {
  test(name, () => {
    for (const [before, after] of table) assert.equal(marked(typing[name](at(before))), after, JSON.stringify(before));
  });
}

test("typed", () => {
  const table = [
    ["f|", "(", "f(|)"],
    ["f(|)", ")", "f()|"],
    ["f(g(|)", ")", null], // one is missing: it is typed
    ["f|x", "(", null],
    ["|", '"', '"|"'],
    ['"a|"', '"', '"a"|'],
    ["don|", "'", null],
    ['"say |"', "(", null], // in a string a bracket is a letter
    ["|ab|", "(", "(|ab|)"],
    ["for {\n\t\t|", "}", "for {\n\t}|"],
    ["a|", "b", null],
    ["if a {\n\tb\n\t|\n}", "}", "if a {\n\tb\n}|"], // the bracket that came by itself
    ["if a {\n\tif b {\n\t\t|\n}", "}", "if a {\n\tif b {\n\t}|\n}"], // one is missing
    ['"a{" + f(\n\t|\n)', ")", '"a{" + f(\n)|'],
  ];
  for (const [before, key, after] of table) assert.equal(marked(typing.typed(at(before), key)), after, JSON.stringify([before, key]));
});

test("partnerOf", () => {
  assert.deepEqual(typing.partnerOf("f(a[1])", 2), [1, 6]);
  assert.deepEqual(typing.partnerOf("f(a[1])", 7), [6, 1]);
  assert.deepEqual(typing.partnerOf('f(")")', 6), [5, 1]);
  assert.deepEqual(typing.partnerOf("f(", 2), [1, null]);
  assert.equal(typing.partnerOf("abc", 1), null);
});
