/** Limits on what changes hands against today's plan: how much moves, and how far beyond each limit that is. */
import type { MoveLimit } from '../../types.js';
import type { Holdings, Moved } from '../disruption.js';

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

/** One use per limit, from what has moved to each territory and to none. O(k · limits). */
export function measureLimits({ limits, limitTotals }: Holdings, parts: readonly Moved[]): LimitUse[] {
  return limits.map((limit, l) => {
    const moved = parts.reduce((sum, { limited }) => sum + limited[l]!, 0);
    const total = limitTotals[l]!;
    const excess = (moved - limit.max) * limitScale(limit.max, total);
    return { limit, moved, total, excess: excess > LIMIT_EPSILON ? excess : 0 };
  });
}

/** What turns an amount beyond a limit into a relative one. */
export function limitScale(max: number, total: number): number {
  return max > 0 ? 1 / max : total > 0 ? 1 / total : 1;
}
