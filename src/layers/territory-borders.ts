import type { Problem } from '../types.js';
import { type CellGeometry, cellGeometry } from './cell-geometry.js';
import { areSameCorner } from './mixed-outline.js';

/** Line segments as flat arrays, `[lng, lat]` per end. */
export interface Segments {
  readonly length: number;
  readonly sources: Float64Array;
  readonly targets: Float64Array;
}

/**
 * The cell sides between units of different territories (−1 counts as one), once each; between cells of two resolutions
 * those of the finer one. Empty for general units. O(E).
 */
export function territoryBorders(problem: Problem, assignment: Int32Array): Segments {
  const geometry = cellGeometry(problem);
  const sources: number[] = [];
  const targets: number[] = [];
  if (geometry) {
    const { offsets, neighbors } = problem;
    for (let u = 0; u < assignment.length; u++) {
      for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
        const v = neighbors[slot]!;
        if (v > u && assignment[u] !== assignment[v]) addCommonSide(geometry, u, v, sources, targets);
      }
    }
  }
  return {
    length: sources.length / 2,
    sources: Float64Array.from(sources),
    targets: Float64Array.from(targets),
  };
}

/** Adds the sides of u whose both ends are vertices of v too; linked cells far apart have none. */
function addCommonSide(geometry: CellGeometry, u: number, v: number, sources: number[], targets: number[]): void {
  const { starts, positions } = geometry;
  const first = starts[u]!;
  const end = starts[u + 1]!;
  for (let a = first; a < end; a++) {
    const b = a + 1 < end ? a + 1 : first;
    if (!hasVertex(geometry, v, a) || !hasVertex(geometry, v, b)) continue;
    sources.push(positions[2 * a]!, positions[2 * a + 1]!);
    targets.push(positions[2 * b]!, positions[2 * b + 1]!);
  }
}

function hasVertex({ starts, positions }: CellGeometry, cell: number, vertex: number): boolean {
  const lng = positions[2 * vertex]!;
  const lat = positions[2 * vertex + 1]!;
  for (let other = starts[cell]!; other < starts[cell + 1]!; other++) {
    if (areSameCorner(positions[2 * other]!, positions[2 * other + 1]!, lng, lat)) return true;
  }
  return false;
}
