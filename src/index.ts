/** `equiterra`: design sales territories in the browser. No side effects on import; safe under server-side rendering. */
import { browserHost } from './optimizer/browser-host.js';
import { PooledOptimizer } from './optimizer/optimizer.js';
import { checkOptimizerOptions, resolveWorkers } from './options.js';
import type { Optimizer, OptimizerOptions } from './types.js';

export { type ErrorCode, type ErrorDetails, TerritoryError } from './errors.js';
export type { Conflict, ConflictKind, DemandName } from './feasibility/conflict.js';
export { type ExplainOptions, explainInfeasibility, type Infeasibility } from './feasibility/explain-infeasibility.js';
export { proveConflicts } from './feasibility/prove-conflicts.js';
export { evaluate } from './metrics/evaluate.js';
export { overlapToday } from './metrics/overlap.js';
export type { SizeRecommendation } from './metrics/recommend-size.js';
export { type Grouping, type RollUpRow, rollUp } from './metrics/roll-up.js';
export {
  type AccountMoves,
  type AccountMovesOptions,
  type AccountMovesStep,
  fewestAccountMoves,
} from './moves/fewest-account-moves.js';
export { type FewestMoves, type FewestMovesOptions, fewestMoves, type MoveStep } from './moves/fewest-moves.js';
export {
  designLevels,
  type LevelOptions,
  type LevelPlan,
  type LevelProgress,
  type LevelsResult,
} from './optimizer/design-levels.js';
export {
  type Sizing,
  type SizingOptions,
  type SizingProgress,
  type SizingRow,
  sizeTerritories,
} from './optimizer/size-territories.js';
export { type AccountMove, listAccountMoves } from './plan/account-moves.js';
export { diffPlans, type PlanDiff } from './plan/diff-plans.js';
export {
  type MatchRepsOptions,
  matchReps,
  type Rep,
  type RepCost,
  type RepMatching,
  type RepPair,
  type UnservedTerritory,
} from './plan/match-reps.js';
export {
  type AccountConflict,
  type ConflictArea,
  type MergeOptions,
  type MergeSide,
  mergePlans,
  type PlanMerge,
  type UnitConflict,
} from './plan/merge-plans.js';
export { accountTerritoryOf, createPlan, todayPlan } from './plan/plan.js';
export { type CarveOptions, carveProblem } from './problem/carve.js';
export { withTerritories } from './problem/with-territories.js';
export { createSession } from './session/session.js';
export type * from './types.js';
export { VERSION } from './version.js';

/**
 * A pool of workers that prepares problems and searches for plans. Synchronous and lazy: workers start with the
 * first call. Every call settles; `dispose` the optimizer to end its workers.
 *
 * @throws {TerritoryError} `INVALID_OPTION`. Calls reject with `INVALID_INPUT`, `INVALID_OPTION`,
 * `WORKER_LOAD_FAILED`, `WORKER_CRASHED`, `WASM_LOAD_FAILED`, `OUT_OF_MEMORY`, `DISPOSED`, with
 * `UNSUPPORTED_ENVIRONMENT` where there is no `Worker` (in Node use `equiterra/node`), or with the abort's reason.
 * @example
 * const optimizer = createOptimizer();
 * const { plan, evaluation } = await optimizer.optimize({ accounts, resolution: 6, territories: 12 });
 */
export function createOptimizer(options?: OptimizerOptions): Optimizer {
  const checked = checkOptimizerOptions(options);
  const host = browserHost(checked);
  return new PooledOptimizer(host, resolveWorkers(checked, host.hardwareThreads));
}
