// Axes: where a number lies on one, and the round numbers that label it.

import { extent, number, tenTo } from "./tools.js";

// scaleOf makes a scale of an axis {log, from, to, floor} for numbers. What a log axis cannot show
// is "under" its floor; what is not finite is "beyond".
export function scaleOf(axis, numbers, { tight = false } = {}) {
  const log = Boolean(axis.log);
  const floor = Number(axis.floor) || 1.4e-45;
  const unit = (v) => (log ? Math.log10(v) : v);
  const side = (v) => (!Number.isFinite(v) ? "beyond" : log && v < floor ? "under" : "on");
  const ends = [Number(axis.from) || 0, Number(axis.to) || 0];
  const fixed = ends[0] !== ends[1] ? ends.filter((v) => side(v) === "on") : [];
  let [low, high] = extent([...numbers.filter((v) => side(v) === "on"), ...fixed].map(unit)) ?? (log ? [-1, 0] : [0, 1]);
  if (low === high) [low, high] = log ? [low - 0.5, high + 0.5] : [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2];
  const step = log ? Math.max(1, Math.ceil((high - low) / 8)) : roundStep((high - low) / 5);
  if (!tight) {
    const pad = log ? Math.min(1, (high - low) / 10) : step;
    low = log ? low - pad / 2 : Math.floor(low / step + 1e-9) * step;
    high = log ? high + pad / 2 : Math.ceil(high / step - 1e-9) * step;
  }
  return {
    log, low, high, step, side, unit, floorLabel: axis.floor_label,
    whole: !log && numbers.length > 0 && numbers.every(Number.isInteger), // between 1 and 2 there is nothing to label
    under: numbers.some((v) => side(v) === "under"), beyond: numbers.some((v) => side(v) === "beyond"),
    part: (v) => (unit(v) - low) / (high - low), // 0 to 1
    at: (part) => { // back
      const v = low + part * (high - low);
      return log ? 10 ** v : v;
    },
  };
}

// roundStep is 1, 2 or 5 times a power of ten, near v.
export function roundStep(v) {
  const power = 10 ** Math.floor(Math.log10(v));
  const digit = v / power;
  return (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
}

// ticks lists the labels of a scale: {part, text}. There are at most so many.
export function ticks(scale, most = 8) {
  if (scale.log) return logTicks(scale, most);
  let step = scale.whole ? Math.max(1, scale.step) : scale.step;
  while ((scale.high - scale.low) / step > most) step = roundStep(step * 2.1);
  const list = [];
  for (let i = Math.ceil(scale.low / step - 1e-6); i * step <= scale.high + step * 1e-6; i++) {
    const v = Number((i * step).toPrecision(12));
    list.push({ part: (v - scale.low) / (scale.high - scale.low), text: number(v, 6) });
  }
  return list;
}

function logTicks({ low, high }, most) {
  const list = [];
  const step = Math.max(1, Math.ceil((high - low) / most));
  for (let n = Math.ceil(low - 1e-9); n <= high + 1e-9; n++) {
    if (n % step === 0) list.push({ part: (n - low) / (high - low), text: tenTo(n) });
  }
  return list.length > 1 ? list : roundTicks({ low, high });
}

// roundTicks labels a log axis on which there is one power of ten at most.
function roundTicks({ low, high }) {
  const [from, to] = [10 ** low, 10 ** high], list = [];
  const label = (v) => v >= from && v <= to && list.push({ part: (Math.log10(v) - low) / (high - low), text: number(v) });
  if (to < 5 * from) {
    const step = roundStep((to - from) / 4);
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to; i++) label(Number((i * step).toPrecision(12)));
  } else {
    for (let n = Math.floor(low); n <= high; n++) for (const digit of [1, 2, 5]) label(Number(`${digit}e${n}`));
  }
  return list;
}
