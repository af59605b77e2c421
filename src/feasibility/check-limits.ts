/** Limits on what changes hands against what balance takes at least. */
import { todayHoldings } from '../metrics/disruption.js';
import type { MoveLimit, Problem } from '../types.js';
import { type Conflict, ROUNDING, show } from './conflict.js';

/**
 * A territory whose holdings of today are beyond a bound must lose some. The least of a limited amount that this takes: the
 * amounts with the least limited amount per unit of the measure go first, the last one in part (the knapsack's linear
 * relaxation, Dantzig 1957). Summed over territories, and taken for the measure that takes the most. O(A log A) per pair.
 */
export function checkLimits(problem: Problem): Conflict[] {
  const holdings = todayHoldings(problem);
  if (!holdings || !problem.demands) return [];
  const k = problem.territories.length;
  const count = holdings.today.length;
  const held: number[][] = problem.territories.map(() => []);
  for (let i = 0; i < count; i++) {
    const t = holdings.today[i]!;
    if (t >= 0 && t < k) held[t]!.push(i);
  }
  const found: Conflict[] = [];
  for (const limit of problem.demands.limits) {
    let worst: { m: number; least: number; territories: number[] } | null = null;
    problem.measures.forEach((_, m) => {
      const values = holdings.activity.subarray(m * count, (m + 1) * count);
      let least = 0;
      const territories: number[] = [];
      for (let t = 0; t < k; t++) {
        const load = held[t]!.reduce((sum, i) => sum + values[i]!, 0);
        const over = load - problem.upper[m * k + t]!;
        if (!(over > ROUNDING * load)) continue;
        least += leastMoved(held[t]!, values, limit.amount, over);
        territories.push(t);
      }
      if (!worst || least > worst.least) worst = { m, least, territories };
    });
    const conflict = describe(problem, limit, worst);
    if (conflict) found.push(conflict);
  }
  return found;
}

function leastMoved(held: readonly number[], values: Float64Array, amount: Float64Array, over: number): number {
  const useful = held.filter((i) => values[i]! > 0);
  useful.sort((a, b) => amount[a]! * values[b]! - amount[b]! * values[a]! || a - b);
  let left = over;
  let moved = 0;
  for (const i of useful) {
    if (left <= 0) break;
    moved += amount[i]! * Math.min(1, left / values[i]!);
    left -= values[i]!;
  }
  return moved;
}

const NOUN: Readonly<Record<MoveLimit['kind'], string>> = {
  accounts: 'accounts',
  activity: '',
  months: 'months of relationship',
  value: 'at risk',
};

function describe(
  problem: Problem,
  limit: MoveLimit,
  worst: { m: number; least: number; territories: readonly number[] } | null,
): Conflict | null {
  if (!worst || worst.least - limit.max <= ROUNDING * worst.least) return null;
  const noun =
    limit.kind === 'activity' ? limit.measure! : limit.kind === 'value' ? `${limit.measure} at risk` : NOUN[limit.kind];
  const names = worst.territories.map((t) => problem.territories[t]!.id);
  const measure = problem.measures[worst.m]!;
  const where =
    names.length === 1 ? `${names[0]} within its upper bound` : `${names.length} territories within their upper bounds`;
  return {
    kind: 'limit',
    proven: true,
    demands: ['balance', 'limits'],
    territories: names,
    units: [],
    measure,
    excess: limit.max > 0 ? worst.least / limit.max - 1 : 1,
    message: `To bring ${where} of ${measure}, at least ${show(worst.least)} ${noun} must move; the limit allows ${show(limit.max)}.`,
  };
}
