/**
 * Three-way merge: what two people have made of copies of one plan, put together again. Whatever only one of them has
 * changed, or both alike, is taken; where they differ there is a conflict, which one side or the other wins.
 */
import { invalid, TerritoryError } from '../errors.js';
import { measureRecord } from '../metrics/measure-record.js';
import { groupUnits, type Members } from '../metrics/members.js';
import type { MeasureName, Plan, Problem, TerritoryId } from '../types.js';
import { type Area, findAreas } from './conflict-areas.js';
import { checkPlan, createPlan } from './plan.js';

export type MergeSide = 'base' | 'ours' | 'theirs';

export interface MergeOptions {
  /** Who wins where both have changed the same thing differently. @default 'base': neither does */
  readonly prefer?: MergeSide;
}

/** Both sides have given the unit a territory that is neither its old one nor the other side's. */
export interface UnitConflict {
  /** Index of the unit. */
  readonly unit: number;
  /** Territories; null is unassigned. */
  readonly base: TerritoryId | null;
  readonly ours: TerritoryId | null;
  readonly theirs: TerritoryId | null;
}

/** The same for an account that is laid over the map; null is an account that follows its unit. */
export interface AccountConflict {
  /** Index of the account. */
  readonly account: number;
  readonly base: TerritoryId | null;
  readonly ours: TerritoryId | null;
  readonly theirs: TerritoryId | null;
}

/** Neighbouring units in conflict: one thing to talk about. */
export interface ConflictArea {
  /** Units in conflict, or with an account in conflict, ascending. */
  readonly units: Int32Array;
  /**
   * Accounts of which it is open who serves them, ascending: those in conflict, and those that follow a unit in conflict;
   * null when the problem has no accounts.
   */
  readonly accounts: Int32Array | null;
  /** What is open, in each measure's own unit: of these accounts; of the units when the problem has none. */
  readonly activity: Readonly<Record<MeasureName, number>>;
}

export interface PlanMerge {
  /** Complete, with every conflict decided by `prefer`. `evaluate` it: edits that agree may still break a bound together. */
  readonly plan: Plan;
  /** Ascending by unit. */
  readonly conflicts: readonly UnitConflict[];
  /** Ascending by account. */
  readonly accountConflicts: readonly AccountConflict[];
  /** Ascending by their first units. */
  readonly areas: readonly ConflictArea[];
  /** Units and accounts taken over from one side alone, and from both alike. */
  readonly taken: { readonly ours: number; readonly theirs: number; readonly both: number };
}

const SIDES: readonly unknown[] = ['base', 'ours', 'theirs'];

/**
 * Merges two plans that were made from `base`, unit by unit, and account by account where plans lay accounts over the
 * map. The plan has no seed, since no search made it. Deterministic; symmetric in `ours` and `theirs`, up to `prefer`.
 * O(M n + E + A).
 *
 * @throws {TerritoryError} PLAN_MISMATCH when a plan belongs to another problem, with a path that begins with `base`,
 * `ours` or `theirs`; INVALID_OPTION for a side that there is not.
 * @example
 * const { plan, areas } = mergePlans(problem, sent, ann, ben);
 * const { violations } = evaluate(problem, plan);
 */
export function mergePlans(
  problem: Problem,
  base: Plan,
  ours: Plan,
  theirs: Plan,
  options: MergeOptions = {},
): PlanMerge {
  const { prefer = 'base' } = options;
  if (!SIDES.includes(prefer)) {
    throw invalid('prefer', prefer, "must be 'base', 'ours' or 'theirs'", 'INVALID_OPTION');
  }
  const plans = { base, ours, theirs };
  const all = {
    base: readSide(problem, plans, 'base'),
    ours: readSide(problem, plans, 'ours'),
    theirs: readSide(problem, plans, 'theirs'),
  };
  const units = mergeValues(all.base.units, all.ours.units, all.theirs.units, prefer);
  const accounts = mergeValues(all.base.accounts, all.ours.accounts, all.theirs.accounts, prefer);

  const name = (t: number): TerritoryId | null => problem.territories[t]?.id ?? null;
  const namesAt = (of: 'units' | 'accounts', i: number) => ({
    base: name(all.base[of][i]!),
    ours: name(all.ours[of][i]!),
    theirs: name(all.theirs[of][i]!),
  });
  const hasOverrides = [base, ours, theirs].some((plan) => plan.accounts);
  const byUnit = problem.accountUnit && groupUnits(problem.accountUnit, problem.ids.length);
  return {
    plan: createPlan(problem, units.merged, null, hasOverrides ? accounts.merged : null),
    conflicts: units.conflicts.map((unit) => ({ unit, ...namesAt('units', unit) })),
    accountConflicts: accounts.conflicts.map((account) => ({ account, ...namesAt('accounts', account) })),
    areas: findAreas(problem, units.conflicts, accounts.conflicts).map((area) =>
      describeArea(problem, area, units.inConflict, accounts, byUnit),
    ),
    taken: {
      ours: units.ours + accounts.ours,
      theirs: units.theirs + accounts.theirs,
      both: units.both + accounts.both,
    },
  };
}

