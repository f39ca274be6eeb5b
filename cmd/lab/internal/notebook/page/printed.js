// What a cell printed, made ready to be read.

// asShown is the text as a terminal would leave it: without colours, and with each line as it
// stood when its last carriage return had been overwritten.
export function asShown(text) {
  const plain = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replace(/\r\n/g, "\n");
  return plain.includes("\r") ? plain.split("\n").map(overwritten).join("\n") : plain;
}

function overwritten(line) {
  return line.split("\r").reduce((shown, next) => next + shown.slice(next.length), "");
}

const most = 60, head = 30, tail = 15; // lines

// folded leaves out the middle of a long text: {head, hidden, tail}, hidden being a number of
// lines; null for a text that is short enough.
export function folded(text) {
  const lines = text.split("\n");
  const end = lines.at(-1) === "" ? 1 : 0;
  if (lines.length - end <= most) return null;
  return { head: lines.slice(0, head).join("\n"), hidden: lines.length - end - head - tail, tail: lines.slice(-tail - end).join("\n") };
}

// ownText is all that a cell shows as text: what it printed, and its displays in words.
export function ownText(outputs, error) {
  const parts = outputs.map((o) => {
    if (o.t === "stream" && o.name === "stdout") return asShown(o.text);
    return o.t === "display" && o.text ? `${o.text.replace(/\n$/, "")}\n` : "";
  });
  return parts.join("") + (error ? error.message : "");
}

const mostTold = 200; // letters

// told is what a screen reader says of a cell that has run: the beginning of what it shows as text.
export function told(outputs) {
  const text = ownText(outputs).trim().replace(/\s+/g, " ");
  if (!text) return "";
  return `: ${text.length > mostTold ? `${text.slice(0, mostTold)} …` : text}`;
}
