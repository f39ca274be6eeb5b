// A prediction, asked for before the result is there: one of several options, a number or a curve,
// with how sure one is. Once committed it stands.

import { button, h } from "../dom.js";
import { curveFrame } from "./drawcurve.js";
import { number, unique } from "./tools.js";

export function predict(shell, control, set) {
  const { ask } = control;
  let closed = false;

  function show(next) {
    if (next.value) {
      if (!closed) shell.replaceChildren(committed(ask, next.value));
      closed = true;
    } else if (closed || !shell.firstChild) {
      closed = false;
      shell.replaceChildren(open(ask, (value) => {
        show({ value });
        set(value);
      }));
    }
  }

  show(control);
  return { update: show };
}

function open(ask, commit) {
  const answer = ask.frame ? curve(ask) : ask.number ? numeric(ask) : options(ask);
  const id = unique("sure");
  const sure = h("input", { id, type: "range", min: 0, max: 100, step: 5, value: 60 });
  const percent = h("output", { for: id });
  const tell = () => {
    percent.textContent = `${sure.value} %`;
    sure.style.setProperty("--part", `${sure.value}%`);
    sure.setAttribute("aria-valuetext", `${sure.value} % sure`);
  };
  sure.addEventListener("input", tell);
  sure.addEventListener("keydown", (event) => event.stopPropagation());
  tell();
  const done = button({ label: "That is my bet", kind: "main", click: () => commit({ ...answer.value(), confidence: Number(sure.value) / 100 }) });
  answer.changed = () => (done.disabled = !answer.value());
  answer.changed();
  return h("div", { class: "predict open" },
    h("p", { class: "kicker" }, "Predict first"), h("p", { class: "question" }, ask.text), answer.element,
    h("div", { class: "commit" }, h("label", { for: id }, "How sure?"), sure, percent, done));
}

function options(ask) {
  const name = unique("bet");
  const answer = { changed: () => {} };
  const radios = ask.options.map((option) => h("input", { type: "radio", name, value: option, on: { change: () => answer.changed(), keydown: (event) => event.stopPropagation() } }));
  answer.element = h("div", { class: "bet-options", role: "radiogroup", "aria-label": ask.text }, ...radios.map((radio, i) => h("label", {}, radio, h("span", {}, ask.options[i]))));
  answer.value = () => {
    const chosen = radios.find(({ checked }) => checked);
    return chosen ? { choice: chosen.value } : null;
  };
  return answer;
}

function numeric(ask) {
  const answer = { changed: () => {} };
  const input = h("input", { type: "number", step: "any", "aria-label": ask.text, placeholder: "a number", on: { input: () => answer.changed(), keydown: (event) => event.stopPropagation() } });
  answer.element = h("div", { class: "bet-number" }, input);
  answer.value = () => (Number.isFinite(input.valueAsNumber) ? { number: input.valueAsNumber } : null);
  return answer;
}

function curve(ask) {
  const answer = { changed: () => {} };
  const frame = curveFrame(ask.frame, ask.text, { changed: () => answer.changed() });
  answer.element = frame.element;
  answer.value = () => (frame.points().length >= 2 ? { curve: frame.points() } : null);
  return answer;
}

// committed shows what was said, for good.
function committed(ask, said) {
  const sure = `${Math.round(100 * (said.confidence ?? 0))} % sure`;
  const what = said.curve ? curveFrame(ask.frame, ask.text, { fixed: said.curve }).element
    : h("p", { class: "said" }, h("b", {}, said.number === undefined ? said.choice : number(said.number, 6)));
  return h("div", { class: "predict committed" },
    h("p", { class: "kicker" }, `Your bet, ${sure}`), h("p", { class: "question" }, ask.text), what);
}
