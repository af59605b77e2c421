/** Shape of each territory: area, perimeter and two measures of compactness, from the geometry that the problem carries. */

import { round } from '../problem/sphere.js';
import type { Problem } from '../types.js';
import { isPentagon } from './pentagon.js';

export interface TerritoryShape {
  /** null without geometry. */
  readonly areaKm2: number | null;
  /** Border to other territories, to unassigned units and to the outside; null without geometry. */
  readonly perimeterKm: number | null;
  /** Hex isoperimetric ratio, 0 … 1; null for an empty territory, and where units are not cells of one resolution. */
  readonly compactness: number | null;
  /** 4πA / P² (Polsby, Popper 1991); null without geometry and where there is no border. */
  readonly polsbyPopper: number | null;
}

/** O(units + their slots). */
export function measureShape(problem: Problem, assignment: Int32Array, t: number, units: Int32Array): TerritoryShape {
  const { offsets, neighbors, ring, areaKm2, edgeKm, outerKm } = problem;
  const hexagonal = typeof problem.resolution === 'number';
  let area = 0;
  let perimeter = 0;
  let sides = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    area += areaKm2 ? areaKm2[u]! : 0;
    perimeter += outerKm ? outerKm[u]! : 0;
    // The ring marks the few units that may be pentagons: to read every id would take as long as all the rest.
    if (hexagonal) sides += (ring === null || ring[6 * u] === -2) && isPentagon(problem.ids[u]!) ? 5 : 6;
    if (!edgeKm) continue;
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const length = edgeKm[e]!;
      if (assignment[neighbors[e]!] !== t) perimeter += length;
      else if (length > 0) sides--;
    }
  }
  const a = areaKm2 ? round(area, 6) : null;
  const p = edgeKm && outerKm ? round(perimeter, 6) : null;
  return {
    areaKm2: a,
    perimeterKm: p,
    compactness: hexagonal && units.length > 0 ? hexCompactness(units.length, sides) : null,
    polsbyPopper: a !== null && p !== null && p > 0 ? (4 * Math.PI * a) / (p * p) : null,
  };
}

/**
 * Fewest sides that n hexagons can show to the outside, 2⌈√(12n − 3)⌉ (Harary, Harborth 1976), over the sides shown.
 * 1 is the best. On the globe a territory around a pentagon, or all of it, can show fewer: it counts as 1 too.
 */
export function hexCompactness(cells: number, sides: number): number {
  const fewest = 2 * Math.ceil(Math.sqrt(12 * cells - 3));
  return sides > fewest ? fewest / sides : 1;
}

/** Mean over the territories that have one; null when none has. */
export function meanCompactness(shapes: readonly Pick<TerritoryShape, 'compactness'>[]): number | null {
  const values = shapes.flatMap((shape) => (shape.compactness === null ? [] : [shape.compactness]));
  return values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;
}
