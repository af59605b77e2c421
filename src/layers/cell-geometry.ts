import { cellToBoundary } from 'h3-js';
import type { Problem } from '../types.js';
import { clipEars } from './ear-clipping.js';
import { listSplitCells, outlineBeside } from './mixed-outline.js';

/**
 * Outlines of all cells of a problem as flat arrays, ready for the GPU. Rings are open, counter-clockwise. Beside finer
 * cells they run along the sides of these.
 */
export interface CellGeometry {
  /** First vertex of each cell, length n + 1. */
  readonly starts: Uint32Array;
  /** `[lng, lat]` per vertex. A cell across the antimeridian runs past ±180 instead of jumping. */
  readonly positions: Float64Array;
  /** Triangles of every cell (a fan from its first vertex where it is convex), three vertex indices each. */
  readonly triangles: Uint32Array;
}

const cache = new WeakMap<Problem, CellGeometry>();

/** The cells' outlines, built once per problem (about 3 µs a cell); null when the units are not cells. */
export function cellGeometry(problem: Problem): CellGeometry | null {
  if (problem.resolution === null) return null;
  let geometry = cache.get(problem);
  if (!geometry) {
    geometry = buildGeometry(problem);
    cache.set(problem, geometry);
  }
  return geometry;
}

function buildGeometry(problem: Problem): CellGeometry {
  const { ids, ring } = problem;
  const split = listSplitCells(problem);
  const starts = new Uint32Array(ids.length + 1);
  const bent = new Set<number>();
  const flat: number[] = [];
  for (let u = 0; u < ids.length; u++) {
    // Units beside others of another resolution have no ring.
    const outline = split.size > 0 && ring![6 * u] === -2 ? outlineBeside(ids[u]!, split) : null;
    if (outline) bent.add(u);
    const boundary = outline ?? cellToBoundary(ids[u]!);
    const firstLng = boundary[0]![1];
    for (const [lat, lng] of boundary) flat.push(unwrap(lng, firstLng), lat);
    starts[u + 1] = flat.length / 2;
  }
  const positions = Float64Array.from(flat);
  return { starts, positions, triangles: triangulate(starts, positions, bent) };
}

/** The longitude that is nearest to `reference`, possibly past ±180. */
export function unwrap(lng: number, reference: number): number {
  if (lng - reference > 180) return lng - 360;
  if (reference - lng > 180) return lng + 360;
  return lng;
}

function triangulate(starts: Uint32Array, positions: Float64Array, bent: ReadonlySet<number>): Uint32Array {
  const n = starts.length - 1;
  const triangles = new Uint32Array(3 * (starts[n]! - 2 * n));
  let next = 0;
  for (let u = 0; u < n; u++) {
    const first = starts[u]!;
    const last = starts[u + 1]!;
    if (bent.has(u)) {
      clipEars(positions, first, last, triangles, next);
      next += 3 * (last - first - 2);
      continue;
    }
    for (let vertex = first + 1; vertex + 1 < last; vertex++) {
      triangles[next++] = first;
      triangles[next++] = vertex;
      triangles[next++] = vertex + 1;
    }
  }
  return triangles;
}
