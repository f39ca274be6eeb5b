// An operation on the learner's own numbers, one step at a time: a window that slides, or a softmax.

import { Player } from "./player.js";
import { softmax } from "./softmaxsteps.js";
import { Sliding } from "./sliding.js";

export function draw(host, data) {
  let player;
  function show(steps) {
    player?.destroy();
    const view = steps.operation === "softmax" ? softmax(steps) : new Sliding(steps);
    player = new Player(view.count, (at) => view.show(at), view.name);
    host.replaceChildren(player.element, view.element);
    player.go(0);
  }
  show(JSON.parse(data));
  return { update: (next) => show(JSON.parse(next)), destroy: () => player.destroy() };
}
