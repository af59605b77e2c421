/** Which cells are neighbours, in ring order, and the borders between them. */
import { cellToLatLng, gridDisk, gridRingUnsafe } from 'h3-js';
import { outlineCells, sharedBorderKm } from './borders.js';
import type { EdgeList } from './graph.js';
import { round } from './sphere.js';

export interface CellGrid {
  /** `[lng, lat]` of the centres, rounded to 1e-9 degrees. */
  readonly lngLat: Float64Array;
  readonly areaKm2: Float64Array;
  /** Length of each outline in km, unrounded. */
  readonly perimeterKm: Float64Array;
  /** The six neighbours in cyclic order; −1 where there is none, −2 in the first slot where a pentagon breaks the order. */
  readonly ring: Int32Array;
  readonly edges: EdgeList;
  /** Shared border per edge in km, unrounded. */
  readonly edgeKm: Float64Array;
}

export function locateCells(ids: readonly string[]): Float64Array {
  const lngLat = new Float64Array(2 * ids.length);
  for (let u = 0; u < ids.length; u++) {
    const [lat, lng] = cellToLatLng(ids[u]!);
    lngLat[2 * u] = round(lng, 9);
    lngLat[2 * u + 1] = round(lat, 9);
  }
  return lngLat;
}

/** Neighbours of a cell in cyclic order; null beside pentagons, where H3 knows no order. */
function ringOf(cell: string): string[] | null {
  try {
    return gridRingUnsafe(cell, 1);
  } catch {
    return null;
  }
}

export function neighborsOf(cell: string): string[] {
  return gridDisk(cell, 1).filter((other) => other !== cell);
}

/** O(n): about 20 µs per cell. `onStage` gets the fraction done. */
export function buildCellGrid(ids: readonly string[], onStage: (fraction: number) => void): CellGrid {
  const n = ids.length;
  const indexOf = new Map<string, number>();
  for (let u = 0; u < n; u++) indexOf.set(ids[u]!, u);
  const ring = new Int32Array(6 * n).fill(-1);
  const us = new Int32Array(3 * n);
  const vs = new Int32Array(3 * n);
  let count = 0;
  for (let u = 0; u < n; u++) {
    if (u % 8192 === 0) onStage((0.5 * u) / n);
    const ordered = ringOf(ids[u]!);
    const around = ordered ?? neighborsOf(ids[u]!);
    for (let s = 0; s < around.length; s++) {
      const v = indexOf.get(around[s]!) ?? -1;
      if (ordered) ring[6 * u + s] = v;
      if (v > u) {
        us[count] = u;
        vs[count++] = v;
      }
    }
    if (!ordered) ring[6 * u] = -2;
  }
  const lngLat = locateCells(ids);
  onStage(0.6);
  const outlines = outlineCells(ids, lngLat);
  onStage(0.9);
  const edgeKm = new Float64Array(count);
  for (let e = 0; e < count; e++) edgeKm[e] = sharedBorderKm(outlines, us[e]!, vs[e]!);
  return {
    lngLat,
    areaKm2: outlines.areaKm2.map((km2) => round(km2, 6)),
    perimeterKm: outlines.perimeterKm,
    ring,
    edges: { count, u: us.subarray(0, count), v: vs.subarray(0, count) },
    edgeKm,
  };
}
