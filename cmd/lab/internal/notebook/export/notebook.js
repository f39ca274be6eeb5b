// In one file, without a server: every display is drawn in the place of its words, which stay where
// it cannot be. What would run a cell again stands still.
import { kinds } from "lab/kinds/kinds.js";

for (const place of document.querySelectorAll(".display[data-kind]")) {
  const data = place.querySelector("script");
  const kind = kinds[place.dataset.kind];
  if (!data || !kind) continue;
  const host = document.createElement("div");
  host.className = place.className;
  place.hidden = true;
  place.after(host);
  try {
    kind.draw(host, JSON.parse(data.textContent), { set() {}, text: place.querySelector("pre").textContent });
    if (place.dataset.kind === "control") host.inert = true;
  } catch (problem) {
    console.error(problem);
    host.remove();
    place.hidden = false;
  }
}
