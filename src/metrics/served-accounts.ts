/**
 * The accounts that a territory serves: those of its units, but for those laid over the map, and those laid over it.
 * The problem lays accounts, whose activity is not in the units; and so may a plan, which then has the last word.
 */
import type { Basis } from './basis.js';

/** Territory that serves account `a` unless a plan lays it elsewhere: the one it is laid over, else its unit's. */
export function usualServer({ problem }: Basis, assignment: Int32Array, a: number): number {
  const laid = problem.demands?.overlay ? problem.demands.overlay[a]! : -1;
  return laid >= 0 ? laid : assignment[problem.accountUnit![a]!]!;
}

/**
 * Account indices: of the units one by one, then those that the problem lays over territory `t`, the plan's `guests` last.
 * `plan`: where the plan lays each account, −1 nowhere; null for none. O(accounts of the units, and laid).
 */
export function servedAccounts(
  { problem, accountsOf, laidOver }: Basis,
  t: number,
  units: Int32Array,
  plan: Int32Array | null,
  guests: Int32Array,
): Int32Array {
  if (!accountsOf) return new Int32Array(0);
  const overlay = problem.demands?.overlay ?? null;
  const laid = laidOver && t >= 0 ? laidOver[t]! : new Int32Array(0);
  const { offsets, units: order } = accountsOf;
  let count = guests.length + laid.length;
  for (let i = 0; i < units.length; i++) count += offsets[units[i]! + 1]! - offsets[units[i]!]!;
  const served = new Int32Array(count);
  let size = 0;
  for (let i = 0; i < units.length; i++) {
    for (let e = offsets[units[i]!]!; e < offsets[units[i]! + 1]!; e++) {
      const a = order[e]!;
      if ((!plan || plan[a]! < 0) && (!overlay || overlay[a]! < 0)) served[size++] = a;
    }
  }
  for (let i = 0; i < laid.length; i++) if (!plan || plan[laid[i]!]! < 0) served[size++] = laid[i]!;
  served.set(guests, size);
  return served.subarray(0, size + guests.length);
}

/**
 * Activity of measure m that the units bring with them: all of theirs, without that of accounts that the plan lays over
 * the map. O(units), and O(accounts) with such accounts.
 */
export function unitsLoad({ problem, accountsOf }: Basis, units: Int32Array, m: number, plan: Int32Array | null) {
  const { activity, accountActivity, ids, demands } = problem;
  const base = m * ids.length;
  let load = 0;
  for (let i = 0; i < units.length; i++) load += activity[base + units[i]!]!;
  if (!plan || !accountsOf) return load;
  const overlay = demands?.overlay ?? null;
  const { offsets, units: order } = accountsOf;
  for (let i = 0; i < units.length; i++) {
    for (let e = offsets[units[i]!]!; e < offsets[units[i]! + 1]!; e++) {
      const a = order[e]!;
      if (plan[a]! >= 0 && (!overlay || overlay[a]! < 0)) load -= accountActivity![m * plan.length + a]!;
    }
  }
  return load;
}

/** Activity of measure m that is in territory `t` whatever its units: that of accounts laid over it. O(laid). */
export function laidLoad(
  { problem, laidOver }: Basis,
  t: number,
  guests: Int32Array,
  m: number,
  plan: Int32Array | null,
): number {
  const { accountActivity, accountUnit, demands, territories } = problem;
  let load = demands?.baseLoad ? demands.baseLoad[m * territories.length + t]! : 0;
  if (!plan) return load;
  const base = m * accountUnit!.length;
  if (laidOver) for (const a of laidOver[t]!) if (plan[a]! >= 0) load -= accountActivity![base + a]!;
  for (let i = 0; i < guests.length; i++) load += accountActivity![base + guests[i]!]!;
  return load;
}
