/** What a move would do, exactly, without doing it. */
import { compareViolations } from '../metrics/compare-scores.js';
import { type Score, scoreOf } from '../metrics/evaluate.js';
import { amendTally, type Changes, type KnownTallies, type PlanTally, touchedBy } from '../metrics/plan-tally.js';
import type { Effect } from '../types.js';

export interface Trial extends Effect {
  readonly after: PlanTally;
  /** Territories that the move touches; k stands for the units without one. */
  readonly touched: readonly number[];
}

/** `known`: tallies of touched territories that are known already. O(size of the territories touched). */
export function tryChanges(tally: PlanTally, before: Score, changes: Changes, known?: KnownTallies): Trial {
  const touched = touchedBy(tally, changes);
  const after = amendTally(tally, changes, touched, known);
  const score = scoreOf(after);
  return {
    after,
    touched,
    violation: score.violation - before.violation,
    cost: score.cost.total - before.cost.total,
  };
}

/** Negative when `a` does more good than `b`. */
export function compareEffects(a: Effect, b: Effect): number {
  return compareViolations(a.violation, b.violation) || a.cost - b.cost;
}
