// Where a pop-up goes: below a place on the screen, or above it where there is more room. It is
// placed on the page, so that it moves along when that is scrolled.

const gap = 4;

export function place(element, rect, { above = false } = {}) {
  element.style.maxHeight = "";
  const { width, height } = element.getBoundingClientRect();
  const below = innerHeight - rect.bottom - gap, over = rect.top - gap;
  const up = above ? over >= height || over > below : below < height && over > below;
  const left = Math.max(gap, Math.min(rect.left, document.documentElement.clientWidth - width - gap));
  const top = up ? Math.max(gap, rect.top - gap - height) : rect.bottom + gap;
  element.style.left = `${left + scrollX}px`;
  element.style.top = `${top + scrollY}px`;
  element.style.maxHeight = `${Math.max(80, (up ? over : below) - gap)}px`;
}
