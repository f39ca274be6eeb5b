// Whether a cell printed what its lesson says. Package lesson compares in the same way, so that the
// page and `lab lesson run` do not differ.

const plain = /[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[ \t]+|\n|\p{L}+|./gu;
const wild = new RegExp(`\\.\\.\\.|${plain.source}`, "gu");

const tidy = (text) => text.split("\n").map((line) => line.trimEnd()).join("\n").trimEnd();

// agrees tells whether a text is what a lesson expects. Three dots stand for anything. With a
// tolerance, numbers may differ by tol, or by tol times the number if that is more, and white space
// in any amount is the same.
export function agrees(text, expected, tol = 0) {
  const got = tidy(text).match(plain) ?? [], want = tidy(expected).match(wild) ?? [];
  let g = 0, w = 0, dots = -1, from = 0; // the last three dots, and how far they reach
  while (g < got.length) {
    if (want[w] === "...") {
      [dots, from] = [w++, g];
    } else if (w < want.length && same(got[g], want[w], tol)) {
      g++, w++;
    } else if (dots >= 0) {
      [g, w] = [++from, dots + 1];
    } else {
      return false;
    }
  }
  return want.slice(w).every((token) => token === "...");
}

const number = /^[-+]?\d/;
const space = /^[ \t]+$/;

function same(got, want, tol) {
  if (got === want) return true;
  if (!tol) return false;
  if (space.test(got) && space.test(want)) return true;
  return number.test(got) && number.test(want) && Math.abs(got - want) <= tol * Math.max(1, Math.abs(want));
}
