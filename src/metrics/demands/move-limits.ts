/** Limits on what changes hands against today's plan: how much moves, and how far beyond each limit that is. */
import type { MoveLimit, Problem } from '../../types.js';
import { servedBy, todayHoldings } from '../disruption.js';

export interface LimitUse {
  readonly limit: MoveLimit;
  /** What moves, in the limit's own unit. */
  readonly moved: number;
  /** All that is held today. */
  readonly total: number;
  /** Amount beyond the limit relative to it, or to all that is held today where the limit is 0. */
  readonly excess: number;
}

/** Excess up to this share is rounding. */
const LIMIT_EPSILON = 1e-9;

/** One use per limit; none without today's plan, against which nothing moves. O(A · limits). */
export function measureLimits(problem: Problem, assignment: Int32Array): LimitUse[] {
  const holdings = todayHoldings(problem);
  if (!holdings || !problem.demands) return [];
  return problem.demands.limits.map((limit) => {
    let [moved, total] = [0, 0];
    for (let i = 0; i < holdings.today.length; i++) {
      if (holdings.today[i]! < 0) continue;
      total += limit.amount[i]!;
      if (servedBy(holdings, assignment, i) !== holdings.today[i]) moved += limit.amount[i]!;
    }
    const excess = (moved - limit.max) * limitScale(limit.max, total);
    return { limit, moved, total, excess: excess > LIMIT_EPSILON ? excess : 0 };
  });
}

/** What turns an amount beyond a limit into a relative one. */
export function limitScale(max: number, total: number): number {
  return max > 0 ? 1 / max : total > 0 ? 1 / total : 1;
}
