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
