// The pad: lines drawn by mouse, pen, finger or keys. Lines are kept in units of the pad, so that
// they are drawn again at any size: sharp for the eye, 84 x 84 pixels for the net.

const fine = 84; // the edge of what is sent; the server knows it as ink.Size
const pen = 3.2 / fine; // the radius of the pen
const step = 1 / 28; // of the keys

export class Pad {
  // changed is called when there is more or less ink; enter when that key is pressed.
  constructor(canvas, { changed, enter }) {
    this.canvas = canvas;
    this.changed = changed;
    this.lines = [];
    this.cursor = { x: 0.5, y: 0.25, down: false };
    this.pointer = null; // the one that draws
    canvas.addEventListener("pointerdown", (e) => this.lower(e));
    canvas.addEventListener("pointermove", (e) => this.move(e));
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, (e) => this.lift(e));
    canvas.addEventListener("keydown", (e) => this.key(e, enter));
    for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => this.paint());
    new ResizeObserver(() => this.paint()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  get empty() {
    return this.lines.length === 0;
  }

  clear() {
    this.lines = [];
    this.cursor.down = false;
    this.paint();
    this.changed();
  }

  lower(event) {
    if (this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true, focusVisible: false });
    this.cursor.down = false;
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.lines.push([]);
    this.extend(event);
  }

  move(event) {
    if (event.pointerId !== this.pointer) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const e of all.length ? all : [event]) this.extend(e);
  }

  lift(event) {
    if (event.pointerId === this.pointer) this.pointer = null;
  }

  extend({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    this.point((clientX - box.left) / box.width, (clientY - box.top) / box.height);
  }

  point(x, y) {
    this.lines.at(-1).push([x, y]);
    this.paint();
    this.changed();
  }

  key(event, enter) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const c = this.cursor;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      const [dx, dy] = moves[event.key];
      c.x = Math.min(Math.max(c.x + dx * step, pen), 1 - pen);
      c.y = Math.min(Math.max(c.y + dy * step, pen), 1 - pen);
      if (c.down) this.point(c.x, c.y);
    } else if (event.key === " ") {
      c.down = !c.down;
      if (c.down) {
        this.lines.push([]);
        this.point(c.x, c.y);
      }
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.clear();
    } else if (event.key === "Enter") {
      enter();
    } else {
      return;
    }
    event.preventDefault();
    this.paint();
  }

  paint() {
    const size = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, size, size);
    context.strokeStyle = getComputedStyle(this.canvas).color;
    trace(context, this.lines, size, pen);
    if (this.canvas.matches(":focus-visible")) this.paintCursor(context, size);
  }

  // The place of the pen, for those who draw by keys: filled while it is down.
  paintCursor(context, size) {
    const { x, y, down } = this.cursor;
    context.beginPath();
    context.arc(x * size, y * size, pen * size * 1.4, 0, 2 * Math.PI);
    context.lineWidth = 2 * devicePixelRatio;
    context.strokeStyle = context.fillStyle = getComputedStyle(this.canvas).outlineColor;
    context.stroke();
    if (down) context.fill();
  }

  // extent is the longer side of what is drawn.
  extent() {
    const points = this.lines.flat();
    const side = (axis) => points.reduce((most, p) => Math.max(most, p[axis]), 0) - points.reduce((least, p) => Math.min(least, p[axis]), 1);
    return Math.max(side(0), side(1));
  }

  // ink is the drawing as the net gets it: 255 where there is ink. It is drawn with a pen that suits
  // its size, for it will be scaled: else a small eight would have no holes.
  ink() {
    const canvas = new OffscreenCanvas(fine, fine);
    const context = canvas.getContext("2d");
    trace(context, this.lines, fine, Math.min(Math.max(this.extent() / 18, 0.9 / fine), pen));
    const pixels = context.getImageData(0, 0, fine, fine).data;
    return Uint8Array.from({ length: fine * fine }, (_, i) => pixels[4 * i + 3]);
  }
}

function trace(context, lines, size, radius) {
  context.lineWidth = 2 * radius * size;
  context.lineCap = context.lineJoin = "round";
  for (const line of lines) {
    context.beginPath();
    for (const [x, y] of line) context.lineTo(x * size, y * size);
    if (line.length === 1) context.lineTo(line[0][0] * size, line[0][1] * size + 0.01); // a dot
    context.stroke();
  }
}
