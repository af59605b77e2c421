import type { Plan, Problem, TerritoryId } from '../types.js';
import { accountTerritoryOf, checkPlan } from './plan.js';

/** Who serves an account today and who shall serve it. */
export interface AccountMove {
  readonly account: string;
  /** Today's rep; null for none. */
  readonly from: TerritoryId | null;
  /** Territory under the plan: the account's own, or its unit's; null when that is unassigned. */
  readonly to: TerritoryId | null;
}

/**
 * One row per account in input order, whether it changes hands (`from` ≠ `to`) or stays; empty when the problem has no
 * accounts. O(n + A).
 *
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 */
export function listAccountMoves(problem: Problem, plan: Plan): AccountMove[] {
  checkPlan(problem, plan);
  const { accountIds, accountTerritory, todayIds } = problem;
  if (!accountIds) return [];
  return accountIds.map((account, a) => ({
    account,
    from: todayIds[accountTerritory?.[a] ?? -1] ?? null,
    to: plan.territories[accountTerritoryOf(problem, plan, a)] ?? null,
  }));
}
