import { test } from "node:test";
import assert from "node:assert/strict";
import { Reader, keys, nameOf } from "../keys.js";

test("names of keys", () => {
  const table = [[{ key: "Enter", shiftKey: true }, "Shift-Enter"], [{ key: "Enter", metaKey: true }, "Ctrl-Enter"], [{ key: "?", shiftKey: true }, "?"], [{ key: "ArrowUp", altKey: true }, "Alt-ArrowUp"], [{ key: "d" }, "d"]];
  for (const [event, want] of table) assert.equal(nameOf(event), want);
});

test("one press, two presses, and two that are too far apart", () => {
  let time = 0;
  const reader = new Reader(keys, () => time);
  const read = (name, mode = "command") => reader.read(name, mode)?.keys;
  assert.equal(reader.read("d", "command"), "first");
  assert.equal(read("d"), "d d");
  assert.equal(reader.read("d", "command"), "first");
  assert.equal(read("b"), "b");
  assert.equal(reader.read("d", "command"), "first"); // b came between
  time = 1000;
  assert.equal(reader.read("d", "command"), "first"); // too late
  assert.equal(reader.read("d", "edit"), null); // a letter
  assert.equal(read("Shift-Enter", "edit"), "Shift-Enter");
  assert.equal(reader.read("x", "command"), null);
});

test("no key stands twice in one mode", () => {
  const seen = keys.map(({ keys, mode }) => `${mode} ${keys}`);
  assert.equal(new Set(seen).size, seen.length);
});
