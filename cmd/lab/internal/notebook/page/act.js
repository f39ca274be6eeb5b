// What a learner can do, by whatever way: buttons, keys and the toolbar all come here.

export class Act {
  constructor(page) {
    this.page = page;
  }

  get notebook() {
    return this.page.notebook;
  }

  // send tells the server, with the edits that it does not have yet before it.
  send(message) {
    this.page.edits.flush();
    return this.page.send(message);
  }

  run(cells) {
    if (cells.length) this.send({ t: "run", cells });
  }

  runAll() {
    this.send({ t: "run-all" });
  }

  runStale() {
    this.send({ t: "run-stale" });
  }

  runAbove(id) {
    this.send({ t: "run-above", id });
  }

  stop() {
    this.page.send({ t: "stop" });
  }

  restart() {
    this.page.send({ t: "restart" });
    this.page.announce("Restarting");
  }

  // insert asks for a new block after another, null: as the first, and goes to it when it comes.
  insert(after, kind, { source = "", edit = true } = {}) {
    if (this.send({ t: "insert", after: after ?? "", kind, source })) this.page.awaited = { edit };
  }

  insertAbove(id, kind, options) {
    const at = this.notebook.order.indexOf(id);
    this.insert(this.notebook.order[at - 1] ?? null, kind, options);
  }

  remove(id) {
    const { order } = this.notebook;
    const at = order.indexOf(id);
    if (!this.send({ t: "delete", id })) return;
    this.page.announce("Deleted. Undo with z.");
    const next = order[at + 1] ?? order[at - 1];
    if (next) this.page.select(next);
  }

  // move moves a block by one place, up or down.
  move(id, by) {
    const { order } = this.notebook;
    const at = order.indexOf(id);
    const to = at + by;
    if (to < 0 || to >= order.length) return;
    const after = by > 0 ? order[to] : order[to - 1] ?? "";
    this.send({ t: "move", id, after });
  }

  undo() {
    this.page.send({ t: "undo" });
  }

  // turn makes a cell of prose, or prose of a cell, with the same text.
  turn(id, kind) {
    const block = this.notebook.blocks.get(id);
    if (block.kind === kind || block.kind === "quote") return;
    const source = this.page.views.get(id).text;
    this.insert(id, kind, { source, edit: false });
    this.send({ t: "delete", id });
  }

  reset(id) {
    for (const one of id ? [id] : this.notebook.order) this.page.edits.drop(one);
    this.page.send({ t: "reset", id: id ?? "" });
  }

  // next is the block after another, previous the one before; null at the ends.
  neighbour(id, by) {
    const { order } = this.notebook;
    return order[order.indexOf(id) + by] ?? null;
  }
}
