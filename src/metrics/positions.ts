/**
 * Positions as points in kilometres, so that every distance term works on plain vectors: on the sphere in 3-D under
 * great-circle distance, (x, y, 0) under planar distance. The kernel loads the very same numbers.
 */
import { EARTH_RADIUS_KM, planePointsKm, round, toPointsKm } from '../problem/sphere.js';
import type { Problem } from '../types.js';

export { EARTH_RADIUS_KM };

/** Whether the problem has the positions that its kind of distance needs. */
export function hasPositions(problem: Problem): boolean {
  return unitPlaces(problem) !== null;
}

/** Derived once per problem: sines of all units take longer than all the rest of an evaluation. */
const derived = new WeakMap<Float64Array, Float64Array>();

/**
 * Position of every unit in km, length 3n, `[x, y, z]` per unit, rounded to 1e-6 km because sine and cosine differ in
 * the last bit between engines. All zero when the problem has no positions. Not to be written to. O(n) at first.
 */
export function positionsKm(problem: Problem): Float64Array {
  const places = unitPlaces(problem);
  if (!places) return new Float64Array(3 * problem.ids.length);
  let points = derived.get(places);
  if (!points) derived.set(places, (points = toKm(places, problem)));
  return points;
}

/** Position of every account on the sphere in km, length 3A; null without accounts. Not to be written to. O(A) at first. */
export function accountPointsKm({ accountLngLat }: Problem): Float64Array | null {
  if (!accountLngLat) return null;
  let points = derived.get(accountLngLat);
  if (!points) derived.set(accountLngLat, (points = toPointsKm(accountLngLat)));
  return points;
}

/** Fixed centres in km, length 3k, `[x, y, z]` per territory, rounded like `positionsKm`; NaN where the centre is free. */
export function fixedCentersKm(problem: Problem): Float64Array {
  const free = [Number.NaN, Number.NaN];
  return toKm(Float64Array.from(problem.territories.flatMap(({ center }) => center ?? free)), problem).map((x, i) =>
    problem.territories[Math.floor(i / 3)]!.center ? x : Number.NaN,
  );
}

/** Sites for centres in km, `[x, y, z]` each, rounded like `positionsKm`; empty without any or without positions. */
export function sitesKm(problem: Problem): Float64Array {
  const sites = problem.demands?.candidates;
  return sites && hasPositions(problem) ? toKm(sites, problem) : new Float64Array(0);
}

/** Great-circle length in km of a chord in km. */
export function arcKm(chordKm: number): number {
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(chordKm / (2 * EARTH_RADIUS_KM), 1));
}

/** A point of `positionsKm` back in the caller's terms: `[lng, lat]` in degrees, or `[x, y]` in km. Any length of vector will do. */
export function fromKm(x: number, y: number, z: number, distance: 'great-circle' | 'planar'): [number, number] {
  if (distance === 'planar') return [round(x, 6), round(y, 6)];
  const degrees = 180 / Math.PI;
  return [round(Math.atan2(y, x) * degrees, 9), round(Math.atan2(z, Math.sqrt(x * x + y * y)) * degrees, 9)];
}

function unitPlaces(problem: Problem): Float64Array | null {
  return problem.objective.distance === 'planar' ? problem.xy : problem.lngLat;
}

function toKm(places: Float64Array, problem: Problem): Float64Array {
  return problem.objective.distance === 'planar' ? planePointsKm(places) : toPointsKm(places);
}
