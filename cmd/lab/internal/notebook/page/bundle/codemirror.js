// The editor where npm built it: CodeMirror 6, with the interface of editor.js. It lives in a
// shadow tree: there CodeMirror keeps its styles in sheets, which the page's strict policy allows.

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, selectedCompletion, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, insertNewlineAndIndent, insertTab, toggleComment } from "@codemirror/commands";
import { goLanguage } from "@codemirror/lang-go";
import { LanguageSupport, bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, closeHoverTooltips, drawSelection, hasHoverTooltips, hoverTooltip, keymap, lineNumbers, showTooltip } from "@codemirror/view";
import { bytesTo, indexAt } from "../bytes.js";
import { call, description } from "../describe.js";
import { tokens } from "../golang.js";
import { listHeight, makeRoom } from "../place.js";
import { ontoBracket } from "../typing.js";

// The page's own styles, for what the kernel says of names.
const styles = await Promise.all(["code.css", "editor.css"].map(async (name) => {
  const sheet = new CSSStyleSheet();
  return sheet.replace(await (await fetch(`/static/${name}`)).text());
}));

const outside = Annotation.define(); // a change that the learner did not type

// A mistake is underlined until the text changes.
const setWrong = StateEffect.define();
const wrong = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setWrong)) continue;
      const place = effect.value;
      return place && place.from < place.to ? Decoration.set(Decoration.mark({ class: "wrong" }).range(place.from, place.to)) : Decoration.none;
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// The tip at the caret: what is called, or what a name is.
const setTip = StateEffect.define();
const tip = StateField.define({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setTip)) return effect.value;
    return shown;
  },
  provide: (field) => showTooltip.from(field),
});

const tooltip = (pos, content) => ({ pos, above: true, create: () => {
  const dom = document.createElement("div");
  dom.className = "tip";
  dom.append(content);
  return { dom };
} });

const bytesBefore = (state, pos) => bytesTo(state.doc.toString(), pos);

// completions come from the kernel, which has looked at the types.
const completions = (ask) => async (context) => {
  const before = context.state.sliceDoc(Math.max(0, context.pos - 200), context.pos);
  if (!context.explicit && !/[\p{L}_][\p{L}\p{N}_]*$|\.$/u.test(before)) return null;
  const source = context.state.doc.toString();
  const answer = await ask.complete(source, bytesTo(source, context.pos));
  if (!answer?.List?.length) return null;
  const at = context.view?.coordsAtPos(context.pos);
  if (at) makeRoom(at, listHeight);
  return {
    from: indexAt(source, answer.From), to: indexAt(source, answer.To), validFor: /^[\p{L}\p{N}_]*$/u,
    options: answer.List.map(({ Name, Kind, Type, Doc }, i) => ({ label: Name, type: Kind, detail: Type, info: Doc || undefined, boost: -i })),
  };
};

// calls shows what is called while its arguments are typed: from a bracket or a comma on, until
// there is no call around the caret.
const calls = (ask) => {
  let asked = 0, calling = false;
  return EditorView.updateListener.of(async ({ view, state, docChanged, selectionSet }) => {
    if (!docChanged && !selectionSet) return;
    const { head } = state.selection.main;
    calling ||= docChanged && /[(,]\s*$/.test(state.sliceDoc(Math.max(0, head - 20), head));
    if (!calling) return;
    const number = ++asked;
    const answer = await ask.inspect(state.doc.toString(), bytesBefore(state, head));
    if (number !== asked || view.state.doc !== state.doc) return;
    calling = Boolean(answer?.call) && view.hasFocus;
    view.dispatch({ effects: setTip.of(calling ? tooltip(head, call(answer.call, answer.argument)) : null) });
  });
};

const hovers = (ask) => hoverTooltip(async (view, pos) => {
  const source = view.state.doc.toString();
  const { name } = (await ask.inspect(source, bytesTo(source, pos))) ?? {};
  return name ? { ...tooltip(indexAt(source, name.From), description(name)), end: indexAt(source, name.To) } : null;
}, { hoverTime: 350, hideOnChange: true });

// whatIsThis is for those who have no mouse at hand.
const whatIsThis = (ask) => (view) => {
  const { state } = view;
  const { head } = state.selection.main;
  ask.inspect(state.doc.toString(), bytesBefore(state, head)).then((answer) => {
    const content = answer?.name ? description(answer.name) : answer?.call && call(answer.call, answer.argument);
    if (content && view.state.doc === state.doc) view.dispatch({ effects: setTip.of(tooltip(head, content)) });
  });
  return true;
};

function closeTips(view) {
  const open = view.state.field(tip) !== null || hasHoverTooltips(view.state);
  if (open) view.dispatch({ effects: [setTip.of(null), closeHoverTooltips] });
  return open;
}

// enter takes what is chosen in the pop-up, unless it is all there: then it begins a new line.
function enter(view) {
  const { state } = view;
  const { head } = state.selection.main;
  const { label = "" } = selectedCompletion(state) ?? {};
  if (label && state.sliceDoc(Math.max(0, head - label.length), head) === label) return closeCompletion(view) && insertNewlineAndIndent(view);
  return acceptCompletion(view);
}

// Tab ends a word, else it indents.
function tab(view) {
  const { main } = view.state.selection;
  if (acceptCompletion(view)) return true;
  if (!main.empty) return indentMore(view);
  return /[\p{L}\p{N}_.]$/u.test(view.state.sliceDoc(Math.max(0, main.head - 2), main.head)) ? startCompletion(view) : insertTab(view);
}

// The colours are those of the page's own editor. Cells are short: all of a text is coloured anew.
const colours = EditorView.decorations.compute(["doc"], (state) =>
  Decoration.set(tokens(state.doc.toString()).map(({ from, to, kind }) => Decoration.mark({ class: kind }).range(from, to))));

const look = EditorView.theme({
  "&": { fontSize: "0.8rem", color: "var(--ink)", background: "none" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.4rem", fontVariantLigatures: "none" },
  ".cm-content": { padding: "0.6rem 0.8rem 0.6rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--muted)", fontSize: "0.72rem" },
  ".cm-lineNumbers .cm-gutterElement": { width: "2.2rem", minWidth: "0", padding: "0 0.65rem 0 0", lineHeight: "1.4rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { background: "color-mix(in srgb, var(--accent) 20%, transparent)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "color-mix(in srgb, var(--wrong) 30%, transparent)" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--faint)", borderRadius: "6px", boxShadow: "var(--shadow)", maxWidth: "min(38rem, 95vw)", fontFamily: "var(--sans)", fontSize: "0.82rem", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "12rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.1rem 0.5rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--band)", color: "var(--ink)" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.4rem 0.7rem", color: "var(--muted)" },
});

