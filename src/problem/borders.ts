/**
 * Outlines of cells: area, perimeter, and the length of the border that two neighbours share. Neighbours are matched
 * by the corners they share, not by the number of a side, because cells at the edges of the icosahedron have extra
 * corners and pentagons have ten.
 */
import { cellToBoundary } from 'h3-js';
import { arcKm, squaredChord, triangleKm2, writeUnitVector } from './sphere.js';

/** Corners closer than this share of the shortest side are one; rounding parts them by 1e-9 of it. */
const SAME_CORNER = 0.01;
/** An H3 outline has at most ten corners. */
const MAX_CORNERS = 10;

export interface Outlines {
  /** Corner c of cell u starts at `corners[3 * c]`, `offsets[u] ≤ c < offsets[u + 1]`: unit vectors, anticlockwise. */
  readonly corners: Float64Array;
  readonly offsets: Int32Array;
  /** Square of each cell's shortest side, on the unit sphere. */
  readonly shortest: Float64Array;
  /** Unrounded. */
  readonly areaKm2: Float64Array;
  readonly perimeterKm: Float64Array;
}

/** O(n). `lngLat`: the centres. */
export function outlineCells(ids: readonly string[], lngLat: Float64Array): Outlines {
  const n = ids.length;
  const offsets = new Int32Array(n + 1);
  const areaKm2 = new Float64Array(n);
  const perimeterKm = new Float64Array(n);
  const shortest = new Float64Array(n).fill(Infinity);
  const scratch = new Float64Array(3 * (MAX_CORNERS + 1));
  let corners = new Float64Array(3 * (6 * n + MAX_CORNERS));
  for (let u = 0; u < n; u++) {
    const outline = cellToBoundary(ids[u]!);
    const sides = outline.length;
    for (let i = 0; i < sides; i++) writeUnitVector(scratch, 3 * i, outline[i]![0]!, outline[i]![1]!);
    const center = 3 * sides;
    writeUnitVector(scratch, center, lngLat[2 * u + 1]!, lngLat[2 * u]!);
    for (let i = 0; i < sides; i++) {
      const next = 3 * ((i + 1) % sides);
      areaKm2[u]! += triangleKm2(scratch, center, 3 * i, next);
      perimeterKm[u]! += arcKm(scratch, 3 * i, next);
      shortest[u] = Math.min(shortest[u]!, squaredChord(scratch, 3 * i, next));
    }
    const at = 3 * offsets[u]!;
    if (at + 3 * sides > corners.length) corners = grow(corners);
    corners.set(scratch.subarray(0, 3 * sides), at);
    offsets[u + 1] = offsets[u]! + sides;
  }
  return { corners, offsets, shortest, areaKm2, perimeterKm };
}

function grow(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.ceil(values.length * 1.25) + 3 * MAX_CORNERS);
  grown.set(values);
  return grown;
}

/**
 * Length in km of the border between neighbours u and v, unrounded: the shortest run of u's outline that holds all
 * corners it shares with v.
 */
export function sharedBorderKm({ corners, offsets, shortest }: Outlines, u: number, v: number): number {
  const start = offsets[u]!;
  const sides = offsets[u + 1]! - start;
  const same = SAME_CORNER * SAME_CORNER * shortest[u]!;
  let shared = 0;
  for (let i = 0; i < sides; i++) {
    for (let j = offsets[v]!; j < offsets[v + 1]!; j++) {
      if (squaredChord(corners, 3 * (start + i), 3 * j) < same) shared |= 1 << i;
    }
  }
  return runLengthKm(corners, start, sides, shared);
}

/** Walks the outline from each shared corner until all were met, and keeps the walk with the fewest sides. */
function runLengthKm(corners: Float64Array, start: number, sides: number, shared: number): number {
  let bestSides = sides;
  let bestKm = 0;
  for (let from = 0; from < sides; from++) {
    if (!(shared & (1 << from))) continue;
    let left = shared & ~(1 << from);
    let km = 0;
    let walked = 0;
    while (left !== 0 && walked < bestSides) {
      const at = (from + walked) % sides;
      const next = (at + 1) % sides;
      km += arcKm(corners, 3 * (start + at), 3 * (start + next));
      left &= ~(1 << next);
      walked++;
    }
    if (left === 0 && walked < bestSides) {
      bestSides = walked;
      bestKm = km;
    }
  }
  return bestKm;
}
