import {
  cellToParent,
  directedEdgeToBoundary,
  getDirectedEdgeDestination,
  getResolution,
  originToDirectedEdges,
} from 'h3-js';
import type { Problem } from '../types.js';
import { type CellGeometry, cellGeometry, unwrap } from './cell-geometry.js';

/** Line segments as flat arrays, `[lng, lat]` per end. */
export interface Segments {
  readonly length: number;
  readonly sources: Float64Array;
  readonly targets: Float64Array;
}

/** Two cells compute a common vertex apart by rounding only; vertices of one cell lie much further apart. */
const SAME_VERTEX_DEGREES = 1e-8;

/**
 * The cell sides between units of different territories (−1 counts as one), once each; between cells of two resolutions
 * those of the finer one. Empty for general units. O(E).
 */
export function territoryBorders(problem: Problem, assignment: Int32Array): Segments {
  const geometry = cellGeometry(problem);
  const sources: number[] = [];
  const targets: number[] = [];
  if (geometry) {
    const { offsets, neighbors, ids } = problem;
    const mixed = problem.resolution === 'mixed';
    for (let u = 0; u < assignment.length; u++) {
      for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
        const v = neighbors[slot]!;
        if (v <= u || assignment[u] === assignment[v]) continue;
        if (mixed && getResolution(ids[u]!) !== getResolution(ids[v]!))
          addFinerSides(ids[u]!, ids[v]!, sources, targets);
        else addCommonSide(geometry, u, v, sources, targets);
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
    if (Math.abs(positions[2 * other + 1]! - lat) > SAME_VERTEX_DEGREES) continue;
    const apart = Math.abs(positions[2 * other]! - lng) % 360;
    if (Math.min(apart, 360 - apart) < SAME_VERTEX_DEGREES) return true;
  }
  return false;
}

/** Adds the sides of the finer cell beyond which lies what descends from the coarser one. */
function addFinerSides(coarser: string, finer: string, sources: number[], targets: number[]): void {
  const resolution = getResolution(coarser);
  for (const edge of originToDirectedEdges(finer)) {
    if (cellToParent(getDirectedEdgeDestination(edge), resolution) !== coarser) continue;
    const corners = directedEdgeToBoundary(edge);
    const firstLng = corners[0]![1];
    for (let i = 1; i < corners.length; i++) {
      sources.push(unwrap(corners[i - 1]![1], firstLng), corners[i - 1]![0]);
      targets.push(unwrap(corners[i]![1], firstLng), corners[i]![0]);
    }
  }
}
