/** What changes hands against today's plan: account by account, or unit by unit when the problem has no accounts. */
import type { Disruption, MoveLimit, Problem } from '../types.js';
import { measureRecord } from './measure-record.js';
import { accountWeights, unitWeights } from './weights.js';

/** Today's holdings: the things that a rep holds today, with the unit that each lies in. */
export interface Holdings {
  /** Index into `todayIds`, −1 for none. */
  readonly today: Int32Array;
  /** Unit of each thing; null when the things are the units. */
  readonly unit: Int32Array | null;
  /** Territory of things that the problem lays over the map, −1 for those that follow their unit; null where all do. */
  readonly overlay: Int32Array | null;
  /** M × count, measure-major. */
  readonly activity: Float64Array;
  readonly weights: Float64Array;
  /** What each limit on moves counts of each thing, and the sum over what is held today. */
  readonly limits: readonly MoveLimit[];
  readonly limitTotals: Float64Array;
  /** Sum of each measure, length M. */
  readonly totals: Float64Array;
}

/** The accounts that are held today, else the units; null without today's plan. O(M (n + A)). */
export function todayHoldings(problem: Problem): Holdings | null {
  const { accountTerritory, accountUnit, accountActivity, today } = problem;
  const weights = accountWeights(problem);
  if (accountTerritory && accountUnit && accountActivity && weights) {
    const overlay = problem.demands?.overlay ?? null;
    return withTotals(problem, {
      today: accountTerritory,
      unit: accountUnit,
      overlay,
      activity: accountActivity,
      weights,
    });
  }
  if (!today) return null;
  const activity = problem.activity;
  return withTotals(problem, { today, unit: null, overlay: null, activity, weights: unitWeights(problem) });
}

function withTotals(
  { measures, demands }: Problem,
  holdings: Omit<Holdings, 'totals' | 'limits' | 'limitTotals'>,
): Holdings {
  const { activity, today } = holdings;
  const limits = demands?.limits ?? [];
  const limitTotals = Float64Array.from(limits, ({ amount }) => {
    let total = 0;
    for (let i = 0; i < today.length; i++) if (today[i]! >= 0) total += amount[i]!;
    return total;
  });
  const totals = new Float64Array(measures.length);
  for (let m = 0; m < totals.length; m++) {
    for (let i = m * today.length; i < (m + 1) * today.length; i++) totals[m]! += activity[i]!;
  }
  return { ...holdings, totals, limits, limitTotals };
}

/** Holdings that come to one territory from others, or that are left without one. */
export interface Moved {
  readonly count: number;
  readonly weight: number;
  /** Length M. */
  readonly activity: Float64Array;
  /** What each limit on moves counts of them. */
  readonly limited: Float64Array;
}

/**
 * Those of the things `held` by territory `t` (−1: none) that another has today; what nobody holds today does not move.
 * O((M + limits) held).
 */
export function measureMoved(holdings: Holdings, t: number, held: Int32Array): Moved {
  const { today, activity, weights, totals, limits } = holdings;
  const moved = new Float64Array(totals.length);
  const limited = new Float64Array(limits.length);
  let count = 0;
  let weight = 0;
  for (let h = 0; h < held.length; h++) {
    const i = held[h]!;
    if (today[i]! < 0 || today[i] === t) continue;
    count++;
    weight += weights[i]!;
    for (let m = 0; m < moved.length; m++) moved[m]! += activity[m * today.length + i]!;
    for (let l = 0; l < limited.length; l++) limited[l]! += limits[l]!.amount[i]!;
  }
  return { count, weight, activity: moved, limited };
}

/** Shares of all accounts (or units) and of each measure's total, from what has moved to each territory and to none. */
export function sumDisruption({ measures }: Problem, holdings: Holdings, moved: readonly Moved[]): Disruption {
  const accounts = moved.reduce((sum, { count }) => sum + count, 0);
  return {
    accounts,
    accountShare: holdings.today.length > 0 ? accounts / holdings.today.length : 0,
    activity: measureRecord(measures, (m) => {
      const total = holdings.totals[m]!;
      return total > 0 ? Math.min(1, moved.reduce((sum, { activity }) => sum + activity[m]!, 0) / total) : 0;
    }),
  };
}
