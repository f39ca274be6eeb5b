// What the page knows of the notebook. Only messages of the server change it; views listen.

export class Notebook {
  constructor() {
    this.about = {};        // id, title, kind, path
    this.blocks = new Map(); // id -> block
    this.order = [];         // ids
    this.states = new Map(); // id of a cell -> state
    this.outputs = new Map(); // id of a cell -> [stream, display or progress]
    this.kernel = { state: "starting" };
    this.listeners = [];
  }

  // listen calls hear(what, detail) for every change: "all", "block", "gone", "order", "state",
  // "clear", "output" and "kernel".
  listen(hear) {
    this.listeners.push(hear);
  }

  tell(what, detail) {
    for (const hear of this.listeners) hear(what, detail);
  }

  cells() {
    return this.order.map((id) => this.blocks.get(id)).filter((block) => block.kind === "cell");
  }

  stale() {
    return this.cells().filter(({ id }) => this.states.get(id)?.stale).map(({ id }) => id);
  }

  get busy() {
    return this.kernel.state === "busy" || [...this.states.values()].some(({ state }) => state === "running" || state === "queued");
  }

  // moved tells whether a control stands elsewhere than at its start.
  get moved() {
    return [...this.outputs.values()].flat().some((item) => item.t === "display" && item.kind === "control" && isMoved(item));
  }

  stateOf(id) {
    return this.states.get(id) ?? { cell: id, state: "idle" };
  }

  outputOf(id) {
    return this.outputs.get(id) ?? [];
  }

  // receive takes in a message; false if it is not about the notebook.
  receive(message) {
    const take = this[`on_${message.t}`];
    if (!take) return false;
    take.call(this, message);
    return true;
  }

  on_snapshot({ notebook, blocks, states, outputs, kernel }) {
    this.about = notebook;
    this.blocks = new Map(blocks.map((block) => [block.id, block]));
    this.order = blocks.map(({ id }) => id);
    this.states = new Map((states ?? []).map((state) => [state.cell, state]));
    this.outputs = new Map(Object.entries(outputs ?? {}).map(([id, list]) => [id, (list ?? []).reduce(withOutput, [])]));
    this.kernel = typeof kernel === "string" ? { state: kernel } : kernel ?? this.kernel;
    this.tell("all");
  }

  on_block({ block, after }) {
    const known = this.blocks.has(block.id);
    this.blocks.set(block.id, block);
    if (!known) {
      this.order.splice(after ? this.order.indexOf(after) + 1 : 0, 0, block.id);
    }
    this.tell("block", { id: block.id, known });
  }

  on_gone({ id }) {
    this.order = this.order.filter((other) => other !== id);
    for (const map of [this.blocks, this.states, this.outputs]) map.delete(id);
    this.tell("gone", { id });
  }

  on_order({ ids }) {
    this.order = ids.filter((id) => this.blocks.has(id));
    this.tell("order");
  }

  on_state({ t, ...state }) {
    const before = this.states.get(state.cell);
    this.states.set(state.cell, state);
    const ended = state.state !== "running" && state.state !== "queued";
    const shown = this.outputOf(state.cell);
    if (ended && shown.some(({ old }) => old)) {
      this.outputs.set(state.cell, shown.filter(({ old }) => !old));
      this.tell("clear", { id: state.cell });
    }
    this.tell("state", { id: state.cell, before });
  }

  on_clear({ cell, keep }) {
    if (keep) {
      this.outputs.set(cell, this.outputOf(cell).map((item) => ({ ...item, old: true })));
      return;
    }
    this.outputs.set(cell, []);
    this.tell("clear", { id: cell });
  }

  on_stream(message) {
    this.output(message);
  }

  on_display(message) {
    this.output(message);
  }

  on_progress(message) {
    this.output(message);
  }

  output(message) {
    const id = message.cell;
    this.outputs.set(id, inPlace(this.outputOf(id), message));
    this.tell("output", { id, message });
  }

  on_kernel({ t, ...kernel }) {
    this.kernel = kernel;
    this.tell("kernel");
  }
}

const known = new WeakMap(); // what was found of a display: its data may be a whole picture

function isMoved(display) {
  if (!known.has(display)) known.set(display, isElsewhere(JSON.parse(display.data)));
  return known.get(display);
}

// isElsewhere: a drawing starts empty, a graph untouched, a prediction open, and an upload does not say whose picture it
// has; of the others Go says where they start.
function isElsewhere({ kind, value, start }) {
  if (kind === "pad") return value.some((ink) => ink > 0);
  if (kind === "upload") return false;
  if (kind === "turn") return Object.keys(value.by ?? {}).length + (value.cut ?? []).length > 0;
  return JSON.stringify(value ?? null) !== JSON.stringify(start ?? null);
}

// inPlace puts an output into the place of an old one of its kind, so that what a cell shows stays
// where it is while it runs again. The old that are left go when the cell has ended.
export function inPlace(list, message) {
  const old = list.filter((item) => item.old), fresh = list.filter((item) => !item.old);
  const next = withOutput(fresh, message);
  const at = next.length > fresh.length ? old.findIndex((item) => item.t === message.t && item.kind === message.kind && item.name === message.name) : -1;
  return [...next, ...(at < 0 ? old : old.toSpliced(at, 1))];
}

// withOutput returns a cell's outputs with one more: text goes on where the same stream was, a
// display's update takes its place, and of progress the last of each label counts.
export function withOutput(list, message) {
  const last = list.at(-1);
  switch (message.t) {
    case "stream":
      if (last?.t === "stream" && last.name === message.name) {
        return [...list.slice(0, -1), { ...last, text: last.text + message.text }];
      }
      return [...list, message];
    case "display": {
      const at = list.findIndex(({ t, id }) => t === "display" && id === message.id);
      return at < 0 ? [...list, message] : list.with(at, message);
    }
    case "progress": {
      const at = list.findIndex(({ t, label }) => t === "progress" && label === message.label);
      return at < 0 ? [...list, message] : list.with(at, message);
    }
  }
  return list;
}
