// A grid of small pictures: digits, filters, what a layer sees.

import { Tiles } from "./maps.js";
import { mapFor } from "./colours.js";
import { captioned, floats } from "./tools.js";

export function draw(host, data) {
  const tiles = new Tiles();
  const { figure, say } = captioned(tiles.element);
  host.append(figure);
  function show(grid) {
    say(grid);
    const list = grid.tiles.map((tile) => ({ ...tile, values: tile.values && floats(tile.values) }));
    tiles.show(list, { low: Number(grid.low), high: Number(grid.high), map: grid.signed ? "signed" : mapFor(grid.low, "grey"), columns: grid.columns, scale: grid.scale });
  }
  show(JSON.parse(data));
  return { update: (next) => show(JSON.parse(next)) };
}
