import { test } from "node:test";
import assert from "node:assert/strict";
import { Notebook } from "../notebook.js";
import { Edits } from "../edits.js";
import { pairs } from "../reopened.js";
import { Link, waitBefore } from "../socket.js";

const snapshot = (over) => ({
  t: "snapshot", notebook: { id: "lesson/02", title: "T" }, kernel: { state: "idle" },
  blocks: [{ id: "a", kind: "prose" }, { id: "b", kind: "cell" }, { id: "c", kind: "cell" }],
  states: [{ cell: "b", state: "done", stale: true }],
  outputs: { b: [{ t: "stream", cell: "b", name: "stdout", text: "x" }, { t: "stream", cell: "b", name: "stdout", text: "y" }] }, ...over,
});

function filled() {
  const notebook = new Notebook();
  notebook.receive(snapshot());
  return notebook;
}

const texts = (list) => list.map((o) => o.text ?? o.done);

test("a snapshot is all there is", () => {
  const notebook = filled();
  assert.deepEqual(notebook.order, ["a", "b", "c"]);
  assert.deepEqual(notebook.stale(), ["b"]);
  assert.deepEqual(texts(notebook.outputOf("b")), ["xy"]);
  notebook.receive(snapshot({ blocks: [{ id: "z", kind: "cell" }], states: null, outputs: null }));
  assert.deepEqual(notebook.order, ["z"]);
  assert.deepEqual(notebook.outputOf("b"), []);
});

const cellsOf = (texts) => Object.entries(texts).map(([id, source]) => ({ id, kind: "cell", source }));

test("a notebook that was opened anew has the same texts under other names", () => {
  const before = cellsOf({ b1: "one", b9: "new", b2: "two", b3: "two" });
  assert.deepEqual([...pairs(before, cellsOf({ b1: "one\n", b2: "new", b3: "two", b4: "two" }))], [["b1", "b1"], ["b9", "b2"], ["b2", "b3"], ["b3", "b4"]]);
  assert.deepEqual([...pairs(before, [{ id: "b1", kind: "prose", source: "one" }])], []);
  assert.deepEqual([...pairs(cellsOf({ b1: "old" }), cellsOf({ b5: "typed" }), () => "typed")], [["b1", "b5"]], "an edit that came through before the line was lost");
});

test("edits follow their blocks into a notebook that was opened anew, and come as new ones where those are gone", () => {
  const sent = [];
  const edits = new Edits((message) => sent.push(message), { wait: () => {}, now: () => 0 });
  const before = cellsOf({ b1: "one", b9: "new", b2: "two" });
  const notebook = { order: before.map(({ id }) => id), blocks: new Map(before.map((block) => [block.id, block])) };
  edits.change("b2", "two, typed");
  edits.change("b9", "new, typed");
  edits.reopened(notebook, cellsOf({ b1: "one", b2: "other", b3: "two" }));
  edits.resend();
  assert.deepEqual(sent, [
    { t: "edit", id: "b3", source: "two, typed", edit: 1 },
    { t: "insert", after: "b1", kind: "cell", source: "new, typed", edit: 2 },
  ]);
  assert.equal(edits.sourceOf({ id: "b2", source: "other" }), "other");
  edits.saved(2);
  edits.saved(1);
  assert.equal(edits.unsaved, 0);
});

test("blocks come, go and move", () => {
  const notebook = filled();
  const heard = [];
  notebook.listen((what, detail) => heard.push([what, detail?.id]));
  notebook.receive({ t: "block", block: { id: "d", kind: "cell" }, after: "a" });
  notebook.receive({ t: "block", block: { id: "e", kind: "prose" }, after: "" });
  assert.deepEqual(notebook.order, ["e", "a", "d", "b", "c"]);
  notebook.receive({ t: "block", block: { id: "d", kind: "cell", source: "new" } });
  notebook.receive({ t: "gone", id: "a" });
  notebook.receive({ t: "order", ids: ["c", "b", "d", "e"] });
  assert.deepEqual(notebook.order, ["c", "b", "d", "e"]);
  assert.deepEqual(heard.map(([what]) => what), ["block", "block", "block", "gone", "order"]);
  assert.equal(notebook.receive({ t: "elsewhere" }), false);
});

