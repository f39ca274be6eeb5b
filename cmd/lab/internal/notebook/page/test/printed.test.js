import { test } from "node:test";
import assert from "node:assert/strict";
import { agrees } from "../agree.js";
import { asShown, folded, ownText, told } from "../printed.js";
import { expected } from "../expected.js";
import { argumentsOf } from "../describe.js";
import { pieces } from "../highlight.js";

test("carriage returns and colours", () => {
  const table = [["a\rb", "b"], ["abc\rxy\n\rz", "xyc\nz"], ["a\r\nb", "a\nb"], ["\x1b[31mred\x1b[0m", "red"], ["plain\n", "plain\n"]];
  for (const [text, want] of table) assert.equal(asShown(text), want, JSON.stringify(text));
});

test("long texts are folded, and no line is lost", () => {
  const lines = (n) => Array.from({ length: n }, (_, i) => `${i}\n`).join("");
  assert.equal(folded(lines(60)), null);
  const { head, hidden, tail } = folded(lines(61));
  assert.equal(head.split("\n").length + hidden + tail.trimEnd().split("\n").length, 61);
  assert.ok(tail.endsWith("\n60\n") && head.endsWith("\n29"));
});

test("what a screen reader says of a cell", () => {
  const stream = (text) => ({ t: "stream", name: "stdout", text });
  assert.equal(told([]), "");
  assert.equal(told([stream("a\nb\n"), { t: "display", kind: "text", text: "42", result: true }]), ": a b 42");
  assert.equal(told([stream("x".repeat(201))]), `: ${"x".repeat(200)} …`);
});

test("what agrees with a lesson", () => {
  const table = [
    ["[0 4]\n", "[0 4]", true],
    ["[0 4]", "[0 5]", false],
    ["a  \nb", "a\nb\n", true],
    ["loss 1.234\ndone", "loss ...\ndone", true],
    ["ab", "a...ab", false], // the same letter does not count twice
    ["x1y2z", "x...y...z", true],
    ["x1y2", "x...y...z", false],
  ];
  for (const [text, expected, want] of table) assert.equal(agrees(text, expected), want, JSON.stringify([text, expected]));
  const close = [["loss  0.41", "loss 0.4", 0.1, true], ["loss 0.6", "loss 0.4", 0.1, false], ["104", "100", 0.1, true], ["a", "b", 1, false],
    ["cat  ███", "cat  █...", 0, true], ["cat  ███", "cat  ████", 0, false], ["cat  ███", "cat  ████", 0.01, true], ["cat  ██", "cat  ████", 0.01, false],
    ["cat  ██████", "cat  ████████", 0.3, true], ["cat\ndog  █", "cat  █\ndog", 0.1, true], ["cat", "cat  ██", 0.1, false],
    ["cat  ███", "cat  ...", 0.1, true], ["a ██▏ 2", "a █▏ 2", 0.1, true], ["a ██▌ 2", "a █▏ 2", 0.1, false],
    ["a ░░ -2", "a ██ -2", 0.1, false], ["x ▁▆██▆", "x ▁▆█▆▆", 0.5, false]];
  for (const [text, expected, tol, want] of close) assert.equal(agrees(text, expected, tol), want, JSON.stringify([text, expected, tol]));
});

test("a cell's own text", () => {
  const outputs = [{ t: "stream", name: "stdout", text: "a\n" }, { t: "stream", name: "notice", text: "n" }, { t: "display", text: "5" }, { t: "progress" }];
  assert.equal(ownText(outputs), "a\n5\n");
  assert.equal(ownText([], { message: "undefined: x" }), "undefined: x");
});

test("the arguments of a signature", () => {
  const table = [
    ["func f(a int, b ...string) error", ["a int", "b ...string"]],
    ["func (*T).m(f func(x, y int) bool, n [2]int)", ["f func(x, y int) bool", "n [2]int"]],
    ["func f()", []],
    ["var x int", []],
  ];
  for (const [signature, want] of table) assert.deepEqual(argumentsOf(signature).map(([from, to]) => signature.slice(from, to)), want);
});

test("colours and marks cut a text without changing it", () => {
  const source = 'for "a" {}';
  const list = pieces(source, [{ from: 1, to: 5, name: "wrong" }, { from: 0, to: 99, name: "all" }]);
  assert.equal(list.map((p) => p.text).join(""), source);
  assert.deepEqual(list.slice(0, 3), [{ text: "f", classes: "k all" }, { text: "or", classes: "k wrong all" }, { text: " ", classes: "wrong all" }]);
});

test("an error that the lesson has too is no difference, wherever the learner moved its cell", () => {
  const block = { expected: "cell 26:1:1: nn: the leak must be positive\n", fails: true };
  const state = { state: "failed", error: { cell: "cell 27", line: 1, column: 1, message: "nn: the leak must be positive" } };
  assert.equal(expected(block, state, [], { moved: false, kind: "lesson" }), null);
});
