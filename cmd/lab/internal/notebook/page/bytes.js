// Go counts a text in bytes of UTF-8, the browser in units of UTF-16. Between the two.

function size(codePoint) {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

// bytesTo gives how many bytes stand before an index of text.
export function bytesTo(text, index) {
  let bytes = 0;
  for (let i = 0; i < index; ) {
    const codePoint = text.codePointAt(i);
    bytes += size(codePoint);
    i += codePoint > 0xffff ? 2 : 1;
  }
  return bytes;
}

// indexAt gives the index in text of a byte; the end of text if there are fewer.
export function indexAt(text, byte) {
  let i = 0;
  for (let bytes = 0; bytes < byte && i < text.length; ) {
    const codePoint = text.codePointAt(i);
    bytes += size(codePoint);
    i += codePoint > 0xffff ? 2 : 1;
  }
  return i;
}

// placeOf turns the line and the column of an error, both from 1, the column and its width in
// bytes, into a range of the text; null if the text has no such place any more. Without a column
// it is the whole line.
export function placeOf(text, { line, column, width }) {
  if (!line) return null;
  const lines = text.split("\n");
  if (line > lines.length) return null;
  const start = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  const whole = lines[line - 1];
  if (!column) {
    const blank = whole.length - whole.trimStart().length;
    return { from: start + blank, to: start + Math.max(whole.trimEnd().length, blank) };
  }
  const from = indexAt(whole, column - 1);
  const to = Math.max(indexAt(whole, column - 1 + (width || 1)), Math.min(from + 1, whole.length));
  return { from: start + from, to: start + to };
}
