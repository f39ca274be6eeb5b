// Shows displays that a real kernel has sent, and notes what controls say.

import { kinds } from "/static/kinds/kinds.js";
import { h } from "/static/dom.js";

window.drawn = {}; // by the name of the fixture
window.sets = [];
window.delays = []; // ms from an input to the next picture

for (const { name, kind, data, text } of await (await fetch("/fixtures.json")).json()) {
  const host = h("div", { class: `display ${kind}`, id: name });
  document.querySelector("main").append(h("h1", {}, name), h("div", { class: "output" }, host));
  const page = { text, set: (control, value) => window.sets.push([control, value]) };
  window.drawn[name] = kinds[kind].draw(host, data, page);
}

// How long an answer takes: from the moment of the input to the first picture after it.
for (const event of ["pointerdown", "pointermove", "keydown", "input"]) {
  addEventListener(event, ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.delays.push(performance.now() - timeStamp);
      channel.port2.postMessage(0);
    });
  }, { capture: true });
}
window.ready = true;
