// The mix of classes: per territory half of Σ |load − target| over the class measures, relative to the sum of their
// targets (total variation distance). Linear per class, so that a move costs one look at each.

import { activity, measureCount, territoryCount } from './problem';
import { load } from './tally';

/** Weight of the mix in the objective; 0 where there is none. */
export let mixFactor: f64 = 0;
/** Index of each class among the measures. */
export let mixMeasure: StaticArray<i32> = new StaticArray<i32>(0);
/** Target per territory and class, less what the territory has before any unit; k × classes. */
export let mixTarget: StaticArray<f64> = new StaticArray<f64>(0);
/** Half of what turns an amount into a share of the territory's targets; k. */
export let mixScale: StaticArray<f64> = new StaticArray<f64>(0);
let classes: i32 = 0;

export function allocateMix(count: i32): void {
  classes = count;
  mixMeasure = new StaticArray<i32>(count);
  mixTarget = new StaticArray<f64>(territoryCount * count);
  mixScale = new StaticArray<f64>(territoryCount);
}

export function setMixFactor(factor: f64): void {
  mixFactor = factor;
}

/** Distance of the loads loads[at …] of one territory from its mix. */
export function mixOf(t: i32, loads: StaticArray<f64>, at: i32): f64 {
  let sum: f64 = 0;
  for (let c = 0; c < classes; c++) sum += Math.abs(loads[at + mixMeasure[c]] - mixTarget[t * classes + c]);
  return sum * mixScale[t];
}

/** Σ over territories of the distance of the current loads from the mix. */
export function fullMix(): f64 {
  let sum: f64 = 0;
  for (let t = 0; t < territoryCount; t++) sum += mixOf(t, load, t * measureCount);
  return sum;
}

/** Change of `fullMix` when unit `u` moves from `a` to `b`. */
export function mixDelta(u: i32, a: i32, b: i32): f64 {
  const M = measureCount;
  let leaving: f64 = 0;
  let joining: f64 = 0;
  for (let c = 0; c < classes; c++) {
    const m = mixMeasure[c];
    const amount = activity[u * M + m];
    if (amount == 0) continue;
    const offA = load[a * M + m] - mixTarget[a * classes + c];
    const offB = load[b * M + m] - mixTarget[b * classes + c];
    leaving += Math.abs(offA - amount) - Math.abs(offA);
    joining += Math.abs(offB + amount) - Math.abs(offB);
  }
  return leaving * mixScale[a] + joining * mixScale[b];
}
