// The whole interface of the kernel: numbers in, numbers out. The host calls `allocate`, writes the arrays whose
// addresses `address` gives, calls `configure` and `prepare`, then `start` and `step` until `phase` is DONE, and reads
// the best plan. One instance serves one problem; nothing is allocated after `prepare`, so views stay valid.

import { allocateBestPlan, bestAssignment, bestCost, bestViolation } from './best-plan';
import { carriedCost, carriedImbalance, prepareAnnealing, relaxed } from './anneal';
import { allocateBalancePressure } from './balance-pressure';
import { allocateBandTargets, deriveBands } from './band-targets';
import { allocateBound, bound, boundPhase, finishBound, PROVEN, startBound, stepBound } from './bound/bound';
import { takeAllForLarge } from './bound/thresholds';
import { allocateBisection } from './bisection';
import { allocatePairs } from './border-pairs';
import { allocateBorder } from './border';
import { allocateCenterLabels } from './center-labels';
import { allocateCenterSearch } from './center-search';
import { allocateContiguity, countComponents } from './contiguity';
import { allocateContenders } from './contenders';
import { allocateCorridors } from './corridors';
import { allocateCostMatrix, deriveCostMatrix, matrix } from './cost-matrix';
import { allocateCutSearch, bordersOnly, exposeWorkingPlan } from './cut/cut-search';
import { levelCost, levelImbalance } from './cut/cut-state';
import { embedGraph } from './embedding';
import { allocateEnumeration } from './enumeration';
import { allocateEquitableParts } from './equitable-parts';
import { allocateExactScore, exactCost } from './exact-score';
import { allocateHeap } from './heap';
import { allocateHeldCenters } from './held-centers';
import { allocateLessons, lessons } from './lessons';
import { fullCost, fullImbalance } from './objective';
import { allocateDiagramPass, beginPass, beginWriting, massLoad, passSome, passValue, setResolution } from './diagram-pass';
import { activateAll, allocatePowerDiagram, deriveMassTargets, price } from './power-diagram';
import {
  activity,
  allocateProblem,
  base,
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
import { allocateRedividedParts } from './redivided-parts';
import { allocateRedivision } from './redivision';
import { allocateRegion } from './region';
import { allocateRepair } from './repair';
import { allocateLumpySearch, prepareLumpySearch } from './lumpy-search';
import { allocateMix, mixMeasure, mixScale, mixTarget, setMixFactor } from './mix';
import { allocateMoveLimits, limitAmount, limitMost, limitScale } from './move-limits';
import { allocatePermits, derivePermits, mayScatter, permitAllowed, permitRow, setUnavoidable } from './permits';
import { carriedBeyond, carriedTotal } from './recombination';
import {
  admitPlan,
  finishRun,
  hasPlan,
  phase,
  proven,
  recombining,
  resumeRun,
  runFraction,
  startRun,
  stepRun,
  used,
} from './run';
import { allocateRebuilding } from './rebuilding';
import { allocateSites, deriveSites, leaveSites, site } from './sites';
import { allocateSpatialTree, buildSpatialTree } from './spatial-tree';
import { allocateSwapShares, deriveSwapShares } from './swap-share';
import { allocateTerritoryScore } from './territory-score';
import { allocateTally, assignment, center, recount } from './tally';
import { allocateThaw } from './thaw';

/** Changes with any change of this file; the host refuses a kernel of another version. */
export const ABI_VERSION: i32 = 6;

/**
 * Allocates everything: n units, `slots` directed neighbour slots, k territories, measures of which the first `balanced`
 * are, today entries; rows of permits, limits on what changes hands, a cost matrix or none, classes that are mixed,
 * sites for centres.
 * `withCuts`: whether cutting an edge costs anything; `configure` must say the same.
 */
export function allocate(
  n: i32,
  slots: i32,
  k: i32,
  measures: i32,
  balanced: i32,
  todaySlots: i32,
  withRing: i32,
  withCuts: i32,
  permitRows: i32,
  limits: i32,
  withMatrix: i32,
  mixClasses: i32,
  sites: i32,
): void {
  allocateProblem(n, slots, k, measures, balanced, todaySlots, withRing != 0, withCuts != 0);
  allocatePermits(permitRows);
  allocateMoveLimits(limits, todaySlots);
  allocateCostMatrix(withMatrix != 0);
  allocateMix(mixClasses);
  allocateSites(sites);
  allocateTerritoryScore();
  allocateTally();
  allocateThaw();
  allocateBalancePressure();
  allocateBestPlan();
  allocateBorder();
  allocateSwapShares();
  allocateContiguity();
  allocateHeap(max(n, slots) + 1);
  allocateBisection();
  allocatePairs();
  allocateSpatialTree();
  allocatePowerDiagram();
  allocateDiagramPass();
  allocateRegion();
  allocateRebuilding();
  allocatePrices();
  allocateBandTargets();
  allocateEquitableParts();
  allocateRedivision();
  allocateRedividedParts();
  allocateCenterSearch();
  allocateCenterLabels();
  allocateContenders();
  allocateRepair();
  allocateCorridors();
  allocateExactScore();
  allocateHeldCenters();
  allocateLessons();
  allocateLumpySearch(slots);
  allocateEnumeration();
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
    case 18: return changetype<usize>(lessons);
    case 19: return changetype<usize>(center);
    case 20: return changetype<usize>(price);
    case 21: return changetype<usize>(massLoad);
    case 22: return changetype<usize>(base);
    case 23: return changetype<usize>(permitRow);
    case 24: return changetype<usize>(permitAllowed);
    case 25: return changetype<usize>(mayScatter);
    case 26: return changetype<usize>(limitAmount);
    case 27: return changetype<usize>(limitMost);
    case 28: return changetype<usize>(limitScale);
    case 29: return changetype<usize>(matrix);
    case 30: return changetype<usize>(mixMeasure);
    case 31: return changetype<usize>(mixTarget);
    case 32: return changetype<usize>(mixScale);
    case 33: return changetype<usize>(site);
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

/** Sets the weight of the mix, and what every plan violates because none of a unit's permitted territories can take it. */
export function configureDemands(mix: f64, unavoidable: f64): void {
  setMixFactor(mix);
  setUnavoidable(unavoidable);
}

/** Derives what follows from the written arrays. Call once, after all of them and `configure`. */
export function prepare(): void {
  if (!hasPlaces) embedGraph();
  derivePermits();
  deriveCostMatrix();
  deriveProblem();
  deriveSites();
  deriveMassTargets();
  deriveBands();
  buildSpatialTree();
  deriveSwapShares();
  prepareAnnealing();
  if (bordersOnly()) allocateCutSearch();
  prepareLumpySearch();
}

export function start(seed: u32, startIndex: u32, moveLimit: f64): void {
  startRun(seed, startIndex, moveLimit);
}

/** Continues the plan that the host wrote to `assignment`, with its `lessons`. */
export function resume(seed: u32, stream: u32, moveLimit: f64): void {
  resumeRun(seed, stream, moveLimit);
}

/** Takes in one more plan that the host wrote to `assignment`, after `resume`. */
export function admit(): void {
  admitPlan();
}

export function step(effort: i32, timeFraction: f64): void {
  stepRun(effort, timeFraction);
}

export function finish(): void {
  finishRun();
}

/** Length of `lessons`. */
export function lessonsLength(): i32 {
  return lessons.length;
}

export function getPhase(): i32 {
  return phase;
}

export function getMoves(): f64 {
  return used();
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

/** 1 where the best plan of the finished run is known to be an optimum: all plans were weighed. */
export function getProven(): i32 {
  return proven ? 1 : 0;
}

/** Allocates what a lower bound needs; once per problem, after `prepare`. Views taken before die. */
export function allocateForBound(): void {
  // centres that may be anywhere cost no more than those at sites
  leaveSites();
  allocateBound();
}

/** Makes every bound be gone about as on a large problem. Before `allocateForBound`. */
export function boundAsLarge(): void {
  takeAllForLarge();
}

/** Begins a lower bound on the cost, from a plan without violations in `bestAssignment` and its cost. */
export function beginBound(cost: f64, effortLimit: f64): void {
  startBound(cost, effortLimit);
}

export function continueBound(effort: i32, timeFraction: f64): void {
  stepBound(effort, timeFraction);
}

export function endBound(): void {
  finishBound();
}

export function getBoundDone(): i32 {
  return boundPhase == PROVEN ? 1 : 0;
}

/** −Infinity while nothing is proven. */
export function getBound(): f64 {
  return bound;
}

/** Brings every sum in line with an assignment that the host wrote. */
export function recountAll(): void {
  recount();
}

/** Assigns every unit by the power diagram of the centres and prices that the host wrote, in steps of `effort`. */
export function writeDiagram(effort: i32): void {
  activateAll();
  beginWriting();
  while (passSome(effort) == 0) {}
}

/** Sums that diagram's masses, with borders so soft and nodes of mass `grain` as units; returns the dual value's part. */
export function sumDiagram(effort: i32, softness: f64, grain: f64): f64 {
  activateAll();
  setResolution(softness, 0, grain);
  beginPass();
  while (passSome(effort) == 0) {}
  return passValue;
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
  return recombining ? exactCost() : fullCost();
}
export function carriedSearchCost(): f64 {
  return bordersOnly() ? levelCost : recombining ? carriedTotal() : carriedCost();
}
export function carriedSearchImbalance(): f64 {
  return bordersOnly() ? levelImbalance : recombining ? carriedBeyond() : carriedImbalance();
}

/** Writes the plan that the search has in work, on whatever level, into the current assignment. */
export function exposePlan(): void {
  if (bordersOnly()) exposeWorkingPlan();
}

/** Whether the search lets territories fall apart for now. */
export function searchRelaxed(): i32 {
  return relaxed ? 1 : 0;
}

/** Components of all territories of the current assignment. */
export function scoreComponents(): i32 {
  return countComponents();
}
