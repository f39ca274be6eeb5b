// What the net says: five bars, the likeliest first, and the picture with the places that speak for
// the class that is chosen.

import { h } from "/static/dom.js";

const rows = 5;
const coarse = 112; // pictures with a shorter edge are shown pixel by pixel

// A net is never sure of all, and rules nothing out.
function percent(p) {
  if (p > 0.9995) return "> 99.9 %";
  if (p < 0.0005) return "< 0.1 %";
  return `${(100 * p).toFixed(1)} %`;
}

export class Answer {
  constructor($) {
    this.$ = $;
    this.said = null;
    this.choice = null; // a class; null for the likeliest
    this.rows = Array.from({ length: rows }, () => {
      const input = h("input", { type: "radio", name: "class", on: { change: () => this.choose(Number(input.value)) } });
      const label = h("span", { class: "label" }, "\u00a0"), share = h("span", { class: "share" }), fill = h("div", { class: "fill" });
      const row = h("label", { class: "guess" }, input, label, share, h("div", { class: "track" }, fill));
      $("guesses").append(row);
      return { row, input, label, share, fill };
    });
    $("places").addEventListener("change", () => this.paint());
    this.clear();
  }

  // clear shows that nothing was asked. The choice is forgotten.
  clear() {
    this.said = this.choice = null;
    for (const { row, input, label, share, fill } of this.rows) {
      row.hidden = false;
      input.disabled = true;
      input.checked = false;
      label.textContent = "\u00a0";
      share.textContent = "";
      fill.style.width = "0";
    }
    this.$("named").textContent = "";
    this.$("sure").textContent = "The five names that it finds likeliest:";
    this.$("rate").textContent = "";
    this.$("seen").hidden = true;
    this.empty(true);
  }

  // wanted is what to ask for when one class is enough.
  get wanted() {
    return this.$("places").checked ? (this.choice ?? "first") : "none";
  }

  empty(is) {
    for (const id of ["answer", "speaks"]) this.$(id).classList.toggle("empty", is);
    this.$("guesses").setAttribute("aria-hidden", is); // bars without names say nothing
  }

  // forget goes back to the likeliest class, for a new picture.
  forget() {
    this.choice = null;
  }

  show(said) {
    this.said = said;
    const [best] = said.top;
    this.empty(false);
    this.$("sure").textContent = best.p > 0.5 ? `${percent(best.p)} for` : `not sure; perhaps, with ${percent(best.p)},`;
    this.$("named").textContent = best.label;
    this.$("named").classList.toggle("long", best.label.length > 16);
    this.rows.forEach(({ row, input, label, share, fill }, i) => {
      const guess = said.top[i];
      row.hidden = !guess;
      input.disabled = !guess;
      if (!guess) return;
      input.value = guess.index;
      label.textContent = label.title = guess.label;
      share.textContent = percent(guess.p);
      fill.style.width = `${(100 * guess.p).toFixed(2)}%`;
    });
    this.paint();
  }

  // choose explains a class, also in the pictures that a camera brings next; the first stands for
  // whatever is likeliest then.
  choose(index) {
    this.choice = index === this.said.top[0].index ? null : index;
    this.paint();
  }

  // paint shows the picture as the net sees it, with the places that speak for the class.
  paint() {
    if (!this.said) return;
    const { seen: plain, speaks, width, height, top } = this.said;
    const explained = speaks.find(({ index }) => index === this.choice) ?? speaks[0];
    const shown = this.choice ?? top[0].index;
    for (const { input } of this.rows) input.checked = Number(input.value) === shown && !input.disabled;
    const name = explained?.label ?? top.find(({ index }) => index === shown)?.label ?? top[0].label;
    const places = explained && this.$("places").checked;
    const seen = this.$("seen");
    seen.src = `data:image/png;base64,${places ? explained.picture : plain}`;
    seen.alt = places ? `the picture as the net sees it; red are the places that speak for ${name}` : "the picture as the net sees it";
    seen.hidden = false;
    seen.classList.toggle("coarse", Math.min(width, height) < coarse);
    this.$("for").textContent = name;
    this.$("size").textContent = `This is all that the net sees: ${width} × ${height} pixels.`;
  }

  // words says it for who does not see the bars.
  words() {
    return this.said.top.map(({ label, p }) => `${label}, ${percent(p)}`).join("; ");
  }
}
