// Limits on what changes hands against today's plan. What each holder keeps is carried along by every move; the amount
// beyond a limit, relative to it, counts as violation and is priced like imbalance.

import { freshArray } from './fresh-array';
import { initial, locked, territoryCount, todayOffsets, todayTerritory, todayValue, unitCount } from './problem';
import { mayServe } from './permits';
import { assignment } from './tally';

export let limitCount: i32 = 0;
/** What each of today's entries counts for in each limit: entries × limits. */
export let limitAmount: StaticArray<f64> = new StaticArray<f64>(0);
/** The most that may move, and what turns an excess into a relative amount; one per limit. */
export let limitMost: StaticArray<f64> = new StaticArray<f64>(0);
export let limitScale: StaticArray<f64> = new StaticArray<f64>(0);
/** What moves under the current assignment. */
export let moved: StaticArray<f64> = new StaticArray<f64>(0);

/** Share of what is held today from which on a limit is loose. */
const LOOSE: f64 = 0.1;
/** Excess up to this share is rounding: nothing moves by so little. */
const LIMIT_ROUNDING: f64 = 1e-9;

export function allocateMoveLimits(limits: i32, todaySlots: i32): void {
  limitCount = limits;
  limitAmount = freshArray<f64>(limits * todaySlots);
  limitMost = new StaticArray<f64>(limits);
  limitScale = new StaticArray<f64>(limits);
  moved = new StaticArray<f64>(limits);
}

/** Sums what moves anew from `assignment`. O(n + entries · limits). */
export function sumMoved(): void {
  moved.fill(0);
  for (let u = 0; u < unitCount; u++) {
    for (let i = todayOffsets[u], end = todayOffsets[u + 1]; i < end; i++) {
      if (todayTerritory[i] == assignment[u]) continue;
      for (let l = 0; l < limitCount; l++) moved[l] += limitAmount[i * limitCount + l];
    }
  }
}

/** What limit `l` counts of unit `u` while territory `t` serves it: what `t` holds there today. */
// @ts-ignore: decorator
@inline
export function keptAmount(u: i32, t: i32, l: i32): f64 {
  for (let i = todayOffsets[u], end = todayOffsets[u + 1]; i < end; i++) {
    if (todayTerritory[i] == t) return limitAmount[i * limitCount + l];
  }
  return 0;
}

/** Brings `moved` up to date as unit `u` goes from `a` to `b`. */
export function carryMoved(u: i32, a: i32, b: i32): void {
  for (let l = 0; l < limitCount; l++) moved[l] += keptAmount(u, a, l) - keptAmount(u, b, l);
}

/** Whether every limit leaves a good part of what is held today free to move. */
export function limitsAreLoose(): bool {
  for (let l = 0; l < limitCount; l++) {
    let total: f64 = 0;
    for (let i = l; i < limitAmount.length; i += limitCount) total += limitAmount[i];
    if (limitMost[l] < LOOSE * total) return false;
  }
  return true;
}

/** Relative amount beyond limit `l` when `amount` moves; below it negative. */
// @ts-ignore: decorator
@inline
export function beyondLimit(l: i32, amount: f64): f64 {
  return (amount - limitMost[l]) * limitScale[l];
}

// @ts-ignore: decorator
@inline
function excess(l: i32, amount: f64): f64 {
  const beyond = beyondLimit(l, amount);
  return beyond > LIMIT_ROUNDING ? beyond : 0;
}

/** Σ over limits of the relative amount beyond. */
export function limitExcess(): f64 {
  let sum: f64 = 0;
  for (let l = 0; l < limitCount; l++) sum += excess(l, moved[l]);
  return sum;
}

/** Change of `limitExcess` as unit `u` goes from `a` to `b`. */
export function limitExcessDelta(u: i32, a: i32, b: i32): f64 {
  let delta: f64 = 0;
  for (let l = 0; l < limitCount; l++) {
    delta += excess(l, moved[l] + keptAmount(u, a, l) - keptAmount(u, b, l)) - excess(l, moved[l]);
  }
  return delta;
}

/**
 * Makes today's plan the current assignment: every movable unit goes to the holder of most of it that may have it, by
 * weight or by what counts towards the limits, and has no territory where there is none.
 */
export function assignToday(byWeight: bool): void {
  for (let u = 0; u < unitCount; u++) {
    assignment[u] = initial[u];
    if (initial[u] >= 0) continue;
    let most: f64 = -1;
    for (let i = todayOffsets[u], end = todayOffsets[u + 1]; i < end; i++) {
      const t = todayTerritory[i];
      if (t >= territoryCount || locked[t] || !mayServe(u, t)) continue;
      let amount = byWeight ? todayValue[i] : 0.0;
      if (!byWeight) for (let l = 0; l < limitCount; l++) amount += limitAmount[i * limitCount + l] * limitScale[l];
      if (amount <= most) continue;
      most = amount;
      assignment[u] = t;
    }
  }
}
