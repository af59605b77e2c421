// The best plan of the run, and the best plan of the trail: what the search has reached since it last began from
// somewhere else. A trail that leads carries the run's best plan along; any other is a challenger, and the exact scores
// decide at the end of its cycle, for the costs that two trails carry rest on other centres and prices.
//
// Moves since the trail's last best are kept in a journal, so that taking a new best costs what changed, not n; a
// journal that outgrows n is replaced by one full copy.

import { freshArray } from './fresh-array';
import { price } from './power-diagram';
import { territoryCount, unitCount } from './problem';
import { assignment } from './tally';

/**
 * Violations compare in multiples of this: what is short in one territory is often too much in another, so that many
 * plans violate the same, and their cost must decide rather than the rounding of their sums.
 */
const VIOLATION_UNIT: f64 = 1.0 / <f64>(1 << 30);

export let bestAssignment: StaticArray<i32> = new StaticArray<i32>(0);
export let bestViolation: f64 = Infinity;
export let bestCost: f64 = Infinity;
let bestPrice: StaticArray<f64> = new StaticArray<f64>(0);
/** Score by which challengers are judged; of the best plan at the end of its last cycle. */
let judgedViolation: f64 = Infinity;
let judgedCost: f64 = Infinity;

let trailAssignment: StaticArray<i32> = new StaticArray<i32>(0);
export let trailViolation: f64 = Infinity;
let trailCost: f64 = Infinity;
/** Whether the trail's best plan is the run's. */
let leads: bool = false;
/** Whether the trail began with the prices of the run's best plan, so that their carried costs compare. */
let compares: bool = false;
let journal: StaticArray<i32> = new StaticArray<i32>(0);
let journalLength: i32 = 0;
/** The journal does not tell all that changed. */
let copyAll: bool = true;

export function allocateBestPlan(): void {
  bestAssignment = freshArray<i32>(unitCount);
  trailAssignment = freshArray<i32>(unitCount);
  journal = freshArray<i32>(unitCount);
  bestPrice = new StaticArray<f64>(territoryCount);
}

export function forgetBestPlan(): void {
  bestViolation = Infinity;
  bestCost = Infinity;
  judgedViolation = Infinity;
  judgedCost = Infinity;
  beginTrail(false, false);
}

/** The violation as it is compared. */
// @ts-ignore: decorator
@inline
export function rounded(violation: f64): f64 {
  return nearest(violation * (1.0 / VIOLATION_UNIT)) * VIOLATION_UNIT;
}

/**
 * Begins a trail at the current assignment, whatever it is. It leads where there is no plan yet, or once it beats the
 * run's best plan where it `continues` the trail that led to that plan, or where all costs are `exact`.
 */
export function beginTrail(continues: bool, exact: bool): void {
  compares = exact || (continues && leads);
  trailViolation = Infinity;
  trailCost = Infinity;
  leads = bestViolation == Infinity;
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

/** Whether (violation, cost) beats the trail's best plan; costs that differ by rounding only do not. */
// @ts-ignore: decorator
@inline
export function beatsTrail(violation: f64, cost: f64): bool {
  const rough = rounded(violation);
  if (rough != trailViolation) return rough < trailViolation;
  return cost < trailCost - 1e-12 * Math.abs(trailCost);
}

/** Takes the current assignment as the trail's best plan, and as the run's where the trail leads. */
export function takeTrail(violation: f64, cost: f64): void {
  trailViolation = rounded(violation);
  trailCost = cost;
  if (compares && !leads && (trailViolation < bestViolation || (trailViolation == bestViolation && cost < bestCost))) {
    leads = true;
    copyAll = true;
  }
  if (copyAll) {
    for (let u = 0; u < unitCount; u++) trailAssignment[u] = assignment[u];
    if (leads) copyTrail();
    copyAll = false;
  } else {
    for (let i = 0; i < journalLength; i++) {
      const u = journal[i];
      trailAssignment[u] = assignment[u];
      if (leads) bestAssignment[u] = assignment[u];
    }
  }
  journalLength = 0;
  if (leads) {
    bestViolation = trailViolation;
    bestCost = cost;
  }
}

/** Whether (violation, cost) beats the run's best plan; costs that differ by rounding only do not. */
export function beatsBest(violation: f64, cost: f64): bool {
  const rough = rounded(violation);
  if (rough != bestViolation) return rough < bestViolation;
  return cost < bestCost - 1e-12 * Math.abs(bestCost);
}

/** Takes the current assignment, which no trail led to, as the run's best plan; `cost` is exact. O(n). */
export function takeBest(violation: f64, cost: f64): void {
  bestViolation = rounded(violation);
  bestCost = cost;
  judgedViolation = bestViolation;
  judgedCost = cost;
  for (let u = 0; u < unitCount; u++) bestAssignment[u] = assignment[u];
  leads = false;
}

function copyTrail(): void {
  for (let u = 0; u < unitCount; u++) bestAssignment[u] = trailAssignment[u];
  for (let t = 0; t < territoryCount; t++) bestPrice[t] = price[t];
}

/** Puts the trail's best plan back as the current assignment; sums and border list are the caller's to rebuild. */
export function restoreTrail(): void {
  for (let u = 0; u < unitCount; u++) assignment[u] = trailAssignment[u];
  copyAll = false;
  journalLength = 0;
}

/** Puts the run's best plan back, prices and all, and goes on from there: the trail leads. */
export function restoreBest(): void {
  for (let u = 0; u < unitCount; u++) trailAssignment[u] = bestAssignment[u];
  for (let t = 0; t < territoryCount; t++) price[t] = bestPrice[t];
  trailViolation = bestViolation;
  trailCost = bestCost;
  leads = true;
  restoreTrail();
}

/** Judges the trail by the exact score of its best plan: a challenger that beats the run's best plan leads from now on. */
export function judgeTrail(violation: f64, cost: f64): void {
  const rough = rounded(violation);
  if (!leads) {
    if (rough > judgedViolation || (rough == judgedViolation && cost >= judgedCost)) return;
    leads = true;
    copyTrail();
    bestViolation = rough;
    bestCost = cost;
  }
  judgedViolation = rough;
  judgedCost = cost;
}

export function correctBest(violation: f64, cost: f64): void {
  bestViolation = violation;
  bestCost = cost;
}
