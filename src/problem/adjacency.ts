/** Which cells are neighbours, in ring order, and the borders between them. */
import { cellToLatLng } from 'h3-js';
import { outlineCells, sharedBorderKm } from './borders.js';
import { Around, indexKeys } from './cell-keys.js';
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

/** O(n): about 5 µs per cell. `onStage` gets the fraction done. */
export function buildCellGrid(
  ids: readonly string[],
  keys: Float64Array,
  resolution: number,
  onStage: (fraction: number) => void,
): CellGrid {
  const n = ids.length;
  const indexOf = indexKeys(keys);
  const ring = new Int32Array(6 * n).fill(-1);
  const us = new Int32Array(3 * n);
  const vs = new Int32Array(3 * n);
  let count = 0;
  const around = new Around();
  for (let u = 0; u < n; u++) {
    if (u % 8192 === 0) onStage((0.3 * u) / n);
    around.look(keys[u]!, resolution);
    for (let s = 0; s < around.count; s++) {
      const v = indexOf.get(around.keys[s]!) ?? -1;
      if (around.ordered) ring[6 * u + s] = v;
      if (v > u) {
        us[count] = u;
        vs[count++] = v;
      }
    }
    if (!around.ordered) ring[6 * u] = -2;
  }
  const lngLat = locateCells(ids);
  onStage(0.4);
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
