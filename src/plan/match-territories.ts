/** Gives the territories of a new plan the names under which most of their activity is served today. */
import { todayHoldings } from '../metrics/disruption.js';
import type { Problem } from '../types.js';
import { maximizeAssignment } from './max-assignment.js';

/**
 * Relabels an assignment so that as much of the weight measure as possible (accounts, or units, when the weight is
 * null) stays with the territory that serves it today. Labels move only between territories that are interchangeable:
 * equal targets and bounds in every measure, no fixed centre, not locked, and nothing that they alone have or may serve.
 * So nothing changes but the disruption, and
 * that never grows; an assignment that is already best comes back as it is. Deterministic. O(n + A + k³).
 */
export function matchTerritories(problem: Problem, assignment: Int32Array): Int32Array {
  const k = problem.territories.length;
  const kept = keptActivity(problem, assignment);
  const label = Int32Array.from({ length: k }, (_, t) => t);
  if (kept) for (const group of interchangeable(problem)) matchGroup(kept, k, group, label);
  return assignment.map((t) => (t < 0 ? t : label[t]!));
}

/** Activity per (territory of the assignment, territory of today), k × k; null without today's plan. */
function keptActivity(problem: Problem, assignment: Int32Array): Float64Array | null {
  const holdings = todayHoldings(problem);
  if (!holdings) return null;
  const k = problem.territories.length;
  const kept = new Float64Array(k * k);
  const { today, unit, weights } = holdings;
  for (let i = 0; i < today.length; i++) {
    const t = assignment[unit ? unit[i]! : i]!;
    const before = today[i]!;
    if (t >= 0 && before >= 0 && before < k) kept[t * k + before]! += weights[i]!;
  }
  return kept;
}

/** Territory indices by equal terms, groups of two or more. */
function interchangeable(problem: Problem): number[][] {
  const k = problem.territories.length;
  const groups = new Map<string, number[]>();
  const own = hasOwnDemands(problem);
  const baseLoad = problem.demands?.baseLoad;
  for (let t = 0; t < k; t++) {
    const { center, locked, contiguous } = problem.territories[t]!;
    if (center || locked || own[t] !== 0) continue;
    const terms = problem.measures.flatMap((_, m) =>
      [problem.target, problem.lower, problem.upper, ...(baseLoad ? [baseLoad] : [])].map((x) => x[m * k + t]),
    );
    const key = `${contiguous} ${terms.join(' ')}`;
    const group = groups.get(key);
    if (group) group.push(t);
    else groups.set(key, [t]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** 1 per territory that demands name: pins, permits, accounts laid over the map; all where there is a matrix, sites or limits. */
function hasOwnDemands({ territories, pinned, demands }: Problem): Uint8Array {
  const k = territories.length;
  const own = new Uint8Array(k);
  // what a limit counts need not be the weight
  if (demands?.matrix || demands?.candidates || demands?.limits.length) return own.fill(1);
  for (const t of pinned ?? []) if (t >= 0) own[t] = 1;
  for (const t of demands?.overlay ?? []) if (t >= 0) own[t] = 1;
  const allowed = demands?.permits?.allowed;
  if (!allowed) return own;
  for (let i = 0; i < allowed.length; i++) if (allowed[i] === 0) own[i % k] = 1;
  return own;
}

function matchGroup(kept: Float64Array, k: number, group: readonly number[], label: Int32Array): void {
  const size = group.length;
  const gain = new Float64Array(size * size);
  group.forEach((t, i) => {
    group.forEach((s, j) => {
      gain[i * size + j] = kept[t * k + s]!;
    });
  });
  const column = maximizeAssignment(gain, size);
  let before = 0;
  let after = 0;
  for (let i = 0; i < size; i++) {
    before += gain[i * size + i]!;
    after += gain[i * size + column[i]!]!;
  }
  if (after > before) for (let i = 0; i < size; i++) label[group[i]!] = group[column[i]!]!;
}
