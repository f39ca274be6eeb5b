import { test } from "node:test";
import assert from "node:assert/strict";
import { roundStep, scaleOf, ticks } from "../kinds/axes.js";
import { fitted } from "../kinds/bars.js";
import { colourScale, onTop } from "../kinds/colours.js";
import { arrange } from "../kinds/graph.js";
import { zoom } from "../kinds/maps.js";
import { stroke } from "../kinds/pad.js";
import { places } from "../kinds/slider.js";
import { shares } from "../kinds/softmaxsteps.js";
import { extent, floats, number, tenTo } from "../kinds/tools.js";

test("numbers are written for people", () => {
  for (const [v, want] of [
    [0, "0"], [1, "1"], [-2.5, "−2.5"], [0.0123456, "0.0123"], [2300, "2,300"], [12345, "12,345"], [25557032, "2.56×10⁷"],
    [1.7e-13, "1.7×10⁻¹³"], [1e-5, "10⁻⁵"], [Infinity, "∞"], [-Infinity, "−∞"], [NaN, "NaN"], ["NaN", "NaN"], ["-Infinity", "−∞"], [0.1 + 0.2, "0.3"],
  ]) assert.equal(number(v), want);
  assert.equal(tenTo(-10), "10⁻¹⁰");
});

test("numbers arrive exactly, and what is none too", () => {
  const sent = Float32Array.from([1, -0.1, NaN, Infinity, 1e-45]);
  const base64 = Buffer.from(sent.buffer).toString("base64");
  assert.deepEqual(floats(base64), sent);
  assert.equal(floats(undefined).length, 0);
  assert.deepEqual(extent(sent), [-0.10000000149011612, 1]);
  assert.equal(extent([NaN]), null);
});

test("an axis reaches to round numbers and labels them", () => {
  const scale = scaleOf({}, [0.13, 2.21]);
  assert.deepEqual([scale.low, scale.high], [0, 2.5]);
  assert.deepEqual(ticks(scale).map(({ text }) => text), ["0", "0.5", "1", "1.5", "2", "2.5"]);
  assert.equal(scale.part(1.25), 0.5);
  assert.equal(scale.at(0.5), 1.25);
  assert.deepEqual([0.3, 1.4, 3, 6, 80].map(roundStep), [0.2, 1, 2, 5, 100]);
});

test("an axis of nothing, of one number and of what is none can be drawn", () => {
  for (const numbers of [[], [3], [0], [NaN, Infinity]]) {
    const { low, high } = scaleOf({}, numbers);
    assert.ok(low < high, `${numbers}: ${low} to ${high}`);
  }
});

test("a log axis puts aside what it cannot show", () => {
  const scale = scaleOf({ log: true, floor: 1e-40 }, [0, 1e-45, 1e-3, 10, NaN]);
  assert.deepEqual([0, 1e-45, 1e-3, NaN].map(scale.side), ["under", "under", "on", "beyond"]);
  assert.ok(scale.under && scale.beyond);
  assert.ok(Math.abs(scale.at(scale.part(1e-3)) - 1e-3) < 1e-9);
  const texts = ticks(scaleOf({ log: true }, [1e-40, 1])).map(({ text }) => text);
  assert.ok(texts.length > 3 && texts.length < 10 && texts.every((text) => text.startsWith("10")), texts.join(" "));
  const label = (from, to) => ticks(scaleOf({ log: true }, [from, to], { tight: true })).map(({ text }) => text).join(" ");
  assert.equal(label(2, 3), "2 2.2 2.4 2.6 2.8 3");
  assert.equal(label(0.32, 0.58), "0.35 0.4 0.45 0.5 0.55");
  assert.equal(label(0.3, 9), "0.5 1 2 5");
});

test("between whole numbers there is nothing to label", () => {
  const label = (numbers) => ticks(scaleOf({}, numbers, { tight: true }), 9).map(({ text }) => text).join(" ");
  assert.equal(label([1, 2, 3, 4]), "1 2 3 4");
  assert.equal(label([1, 2, 3.5]), "1 1.5 2 2.5 3 3.5");
});

