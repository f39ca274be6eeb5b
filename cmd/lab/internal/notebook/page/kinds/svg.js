// A drawing.

import { drawing } from "../dom.js";

export function draw(host, data) {
  host.append(drawing(data));
}
