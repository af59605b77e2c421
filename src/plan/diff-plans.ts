import { measureRecord } from '../metrics/measure-record.js';
import type { MeasureName, Plan, Problem } from '../types.js';
import { accountTerritoryOf, checkPlan } from './plan.js';

/** What changes hands between two plans of one problem. Who had it and who gets it is in the plans' assignments. */
export interface PlanDiff {
  /** Indices of the units that change territory, ascending. */
  readonly units: Int32Array;
  /** Indices of the accounts that change territory, ascending; null when the problem has no accounts. */
  readonly accounts: Int32Array | null;
  /** Activity of those units, in each measure's own unit. */
  readonly activity: Readonly<Record<MeasureName, number>>;
}

/**
 * The units and accounts that differ between two plans; unassigned counts as a territory of its own. O(M n + A).
 *
 * @throws {TerritoryError} PLAN_MISMATCH when either plan belongs to another problem.
 */
export function diffPlans(problem: Problem, before: Plan, after: Plan): PlanDiff {
  checkPlan(problem, before);
  checkPlan(problem, after);
  const n = problem.ids.length;
  const differs = (u: number) => before.assignment[u] !== after.assignment[u];
  const units = Int32Array.from(before.assignment.keys()).filter(differs);
  const moves = (a: number) => accountTerritoryOf(problem, before, a) !== accountTerritoryOf(problem, after, a);
  const accounts = problem.accountUnit ? Int32Array.from(problem.accountUnit.keys()).filter(moves) : null;
  const activity = measureRecord(problem.measures, (m) =>
    units.reduce((sum, u) => sum + problem.activity[m * n + u]!, 0),
  );
  return { units, accounts, activity };
}
