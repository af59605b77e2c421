import { cellToParent, getResolution, latLngToCell } from 'h3-js';
import type { Problem } from '../types.js';
import { unwrap } from './cell-geometry.js';

/** The units by their cells, and the resolutions there are, finest first. */
interface CellIndex {
  readonly units: ReadonlyMap<string, number>;
  readonly resolutions: readonly number[];
}

const cache = new WeakMap<Problem, CellIndex>();

/**
 * Index of the unit at a position in degrees, −1 when there is none: the cell that holds it, or for general units the
 * nearest one within `reachDegrees`. Of cells of several resolutions it is the one that the finest cell there descends
 * from, as with accounts. O(1) for cells after a first call that indexes them, else O(n).
 */
export function locateUnit(problem: Problem, lng: number, lat: number, reachDegrees = 0.1): number {
  if (!Number.isFinite(lng) || !(Math.abs(lat) <= 90)) return -1;
  if (problem.resolution === null) return nearestUnit(problem, lng, lat, reachDegrees);
  let index = cache.get(problem);
  if (!index) cache.set(problem, (index = indexCells(problem)));
  const { units, resolutions } = index;
  const finest = latLngToCell(lat, unwrap(lng, 0), resolutions[0]!);
  for (const resolution of resolutions) {
    const unit = units.get(cellToParent(finest, resolution));
    if (unit !== undefined) return unit;
  }
  return -1;
}

function indexCells({ ids, resolution }: Problem): CellIndex {
  const resolutions = typeof resolution === 'number' ? [resolution] : [...new Set(ids.map(getResolution))];
  return { units: new Map(ids.map((id, u) => [id, u])), resolutions: resolutions.sort((a, b) => b - a) };
}

function nearestUnit({ lngLat }: Problem, lng: number, lat: number, reachDegrees: number): number {
  if (!lngLat) return -1;
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best = -1;
  let bestSquare = reachDegrees * reachDegrees;
  for (let u = 0; u < lngLat.length / 2; u++) {
    const dx = (unwrap(lngLat[2 * u]!, lng) - lng) * shrink;
    const dy = lngLat[2 * u + 1]! - lat;
    const square = dx * dx + dy * dy;
    if (square > bestSquare || (square === bestSquare && best >= 0)) continue;
    best = u;
    bestSquare = square;
  }
  return best;
}
