// A picture of one's own: chosen, dropped or pasted. It is made small here, and goes nowhere but to
// lab on this machine.

import { h } from "../dom.js";
import { head } from "./parts.js";
import { clamp, unique } from "./tools.js";

const most = 512; // pixels of the longer edge

export function upload(shell, control, set) {
  const id = unique("upload");
  const { row, value } = head(control, { id, tag: "label" });
  const canvas = h("canvas", { class: "thumbnail", role: "img", "aria-label": "the picture" });
  const input = h("input", { id, type: "file", accept: "image/*", on: { change: () => take(input.files[0]), keydown: (event) => event.stopPropagation() } });
  const trouble = h("p", { class: "note", role: "status" });
  const zone = h("div", { class: "drop" }, canvas, h("div", {}, input, h("p", { class: "keys" }, "Choose a picture, drop one here, or paste one. It stays on this machine."), trouble));

  async function take(file) {
    trouble.textContent = "";
    if (!file) return;
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, most / Math.max(image.width, image.height));
      const [width, height] = [image.width, image.height].map((n) => clamp(Math.round(n * scale), 1, most));
      const small = new OffscreenCanvas(width, height).getContext("2d");
      small.fillStyle = "#fff"; // what is transparent shows white
      small.fillRect(0, 0, width, height);
      small.imageSmoothingQuality = "high";
      small.drawImage(image, 0, 0, width, height);
      const { data } = small.getImageData(0, 0, width, height);
      const picture = { height, width, pixels: pack(data) };
      show({ value: picture });
      set(picture);
    } catch {
      trouble.textContent = `${file.name || "This"} cannot be read as a picture: take a PNG, JPEG, WebP or GIF.`;
    }
  }

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
  zone.addEventListener("paste", (event) => take([...event.clipboardData.files].find(({ type }) => type.startsWith("image/"))));
  zone.setAttribute("tabindex", "0");

  function show({ value: picture }) {
    const bytes = Uint8Array.from(atob(picture.pixels), (c) => c.charCodeAt(0));
    const { height, width } = picture;
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d"), image = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) image.data.set([bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2], 255], 4 * i);
    context.putImageData(image, 0, 0);
    value.textContent = `${width}×${height}`;
  }

  shell.append(row, zone);
  show(control);
  return { update: show };
}

// pack leaves the transparency out and writes the bytes as base64.
function pack(rgba) {
  let text = "";
  for (let i = 0; i < rgba.length; i += 4) text += String.fromCharCode(rgba[i], rgba[i + 1], rgba[i + 2]);
  return btoa(text);
}
