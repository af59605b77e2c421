/** Where automatic links may end. */
import type { LinkEnds } from './links.js';
import type { Places } from './network.js';
import { planePointsKm, toPointsKm } from './sphere.js';

/** The given units, ascending, at their places; null when units have none. O(units). */
export function linkEnds(units: Int32Array, { lngLat, xy, distance }: Places): LinkEnds | null {
  const planar = xy !== null && (distance === 'planar' || !lngLat);
  const places = planar ? xy : lngLat;
  if (!places) return null;
  const own = new Float64Array(2 * units.length);
  for (let i = 0; i < units.length; i++) {
    own[2 * i] = places[2 * units[i]!]!;
    own[2 * i + 1] = places[2 * units[i]! + 1]!;
  }
  return { units, points: planar ? planePointsKm(own) : toPointsKm(own) };
}
