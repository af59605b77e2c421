/** What changes hands against today's plan: account by account, or unit by unit when the problem has no accounts. */
import type { Disruption, Problem } from '../types.js';
import { measureRecord } from './measure-record.js';
import { accountWeights, unitWeights } from './weights.js';

/** Today's holdings: the things that a rep holds today, with the unit that each lies in. */
export interface Holdings {
  /** Index into `todayIds`, −1 for none. */
  readonly today: Int32Array;
  /** Unit of each thing; null when the things are the units. */
  readonly unit: Int32Array | null;
  /** Territory of things that do not follow their unit, −1 for those that do; null where all do. */
  readonly overlay: Int32Array | null;
  /** M × count, measure-major. */
  readonly activity: Float64Array;
  readonly weights: Float64Array;
}

/** The accounts that are held today, else the units; null without today's plan. */
export function todayHoldings(problem: Problem): Holdings | null {
  const { accountTerritory, accountUnit, accountActivity, today } = problem;
  const weights = accountWeights(problem);
  if (accountTerritory && accountUnit && accountActivity && weights) {
    const overlay = problem.demands?.overlay ?? null;
    return { today: accountTerritory, unit: accountUnit, overlay, activity: accountActivity, weights };
  }
  return today ? { today, unit: null, overlay: null, activity: problem.activity, weights: unitWeights(problem) } : null;
}

/** Weight that changes hands: the disruption term of the cost, unweighted; 0 without today's plan. O(n + A). */
export function disruptionCost(problem: Problem, assignment: Int32Array): number {
  const holdings = todayHoldings(problem);
  let moved = 0;
  if (holdings) for (const i of movedHoldings(holdings, assignment)) moved += holdings.weights[i]!;
  return moved;
}

/**
 * What changes hands; null without today's plan. A holding moves when it has a territory today and the plan gives it
 * another or none; one that nobody holds today does not move. Shares are of all accounts (or units) and of each
 * measure's total. O(n + A M).
 */
export function measureDisruption(problem: Problem, assignment: Int32Array): Disruption | null {
  const holdings = todayHoldings(problem);
  if (!holdings) return null;
  const count = holdings.today.length;
  const moved = movedHoldings(holdings, assignment);
  return {
    accounts: moved.length,
    accountShare: count > 0 ? moved.length / count : 0,
    activity: measureRecord(problem.measures, (m) => {
      const values = holdings.activity.subarray(m * count, (m + 1) * count);
      const total = values.reduce((sum, x) => sum + x, 0);
      return total > 0 ? Math.min(1, moved.reduce((sum, i) => sum + values[i]!, 0) / total) : 0;
    }),
  };
}

function movedHoldings(holdings: Holdings, assignment: Int32Array): number[] {
  const { today } = holdings;
  const moved: number[] = [];
  for (let i = 0; i < today.length; i++) {
    if (today[i]! >= 0 && servedBy(holdings, assignment, i) !== today[i]) moved.push(i);
  }
  return moved;
}

/** Territory that serves thing `i` under a plan, −1 for none. */
export function servedBy({ unit, overlay }: Holdings, assignment: Int32Array, i: number): number {
  const laid = overlay ? overlay[i]! : -1;
  return laid >= 0 ? laid : assignment[unit ? unit[i]! : i]!;
}
