/** A plan with the tally of every territory, and what becomes of it when some units or accounts change hands. */
import type { Problem, TerritoryMetrics } from '../types.js';
import { type Basis, basisOf } from './basis.js';
import { amendMembers, groupUnits, listMembers } from './members.js';
import { usualServer } from './served-accounts.js';
import { type Base, baseAtSites } from './sites.js';
import {
  describeTerritory,
  type PlanState,
  type PoolTally,
  type TerritoryTally,
  tallyPool,
  tallyTerritory,
} from './territory-tally.js';

/** Immutable: an amended tally shares with the one before what has not changed. */
export interface PlanTally extends PlanState {
  readonly basis: Basis;
  /** Units of every territory, ascending; the last entry has those without one. Length k + 1. */
  readonly members: readonly Int32Array[];
  /** Accounts laid over every territory, ascending, length k. */
  readonly guests: readonly Int32Array[];
  readonly territories: readonly TerritoryTally[];
  readonly pool: PoolTally;
  /** Figures of every territory; null until `describePlan` is asked for them. */
  readonly metrics: (TerritoryMetrics | null)[];
}

/** Units and accounts that change hands. */
export interface Changes {
  /** Ascending, each once. */
  readonly units: Int32Array;
  /** New territory of each of them, −1 for none. */
  readonly unitTo: Int32Array;
  readonly accounts: Int32Array;
  /** Territory over which each of them is laid, −1 to follow its unit. */
  readonly accountTo: Int32Array;
}

const NONE = new Int32Array(0);

/** O(n + E + A log A), more with unit centres. */
export function tallyPlan(problem: Problem, { assignment, accounts }: PlanState): PlanTally {
  const basis = basisOf(problem);
  const k = problem.territories.length;
  const own = groupUnits(assignment, k);
  const pool =
    own.units.length === assignment.length ? NONE : assignment.map((_, u) => u).filter((u) => assignment[u]! < 0);
  const members = [...listMembers(own), pool];
  const guests = accounts ? listMembers(groupUnits(accounts, k)) : new Array<Int32Array>(k).fill(NONE);
  const state = { assignment, accounts };
  return {
    ...state,
    basis,
    members,
    guests,
    territories: problem.territories.map((_, t) => tallyTerritory(basis, state, t, members[t]!, guests[t]!)),
    pool: tallyPool(basis, state, pool),
    metrics: new Array(k).fill(null),
  };
}

/** The figures of every territory. Works out those that are not known yet. */
export function describePlan(tally: PlanTally): readonly TerritoryMetrics[] {
  const { basis, members, guests, territories, metrics } = tally;
  const based = basePlan(tally);
  return territories.map((own, t) => {
    metrics[t] ??= describeTerritory(basis, tally, t, members[t]!, guests[t]!, own);
    const base = based?.get(t);
    if (!base || members[t]!.length === 0) return metrics[t];
    return { ...metrics[t], center: base.place, inertia: basis.problem.demands?.matrix ? own.inertia : base.cost };
  });
}

/** Sites of all territories, which is a choice for the plan as a whole; null where centres may be anywhere. */
export function basePlan({ basis, territories }: PlanTally): ReadonlyMap<number, Base> | null {
  return basis.sites.length > 0 ? baseAtSites(basis.problem, (t, s) => territories[t]!.siteCosts![s]!) : null;
}

/** Territories that changes touch, ascending; k stands for the units without one. */
export function touchedBy(tally: PlanTally, changes: Changes): number[] {
  const { basis, assignment, accounts } = tally;
  const k = basis.problem.territories.length;
  const touched = new Set<number>();
  const touch = (t: number) => touched.add(t < 0 ? k : t);
  changes.units.forEach((u, i) => {
    touch(assignment[u]!);
    touch(changes.unitTo[i]!);
  });
  changes.accounts.forEach((a, i) => {
    // An account that leaves its unit, or comes back to it, changes the territory of the unit too.
    touch(usualServer(basis, assignment, a));
    for (const t of [accounts ? accounts[a]! : -1, changes.accountTo[i]!]) if (t >= 0) touch(t);
  });
  return [...touched].sort((a, b) => a - b);
}

/**
 * The tally after some changes, equal to that of the whole plan in every bit: what is touched is counted anew, the rest
 * is as it was. `known` gives tallies of touched territories that are known already.
 * O(n) bytes copied, and the size of the territories touched.
 */
export function amendTally(
  tally: PlanTally,
  changes: Changes,
  touched: readonly number[],
  known?: KnownTallies,
): PlanTally {
  const { basis } = tally;
  const k = basis.problem.territories.length;
  const assignment = tally.assignment.slice();
  changes.units.forEach((u, i) => {
    assignment[u] = changes.unitTo[i]!;
  });
  const accounts = amendAccounts(tally, changes);
  const state = { assignment, accounts };
  const members = tally.members.slice();
  const guests = tally.guests.slice();
  for (const t of touched) {
    const here = t === k ? -1 : t;
    const joins = changes.units.filter((u) => assignment[u] === here && tally.assignment[u] !== here);
    members[t] = amendMembers(tally.members[t]!, (u) => assignment[u] !== here, joins);
    if (t === k || changes.accounts.length === 0) continue;
    const came = changes.accounts.filter((a) => accounts?.[a] === t && tally.accounts?.[a] !== t).sort();
    guests[t] = amendMembers(tally.guests[t]!, (a) => accounts?.[a] !== t, came);
  }
  const territories = tally.territories.slice();
  const metrics = tally.metrics.slice();
  let { pool } = tally;
  for (const t of touched) {
    if (t === k) {
      pool = known?.pool ?? tallyPool(basis, state, members[k]!);
      continue;
    }
    territories[t] = known?.territories[t] ?? tallyTerritory(basis, state, t, members[t]!, guests[t]!);
    metrics[t] = known?.metrics[t] ?? null;
  }
  return { ...state, basis, members, guests, territories, pool, metrics };
}

export type KnownTallies = Pick<PlanTally, 'territories' | 'pool' | 'metrics'>;

function amendAccounts({ basis, accounts }: PlanTally, changes: Changes): Int32Array | null {
  if (changes.accounts.length === 0) return accounts;
  const amended = accounts?.slice() ?? new Int32Array(basis.problem.accountUnit!.length).fill(-1);
  changes.accounts.forEach((a, i) => {
    amended[a] = changes.accountTo[i]!;
  });
  return amended.some((t) => t >= 0) ? amended : null;
}
