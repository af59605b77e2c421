// What single units and territories may do beyond the common rules: which territories may serve a unit, and which of
// them may be in pieces. Rows of equal permits are shared, and a problem without any pays one test of a boolean.

import { freshArray } from './fresh-array';
import { initial, locked, territoryCount, unitCount } from './problem';

/** Whether some unit may not go everywhere. */
export let hasPermits: bool = false;
/** Row of each unit in `permitAllowed`, −1 where every territory may serve it; n, or nothing without permits. */
export let permitRow: StaticArray<i32> = new StaticArray<i32>(0);
/** 1 where a territory may serve the row's units; rows × k. */
export let permitAllowed: StaticArray<u8> = new StaticArray<u8>(0);
/** Movable units with a row, by row, so that whoever goes through them lists a row's territories once. */
export let maskedUnit: StaticArray<i32> = new StaticArray<i32>(0);
export let maskedCount: i32 = 0;
/** 1 where a territory may be in pieces although contiguity is required; and whether any may. */
export let mayScatter: StaticArray<u8> = new StaticArray<u8>(0);
export let scatters: bool = false;
/** Whether units are pinned to territories that are not locked. */
export let hasPins: bool = false;
/** What every plan violates: units that none of their permitted territories can take. */
export let unavoidable: f64 = 0;

export function allocatePermits(rows: i32): void {
  hasPermits = rows > 0;
  permitRow = freshArray<i32>(hasPermits ? unitCount : 0);
  permitAllowed = new StaticArray<u8>(rows * territoryCount);
  maskedUnit = freshArray<i32>(hasPermits ? unitCount : 0);
  mayScatter = new StaticArray<u8>(territoryCount);
}

export function setUnavoidable(violation: f64): void {
  unavoidable = violation;
}

/** Sorts the masked units by row (counting sort) and looks for pins; once per problem. O(n + rows). */
export function derivePermits(): void {
  scatters = false;
  for (let t = 0; t < territoryCount; t++) if (mayScatter[t]) scatters = true;
  hasPins = false;
  for (let u = 0; u < unitCount; u++) if (initial[u] >= 0 && !locked[initial[u]]) hasPins = true;
  maskedCount = 0;
  if (!hasPermits) return;
  const first = new StaticArray<i32>(permitAllowed.length / territoryCount + 1);
  for (let u = 0; u < unitCount; u++) if (isMasked(u)) first[permitRow[u] + 1]++;
  for (let row = 1; row < first.length; row++) first[row] += first[row - 1];
  maskedCount = first[first.length - 1];
  for (let u = 0; u < unitCount; u++) if (isMasked(u)) maskedUnit[first[permitRow[u]]++] = u;
}

/** Whether unit `u` may move, but not everywhere. */
// @ts-ignore: decorator
@inline
export function isMasked(u: i32): bool {
  return permitRow[u] >= 0 && initial[u] < 0;
}

/** Whether territory `t` may serve unit `u`. */
// @ts-ignore: decorator
@inline
export function mayServe(u: i32, t: i32): bool {
  if (!hasPermits) return true;
  const row = permitRow[u];
  return row < 0 || permitAllowed[row * territoryCount + t] != 0;
}

/** Whether territory `t` may be in pieces. */
// @ts-ignore: decorator
@inline
export function scattersFreely(t: i32): bool {
  return scatters && mayScatter[t] != 0;
}
