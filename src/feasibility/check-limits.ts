/** Limits on what changes hands against what balance, and reps who are no territory, take at least. */
import { todayHoldings } from '../metrics/disruption.js';
import { show } from '../metrics/wording.js';
import type { MoveLimit, Problem } from '../types.js';
import { boundDemands, widened } from './bound-demands.js';
import { type Conflict, type DemandName, list, ROUNDING } from './conflict.js';

/** What balance of the measure `m` takes; −1 where no territory holds too much today. */
interface Least {
  readonly m: number;
  readonly least: number;
  readonly territories: readonly number[];
}

/** What changes hands in every plan: of reps who are no territories, and of what is laid over the map. */
interface Anyhow {
  readonly left: number;
  readonly laid: number;
  readonly leavers: readonly string[];
}

/**
 * A territory whose holdings of today are beyond a bound must lose some. The least of a limited amount that this takes: the
 * amounts with the least limited amount per unit of the measure go first, the last one in part (the knapsack's linear
 * relaxation, Dantzig 1957). Summed over territories, and taken for the measure that takes the most. What a rep who is no
 * territory of the problem has changes hands in every plan, and so does what is laid over the map for another than today's
 * rep: both come on top. O(A log A) per pair.
 */
export function checkLimits(problem: Problem): Conflict[] {
  const holdings = todayHoldings(problem);
  if (!holdings || !problem.demands) return [];
  const k = problem.territories.length;
  const count = holdings.today.length;
  const held: number[][] = problem.territories.map(() => []);
  const leaving: number[] = [];
  const laid: number[] = [];
  for (let i = 0; i < count; i++) {
    const t = holdings.today[i]!;
    const over = holdings.overlay?.[i] ?? -1;
    if (t >= k) leaving.push(i);
    else if (t >= 0) (over >= 0 && over !== t ? laid : held[t]!).push(i);
  }
  const leavers = [...new Set(leaving.map((i) => problem.todayIds[holdings.today[i]!]!))].sort();
  const found: Conflict[] = [];
  const { upper } = widened(problem);
  problem.demands.limits.forEach((limit, l) => {
    const sumOf = (things: readonly number[]) => things.reduce((sum, i) => sum + limit.amount[i]!, 0);
    const anyhow = { left: sumOf(leaving), laid: sumOf(laid), leavers };
    let worst: Least = { m: -1, least: 0, territories: [] };
    problem.measures.forEach((_, m) => {
      const values = holdings.activity.subarray(m * count, (m + 1) * count);
      let least = 0;
      const territories: number[] = [];
      for (let t = 0; t < k; t++) {
        const load = held[t]!.reduce((sum, i) => sum + values[i]!, 0);
        const over = load - upper[m * k + t]!;
        if (!(over > ROUNDING * load)) continue;
        least += leastMoved(held[t]!, values, limit.amount, over);
        territories.push(t);
      }
      if (least > worst.least) worst = { m, least, territories };
    });
    const slack = ROUNDING * (limit.max > 0 ? limit.max : holdings.limitTotals[l]!);
    const conflict = describe(problem, limit, worst, anyhow, slack);
    if (conflict) found.push(conflict);
  });
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
  { left, laid, leavers }: Anyhow,
  slack: number,
): Conflict | null {
  const all = least + left + laid;
  if (all - limit.max <= Math.max(ROUNDING * all, slack)) return null;
  // no part of an account moves
  const whole = limit.kind === 'accounts' ? Math.ceil(all * (1 - ROUNDING)) : all;
  const noun = nounOf(limit, problem);
  const demands: DemandName[] = ['limits', ...(m < 0 ? [] : boundDemands(problem, m, 'upper', territories))];
  if (laid > 0) demands.push('named');
  const names = territories.map((t) => problem.territories[t]!.id);
  const measure = m < 0 ? null : problem.measures[m]!;
  const where =
    names.length === 1 ? `${names[0]} within its upper bound` : `${names.length} territories within their upper bounds`;
  const are = leavers.length === 1 ? 'who is no territory, has' : 'who are no territories, have';
  const aims = [
    ...(measure === null ? [] : [`to bring ${where} of ${measure}`]),
    ...(left > 0 ? [`to hand on what ${list(leavers)}, ${are} today`] : []),
    ...(laid > 0 ? ['to lay accounts over the map for others than have them today'] : []),
  ].join(' and ');
  return {
    kind: 'limit',
    proven: true,
    demands: demands.sort(),
    territories: names,
    units: [],
    measure,
    excess: limit.max > 0 ? all / limit.max - 1 : 1,
    message: `${aims[0]!.toUpperCase()}${aims.slice(1)}, at least ${show(whole)} ${noun} must move; the limit allows ${show(limit.max)}.`,
  };
}
