// Per-territory sums of the current assignment, kept by every move, so that the cost of a move needs no sweep.

import { hasMatrix } from './cost-matrix';
import { freshArray } from './fresh-array';
import { carryMoved, limitCount, sumMoved } from './move-limits';
import { activity, fixedCenter, measureCount, place, territoryCount, unitCount } from './problem';

/** Current territory per unit, −1 while it has none. */
export let assignment: StaticArray<i32> = new StaticArray<i32>(0);
/** Activity per territory, territory-major k × M. */
export let load: StaticArray<f64> = new StaticArray<f64>(0);
/** Units per territory. */
export let size: StaticArray<i32> = new StaticArray<i32>(0);
/** Σ weight · (x, y, z) and Σ weight per territory. */
export let moment: StaticArray<f64> = new StaticArray<f64>(0);
/** Centre per territory (x, y, z, weight): fixed, or the weighted centroid. */
export let center: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateTally(): void {
  assignment = freshArray<i32>(unitCount);
  load = new StaticArray<f64>(territoryCount * measureCount);
  size = new StaticArray<i32>(territoryCount);
  moment = new StaticArray<f64>(4 * territoryCount);
  center = new StaticArray<f64>(4 * territoryCount);
  centersHeld = hasMatrix;
}

/** Squared chord (or planar) distance between unit `u` and the centre of `t`, km². */
// @ts-ignore: decorator
@inline
export function chordSquaredTo(u: i32, t: i32): f64 {
  const dx = place[4 * u] - center[4 * t];
  const dy = place[4 * u + 1] - center[4 * t + 1];
  const dz = place[4 * u + 2] - center[4 * t + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** Whether free centres stay where they were put instead of following their territories. */
export let centersHeld: bool = false;

export function holdCenters(hold: bool): void {
  // given costs know no centres
  centersHeld = hold || hasMatrix;
}

/** Derives the centre of `t` from its moments, unless it is fixed or held. */
// @ts-ignore: decorator
@inline
function refreshCenter(t: i32): void {
  const i = 4 * t;
  const w = moment[i + 3];
  center[i + 3] = w;
  if (centersHeld || fixedCenter[i + 3] != 0 || w <= 0) return;
  const inverse = 1.0 / w;
  center[i] = moment[i] * inverse;
  center[i + 1] = moment[i + 1] * inverse;
  center[i + 2] = moment[i + 2] * inverse;
}

/** Sums loads, sizes and moments anew from `assignment`; centres are left alone. O(n · M). */
export function sumAssignment(): void {
  const M = measureCount;
  load.fill(0);
  size.fill(0);
  moment.fill(0);
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t < 0) continue;
    size[t]++;
    for (let m = 0; m < M; m++) load[t * M + m] += activity[u * M + m];
    const w = place[4 * u + 3];
    moment[4 * t] += w * place[4 * u];
    moment[4 * t + 1] += w * place[4 * u + 1];
    moment[4 * t + 2] += w * place[4 * u + 2];
    moment[4 * t + 3] += w;
  }
  if (limitCount > 0) sumMoved();
}

/** Moves every free centre to its territory's centroid, every fixed one to its place. */
export function refreshCenters(): void {
  for (let t = 0; t < territoryCount; t++) {
    if (fixedCenter[4 * t + 3] != 0) {
      for (let d = 0; d < 3; d++) center[4 * t + d] = fixedCenter[4 * t + d];
    }
    refreshCenter(t);
  }
}

/** Sums everything anew from `assignment`. Undoes the rounding that increments gather. */
export function recount(): void {
  sumAssignment();
  refreshCenters();
}

/** Moves unit `u` from territory `from` to `to` in every sum. */
export function transfer(u: i32, from: i32, to: i32): void {
  const M = measureCount;
  for (let m = 0; m < M; m++) {
    const a = activity[u * M + m];
    load[from * M + m] -= a;
    load[to * M + m] += a;
  }
  const w = place[4 * u + 3];
  const x = w * place[4 * u];
  const y = w * place[4 * u + 1];
  const z = w * place[4 * u + 2];
  const a = 4 * from;
  const b = 4 * to;
  moment[a] -= x;
  moment[a + 1] -= y;
  moment[a + 2] -= z;
  moment[a + 3] -= w;
  moment[b] += x;
  moment[b + 1] += y;
  moment[b + 2] += z;
  moment[b + 3] += w;
  size[from]--;
  size[to]++;
  if (limitCount > 0) carryMoved(u, from, to);
  refreshCenter(from);
  refreshCenter(to);
  assignment[u] = to;
}
