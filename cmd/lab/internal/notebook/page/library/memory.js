// What was predicted some lessons ago comes back at the top of a lesson, to be answered from memory.
// The notebook's page calls showMemories; the truth comes from the server only after the answer.

import { h } from "../dom.js";

const percent = (share) => `${Math.round(100 * share)} %`;
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });

// showMemories puts the questions that are due in a lesson into host. It resolves to how many there are.
export async function showMemories(host, lesson) {
  const answer = await fetch(`/lessons/memories?lesson=${encodeURIComponent(lesson)}`);
  if (!answer.ok) return 0;
  const due = await answer.json();
  host.replaceChildren(...due.map((memory, i) => question(memory, lesson, i)));
  return due.length;
}

function question(memory, lesson, i) {
  const where = memory.lesson === "first" ? "on the first page" : `in lesson ${memory.lesson}`;
  const output = h("output", {}, "60 %");
  const sure = h("input", { type: "range", min: "0", max: "100", value: "60", name: "confidence", on: { input: () => (output.textContent = `${sure.value} %`) } });
  const said = memory.number
    ? h("input", { type: "text", inputmode: "decimal", name: "said", required: true, autocomplete: "off", "aria-label": "Your answer, a number" })
    : h("div", { class: "options", role: "radiogroup", "aria-label": "Your answer" }, ...memory.options.map((option) =>
        h("label", {}, h("input", { type: "radio", name: "said", value: option, required: true }), " ", option)));
  const form = h("form", { class: "memory", "aria-labelledby": `memory-${i}`, on: { submit: send } },
    h("p", { class: "from" }, `From memory: you predicted this on ${day.format(new Date(memory.made))}, ${where}.`),
    h("p", { id: `memory-${i}`, class: "asks" }, memory.question),
    said,
    h("div", { class: "sure" }, h("label", {}, "How sure? ", sure, " ", output), h("button", { type: "submit" }, "Answer")),
  );

  async function send(event) {
    event.preventDefault();
    const body = { in: lesson, lesson: memory.lesson, name: memory.name, said: form.elements.said.value.trim(), confidence: sure.value / 100 };
    const reply = await fetch("/lessons/memories", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    form.querySelector(".told")?.remove();
    const told = h("p", { class: "told", role: "status" });
    form.append(told);
    if (!reply.ok) {
      told.append(await reply.text());
      return;
    }
    for (const element of form.elements) element.disabled = true;
    const { right, truth, then, confidence, then_right: thenRight, calibration } = await reply.json();
    form.classList.add(right ? "right" : "wrong");
    told.append(
      h("strong", {}, right ? "Right." : "Not quite."), ` It is ${truth}.`,
      ` Then you said ${then}, ${percent(confidence)} sure, and that was ${thenRight ? "right" : "wrong"}. `,
      h("span", { class: "calibration" }, calibration),
    );
  }
  return form;
}
