// The keys that people know from Jupyter. In edit mode the caret is in a text; in command mode a
// block has the focus, and letters are commands.

// One line a key: in which mode, what it is called, what it does. `do` gets page and the block.
// A key that is two presses of a letter is written twice.
export const keys = [
  { keys: "Shift-Enter", mode: "both", title: "run, and go on to the next", do: (page, id) => runAnd(page, id, "next") },
  { keys: "Ctrl-Enter", mode: "both", title: "run", do: (page, id) => runAnd(page, id, "stay") },
  { keys: "Alt-Enter", mode: "both", title: "run, and add a cell below", do: (page, id) => runAnd(page, id, "insert") },
  { keys: "Escape", mode: "edit", title: "leave the text", do: (page, id) => page.leave(id) },
  { keys: "Enter", mode: "command", title: "edit the text", do: (page, id) => page.edit(id) },
  { keys: "ArrowDown", mode: "command", title: "next block (also j)", do: (page, id) => go(page, id, 1) },
  { keys: "ArrowUp", mode: "command", title: "previous block (also k)", do: (page, id) => go(page, id, -1) },
  { keys: "j", mode: "command", do: (page, id) => go(page, id, 1) },
  { keys: "k", mode: "command", do: (page, id) => go(page, id, -1) },
  { keys: "a", mode: "command", title: "add a cell above", do: (page, id) => page.act.insertAbove(id, "cell", { edit: false }) },
  { keys: "b", mode: "command", title: "add a cell below", do: (page, id) => page.act.insert(id, "cell", { edit: false }) },
  { keys: "d d", mode: "command", title: "delete the block", do: (page, id) => page.act.remove(id) },
  { keys: "z", mode: "command", title: "undo the last insert, delete or move", do: (page) => page.act.undo() },
  { keys: "m", mode: "command", title: "make it text", do: (page, id) => page.act.turn(id, "prose") },
  { keys: "y", mode: "command", title: "make it Go", do: (page, id) => page.act.turn(id, "cell") },
  { keys: "Alt-ArrowUp", mode: "command", title: "move the block up", do: (page, id) => page.act.move(id, -1) },
  { keys: "Alt-ArrowDown", mode: "command", title: "move the block down", do: (page, id) => page.act.move(id, 1) },
  { keys: "i i", mode: "command", title: "stop the running cell", do: (page) => page.act.stop() },
  { keys: "0 0", mode: "command", title: "restart the kernel", do: (page) => page.act.restart() },
  { keys: "p", mode: "command", title: "present: one idea a screen", do: (page) => page.present.toggle() },
  { keys: "?", mode: "command", title: "this list (also h)", do: (page) => page.help.open() },
  { keys: "h", mode: "command", do: (page) => page.help.open() },
];

// What the editor does by itself, for the list.
export const typingKeys = [
  ["Tab", "indent, or end the word"], ["Shift-Tab", "outdent"], ["Ctrl-Space", "completions"], ["Ctrl-Shift-Space", "what is this?"],
  ["Ctrl-/", "comment, or not"], ["Ctrl-]", "indent the line"], ["Ctrl-[", "outdent the line"], ["Ctrl-Z", "undo typing"],
];

function runAnd(page, id, then) {
  const view = page.views.get(id);
  const { kind } = page.notebook.blocks.get(id);
  if (kind === "cell") page.act.run([id]);
  else view.rest();
  if (then === "stay") return page.leave(id);
  if (then === "insert") return page.act.insert(id, "cell");
  const next = page.act.neighbour(id, 1);
  if (next) page.select(next);
  else page.act.insert(id, "cell");
}

function go(page, id, by) {
  const next = page.act.neighbour(id, by);
  if (next) page.select(next);
}

// nameOf writes a key event as the table does.
export function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const parts = [];
  if (ctrlKey || metaKey) parts.push("Ctrl");
  if (altKey) parts.push("Alt");
  if (shiftKey && key.length > 1) parts.push("Shift");
  return [...parts, key].join("-");
}

const twice = 700; // milliseconds between the two presses of "d d"

// Reader turns names of keys into entries of the table.
export class Reader {
  constructor(table = keys, now = () => performance.now()) {
    Object.assign(this, { table, now, last: "", at: 0 });
  }

  // read returns the entry for a key, null for none, "first" for the first press of two.
  read(name, mode) {
    const fits = (entry) => entry.mode === "both" || entry.mode === mode;
    const again = this.last === name && this.now() - this.at < twice;
    this.last = "";
    const double = `${name} ${name}`;
    const entry = this.table.find((e) => fits(e) && (e.keys === name || (again && e.keys === double)));
    if (entry) return entry;
    if (!this.table.some((e) => fits(e) && e.keys === double)) return null;
    Object.assign(this, { last: name, at: this.now() });
    return "first";
  }
}

// modeOf tells in which mode a key was pressed: null where keys belong to something else, a
// button or a control of a cell.
function modeOf(event, block) {
  const target = event.composedPath()[0];
  if (target.closest?.("dialog, .output, .toolbar, .banners, .extra, .actions, .outline, .memories")) return event.key === "Escape" && block ? "edit" : null;
  if (target.matches?.("textarea, [contenteditable='true'], input, select")) return "edit";
  if (target.matches?.("button, a, summary") && (event.key === "Enter" || event.key === " ")) return null;
  return "command";
}

// listen hears the keys of the whole page, before an editor does.
export function listen(page) {
  const reader = new Reader();
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || page.present.key(event)) return;
    const block = event.composedPath().find((e) => e.matches?.(".block"));
    const mode = modeOf(event, block);
    const id = block?.dataset.id ?? page.selected;
    if (!mode || !page.views.has(id) || (event.key === "Escape" && page.views.get(id).editor?.busy)) return;
    const entry = reader.read(nameOf(event), mode);
    if (!entry) return;
    event.preventDefault();
    event.stopPropagation();
    if (entry !== "first") entry.do(page, id);
  }, true);
}
