// A picture. Small ones are enlarged by whole pixels, so that each can be seen.

import { h } from "../dom.js";

const small = 200; // CSS pixels that a picture should have at least

export function draw(host, data, { text } = {}) {
  const image = h("img", { alt: text || "a picture that the cell shows", src: `data:image/png;base64,${data}` });
  image.addEventListener("load", () => {
    const times = Math.max(1, Math.floor(small / Math.max(image.naturalWidth, image.naturalHeight)));
    image.width = image.naturalWidth * times;
    image.classList.toggle("pixels", times > 1);
  });
  host.append(image);
}
