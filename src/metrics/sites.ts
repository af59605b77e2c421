/** Which site each territory is based at, where centres may only be at some. */
import { maximizeAssignment } from '../plan/max-assignment.js';
import type { Problem } from '../types.js';
import { hasPositions } from './positions.js';

export interface Base {
  /** Index of the site. */
  readonly site: number;
  /** `[lng, lat]`, or `[x, y]` in km. */
  readonly place: readonly [number, number];
  readonly cost: number;
}

/**
 * Sites of the territories that are not locked and have no centre of their own, no two the same, so that the sum of
 * `costAt` is least; null where centres may be anywhere, or sites are too few. O(territories² sites) and a cost per territory and site.
 */
export function baseAtSites(
  problem: Problem,
  costAt: (territory: number, site: number) => number,
): ReadonlyMap<number, Base> | null {
  const places = problem.demands?.candidates;
  const free = problem.territories.flatMap(({ center, locked }, t) => (center || locked ? [] : [t]));
  const count = places && hasPositions(problem) ? places.length / 2 : 0;
  if (!places || count === 0 || count < free.length) return null;
  const gain = new Float64Array(free.length * count);
  free.forEach((t, i) => {
    for (let s = 0; s < count; s++) gain[i * count + s] = -costAt(t, s);
  });
  const chosen = maximizeAssignment(gain, count, free.length);
  return new Map(
    free.map((t, i) => {
      const s = chosen[i]!;
      return [t, { site: s, place: [places[2 * s]!, places[2 * s + 1]!], cost: -gain[i * count + s]! }] as const;
    }),
  );
}
