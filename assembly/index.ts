// The whole interface of the kernel: numbers in, numbers out. The host calls `allocate`, writes the arrays whose
// addresses `address` gives, calls `configure` and `prepare`, then `start` and `step` until `phase` is DONE, and reads
// the best plan. One instance serves one problem; nothing is allocated after `prepare`, so views stay valid.

import { allocateBestPlan, bestAssignment, bestCost, bestViolation } from './best-plan';
import { carriedCost, carriedImbalance, prepareAnnealing } from './anneal';
import { allocateBalancePressure } from './balance-pressure';
import { allocateBisection } from './bisection';
import { allocatePairs } from './border-pairs';
import { allocateBorder } from './border';
import { allocateCenterSearch } from './center-search';
import { allocateContiguity, countComponents } from './contiguity';
import { embedGraph } from './embedding';
import { allocateExactScore, exactCost } from './exact-score';
import { allocateHeap } from './heap';
import { allocateHeldCenters } from './held-centers';
import { fullCost, fullImbalance } from './objective';
import { allocatePowerDiagram, deriveMassTargets, deriveSpacing } from './power-diagram';
import {
  activity,
  allocateProblem,
  cutWeight,
  deriveProblem,
  fixedCenter,
  hasPlaces,
  initial,
  locked,
  lower,
  neighbors,
  offsets,
  place,
  ring,
  setObjective,
  target,
  todayOffsets,
  todayTerritory,
  todayValue,
  upper,
  weight,
} from './problem';
import { allocatePrices } from './prices';
import { allocateRepair } from './repair';
import { finishRun, hasPlan, moves, phase, runFraction, startRun, stepRun } from './run';
import { allocateTally, assignment, recount } from './tally';

/** Changes with any change of this file; the host refuses a kernel of another version. */
export const ABI_VERSION: i32 = 1;

/** Allocates everything: n units, `slots` directed neighbour slots, k territories, balanced measures, today entries. */
export function allocate(n: i32, slots: i32, k: i32, measures: i32, todaySlots: i32, withRing: i32): void {
  allocateProblem(n, slots, k, measures, todaySlots, withRing != 0);
  allocateTally();
  allocateBalancePressure();
  allocateBestPlan();
  allocateBorder();
  allocateContiguity();
  allocateHeap(max(n, slots) + 1);
  allocateBisection();
  allocatePairs();
  allocatePowerDiagram();
  allocatePrices();
  allocateCenterSearch();
  allocateRepair();
  allocateExactScore();
  allocateHeldCenters();
}

/** Address of an array, by its number in the host's table of the same order. */
export function address(array: i32): usize {
  switch (array) {
    case 0: return changetype<usize>(offsets);
    case 1: return changetype<usize>(neighbors);
    case 2: return changetype<usize>(cutWeight);
    case 3: return changetype<usize>(ring);
    case 4: return changetype<usize>(place);
    case 5: return changetype<usize>(weight);
    case 6: return changetype<usize>(activity);
    case 7: return changetype<usize>(lower);
    case 8: return changetype<usize>(upper);
    case 9: return changetype<usize>(target);
    case 10: return changetype<usize>(fixedCenter);
    case 11: return changetype<usize>(locked);
    case 12: return changetype<usize>(initial);
    case 13: return changetype<usize>(todayOffsets);
    case 14: return changetype<usize>(todayTerritory);
    case 15: return changetype<usize>(todayValue);
    case 16: return changetype<usize>(bestAssignment);
    case 17: return changetype<usize>(assignment);
    default: return 0;
  }
}

/** Sets the objective; see `problem.ts` for each scalar. `sphereRadius` 0 means planar. */
export function configure(
  inertia: f64,
  cut: f64,
  disruption: f64,
  power: i32,
  unitCenters: i32,
  sphereRadius: f64,
  contiguous: i32,
  placesGiven: i32,
): void {
  setObjective(inertia, cut, disruption, power, unitCenters != 0, sphereRadius, contiguous != 0, placesGiven != 0);
}

/** Derives what follows from the written arrays. Call once, after all of them and `configure`. */
export function prepare(): void {
  if (!hasPlaces) embedGraph();
  deriveProblem();
  deriveMassTargets();
  deriveSpacing();
  prepareAnnealing();
}

export function start(seed: u32, startIndex: u32, moveLimit: f64): void {
  startRun(seed, startIndex, moveLimit);
}

export function step(effort: i32, timeFraction: f64): void {
  stepRun(effort, timeFraction);
}

export function finish(): void {
  finishRun();
}

export function getPhase(): i32 {
  return phase;
}

export function getMoves(): f64 {
  return moves;
}

export function getFraction(): f64 {
  return runFraction();
}

export function getHasPlan(): i32 {
  return hasPlan() ? 1 : 0;
}

export function getViolation(): f64 {
  return bestViolation;
}

export function getCost(): f64 {
  return bestCost;
}

/** Brings every sum in line with an assignment that the host wrote. */
export function recountAll(): void {
  recount();
}

/** Exact cost of the current assignment, after `recountAll`. */
export function scoreCost(): f64 {
  return exactCost();
}

/** Imbalance of the current assignment, after `recountAll`. */
export function scoreImbalance(): f64 {
  return fullImbalance();
}

/** The search's own cost of the current assignment: in full, and as carried along by deltas. */
export function searchCost(): f64 {
  return fullCost();
}
export function carriedSearchCost(): f64 {
  return carriedCost();
}
export function carriedSearchImbalance(): f64 {
  return carriedImbalance();
}

/** Components of all territories of the current assignment. */
export function scoreComponents(): i32 {
  return countComponents();
}