interface Side {
  readonly units: Int32Array;
  /** −1 for every account of a plan without overrides. */
  readonly accounts: Int32Array;
}

function readSide(problem: Problem, plans: Readonly<Record<MergeSide, Plan>>, side: MergeSide): Side {
  const plan = plans[side];
  try {
    checkPlan(problem, plan);
    const accounts = plan.accounts ?? new Int32Array(problem.accountUnit?.length ?? 0).fill(-1);
    return { units: plan.assignment, accounts };
  } catch (error) {
    if (!(error instanceof TerritoryError)) throw error;
    // The three plans are told apart by the path.
    const path = error.details.path?.replace(/^plan/, side);
    const message = error.message.replace(/plan(?=[.[])/, side);
    throw new TerritoryError(error.code, message, { ...error.details, ...(path === undefined ? {} : { path }) });
  }
}

interface Merged {
  readonly merged: Int32Array;
  /** Indices, ascending. */
  readonly conflicts: readonly number[];
  readonly inConflict: Uint8Array;
  readonly ours: number;
  readonly theirs: number;
  readonly both: number;
}

function mergeValues(base: Int32Array, ours: Int32Array, theirs: Int32Array, prefer: MergeSide): Merged {
  const merged = base.slice();
  const conflicts: number[] = [];
  const inConflict = new Uint8Array(base.length);
  const taken = { ours: 0, theirs: 0, both: 0 };
  for (let i = 0; i < base.length; i++) {
    const [b, o, t] = [base[i]!, ours[i]!, theirs[i]!];
    if (o === b && t === b) continue;
    if (o !== b && t !== b && o !== t) {
      conflicts.push(i);
      inConflict[i] = 1;
      merged[i] = prefer === 'ours' ? o : prefer === 'theirs' ? t : b;
      continue;
    }
    taken[o === t ? 'both' : o === b ? 'theirs' : 'ours']++;
    merged[i] = o === b ? t : o;
  }
  return { merged, conflicts, inConflict, ...taken };
}

/** `byUnit`: accounts by the unit that they lie in. */
function describeArea(
  problem: Problem,
  { units, accounts }: Area,
  unitConflict: Uint8Array,
  laid: Merged,
  byUnit: Members | null,
): ConflictArea {
  const n = problem.ids.length;
  const { accountUnit, accountActivity, activity, demands } = problem;
  const own = units.filter((u) => unitConflict[u]);
  if (!byUnit) {
    const sumOf = (m: number) => own.reduce((sum, u) => sum + activity[m * n + u]!, 0);
    return { units, accounts: null, activity: measureRecord(problem.measures, sumOf) };
  }
  // Who follows a unit in conflict is open; an account that lies over the map is so only if it is in conflict itself.
  const follows = (a: number) => laid.merged[a]! < 0 && (demands?.overlay?.[a] ?? -1) < 0;
  const open = new Set(accounts);
  for (const u of own) {
    for (const a of byUnit.units.subarray(byUnit.offsets[u]!, byUnit.offsets[u + 1]!)) if (follows(a)) open.add(a);
  }
  const count = accountUnit!.length;
  const listed = Int32Array.from(open).sort();
  return {
    units,
    accounts: listed,
    activity: measureRecord(problem.measures, (m) =>
      listed.reduce((sum, a) => sum + accountActivity![m * count + a]!, 0),
    ),
  };
}
