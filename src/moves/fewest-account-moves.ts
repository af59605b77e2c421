/** Few accounts that change hands, one by one and whatever their unit, and bring today's plan into its bounds. */
import { invalid } from '../errors.js';
import { evaluate } from '../metrics/evaluate.js';
import { measureRecord } from '../metrics/measure-record.js';
import { createPlan } from '../plan/plan.js';
import type { Evaluation, LimitAmount, MeasureName, Plan, Problem, TerritoryId } from '../types.js';
import { AccountLoads } from './account-loads.js';
import { flowToBounds } from './territory-flow.js';

export interface AccountMovesOptions {
  /** Accounts that may move at most: a number, or a share of all accounts. @default all */
  readonly limit?: LimitAmount;
}

/** Accounts that go from one rep to another. */
export interface AccountMovesStep {
  readonly from: TerritoryId;
  readonly to: TerritoryId;
  readonly accounts: readonly string[];
  readonly activity: Readonly<Record<MeasureName, number>>;
}

export interface AccountMoves {
  /** Today's map, with the accounts that another rep serves than their unit's laid over it. */
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  readonly today: Evaluation;
  /** By pair of reps, the largest first. */
  readonly steps: readonly AccountMovesStep[];
  /** Accounts that move. */
  readonly moved: number;
  /** Whether every balance bound is met. */
  readonly reached: boolean;
}

/**
 * As few moves as were found; that there are no fewer is not proven. Starts from who serves each account today, or who
 * shall by a pin or as a named account, which is no move. How much of the first bounded measure has to travel between
 * which territories is a flow (`flowToBounds`) over those that meet on the map; each part of it is made of the heaviest accounts
 * that lie nearest to who takes them; then single accounts settle what is left, of all measures. Locked territories,
 * pinned units and rules of service hold; units stay where they are, so that contiguity is that of today's map. Where the
 * bounds are not met, single accounts alone are tried as well: the plan is the nearer to balance of the two, never worse
 * balanced than today.
 *
 * Synchronous and deterministic. O(A log A + k² E) for E pairs of territories that meet, and O(E + M A / k) for each
 * account that settles.
 *
 * @throws {TerritoryError} INVALID_INPUT at `today` where no account has a territory of the problem today, INVALID_OPTION.
 */
export function fewestAccountMoves(problem: Problem, options: AccountMovesOptions = {}): AccountMoves {
  const { accountTerritory, accountUnit } = problem;
  const k = problem.territories.length;
  if (!accountTerritory?.some((t) => t >= 0 && t < k) || !accountUnit) {
    throw invalid('today', null, 'must be there: accounts with the territory that serves them today');
  }
  const loads = new AccountLoads(problem);
  const before = loads.owner.slice();
  const most = readLimit(options.limit, accountUnit.length);
  sendFlow(problem, loads, most);
  settle(loads, most);
  if (loads.imbalance() === 0) return describe(problem, loads, before);
  // a flow that the limit cuts off, or that minds one measure only, may have made it worse
  const single = new AccountLoads(problem);
  settle(single, most);
  return describe(problem, single.imbalance() < loads.imbalance() ? single : loads, before);
}

function readLimit(limit: LimitAmount | undefined, accounts: number): number {
  if (limit === undefined) return accounts;
  const { max, share } = limit;
  const rule = 'must be { max } or { share }, of at least 0, a share at most 1';
  const value = max ?? share;
  if ((max === undefined) === (share === undefined) || !(value! >= 0) || (share ?? 0) > 1) {
    throw invalid('limit', limit, rule, 'INVALID_OPTION');
  }
  return Math.floor(max ?? share! * accounts);
}

/** Moves accounts along the flow that the first bounded measure takes. */
function sendFlow(problem: Problem, loads: AccountLoads, most: number): void {
  const k = problem.territories.length;
  const isBounded = (bounds: Float64Array, m: number) => bounds.subarray(m * k, (m + 1) * k).some(Number.isFinite);
  const m = problem.measures.findIndex((_, i) => isBounded(problem.lower, i) || isBounded(problem.upper, i));
  if (m < 0) return;
  const row = (values: Float64Array) => values.subarray(m * k, (m + 1) * k);
  const bounds = { lower: row(problem.lower), upper: row(problem.upper) };
  for (const { from, to, amount } of flowToBounds({ load: row(loads.load), ...bounds, ways: loads.ways })) {
    loads.send(from, to, m, amount, most);
  }
}

/** Single accounts, each the one that mends most, until nothing is out of bounds or nothing mends. */
function settle(loads: AccountLoads, most: number): void {
  while (loads.moved < most && loads.imbalance() > 0) if (!loads.moveBest()) return;
}

function describe(problem: Problem, loads: AccountLoads, before: Int32Array): AccountMoves {
  const { owner, assignment } = loads;
  const laid = problem.demands?.overlay ?? null;
  const usual = (a: number) => (laid && laid[a]! >= 0 ? laid[a]! : assignment[problem.accountUnit![a]!]!);
  const overlay = (owners: Int32Array) => owners.map((t, a) => (t === usual(a) ? -1 : t));
  const today = evaluate(problem, createPlan(problem, assignment, null, overlay(before)));
  const plan = createPlan(problem, assignment, null, overlay(owner));
  const evaluation = evaluate(problem, plan);
  const k = problem.territories.length;
  const A = owner.length;
  const pairs = new Map<number, number[]>();
  let moved = 0;
  for (let a = 0; a < A; a++) {
    if (owner[a] === before[a]) continue;
    moved++;
    const key = before[a]! * k + owner[a]!;
    const list = pairs.get(key);
    if (list) list.push(a);
    else pairs.set(key, [a]);
  }
  const steps = [...pairs].map(([key, accounts]): AccountMovesStep => {
    return {
      from: problem.territories[Math.floor(key / k)]!.id,
      to: problem.territories[key % k]!.id,
      accounts: accounts.map((a) => problem.accountIds![a]!),
      activity: measureRecord(problem.measures, (m) =>
        accounts.reduce((sum, a) => sum + problem.accountActivity![m * A + a]!, 0),
      ),
    };
  });
  steps.sort((a, b) => b.accounts.length - a.accounts.length);
  return { plan, evaluation, today, steps, moved, reached: loads.imbalance() === 0 };
}