// A closing bracket that came by itself is not typed twice.
const closers = EditorView.inputHandler.of((view, from, to, typed) => {
  const text = view.state.doc.toString();
  const next = from === to && typed.length === 1 ? ontoBracket({ text, from }, typed) : null;
  if (!next) return false;
  const line = view.state.doc.lineAt(from); // the empty one
  view.dispatch({ changes: { from: line.from, to: line.to + 1 }, selection: { anchor: next.from }, userEvent: "input.type" });
  return true;
});

const extensions = (ask) => [
  lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closers, closeBrackets(),
  new LanguageSupport(goLanguage), colours, indentUnit.of("\t"), EditorState.tabSize.of(4),
  autocompletion({ override: [completions(ask)], activateOnTypingDelay: 60, defaultKeymap: false }), wrong, tip, calls(ask), hovers(ask), look,
  keymap.of([
    { key: "Escape", run: closeTips },
    { key: "Enter", run: enter },
    { key: "Tab", run: tab, shift: indentLess },
    { key: "Mod-/", run: toggleComment },
    { key: "Ctrl-Shift-Space", run: whatIsThis(ask) },
    ...closeBracketsKeymap, ...completionKeymap.filter(({ key }) => key !== "Enter"), ...historyKeymap, ...defaultKeymap,
  ]),
];

export function createEditor(host, options) {
  return new Editor(host, options);
}

class Editor {
  constructor(host, { source, label, changed, ask }) {
    const shell = document.createElement("div");
    shell.className = "editor codemirror";
    const root = shell.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = styles;
    host.replaceChildren(shell);
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: source, extensions: [
        extensions(ask),
        EditorView.contentAttributes.of({ class: "code", "aria-label": label, tabindex: "-1", spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((t) => t.annotation(outside))) changed(this.source);
        }),
      ] }),
    });
    this.shell = shell;
    const scroller = { tabindex: "0", role: "group", "aria-label": "Text of the cell" };
    for (const [name, value] of Object.entries(scroller)) this.view.scrollDOM.setAttribute(name, value);
  }

  get source() {
    return this.view.state.doc.toString();
  }

  set source(text) {
    const before = this.source;
    if (text === before) return;
    this.view.dispatch({ changes: { from: 0, to: before.length, insert: text }, annotations: outside.of(true) });
  }

  get busy() {
    return completionStatus(this.view.state) === "active" || hasHoverTooltips(this.view.state) || this.view.state.field(tip) !== null;
  }

  focus() {
    this.view.focus();
  }

  select(from, to) {
    this.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
  }

  aim(x, y) {
    this.view.dispatch({ selection: { anchor: this.view.posAtCoords({ x, y }, false) } });
  }

  mark(place) {
    this.view.dispatch({ effects: setWrong.of(place) });
  }

  destroy() {
    this.view.destroy();
    this.shell.remove();
  }
}
