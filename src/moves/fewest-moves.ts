/** Few moves that bring today's plan into its bounds, one after the other. */

import { invalid } from '../errors.js';
import { excessOf, territoryLoads } from '../metrics/balance.js';
import { evaluate } from '../metrics/evaluate.js';
import { measureRecord } from '../metrics/measure-record.js';
import { createPlan } from '../plan/plan.js';
import type {
  Evaluation,
  MeasureName,
  OptimizeOptions,
  Optimizer,
  Plan,
  Problem,
  ProblemInput,
  TerritoryId,
  UnitId,
} from '../types.js';
import { listParcels, type Parcel } from './move-steps.js';

/** Run options of the search; a bound is never proven. */
export interface FewestMovesOptions extends Omit<OptimizeOptions, 'bound' | 'boundTimeLimitMs' | 'preview'> {
  /** What there is to be least of: accounts (units, without accounts), or the activity of a measure. @default null, accounts */
  readonly measure?: MeasureName | null;
}

/** Neighbouring units that go from one territory to another. */
export interface MoveStep {
  readonly units: readonly UnitId[];
  /** Accounts in them, but for those laid over the map, which do not follow; null when the problem has no accounts. */
  readonly accounts: readonly string[] | null;
  readonly activity: Readonly<Record<MeasureName, number>>;
  readonly from: TerritoryId;
  readonly to: TerritoryId;
  /** What is out of bounds after this step and all before it; see `Evaluation.violation`. */
  readonly violation: number;
  /** Signed deviation per measure of both territories after it. */
  readonly deviation: {
    readonly from: Readonly<Record<MeasureName, number>>;
    readonly to: Readonly<Record<MeasureName, number>>;
  };
}

export interface FewestMoves {
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  /** Today's plan; units that no territory of the problem holds today are where `plan` has them. */
  readonly today: Evaluation;
  /** In the order that mends most with each step. Empty when today's plan needs no move, or none mends anything. */
  readonly steps: readonly MoveStep[];
  /** Whether every bound is met after the last step. */
  readonly reached: boolean;
}

/**
 * Searches for the plan that meets every bound and moves the least against today's, drops the moves that mend nothing, and
 * orders the rest. As few as were found; that there are no fewer is not proven. Never worse than today's plan. Costs one
 * search, one evaluation (O(M n + A)) per parcel and one per step, and O(M) per parcel and step.
 *
 * @throws {TerritoryError} as `optimize` does; INVALID_INPUT at `today` where nobody serves anything today, INVALID_OPTION
 * for a measure that is none.
 */
export async function fewestMoves(
  optimizer: Optimizer,
  input: Problem | ProblemInput,
  { measure = null, ...options }: FewestMovesOptions = {},
): Promise<FewestMoves> {
  const problem =
    'offsets' in input ? input : await optimizer.prepare(input, options.signal ? { signal: options.signal } : {});
  const k = problem.territories.length;
  if (!problem.today?.some((t) => t >= 0 && t < k)) {
    throw invalid('today', null, 'must be there: territory of today on accounts, cells or units');
  }
  if (measure !== null && !problem.measures.includes(measure)) {
    throw invalid('measure', measure, `must be null or a measure (${problem.measures.join(', ')})`, 'INVALID_OPTION');
  }
  const result = await optimizer.optimize(movesOnly(problem, measure), { ...options, bound: false });
  const found = result.plan.assignment;
  const before = found.map((t, u) => (problem.today![u]! >= 0 && problem.today![u]! < k ? problem.today![u]! : t));
  const today = evaluate(problem, createPlan(problem, before));
  const wanted = result.evaluation.violation < today.violation ? found : before;
  const parcels = dropIdle(problem, before, wanted);
  const { steps, assignment } = order(problem, before, parcels);
  const plan = createPlan(problem, assignment, result.plan.seed);
  const evaluation = evaluate(problem, plan);
  return { plan, evaluation, today, steps, reached: evaluation.violation === 0 };
}

