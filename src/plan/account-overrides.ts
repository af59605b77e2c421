/** Accounts that are laid over the map: served by a territory of their own choice instead of their unit's. */
import { invalid } from '../errors.js';
import type { Plan, Problem } from '../types.js';

/** Length A: territory index, −1 where the account follows its unit. */
interface WithOverrides {
  readonly accounts?: Int32Array | null;
}

/**
 * The plan's overrides; null when it has none.
 * @throws {TerritoryError} PLAN_MISMATCH when they are not one per account, or name no territory.
 */
export function accountOverrides(problem: Problem, plan: Plan): Int32Array | null {
  const overrides = (plan as WithOverrides).accounts ?? null;
  if (overrides === null) return null;
  const count = problem.accountUnit?.length ?? 0;
  const path = 'plan.accounts';
  if (overrides.length !== count) {
    throw invalid(`${path}.length`, overrides.length, `must be ${count}, one per account`, 'PLAN_MISMATCH');
  }
  const k = problem.territories.length;
  overrides.forEach((t, a) => {
    if (!(t >= -1 && t < k)) throw invalid(`${path}[${a}]`, t, `must be from -1 to ${k - 1}`, 'PLAN_MISMATCH');
  });
  return overrides;
}

/** Territory of each account under the plan, −1 for none, length A; null when the problem has no accounts. O(A). */
export function accountTerritories(problem: Problem, plan: Plan): Int32Array | null {
  const { accountUnit } = problem;
  if (!accountUnit) return null;
  const overrides = accountOverrides(problem, plan);
  return accountUnit.map((u, a) => (overrides && overrides[a]! >= 0 ? overrides[a]! : plan.assignment[u]!));
}

/** The same plan with these overrides; without any it has no such field. */
export function withOverrides(plan: Plan, overrides: Int32Array | null): Plan {
  return overrides === null ? plan : ({ ...plan, accounts: overrides } as Plan);
}
