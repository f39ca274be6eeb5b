// A piece of a page, or a whole one, that a cell made. It may hold anything, so it lives in a frame
// of no origin: it can reach neither this page nor the server. Without an address of its own it
// comes as text, and no script in it runs.

import { button, h } from "../dom.js";

export function draw(host, data, page) {
  const from = page.frame ? { src: page.frame, sandbox: "allow-scripts" } : { srcdoc: data, sandbox: "" };
  const frame = h("iframe", { class: "foreign", title: "what the cell shows", referrerpolicy: "no-referrer", loading: "lazy", ...from });
  const taller = button({
    label: "Taller",
    click: () => {
      const tall = frame.classList.toggle("tall");
      taller.textContent = tall ? "Smaller" : "Taller";
    },
  });
  host.append(frame, taller);
}
