// The best plan of the run. Moves since the last best are kept in a journal, so that taking a new best costs what
// changed, not n; a journal that outgrows n is replaced by one full copy.

import { unitCount } from './problem';
import { assignment } from './tally';

export let bestAssignment: StaticArray<i32> = new StaticArray<i32>(0);
export let bestViolation: f64 = Infinity;
export let bestCost: f64 = Infinity;
let journal: StaticArray<i32> = new StaticArray<i32>(0);
let journalLength: i32 = 0;
/** The journal does not tell all that changed. */
let copyAll: bool = true;

export function allocateBestPlan(): void {
  bestAssignment = new StaticArray<i32>(unitCount);
  journal = new StaticArray<i32>(unitCount);
}

export function forgetBestPlan(): void {
  bestViolation = Infinity;
  bestCost = Infinity;
  copyAll = true;
  journalLength = 0;
}

/** Notes that unit `u` changed its territory. */
// @ts-ignore: decorator
@inline
export function noteChange(u: i32): void {
  if (copyAll) return;
  if (journalLength == unitCount) copyAll = true;
  else journal[journalLength++] = u;
}

/** Notes that the assignment was changed in ways that were not noted one by one. */
export function noteRewrite(): void {
  copyAll = true;
}

/** Whether (violation, cost) beats the best plan; costs that differ by rounding only do not. */
// @ts-ignore: decorator
@inline
export function beatsBest(violation: f64, cost: f64): bool {
  if (violation != bestViolation) return violation < bestViolation;
  return cost < bestCost - 1e-12 * Math.abs(bestCost);
}

/** Takes the current assignment as the best plan. */
export function takeBest(violation: f64, cost: f64): void {
  bestViolation = violation;
  bestCost = cost;
  if (copyAll) {
    for (let u = 0; u < unitCount; u++) bestAssignment[u] = assignment[u];
    copyAll = false;
  } else {
    for (let i = 0; i < journalLength; i++) {
      const u = journal[i];
      bestAssignment[u] = assignment[u];
    }
  }
  journalLength = 0;
}

/** Puts the best plan back as the current assignment; sums and border list are the caller's to rebuild. */
export function restoreBest(): void {
  for (let u = 0; u < unitCount; u++) assignment[u] = bestAssignment[u];
  copyAll = false;
  journalLength = 0;
}

export function correctBest(violation: f64, cost: f64): void {
  bestViolation = violation;
  bestCost = cost;
}