test("the value of a bar is written as finely as it fits", () => {
  for (const [v, room, want] of [[0.0754, 60, "0.0754"], [0.0754, 28, "0.08"], [0.989, 28, "0.99"], [1.7e-5, 28, "≈0"], [0, 28, "0"], [0.3, 5, "0.3"]]) assert.equal(fitted(v, room, 1), want);
  assert.equal(fitted(1234.5, 20, 5000), "1,230");
  assert.equal(fitted(2, 1, 0), "2", "a scale of nothing");
});

test("colours: zero is white, signs differ, what is no number stands out", () => {
  const signed = colourScale("signed", -1, 4);
  assert.deepEqual([signed.low, signed.high], [-4, 4]);
  assert.deepEqual(signed(0), [247, 247, 247]);
  assert.ok(signed(-4)[2] > signed(-4)[0] && signed(4)[0] > signed(4)[2]);
  assert.deepEqual(signed(NaN), [230, 0, 126]);
  assert.deepEqual(colourScale("grey", 0, 1)(1), [255, 255, 255]);
  assert.deepEqual(colourScale("viridis", 5, 5)(5), [68, 1, 84]);
  assert.equal(onTop([255, 255, 255]), "#15181c");
  assert.equal(onTop([0, 0, 80]), "#ffffff");
});

test("softmax: shares add up, also of large scores", () => {
  const { shares: p, sum, left } = shares([1000, 999, 998]);
  assert.ok(Math.abs(p.reduce((a, b) => a + b) - 1) < 1e-12);
  assert.deepEqual(left, [0, -1, -2]);
  assert.ok(Math.abs(sum - (1 + Math.exp(-1) + Math.exp(-2))) < 1e-12);
});

test("a slider in powers of ten goes there and back", () => {
  const { min, max, toPlace, toValue } = places({ kind: "slider", from: 0.001, to: 1, log: true });
  assert.equal(toValue(min), 0.001);
  assert.equal(toValue(max), 1);
  for (const v of [0.001, 0.0123, 0.1, 1]) assert.equal(toValue(toPlace(v)), v);
  const count = places({ kind: "count", from: 1, to: 9 });
  assert.equal(count.toValue(3.6), 4);
  const plain = places({ kind: "slider", to: 1 }); // from is 0, and 0 is not sent
  assert.equal(plain.min, 0);
  assert.equal(plain.step, 0.005);
});

test("a pen leaves soft ink along its way, an eraser takes it", () => {
  const ink = new Float32Array(28 * 28);
  stroke(ink, 28, 28, [14, 4], [14, 24]);
  assert.equal(ink[14 * 28 + 14], 1);
  assert.equal(ink[0], 0);
  assert.ok([...ink].some((v) => v > 0 && v < 1), "its edge is soft");
  assert.equal([...ink].filter((_, i) => Math.abs(Math.floor(i / 28) - 13.5) > 3).reduce((a, b) => a + b), 0);
  const before = ink.slice();
  stroke(ink, 28, 28, [14, 4], [14, 24]);
  assert.deepEqual(ink, before, "twice is as once");
  stroke(ink, 28, 28, [-5, -5], [40, 40]); // beyond the pad
  stroke(ink, 28, 28, [14, 0], [14, 28], { erase: true });
  assert.equal(ink[14 * 28 + 20], 0);
});

test("a graph goes from left to right, no two nodes in one place", () => {
  const graph = {
    nodes: ["w", "x", "b", "y", "wx", "z", "e"].map((name) => ({ name })),
    edges: [["w", "wx"], ["x", "wx"], ["wx", "z"], ["b", "z"], ["z", "e"], ["y", "e"], ["x", "e"]].map(([from, to]) => ({ from, to })),
  };
  const { column, row, columns } = arrange(graph);
  for (const { from, to } of graph.edges) assert.ok(column.get(from) < column.get(to), `${from} before ${to}`);
  assert.equal(columns, 4);
  assert.equal(column.get("b"), 1, "what is given stands before where it is used");
  const spots = graph.nodes.map(({ name }) => `${column.get(name)} ${row.get(name)}`);
  assert.equal(new Set(spots).size, graph.nodes.length);
  assert.equal(Math.min(...row.values()), 0);
});

test("pictures are enlarged by whole pixels, and large ones are made small", () => {
  assert.equal(zoom(28, 28, 1), 12);
  assert.ok(zoom(512, 512, 1) < 1);
  assert.ok(zoom(1, 512, 1, 300) * 512 <= 300);
});
