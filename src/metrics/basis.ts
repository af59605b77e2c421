/** What the figures of all plans of a problem share: derived once per problem, because it takes longer than any plan. */
import type { Problem } from '../types.js';
import { type Holdings, todayHoldings } from './disruption.js';
import { groupUnits, listMembers, type Members } from './members.js';
import { fixedCentersKm, hasPositions, positionsKm, sitesKm } from './positions.js';
import { unitWeights } from './weights.js';

export interface Basis {
  readonly problem: Problem;
  /** null when the problem has no positions for its kind of distance. */
  readonly points: Float64Array | null;
  readonly weights: Float64Array;
  readonly fixedCenters: Float64Array;
  /** Where centres may be, in km, 3 each; empty where anywhere. */
  readonly sites: Float64Array;
  /** The accounts of every unit, ascending; null when the problem has none. */
  readonly accountsOf: Members | null;
  /** Accounts that the problem lays over each territory, ascending; null when it lays none. */
  readonly laidOver: readonly Int32Array[] | null;
  /** Units pinned to each territory, ascending; null when none is pinned. */
  readonly pinnedTo: readonly Int32Array[] | null;
  readonly holdings: Holdings | null;
  /** Units that each of the problem's territories serves today, length k. */
  readonly todayUnits: Int32Array;
  /** Both ends of every automatic link, as pairs of unit indices. */
  readonly linkEnds: Int32Array;
  /** Work space of n units, for one territory at a time. */
  readonly seen: Uint8Array;
  readonly queue: Int32Array;
}

const known = new WeakMap<Problem, Basis>();

/** O(n + A) at first, then O(1). Not to be written to, but for `seen` and `queue`. */
export function basisOf(problem: Problem): Basis {
  let basis = known.get(problem);
  if (!basis) known.set(problem, (basis = derive(problem)));
  return basis;
}

function derive(problem: Problem): Basis {
  const n = problem.ids.length;
  return {
    problem,
    points: hasPositions(problem) ? positionsKm(problem) : null,
    weights: unitWeights(problem),
    fixedCenters: fixedCentersKm(problem),
    sites: sitesKm(problem),
    accountsOf: problem.accountUnit ? groupUnits(problem.accountUnit, n) : null,
    laidOver: listOwn(problem, problem.demands?.overlay ?? null),
    pinnedTo: listOwn(problem, problem.pinned),
    holdings: todayHoldings(problem),
    todayUnits: countToday(problem),
    linkEnds: findLinkEnds(problem),
    seen: new Uint8Array(n),
    queue: new Int32Array(n),
  };
}

function listOwn({ territories }: Problem, territory: Int32Array | null): readonly Int32Array[] | null {
  return territory && listMembers(groupUnits(territory, territories.length));
}

function countToday({ territories, today }: Problem): Int32Array {
  const count = new Int32Array(territories.length);
  if (today) for (const t of today) if (t >= 0 && t < count.length) count[t]!++;
  return count;
}

function findLinkEnds({ ids, links }: Problem): Int32Array {
  if (links.length === 0) return new Int32Array(0);
  const index = new Map<string, number>();
  for (const pair of links) for (const id of pair) index.set(id, -1);
  for (let u = 0; u < ids.length; u++) if (index.has(ids[u]!)) index.set(ids[u]!, u);
  return Int32Array.from(links.flat(), (id) => index.get(id)!);
}
