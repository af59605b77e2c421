import { cellToBoundary } from 'h3-js';
import type { Problem } from '../types.js';

/** Outlines of all cells of a problem as flat arrays, ready for the GPU. Rings are open, counter-clockwise. */
export interface CellGeometry {
  /** First vertex of each cell, length n + 1. */
  readonly starts: Uint32Array;
  /** `[lng, lat]` per vertex. A cell across the antimeridian runs past ±180 instead of jumping. */
  readonly positions: Float64Array;
  /** Triangles of every cell (a fan from its first vertex), three vertex indices each. */
  readonly triangles: Uint32Array;
}

const cache = new WeakMap<Problem, CellGeometry>();

/** The cells' outlines, built once per problem (about 3 µs a cell); null when the units are not cells. */
export function cellGeometry(problem: Problem): CellGeometry | null {
  if (problem.resolution === null) return null;
  let geometry = cache.get(problem);
  if (!geometry) {
    geometry = buildGeometry(problem.ids);
    cache.set(problem, geometry);
  }
  return geometry;
}

function buildGeometry(ids: readonly string[]): CellGeometry {
  const starts = new Uint32Array(ids.length + 1);
  const flat: number[] = [];
  for (let u = 0; u < ids.length; u++) {
    const boundary = cellToBoundary(ids[u]!);
    const firstLng = boundary[0]![1];
    for (const [lat, lng] of boundary) flat.push(unwrap(lng, firstLng), lat);
    starts[u + 1] = flat.length / 2;
  }
  return { starts, positions: Float64Array.from(flat), triangles: fanTriangles(starts) };
}

/** The longitude that is nearest to `reference`, possibly past ±180. */
export function unwrap(lng: number, reference: number): number {
  if (lng - reference > 180) return lng - 360;
  if (reference - lng > 180) return lng + 360;
  return lng;
}

function fanTriangles(starts: Uint32Array): Uint32Array {
  const n = starts.length - 1;
  const triangles = new Uint32Array(3 * (starts[n]! - 2 * n));
  let next = 0;
  for (let u = 0; u < n; u++) {
    const first = starts[u]!;
    for (let vertex = first + 1; vertex + 1 < starts[u + 1]!; vertex++) {
      triangles[next++] = first;
      triangles[next++] = vertex;
      triangles[next++] = vertex + 1;
    }
  }
  return triangles;
}
