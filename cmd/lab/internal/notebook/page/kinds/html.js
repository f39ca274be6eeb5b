// A piece of a page, or a whole one, that a cell made. It may hold anything, so it lives in a frame
// of no origin: it can reach neither this page nor the server.

import { button, h } from "../dom.js";

export function draw(host, data) {
  const frame = h("iframe", { class: "foreign", title: "what the cell shows", sandbox: "", srcdoc: data, referrerpolicy: "no-referrer", loading: "lazy" });
  const taller = button({
    label: "Taller",
    click: () => {
      const tall = frame.classList.toggle("tall");
      taller.textContent = tall ? "Smaller" : "Taller";
    },
  });
  host.append(frame, taller);
}
