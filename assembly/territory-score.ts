// True cost and imbalance of one set of units as a territory. The cost of a plan is the sum over its territories, with
// half of each cut edge on either side.

import { hasMatrix } from './cost-matrix';
import { inertiaOf } from './exact-score';
import { mixFactor, mixOf } from './mix';
import { BALANCE_ROUNDING } from './objective';
import {
  activity,
  cutFactor,
  cutWeight,
  disruptionFactor,
  hasPlaces,
  inertiaFactor,
  inverseTarget,
  lower,
  measureCount,
  neighbors,
  offsets,
  todayOffsets,
  todayTerritory,
  todayValue,
  upper,
} from './problem';

/** Results of the last `scoreTerritory`. */
export let scoredCost: f64 = 0;
export let scoredImbalance: f64 = 0;
/** Loads of the set, where their mix counts. */
let loads: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateTerritoryScore(): void {
  loads = new StaticArray<f64>(measureCount);
}

/** Scores list[begin … end) as territory `t`: `plan` must give these units, and no others, to it. */
export function scoreTerritory(t: i32, list: StaticArray<i32>, begin: i32, end: i32, plan: StaticArray<i32>): void {
  const inertia = inertiaFactor != 0 && (hasPlaces || hasMatrix) ? inertiaOf(t, list, begin, end) : 0;
  scoredCost =
    inertiaFactor * inertia +
    0.5 * cutFactor * cutAround(t, list, begin, end, plan) +
    disruptionFactor * movedInto(t, list, begin, end);
  const M = measureCount;
  scoredImbalance = 0;
  for (let m = 0; m < M; m++) {
    let load: f64 = 0;
    for (let i = begin; i < end; i++) load += activity[list[i] * M + m];
    if (mixFactor > 0) loads[m] = load;
    const bound = t * M + m;
    const beyond = max(load - upper[bound], lower[bound] - load) * inverseTarget[bound];
    if (beyond > BALANCE_ROUNDING) scoredImbalance += beyond;
  }
  if (mixFactor > 0) scoredCost += mixFactor * mixOf(t, loads, 0);
}

function cutAround(t: i32, list: StaticArray<i32>, begin: i32, end: i32, plan: StaticArray<i32>): f64 {
  let cut: f64 = 0;
  if (cutFactor == 0) return 0;
  for (let i = begin; i < end; i++) {
    const u = list[i];
    for (let e = offsets[u], stop = offsets[u + 1]; e < stop; e++) {
      if (plan[neighbors[e]] != t) cut += cutWeight[e];
    }
  }
  return cut;
}

function movedInto(t: i32, list: StaticArray<i32>, begin: i32, end: i32): f64 {
  let moved: f64 = 0;
  if (disruptionFactor == 0) return 0;
  for (let i = begin; i < end; i++) {
    const u = list[i];
    for (let j = todayOffsets[u]; j < todayOffsets[u + 1]; j++) if (todayTerritory[j] != t) moved += todayValue[j];
  }
  return moved;
}
