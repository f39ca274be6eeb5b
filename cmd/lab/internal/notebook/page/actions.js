// The small buttons of a block. They show when the block has the mouse or the focus.

import { button, h } from "./dom.js";

export function actions(page, id) {
  const { act } = page;
  const one = (icon, title, keys, click) => button({ icon, title, keys, click });
  return h("div", { class: "actions", role: "group", "aria-label": "Change this block" },
    button({ icon: "plus", label: "Go", title: "Add a cell below", keys: "b", click: () => act.insert(id, "cell") }),
    button({ icon: "plus", label: "Text", title: "Add text below", click: () => act.insert(id, "prose") }),
    one("up", "Move up", "Alt-↑", () => act.move(id, -1)),
    one("down", "Move down", "Alt-↓", () => act.move(id, 1)),
    one("remove", "Delete", "d d", () => act.remove(id)));
}
