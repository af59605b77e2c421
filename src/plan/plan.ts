import { type ErrorCode, invalid, TerritoryError } from '../errors.js';
import type { Plan, Problem } from '../types.js';

/**
 * A plan from an assignment: territory index per unit, −1 for unassigned; and from the territories of accounts that are
 * laid over the map, −1 for those that follow their unit. Both are copied. O(n + A).
 *
 * @throws {TerritoryError} INVALID_INPUT when a length is not n or A, a value is not an integer −1 … k − 1, or the seed
 * is not an integer 0 … 2³² − 1.
 */
export function createPlan(
  problem: Problem,
  assignment: ArrayLike<number>,
  seed: number | null = null,
  accounts: ArrayLike<number> | null = null,
): Plan {
  const n = problem.ids.length;
  if (assignment.length !== n) throw invalid('assignment.length', assignment.length, `must be ${n}, one per unit`);
  checkAssignment(assignment, problem.territories.length, 'assignment');
  if (seed !== null && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw invalid('seed', seed, 'must be an integer from 0 to 4294967295');
  }
  if (accounts) checkAccounts(problem, accounts, 'accounts', 'INVALID_INPUT');
  return {
    problem: problem.name,
    seed,
    ids: problem.ids,
    territories: problem.territories.map(({ id }) => id),
    assignment: Int32Array.from(assignment),
    ...(accounts && { accounts: Int32Array.from(accounts) }),
  };
}

/**
 * Makes sure that a plan belongs to a problem: the same units and the same territories, in the same order. O(n).
 *
 * @throws {TerritoryError} PLAN_MISMATCH naming the first unit or territory that differs, INVALID_INPUT when the
 * assignment holds a value that is no territory.
 */
export function checkPlan(problem: Problem, plan: Plan): void {
  const territories = problem.territories.map(({ id }) => id);
  if (plan.ids !== problem.ids) compareIds('ids', plan.ids, problem.ids, 'unit');
  compareIds('territories', plan.territories, territories, 'territory');
  if (plan.assignment.length !== problem.ids.length) {
    const path = 'plan.assignment.length';
    throw invalid(path, plan.assignment.length, `must be ${problem.ids.length}, one per unit`, 'PLAN_MISMATCH');
  }
  checkAssignment(plan.assignment, territories.length, 'plan.assignment');
  if (plan.accounts) checkAccounts(problem, plan.accounts, 'plan.accounts', 'PLAN_MISMATCH');
}

function checkAccounts(problem: Problem, accounts: ArrayLike<number>, path: string, code: ErrorCode): void {
  const count = problem.accountUnit?.length ?? 0;
  if (accounts.length !== count) {
    throw invalid(`${path}.length`, accounts.length, `must be ${count}, one per account`, code);
  }
  checkAssignment(accounts, problem.territories.length, path);
}

/** Index of the territory that serves an account: the one that plan or problem lay it over, else its unit's; −1 for none. */
export function accountTerritoryOf(problem: Problem, plan: Plan, account: number): number {
  const own = plan.accounts?.[account] ?? -1;
  if (own >= 0) return own;
  const laid = problem.demands?.overlay ? problem.demands.overlay[account]! : -1;
  return laid >= 0 ? laid : plan.assignment[problem.accountUnit![account]!]!;
}

/** Today's plan; null when there is none, or when it has units of a rep who is not a territory of the problem. O(n). */
export function todayPlan(problem: Problem): Plan | null {
  const { today, territories } = problem;
  return today?.every((t) => t < territories.length) ? createPlan(problem, today) : null;
}

function compareIds(name: string, found: readonly string[], expected: readonly string[], what: string): void {
  const length = Math.max(found.length, expected.length);
  for (let i = 0; i < length; i++) {
    if (found[i] === expected[i]) continue;
    const path = `plan.${name}[${i}]`;
    const rule = `must be ${expected[i] === undefined ? 'absent' : `the problem's ${what} ${expected[i]}`}`;
    throw new TerritoryError('PLAN_MISMATCH', `The plan belongs to another problem: ${path} ${rule}, got ${found[i]}`, {
      path,
      value: found[i],
      rule,
    });
  }
}

function checkAssignment(assignment: ArrayLike<number>, k: number, path: string): void {
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (!(Number.isInteger(t) && t >= -1 && t < k)) {
      throw invalid(`${path}[${u}]`, t, `must be an integer from -1 to ${k - 1}`);
    }
  }
}
