// The edits that the server has not saved yet. They are sent when the typist pauses, at the latest
// twice a second, and again when a lost line is back.

import { lastPaired, pairs } from "./reopened.js";

const pause = 150, latest = 500; // milliseconds

export class Edits {
  constructor(send, { wait = (call, ms) => setTimeout(call, ms), now = () => performance.now() } = {}) {
    Object.assign(this, { send, wait, now });
    this.pending = new Map(); // id -> {source, edit, sent, since}; insert: {after, kind} of a block that is to come
    this.number = 0;
  }

  // change notes the new text of a block.
  change(id, source) {
    const before = this.pending.get(id);
    const since = before && !before.sent ? before.since : this.now();
    const edit = ++this.number;
    this.pending.set(id, { source, edit, sent: false, since });
    this.wait(() => {
      const last = this.pending.get(id);
      if (last && !last.sent && (last.edit === edit || this.now() - last.since >= latest)) this.sendOne(id, last);
    }, Math.max(0, Math.min(pause, since + latest - this.now())));
  }

  sendOne(id, entry) {
    const { source, edit, insert } = entry;
    entry.sent = this.send(insert ? { t: "insert", ...insert, source, edit } : { t: "edit", id, source, edit });
  }

  // flush sends what waits, before a cell is run.
  flush() {
    for (const [id, entry] of this.pending) if (!entry.sent) this.sendOne(id, entry);
  }

  // resend sends all again that was never saved, after the line was lost.
  resend() {
    for (const [id, entry] of this.pending) this.sendOne(id, entry);
  }

  // saved returns the block whose text is on disk now, if it is still the last one.
  saved(edit) {
    for (const [id, entry] of this.pending) {
      if (entry.edit !== edit) continue;
      this.pending.delete(id);
      return { id, source: entry.source };
    }
  }

  // reopened gives the edits the names that their blocks have in a notebook that was opened anew; where a block is gone,
  // what was typed there comes back as a new one. It returns the names, old to new.
  reopened({ order, blocks }, now) {
    const found = pairs(order.map((id) => blocks.get(id)), now, (id) => this.pending.get(id)?.source);
    const before = this.pending;
    this.pending = new Map();
    for (const [id, entry] of before) {
      if (found.has(id)) this.pending.set(found.get(id), entry);
    }
    for (const id of [...before.keys()].reverse()) { // of several below one block, the last is put there first
      if (found.has(id)) continue;
      const entry = before.get(id);
      const { after, kind } = entry.insert ?? { after: id, kind: blocks.get(id)?.kind ?? "cell" };
      this.pending.set(`new ${entry.edit}`, { ...entry, insert: { kind, after: found.get(after) ?? lastPaired(order, after, found) } });
    }
    return found;
  }

  drop(id) {
    this.pending.delete(id);
  }

  // sourceOf is the text that the learner sees: the unsaved one, if there is any.
  sourceOf(block) {
    return this.pending.get(block.id)?.source ?? block.source;
  }

  get unsaved() {
    return this.pending.size;
  }
}
