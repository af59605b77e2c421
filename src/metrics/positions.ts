/**
 * Positions as points in kilometres, so that every distance term works on plain vectors: on the sphere in 3-D under
 * great-circle distance, (x, y, 0) under planar distance. The kernel loads the very same numbers.
 */
import type { Problem } from '../types.js';

/** Authalic radius of the Earth (WGS 84), in km. */
export const EARTH_RADIUS_KM = 6371.0072;

const RADIANS = Math.PI / 180;

/** Whether the problem has the positions that its kind of distance needs. */
export function hasPositions(problem: Problem): boolean {
  return degreesOrPlane(problem) !== null;
}

/**
 * Position of every unit in km, length 3n, `[x, y, z]` per unit, rounded to 1e-6 km because sine and cosine differ in
 * the last bit between engines. All zero when the problem has no positions. O(n).
 */
export function positionsKm(problem: Problem): Float64Array {
  const n = problem.ids.length;
  const points = new Float64Array(3 * n);
  const flat = degreesOrPlane(problem);
  if (!flat) return points;
  const planar = problem.objective.distance === 'planar';
  for (let u = 0; u < n; u++) writePoint(points, u, flat[2 * u]!, flat[2 * u + 1]!, planar);
  return points;
}

/** Fixed centres in km, length 3k, `[x, y, z]` per territory, rounded like `positionsKm`; NaN where the centre is free. */
export function fixedCentersKm(problem: Problem): Float64Array {
  const k = problem.territories.length;
  const points = new Float64Array(3 * k).fill(Number.NaN);
  const planar = problem.objective.distance === 'planar';
  for (let t = 0; t < k; t++) {
    const center = problem.territories[t]!.center;
    if (center) writePoint(points, t, center[0], center[1], planar);
  }
  return points;
}

/** Longitudes and latitudes in degrees (`[lng, lat]` pairs) as points on the sphere in km, length 3 per pair. */
export function spherePointsKm(lngLat: ArrayLike<number>): Float64Array {
  const count = lngLat.length / 2;
  const points = new Float64Array(3 * count);
  for (let i = 0; i < count; i++) writePoint(points, i, lngLat[2 * i]!, lngLat[2 * i + 1]!, false);
  return points;
}

/** Great-circle length in km of a chord in km. */
export function arcKm(chordKm: number): number {
  const half = chordKm / (2 * EARTH_RADIUS_KM);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(half, 1));
}

/** A point of `positionsKm` back in the caller's terms: `[lng, lat]` in degrees, or `[x, y]` in km. Any length of vector will do. */
export function fromKm(x: number, y: number, z: number, distance: 'great-circle' | 'planar'): [number, number] {
  if (distance === 'planar') return [round(x, 1e6), round(y, 1e6)];
  const lng = Math.atan2(y, x) / RADIANS;
  const lat = Math.atan2(z, Math.sqrt(x * x + y * y)) / RADIANS;
  return [round(lng, 1e9), round(lat, 1e9)];
}

/** Kilometres (or square kilometres) rounded to 1e-6. */
export function roundKm(value: number): number {
  return round(value, 1e6);
}

function degreesOrPlane(problem: Problem): Float64Array | null {
  return problem.objective.distance === 'planar' ? problem.xy : problem.lngLat;
}

function writePoint(points: Float64Array, i: number, a: number, b: number, planar: boolean): void {
  if (planar) {
    points[3 * i] = roundKm(a);
    points[3 * i + 1] = roundKm(b);
    points[3 * i + 2] = 0;
    return;
  }
  const lng = a * RADIANS;
  const lat = b * RADIANS;
  const ring = EARTH_RADIUS_KM * Math.cos(lat);
  points[3 * i] = roundKm(ring * Math.cos(lng));
  points[3 * i + 1] = roundKm(ring * Math.sin(lng));
  points[3 * i + 2] = roundKm(EARTH_RADIUS_KM * Math.sin(lat));
}

/** `+ 0` turns −0 into 0, so that equal results are also identical. */
function round(value: number, scale: number): number {
  return Math.round(value * scale) / scale + 0;
}
