/** Outlines of the map, decoded from the integer grids of the data file. */

interface Grid {
  readonly scale: readonly [number, number];
  readonly translate: readonly [number, number];
}
/** Rings of polygons, delta-coded: `polygons[polygon][ring] = [x, y, dx, dy, …]`. */
export interface PackedArea extends Grid {
  readonly polygons: readonly (readonly (readonly number[])[])[];
}
export interface PackedLines extends Grid {
  readonly lines: readonly (readonly number[])[];
}

type Position = [number, number];

export function unpackArea(area: PackedArea): Position[][][] {
  return area.polygons.map((rings) => rings.map((ring) => unpack(ring, area)));
}

export function unpackLines(packed: PackedLines): Position[][] {
  return packed.lines.map((line) => unpack(line, packed));
}

function unpack(deltas: readonly number[], { scale, translate }: Grid): Position[] {
  const positions: Position[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    x += deltas[i]!;
    y += deltas[i + 1]!;
    positions.push([x * scale[0] + translate[0], y * scale[1] + translate[1]]);
  }
  return positions;
}