/** The problem with moves as its cost: distance only tells apart plans that move as much. */
function movesOnly(problem: Problem, measure: MeasureName | null): Problem {
  const own: Problem = {
    ...problem,
    objective: { ...problem.objective, weight: measure, inertia: 1, cutEdges: 0, borderKm: 0, mix: 0, disruption: 0 },
  };
  const k = problem.territories.length;
  const somewhere = createPlan(
    problem,
    problem.today!.map((t) => (t < k ? t : -1)),
  );
  const inertia = evaluate(own, somewhere).cost.inertia;
  const { today } = problem;
  const count = problem.accountTerritory?.length ?? today!.length;
  const whole =
    measure === null ? count : evaluate(own, somewhere).territories.reduce((sum, t) => sum + t.activity[measure]!, 0);
  // all distance together weighs as much as one thing that moves
  return { ...own, objective: { ...own.objective, inertia: inertia > 0 ? whole / count / inertia : 1, disruption: 1 } };
}

/** The parcels without those that may stay where they are: the plan is no worse for it. */
function dropIdle(problem: Problem, before: Int32Array, wanted: Int32Array): Parcel[] {
  const assignment = wanted.slice();
  let violation = evaluate(problem, createPlan(problem, assignment)).violation;
  const kept: Parcel[] = [];
  const parcels = listParcels(problem, before, wanted);
  for (const parcel of parcels.sort((a, b) => b.units.length - a.units.length || a.units[0]! - b.units[0]!)) {
    for (const u of parcel.units) assignment[u] = parcel.from;
    const without = evaluate(problem, createPlan(problem, assignment)).violation;
    if (without <= violation) {
      violation = without;
      continue;
    }
    for (const u of parcel.units) assignment[u] = parcel.to;
    kept.push(parcel);
  }
  return kept;
}

/** Takes the parcel that leaves the least beyond the bounds, again and again. */
function order(problem: Problem, before: Int32Array, parcels: readonly Parcel[]) {
  const assignment = before.slice();
  const left = new Map(parcels.map((parcel) => [parcel, parcelLoads(problem, parcel)]));
  const steps: MoveStep[] = [];
  while (left.size > 0) {
    const loads = territoryLoads(problem, assignment);
    let best: Parcel | null = null;
    let most = -Infinity;
    for (const [parcel, own] of left) {
      const mended = mendedBy(problem, loads, parcel, own);
      if (mended <= most) continue;
      most = mended;
      best = parcel;
    }
    left.delete(best!);
    for (const u of best!.units) assignment[u] = best!.to;
    const evaluation = evaluate(problem, createPlan(problem, assignment));
    steps.push(describe(problem, best!, evaluation));
  }
  return { steps, assignment };
}

/** Activity of each measure in a parcel. */
function parcelLoads({ measures, activity, ids }: Problem, { units }: Parcel): Float64Array {
  return Float64Array.from(measures, (_, m) => units.reduce((sum, u) => sum + activity[m * ids.length + u]!, 0));
}

/** How much less is beyond the bounds once the parcel has moved. */
function mendedBy(problem: Problem, loads: Float64Array, { from, to }: Parcel, own: Float64Array): number {
  const k = problem.territories.length;
  let mended = 0;
  for (let m = 0; m < own.length; m++) {
    const [i, j] = [m * k + from, m * k + to];
    mended += excessOf(problem, loads[i]!, i) - excessOf(problem, loads[i]! - own[m]!, i);
    mended += excessOf(problem, loads[j]!, j) - excessOf(problem, loads[j]! + own[m]!, j);
  }
  return mended;
}

function describe(problem: Problem, { units, from, to }: Parcel, evaluation: Evaluation): MoveStep {
  const n = problem.ids.length;
  const inside = new Set(units);
  const { accountIds, accountUnit, demands, measures } = problem;
  const follows = (a: number) => (demands?.overlay?.[a] ?? -1) < 0 && inside.has(accountUnit![a]!);
  return {
    units: units.map((u) => problem.ids[u]!),
    accounts: accountIds && accountUnit ? accountIds.filter((_, a) => follows(a)) : null,
    activity: measureRecord(measures, (m) => units.reduce((sum, u) => sum + problem.activity[m * n + u]!, 0)),
    from: problem.territories[from]!.id,
    to: problem.territories[to]!.id,
    violation: evaluation.violation,
    deviation: { from: evaluation.territories[from]!.deviation, to: evaluation.territories[to]!.deviation },
  };
}
