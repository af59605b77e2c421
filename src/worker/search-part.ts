/** What the runs of a search read of a problem: all that the workers need which do not judge plans. */
import { NO_NAMED_ACCOUNTS } from '../problem/no-accounts.js';
import type { Problem, UnitId } from '../types.js';

/**
 * The problem without geometry that costs nothing, accounts that nobody holds today and names; of `ids` only the length
 * and the ends of links are left. About a third of the whole, and without the strings that take longest to post. O(n).
 */
export function searchPart(problem: Problem): Problem {
  const planar = problem.objective.distance === 'planar';
  const held = problem.accountTerritory !== null;
  return {
    ...problem,
    ids: linkedIds(problem),
    lngLat: planar ? null : problem.lngLat,
    xy: planar ? problem.xy : null,
    areaKm2: null,
    edgeKm: problem.objective.borderKm > 0 ? problem.edgeKm : null,
    outerKm: null,
    ...NO_NAMED_ACCOUNTS,
    accountUnit: held ? problem.accountUnit : null,
    accountActivity: held ? problem.accountActivity : null,
  };
}

/** An array with holes where a unit is the end of no link. */
function linkedIds({ ids, links }: Problem): readonly UnitId[] {
  const linked = new Array<UnitId>(ids.length);
  if (links.length === 0) return linked;
  const wanted = new Set(links.flat());
  for (let u = 0; u < ids.length; u++) if (wanted.has(ids[u]!)) linked[u] = ids[u]!;
  return linked;
}
