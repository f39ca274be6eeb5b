import { test } from "node:test";
import assert from "node:assert/strict";
import { kindAt, tokens } from "../golang.js";
import { bytesTo, indexAt, placeOf } from "../bytes.js";

const parts = (source) => tokens(source).map(({ from, to, kind }) => `${kind}:${source.slice(from, to)}`);

test("words, numbers, strings and comments", () => {
  const table = [
    ["for i := range 10 {", ["k:for", "k:range", "m:10"]],
    ['s := "a // b" // c', ['s:"a // b"', "c:// c"]],
    ["x.y1 + 0x_ff + 1e-3i + .5", ["m:0x_ff", "m:1e-3i", "m:.5"]],
    ["var f float32 = len(a)", ["k:var", "kt:float32", "nb:len"]],
    ["`raw\nlines` 'x'", ["s:`raw\nlines`", "s:'x'"]],
    ['"open\nfor', ['s:"open', "k:for"]],
    ["/* open\nfor", ["c:/* open\nfor"]],
    ["größe1 := 2", ["m:2"]],
  ];
  for (const [source, want] of table) assert.deepEqual(parts(source), want, source);
});

test("tokens stand in order and cover no byte twice", () => {
  const source = 'a("b`c\'d")//e\n/*f*/`g"h`1.2.3"';
  let end = 0;
  for (const { from, to } of tokens(source)) {
    assert.ok(from >= end && to > from);
    end = to;
  }
});

test("what a caret stands in", () => {
  const table = [['"ab|c"', "s"], ['"abc"|', ""], ['"abc|', "s"], ["// a|", "c"], ["/* a */|", ""], ["fo|r", "k"], ["|for", ""], ['"a\\"|', "s"], ['"|', "s"]];
  for (const [marked, want] of table) assert.equal(kindAt(marked.replace("|", ""), marked.indexOf("|")), want, marked);
});

test("bytes and indices", () => {
  const text = "aä€😀b";
  const table = [[0, 0], [1, 1], [2, 3], [3, 6], [5, 10], [6, 11]];
  for (const [index, byte] of table) {
    assert.equal(bytesTo(text, index), byte);
    assert.equal(indexAt(text, byte), index);
  }
  assert.equal(indexAt(text, 99), text.length);
});

test("the place of an error", () => {
  const text = 'a := 1\n\ts := "ä" + x\n';
  const table = [
    [{ line: 2, column: 14, width: 1 }, "x"],
    [{ line: 2 }, 's := "ä" + x'],
    [{ line: 1, column: 1, width: 0 }, "a"],
    [{ line: 9, column: 1 }, null],
    [{}, null],
  ];
  for (const [error, want] of table) {
    const place = placeOf(text, error);
    assert.equal(place && text.slice(place.from, place.to), want);
  }
});