test("displays are updated in place, and old output stays until new comes", () => {
  const notebook = filled();
  const show = (id, text) => notebook.receive({ t: "display", cell: "c", id, kind: "text", text });
  show(1, "one");
  show(2, "two");
  show(1, "one, again");
  notebook.receive({ t: "progress", cell: "c", done: 1, total: 9, label: "l" });
  notebook.receive({ t: "progress", cell: "c", done: 2, total: 9, label: "l" });
  assert.deepEqual(texts(notebook.outputOf("c")), ["one, again", "two", 2]);
  notebook.receive({ t: "clear", cell: "c", keep: true });
  assert.equal(notebook.outputOf("c").length, 3);
  show(3, "three"); // in the place of the first; the others stay until the cell has ended
  assert.deepEqual(texts(notebook.outputOf("c")), ["three", "two", 2]);
  show(3, "three, again");
  assert.deepEqual(texts(notebook.outputOf("c")), ["three, again", "two", 2]);
  notebook.receive({ t: "state", cell: "c", state: "done" });
  assert.deepEqual(texts(notebook.outputOf("c")), ["three, again"]);
  notebook.receive({ t: "clear", cell: "c" });
  assert.deepEqual(notebook.outputOf("c"), []);
});

// clock is a time that a test moves.
function clock() {
  const waiting = [];
  return {
    time: 0,
    now() { return this.time; },
    wait(call, ms) { waiting.push([this.time + ms, call]); },
    pass(ms) {
      this.time += ms;
      for (const entry of waiting.filter(([at]) => at <= this.time)) {
        waiting.splice(waiting.indexOf(entry), 1);
        entry[1]();
      }
    },
  };
}

test("edits wait for a pause, but not for long, and live until they are saved", () => {
  const time = clock(), sent = [];
  let open = true;
  const edits = new Edits((m) => open && sent.push([m.id, m.source, m.edit]) > 0, { wait: (f, ms) => time.wait(f, ms), now: () => time.now() });
  edits.change("b", "x");
  edits.change("b", "xy");
  time.pass(150);
  assert.deepEqual(sent, [["b", "xy", 2]]);
  assert.equal(edits.sourceOf({ id: "b", source: "old" }), "xy");
  edits.saved(1);
  assert.equal(edits.unsaved, 1);
  edits.saved(2);
  assert.equal(edits.unsaved, 0);
  for (let i = 0; i < 8; i++) { // a typist who never pauses
    edits.change("b", `n${i}`);
    time.pass(90);
  }
  assert.ok(sent.length >= 2, "sent while typing goes on");
  open = false;
  edits.change("b", "offline");
  edits.flush();
  time.pass(1000);
  open = true;
  sent.length = 0;
  edits.resend();
  assert.equal(sent[0][1], "offline");
});

class FakeSocket {
  static all = [];
  constructor() { this.readyState = 0; this.sent = []; FakeSocket.all.push(this); }
  send(text) { this.sent.push(JSON.parse(text)); }
  becomes(open) { this.readyState = open ? 1 : 3; open ? this.onopen() : this.onclose(); }
}

test("a lost line comes back, and open questions end", async () => {
  const time = clock(), statuses = [], heard = [];
  FakeSocket.all = [];
  const link = new Link("ws:", { receive: (m) => heard.push(m.t), status: (s) => statuses.push(s), Socket: FakeSocket, wait: (f, ms) => time.wait(f, ms) });
  assert.equal(link.send({ t: "run" }), false);
  FakeSocket.all[0].becomes(true);
  const answered = link.ask("complete", { id: "b" }), lost = link.ask("inspect", { id: "b" });
  FakeSocket.all[0].onmessage({ data: JSON.stringify({ t: "answer", ask: 1, body: { List: [] } }) });
  FakeSocket.all[0].onmessage({ data: JSON.stringify({ t: "state" }) });
  assert.deepEqual(await answered, { List: [] });
  FakeSocket.all[0].becomes(false);
  assert.equal(await lost, null);
  time.pass(300);
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.all[1].becomes(true);
  assert.deepEqual(statuses, ["open", "lost", "open"]);
  assert.deepEqual(heard, ["state"]);
});

test("waits grow, up to a limit", () => {
  assert.deepEqual([0, 1, 2, 9].map((n) => Math.round(waitBefore(n, 0.5))), [200, 400, 800, 4000]);
});

test("a control that was moved", () => {
  const notebook = new Notebook();
  const show = (control) => notebook.receive({ t: "display", cell: "c", id: 1, kind: "control", data: JSON.stringify(control) });
  assert.equal(notebook.moved, false);
  const table = [
    [{ kind: "slider", value: 2, start: 2 }, false],
    [{ kind: "slider", value: 3, start: 2 }, true],
    [{ kind: "pad", value: [0, 0] }, false],
    [{ kind: "pad", value: [0, 0.5] }, true],
    [{ kind: "drag", value: [0, 0], start: [0, 0] }, false],
    [{ kind: "turn", value: { by: {}, cut: [] }, start: { by: null, cut: null } }, false],
    [{ kind: "turn", value: { by: {}, cut: ["x>sum"] }, start: { by: null, cut: null } }, true],
    [{ kind: "predict", value: null }, false],
    [{ kind: "predict", value: { choice: "4", confidence: 0.5 } }, true],
  ];
  for (const [control, want] of table) {
    show(control);
    assert.equal(notebook.moved, want, JSON.stringify(control));
  }
});
