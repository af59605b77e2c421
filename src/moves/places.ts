/** Where territories are, from the accounts that they serve. */
import { EARTH_RADIUS_KM } from '../metrics/positions.js';
import { round } from '../problem/sphere.js';
import type { Problem } from '../types.js';

const RADIANS = Math.PI / 180;

/** Mean `[lng, lat]` in degrees of the accounts of each territory, length 2k; longitudes about that of the first account. */
export function centroids(problem: Problem, owner: Int32Array): Float64Array {
  const places = problem.accountLngLat!;
  const k = problem.territories.length;
  const sums = new Float64Array(2 * k);
  const counts = new Int32Array(k);
  const origin = places[0] ?? 0;
  for (let a = 0; a < owner.length; a++) {
    const t = owner[a]!;
    if (t < 0) continue;
    counts[t]!++;
    sums[2 * t]! += turned(places[2 * a]!, origin);
    sums[2 * t + 1]! += places[2 * a + 1]!;
  }
  return sums.map((sum, i) => {
    const mean = counts[i >> 1]! > 0 ? sum / counts[i >> 1]! : 0;
    return i % 2 === 0 ? mean + origin : mean;
  });
}

/** A longitude as a turn from another, −180 … 180. */
function turned(lng: number, origin: number): number {
  const turn = lng - origin;
  return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
}

/**
 * Great-circle distance by the haversine formula; `[lng, lat]` at `i` of `a` and at `j` of `b`. Rounded to 1e-6 km, because
 * sine and cosine differ in the last bit between engines.
 */
export function greatCircleKm(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const lat = Math.sin(((b[j + 1]! - a[i + 1]!) * RADIANS) / 2);
  const lng = Math.sin(((b[j]! - a[i]!) * RADIANS) / 2);
  const square = lat * lat + Math.cos(a[i + 1]! * RADIANS) * Math.cos(b[j + 1]! * RADIANS) * lng * lng;
  return round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(square))), 6);
}
