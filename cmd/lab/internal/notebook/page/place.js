// Where a pop-up goes: below a place on the screen, or above it where there is more room. It is
// placed on the page, so that it moves along when that is scrolled.

const gap = 4;
const head = 80; // what the toolbar covers, and a line below it

// place puts the element there. It stays below if so many pixels are free there, whatever its height.
export function place(element, rect, { above = false, enough = Infinity } = {}) {
  element.style.maxHeight = "";
  const { width, height } = element.getBoundingClientRect();
  const below = innerHeight - rect.bottom - gap, over = rect.top - gap;
  const up = above ? over >= height || over > below : below < Math.min(height, enough) && over > below;
  const left = Math.max(gap, Math.min(rect.left, document.documentElement.clientWidth - width - gap));
  const top = up ? Math.max(gap, rect.top - gap - height) : rect.bottom + gap;
  element.style.left = `${left + scrollX}px`;
  element.style.top = `${top + scrollY}px`;
  element.style.maxHeight = `${Math.max(80, (up ? over : below) - gap)}px`;
}

// makeRoom scrolls the page until so many pixels are free below a place: a list that opens there
// then covers nothing of what stands above.
export function makeRoom(rect, height) {
  const missing = Math.min(rect.bottom + 2 * gap + height - innerHeight, rect.top - head);
  if (missing > 0) scrollBy({ top: missing, behavior: "instant" });
}

// listHeight is what a list of completions needs at most, in pixels; editor.css has its rows.
export const listHeight = 240;
