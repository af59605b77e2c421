import { latLngToCell } from 'h3-js';
import type { Problem } from '../types.js';
import { unwrap } from './cell-geometry.js';

const cache = new WeakMap<Problem, Map<string, number>>();

/**
 * Index of the unit at a position in degrees, −1 when there is none: the cell that holds it, or for general units the
 * nearest one within `reachDegrees`. O(1) for cells after a first call that indexes them, else O(n).
 */
export function locateUnit(problem: Problem, lng: number, lat: number, reachDegrees = 0.1): number {
  if (!Number.isFinite(lng) || !(Math.abs(lat) <= 90)) return -1;
  if (problem.resolution === null) return nearestUnit(problem, lng, lat, reachDegrees);
  let units = cache.get(problem);
  if (!units) {
    units = new Map(problem.ids.map((id, u) => [id, u]));
    cache.set(problem, units);
  }
  return units.get(latLngToCell(lat, unwrap(lng, 0), problem.resolution)) ?? -1;
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
