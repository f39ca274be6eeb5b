// The chart of the race: two training losses, step by step, on a log scale. Plain is vermilion,
// with shortcuts blue. What was found stands above it; curves carry their names where they end.

const width = 720, height = 430;
const left = 46, right = 176, top = 14, bottom = 52;
const window = 10; // steps that a line is the mean of, as on the server
const blind = Math.log(10);

const names = ["8 layers", "56 layers"];

export class Chart {
  constructor(host, steps) {
    this.host = host;
    this.steps = steps; // that the axis reaches to
    this.curves = [[], []];
    this.flips = []; // { step, on }
    this.svg = node("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
    host.replaceChildren(this.svg);
    this.draw();
  }

  add(points, steps) {
    points.forEach((loss, i) => this.curves[i].push(loss));
    this.steps = Math.max(this.steps, steps);
    this.later();
  }

  flip(step, on) {
    this.flips.push({ step, on });
    this.later();
  }

  // describe says to those who do not see it what the chart shows.
  describe(text) {
    this.svg.setAttribute("aria-label", `Training loss, step by step. ${text}`);
  }

  // Many messages come in one frame of the screen.
  later() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    const all = this.curves.flat();
    this.high = Math.max(4, ...all) * 1.1;
    this.low = Math.min(1, ...all.map((v) => v * 0.85));
    this.svg.replaceChildren(...this.axes(), ...this.marks(), ...this.lines());
  }

  x(step) {
    return left + ((width - left - right) * step) / this.steps;
  }

  y(loss) {
    const share = Math.log(loss / this.low) / Math.log(this.high / this.low);
    return height - bottom - (height - top - bottom) * Math.min(Math.max(share, 0), 1);
  }

  axes() {
    const nodes = [];
    for (const loss of [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 1e4, 1e5, 1e6]) {
      if (loss < this.low || loss > this.high) continue;
      nodes.push(node("line", { class: "grid", x1: left, x2: width - right, y1: this.y(loss), y2: this.y(loss) }));
      nodes.push(label(left - 8, this.y(loss) + 5, String(loss), "end"));
    }
    const gap = this.steps > 250 ? 100 : 50;
    for (let step = 0; step <= this.steps; step += gap) nodes.push(label(this.x(step), height - bottom + 21, String(step), "middle"));
    nodes.push(label((left + width - right) / 2, height - 4, "steps of training, 32 digits each", "middle"));
    nodes.push(label(left + 6, top + 8, "training loss, log scale: lower is better", "start"));
    return nodes;
  }

  // The loss of one who guesses, and where the shortcuts were switched.
  marks() {
    const nodes = [
      node("line", { class: "blind", x1: left, x2: width - right, y1: this.y(blind), y2: this.y(blind) }),
    ];
    for (const { step, on } of this.flips) {
      const x = this.x(step);
      nodes.push(node("line", { class: "flip", x1: x, x2: x, y1: top + 16, y2: height - bottom }));
      nodes.push(label(x + 5, height - bottom - 8, on ? "plus on" : "plus off", "start", "flip-name"));
    }
    return nodes;
  }

  lines() {
    const nodes = [];
    const ends = [{ at: this.y(blind), text: "guessing blindly", kind: "blind-name" }];
    this.curves.forEach((curve, i) => {
      if (curve.length === 0) return;
      const pieces = this.pieces(i);
      for (const { from, to, kind } of pieces) {
        nodes.push(node("polyline", { class: `raw ${kind}`, points: this.points(curve, from, to, 1) }));
        nodes.push(node("polyline", { class: `line ${kind}`, points: this.points(curve, from, to, window) }));
      }
      const last = pieces.at(-1);
      ends.push({ at: this.y(mean(curve, curve.length - 1, last.from, window)), text: names[i] + (last.kind === "residual" ? " and plus" : ""), kind: last.kind });
    });
    const end = this.x(this.curves[0].length);
    return [...nodes, ...spread(ends).map(({ at, text, kind }) => label((kind === "blind-name" ? width - right : end) + 8, at + 5, text, "start", `name ${kind}`))];
  }

  // pieces cuts a curve where the shortcuts were switched.
  pieces(i) {
    const plain = i === 0 ? "plain shallow" : "plain";
    const cuts = [{ step: 0, on: false }, ...(i === 1 ? this.flips : [])];
    return cuts
      .map(({ step, on }, k) => ({ from: step, to: cuts[k + 1]?.step ?? this.curves[i].length, kind: on ? "residual" : plain }))
      .filter(({ from, to }) => to > from);
  }

  points(curve, from, to, over) {
    const start = from > 0 && over === 1 ? from - 1 : from;
    const list = [];
    for (let step = start; step < to; step++) list.push(`${this.x(step + 1).toFixed(1)},${this.y(mean(curve, step, from, over)).toFixed(1)}`);
    return list.join(" ");
  }
}

// mean is over the steps up to one, and not before from.
function mean(curve, step, from, over) {
  const first = Math.max(Math.min(from, step), step + 1 - over);
  let sum = 0;
  for (let i = first; i <= step; i++) sum += curve[i];
  return sum / (step + 1 - first);
}

// spread keeps names apart that would lie on each other.
function spread(ends) {
  ends.sort((a, b) => a.at - b.at);
  for (let i = 1; i < ends.length; i++) ends[i].at = Math.max(ends[i].at, ends[i - 1].at + 21);
  return ends;
}

function node(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function label(x, y, text, anchor, kind = "") {
  const element = node("text", { x, y, "text-anchor": anchor, class: kind });
  element.textContent = text;
  return element;
}
