// Whether a cell printed what its lesson says. Package lesson compares in the same way, so that the
// page and `lab lesson run` do not differ.

const token = String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[ \t]+|\n|\p{L}+|.`;
const dots = String.raw`\.\.\.|`;
// A bar stands behind a space, which tells it from a line of small blocks: ▁▆██▂.
const bar = "[ \\t]+(?:█+[▏▎▍▌▋▊▉]?|[▏▎▍▌▋▊▉]|░+)|";

const tokens = (pattern) => new RegExp(pattern, "gu");
const exact = { plain: tokens(token), wild: tokens(dots + token) };
const close = { plain: tokens(bar + token), wild: tokens(`[ \\t]*${dots}${bar}${token}`) };

const tidy = (text) => text.split("\n").map((line) => line.trimEnd()).join("\n").trimEnd();

// agrees tells whether a text is what a lesson expects. Three dots stand for anything. With a
// tolerance, numbers may differ by tol, or by tol times the number if that is more, and white space
// in any amount is the same. A bar of a chart then counts as its length, may always differ by one
// block, and may be too short to be seen.
export function agrees(text, expected, tol = 0) {
  const { plain, wild } = tol ? close : exact;
  const got = tidy(text).match(plain) ?? [], want = tidy(expected).match(wild) ?? [];
  const unseen = (token) => isBar.test(token) && same("", token, tol);
  let g = 0, w = 0, last = -1, from = 0; // the last three dots, and how far they reach
  while (g < got.length) {
    if (anything.test(want[w])) {
      [last, from] = [w++, g];
    } else if (w < want.length && same(got[g], want[w], tol)) {
      g++, w++;
    } else if (unseen(want[w])) {
      w++;
    } else if (unseen(got[g])) {
      g++;
    } else if (last >= 0) {
      [g, w] = [++from, last + 1];
    } else {
      return false;
    }
  }
  return want.slice(w).every((token) => anything.test(token) || unseen(token));
}

const anything = /^[ \t]*\.\.\.$/;
const number = /^[-+]?\d/;
const space = /^[ \t]+$/;
const isBar = /^[ \t]+[█-▏░]/;

function same(got, want, tol) {
  if (got === want) return true;
  if (!tol) return false;
  if (space.test(got) && space.test(want)) return true;
  if (isBar.test(got) || isBar.test(want)) {
    return [got, want].every((token) => token === "" || isBar.test(token))
      && Math.abs(length(got) - length(want)) <= Math.max(1, tol * Math.abs(length(want)));
  }
  return number.test(got) && number.test(want) && Math.abs(got - want) <= tol * Math.max(1, Math.abs(want));
}

// length is that of a bar in blocks, below zero if the bar is hollow.
function length(bar) {
  const blocks = { "█": 1, "░": -1 }; // ▏ is an eighth, ▉ seven: the letters go from █ down
  return [...bar.trimStart()].reduce((sum, block) => sum + (blocks[block] ?? 1 - (block.charCodeAt(0) - "█".charCodeAt(0)) / 8), 0);
}
