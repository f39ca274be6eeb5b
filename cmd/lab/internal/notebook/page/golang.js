// The words of Go, for colours. It reads unfinished text too, so it never fails.

const words = (list) => new Set(list.split(" "));
const keywords = words("break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var");
const types = words("any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr");
const builtins = words("append cap clear close complex copy delete imag len make max min new panic print println real recover true false nil iota");

// One alternative a kind of token, in the order of the classes below. A string or a comment that
// is not closed reaches to the end of its line, or of the text where it may span lines.
const pattern = new RegExp(
  [
    /\/\/.*|\/\*[^]*?(?:\*\/|$)/, // comment
    /"(?:\\.|[^"\\\n])*"?|`[^`]*`?|'(?:\\.|[^'\\\n])*'?/, // string or rune
    /0[xX][\da-fA-F_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?i?/, // number
    /[\p{L}_][\p{L}\p{N}_]*/, // name
  ].map((part) => `(${part.source})`).join("|"),
  "gu",
);

// tokens returns the coloured parts of source as [{from, to, kind}], with chroma's class names:
// c comment, s string, m number, k keyword, kt type, nb what is built in.
export function tokens(source) {
  const list = [];
  for (const match of source.matchAll(pattern)) {
    const [text, comment, string, number] = match;
    let kind = "";
    if (comment !== undefined) kind = "c";
    else if (string !== undefined) kind = "s";
    else if (number !== undefined) kind = "m";
    else if (keywords.has(text)) kind = "k";
    else if (types.has(text)) kind = "kt";
    else if (builtins.has(text)) kind = "nb";
    if (kind) list.push({ from: match.index, to: match.index + text.length, kind });
  }
  return list;
}

// kindAt tells in what kind of token an index of source stands: between its characters, or at the
// end of one that is not closed. "" for plain code.
export function kindAt(source, index) {
  for (const t of tokens(source)) {
    if (t.from >= index) break;
    if (index < t.to || (index === t.to && isOpen(source, t))) return t.kind;
  }
  return "";
}

function isOpen(source, { from, to, kind }) {
  const text = source.slice(from, to);
  if (kind === "c") return text.startsWith("//") || !text.endsWith("*/") || text.length < 4;
  if (kind === "s") return text.length < 2 || text.at(-1) !== text[0] || (text[0] !== "`" && /(^|[^\\])(\\\\)*\\.$/.test(text));
  return false;
}
