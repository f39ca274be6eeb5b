// Numbers as colours: the maps of package viz.

// viridis at 18 equal distances (Nathaniel Smith and Stéfan van der Walt, matplotlib 2015, CC0).
const viridis = ["440154", "481769", "472A7A", "433D84", "3D4E8A", "355E8D", "2E6D8E", "297B8E", "23898E", "1F978B", "21A585", "2EB37C", "46C06F", "65CB5E", "89D548", "B0DD2F", "D8E219", "FDE725"];

// ColorBrewer's RdBu with eleven colours, turned around: blue is negative, white is zero.
const blueWhiteRed = ["053061", "2166AC", "4393C3", "92C5DE", "D1E5F0", "F7F7F7", "FDDBC7", "F4A582", "D6604D", "B2182B", "67001F"];

const grey = ["000000", "FFFFFF"];
const broken = [230, 0, 126]; // what is no finite number: in no other map

const rgb = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
const maps = Object.fromEntries(Object.entries({ viridis, signed: blueWhiteRed, grey }).map(([name, anchors]) => [name, anchors.map(rgb)]));

// colourScale gives each number between low and high its colour, as [r, g, b]. The signed map is
// centred on zero.
export function colourScale(map, low, high) {
  const anchors = maps[map];
  if (map === "signed") {
    high = Math.max(Math.abs(low), Math.abs(high)) || 1;
    low = -high;
  }
  const span = high - low || 1;
  const scale = (v) => {
    if (!Number.isFinite(v)) return broken;
    const x = Math.min(Math.max((v - low) / span, 0), 1) * (anchors.length - 1);
    const i = Math.min(Math.floor(x), anchors.length - 2), part = x - i;
    return anchors[i].map((a, k) => Math.round(a + (anchors[i + 1][k] - a) * part));
  };
  return Object.assign(scale, { low, high, map });
}

export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;

// onTop is the colour of text that can be read on a colour.
export const onTop = ([r, g, b]) => (0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#15181c" : "#ffffff");

// mapFor chooses a map: signed where there are negative numbers, else the one that is meant.
export const mapFor = (low, usual) => (low < 0 ? "signed" : usual);

// paintPlane fills a canvas with height x width numbers, a pixel each, from place at on. What is
// hidden stays clear.
export function paintPlane(canvas, numbers, at, height, width, scale, hidden = () => false) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    if (hidden(i)) continue;
    const [r, g, b] = scale(numbers[at + i]);
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}
