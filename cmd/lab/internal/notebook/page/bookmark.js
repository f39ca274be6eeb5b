// Where the learner was: kept in the browser, so that the page opens there again.

export class Bookmark {
  constructor(notebook, storage = localStorage) {
    Object.assign(this, { key: `lab place ${notebook}`, storage });
  }

  // save notes which block stands at the head of the screen, how far above it begins, and which
  // block is selected.
  save(blocks, selected) {
    const head = [...blocks].find((element) => element.getBoundingClientRect().bottom > 70);
    if (!head) return;
    const top = Math.round(head.getBoundingClientRect().top);
    this.storage.setItem(this.key, JSON.stringify({ id: head.dataset.id, top, selected }));
  }

  load() {
    try {
      return JSON.parse(this.storage.getItem(this.key));
    } catch {
      return null; // somebody else's words
    }
  }
}

const frames = 30; // how long a page may take to settle

// keepAt holds an element at a height of the screen while the page around it is laid out, until
// it rests or the learner moves.
export function keepAt(element, top) {
  let left = frames;
  const stop = () => (left = 0);
  for (const event of ["wheel", "keydown", "pointerdown", "touchstart"]) addEventListener(event, stop, { once: true, passive: true });
  const step = () => {
    const off = element.getBoundingClientRect().top - top;
    if (left-- <= 0) return;
    if (Math.abs(off) >= 1) scrollBy(0, off);
    requestAnimationFrame(step);
  };
  step();
}
