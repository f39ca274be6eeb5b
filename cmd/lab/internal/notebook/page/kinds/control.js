// A control of a cell. Moving it tells the server, at most once a picture and always the newest
// value; what the server says meanwhile of an older value does not pull it back.

import { h } from "../dom.js";
import * as choice from "./choice.js";
import * as drag from "./drag.js";
import * as levels from "./levels.js";
import * as pad from "./pad.js";
import * as paint from "./paint.js";
import * as predict from "./predict.js";
import * as slider from "./slider.js";
import * as turn from "./turn.js";
import * as upload from "./upload.js";
import { frames } from "./tools.js";

const makers = {
  slider: slider.slider, dial: slider.slider, count: slider.slider,
  choice: choice.choice, switch: choice.onOff, toggle: choice.onOff,
  paint: paint.paint, bars: levels.levels, pad: pad.pad, drag: drag.drag, upload: upload.upload,
  turn: turn.turn, predict: predict.predict,
};

const rest = 700; // ms without a move after which the server's value counts again

export function draw(host, data, page) {
  let control, view, own, moved = -Infinity, later = 0;
  const tell = frames((value) => page.set(control.name, value));
  const set = (value) => {
    own = value;
    moved = performance.now();
    tell(value);
  };

  function build() {
    view?.destroy?.();
    const shell = h("div", { class: `mover ${control.kind}`, "data-name": control.name });
    host.replaceChildren(shell);
    view = makers[control.kind](shell, control, set);
  }

  function show(next) {
    clearTimeout(later);
    const same = control && control.kind === next.kind && control.name === next.name;
    control = next;
    if (!same) return build();
    const wait = moved + rest - performance.now();
    if (wait > 0 && JSON.stringify(next.value) !== JSON.stringify(own)) {
      view.update({ ...next, value: own });
      later = setTimeout(() => view.update(control), wait);
    } else view.update(next);
  }

  show(JSON.parse(data));
  return {
    update: (next) => show(JSON.parse(next)),
    destroy() {
      clearTimeout(later);
      tell.stop();
      view.destroy?.();
    },
  };
}
