/** Limits on what changes hands against what balance, and reps who are no territory, take at least. */
import { todayHoldings } from '../metrics/disruption.js';
import type { MoveLimit, Problem } from '../types.js';
import { type Conflict, list, ROUNDING, show } from './conflict.js';

/** What balance of the measure `m` takes; −1 where no territory holds too much today. */
interface Least {
  readonly m: number;
  readonly least: number;
  readonly territories: readonly number[];
}

/**
 * A territory whose holdings of today are beyond a bound must lose some. The least of a limited amount that this takes: the
 * amounts with the least limited amount per unit of the measure go first, the last one in part (the knapsack's linear
 * relaxation, Dantzig 1957). Summed over territories, and taken for the measure that takes the most. What a rep who is no
 * territory of the problem has changes hands in every plan, and comes on top. O(A log A) per pair.
 */
export function checkLimits(problem: Problem): Conflict[] {
  const holdings = todayHoldings(problem);
  if (!holdings || !problem.demands) return [];
  const k = problem.territories.length;
  const count = holdings.today.length;
  const held: number[][] = problem.territories.map(() => []);
  const leaving: number[] = [];
  for (let i = 0; i < count; i++) {
    const t = holdings.today[i]!;
    if (t >= 0 && t < k) held[t]!.push(i);
    else if (t >= k) leaving.push(i);
  }
  const leavers = [...new Set(leaving.map((i) => problem.todayIds[holdings.today[i]!]!))].sort();
  const found: Conflict[] = [];
  for (const limit of problem.demands.limits) {
    const left = leaving.reduce((sum, i) => sum + limit.amount[i]!, 0);
    let worst: Least = { m: -1, least: 0, territories: [] };
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
      if (least > worst.least) worst = { m, least, territories };
    });
    const conflict = describe(problem, limit, worst, left, leavers);
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

/** What a limit counts. */
function nounOf({ kind, measure }: MoveLimit, { accountUnit }: Problem): string {
  return {
    accounts: accountUnit ? 'accounts' : 'units',
    activity: `${measure}`,
    months: 'months of relationship',
    value: `${measure} at risk`,
  }[kind];
}

function describe(
  problem: Problem,
  limit: MoveLimit,
  { m, least, territories }: Least,
  left: number,
  leavers: readonly string[],
): Conflict | null {
  const all = least + left;
  if (all - limit.max <= ROUNDING * all) return null;
  // no part of an account moves
  const whole = limit.kind === 'accounts' ? Math.ceil(all * (1 - ROUNDING)) : all;
  const noun = nounOf(limit, problem);
  const names = territories.map((t) => problem.territories[t]!.id);
  const measure = m < 0 ? null : problem.measures[m]!;
  const where =
    names.length === 1 ? `${names[0]} within its upper bound` : `${names.length} territories within their upper bounds`;
  const are = leavers.length === 1 ? 'who is no territory, has' : 'who are no territories, have';
  const aims = [
    ...(measure === null ? [] : [`to bring ${where} of ${measure}`]),
    ...(left > 0 ? [`to hand on what ${list(leavers)}, ${are} today`] : []),
  ].join(' and ');
  return {
    kind: 'limit',
    proven: true,
    demands: measure === null ? ['limits'] : ['balance', 'limits'],
    territories: names,
    units: [],
    measure,
    excess: limit.max > 0 ? all / limit.max - 1 : 1,
    message: `${aims[0]!.toUpperCase()}${aims.slice(1)}, at least ${show(whole)} ${noun} must move; the limit allows ${show(limit.max)}.`,
  };
}
