// A notebook that lab opened anew, as after a restart: its blocks have other names than the page knows, and the same texts.

const alike = (text) => (text ?? "").replaceAll("\r\n", "\n").trimEnd();

// pairs finds, for the blocks that the page knew, the names of the same blocks now. unsaved(id) is a text that may have
// come through before the line was lost.
export function pairs(before, now, unsaved = () => undefined) {
  const free = new Map(now.map((block) => [block.id, block]));
  const found = new Map();
  for (const { id, kind, source } of before) {
    for (const text of [source, unsaved(id)]) {
      if (text === undefined || found.has(id)) continue;
      const fits = (other) => other?.kind === kind && alike(other.source) === alike(text);
      const same = fits(free.get(id)) ? free.get(id) : [...free.values()].find(fits);
      if (!same) continue;
      free.delete(same.id);
      found.set(id, same.id);
    }
  }
  return found;
}

// lastPaired is the new name of the nearest block above one that is still there; "" if there is none.
export function lastPaired(order, id, found) {
  const above = order.slice(0, order.indexOf(id)).findLast((other) => found.has(other));
  return found.get(above) ?? "";
}
