// The edits that the server has not saved yet. They are sent when the typist pauses, at the latest
// twice a second, and again when a lost line is back.

const pause = 150, latest = 500; // milliseconds

export class Edits {
  constructor(send, { wait = (call, ms) => setTimeout(call, ms), now = () => performance.now() } = {}) {
    Object.assign(this, { send, wait, now });
    this.pending = new Map(); // id -> {source, edit, sent, since}
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
    entry.sent = this.send({ t: "edit", id, source: entry.source, edit: entry.edit });
  }

  // flush sends what waits, before a cell is run.
  flush() {
    for (const [id, entry] of this.pending) if (!entry.sent) this.sendOne(id, entry);
  }

  // resend sends all again that was never saved, after the line was lost.
  resend() {
    for (const [id, entry] of this.pending) this.sendOne(id, entry);
  }

  saved(edit) {
    for (const [id, entry] of this.pending) if (entry.edit === edit) this.pending.delete(id);
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
