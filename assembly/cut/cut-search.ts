// The search where the border alone counts: some plans are built and refined by a V-cycle each, then pairs of them are
// combined by V-cycles that contract only what both leave together. Where there is time for one plan only, it gets a
// second cycle that takes all of it.

import { beatsBest, takeBest } from '../best-plan';
import { countComponents } from '../contiguity';
import { standingViolation } from '../anneal';
import { cutFactor, disruptionFactor, inertiaFactor, territoryCount, unitCount } from '../problem';
import { fullCost, fullImbalance } from '../objective';
import { below, unitInterval } from '../rng';
import { assignment, recount } from '../tally';
import { allocateCoarsening } from './coarsening';
import { prepareCutAnnealing } from './cut-annealing';
import { allocateCutContiguity } from './cut-contiguity';
import { allocateCutState, levelBestCost, levelBestImbalance, levelBestPart } from './cut-state';
import { allocateLevels, otherPart, parent, part } from './levels';
import { allocateNeighborOrder, orderNeighbors } from './order-neighbors';
import {
  allocatePopulation,
  bestMember,
  clearPopulation,
  drawMember,
  enroll,
  memberCapacity,
  memberCount,
  memberStanding,
  readMember,
} from './population';
import { allocateRegrowth, regrow } from './regrowth';
import { beginVCycle, levelInWork, vCycleOver, vCycleSome } from './v-cycle';

/** What no move can mend in the plan in work. */
let standing: f64 = 0;
let sinceOffer: i32 = 0;
/** Progress of the run when the last new plan was begun, new plans so far, and how many to build before combining. */
let buildBegan: f64 = 0;
let built: i32 = 0;
/** Share of the run that new plans have taken. */
let buildShare: f64 = 0;
let members: i32 = 0;
/** Cycles since one last led to a better best member. */
let inVain: i32 = 0;
/** Whether the plan in work is a new one. */
let wasFresh: bool = false;
let wantsFresh: bool = false;
/** Whether the run began from plans of others: then it builds none of its own. */
let resumed: bool = false;

/** Moves of one cycle per unit. Large plans need slow cooling, small ones many tries: there it shrinks with the units. */
const CYCLE_PER_UNIT: f64 = 800;
const LONG_FROM_UNITS: f64 = 4000;
const SHORTEST_CYCLE: f64 = 60_000;
/** Share of a run that goes into building plans rather than combining them. */
const BUILDING_SHARE: f64 = 0.4;
/** Cycles per member without a better best after which the population is given up. */
const MOST_IN_VAIN: i32 = 3;
/** Once the population is built, every so many cycles still builds a new plan. */
const FRESH_ONE_IN: i32 = 4;
/** A population of fewer is not worth its building: one plan gets all the time. */
const LEAST_MEMBERS: f64 = 3;
/** Temperature on the coarsest level for the first plan; for further ones, which it melts down so that they differ; for
 *  combinations, from … and over a range; for one more cycle around a plan. */
const HEAT_FIRST: f64 = 1.5;
const HEAT_FRESH: f64 = 1.5;
const HEAT_COMBINE: f64 = 0.25;
const HEAT_SPREAD: f64 = 6;
const HEAT_AGAIN: f64 = 0.8;
/** Work between two looks whether the plan in work is a new best. */
const OFFER_EVERY: i32 = 1 << 18;

/** Whether this search is the one for the loaded problem. */
export function bordersOnly(): bool {
  return inertiaFactor == 0 && disruptionFactor == 0 && cutFactor > 0;
}

export function allocateCutSearch(): void {
  allocateLevels();
  allocateNeighborOrder();
  orderNeighbors(0, unitCount);
  allocateCoarsening();
  allocateCutState();
  allocateCutContiguity();
  allocatePopulation();
  allocateRegrowth();
  prepareCutAnnealing();
}

/** Forgets the plans of the run before. */
export function resetCutSearch(): void {
  clearPopulation();
  members = memberCapacity;
  built = 0;
  buildShare = 0;
  inVain = 0;
  buildBegan = 0;
  wantsFresh = false;
  resumed = false;
}

/** Begins with the current assignment, counted, as the only member, and one more cycle around it. */
export function resumeCutSearch(): void {
  resetCutSearch();
  resumed = true;
  members = 0;
  enrollForeignPlan();
  combine(bestMember(), -1);
  begin(0, cycleLength(), HEAT_AGAIN);
}

/** Adds the current assignment to the population. */
export function enrollForeignPlan(): void {
  recount();
  enroll(assignment, fullImbalance(), standingViolation(countComponents()), fullCost());
  members++;
  built = members;
}

/** Takes a new plan, just built and counted, into work. */
export function refineNewPlan(progress: f64): void {
  wantsFresh = false;
  standing = standingViolation(countComponents());
  for (let u = 0; u < unitCount; u++) {
    part[u] = assignment[u];
    otherPart[u] = -1;
  }
  wasFresh = true;
  // the first plan is the most compact one: worth keeping to where there is no time for others
  begin(progress, cycleLength(), built == 0 ? HEAT_FIRST : HEAT_FRESH);
  offerPlan();
}

function cycleLength(): f64 {
  const n = <f64>unitCount;
  return max(SHORTEST_CYCLE, CYCLE_PER_UNIT * n * min(1, n / LONG_FROM_UNITS));
}

function begin(progress: f64, moves: f64, heat: f64): void {
  sinceOffer = 0;
  beginVCycle(progress, 1, moves, heat);
}

/** Whether the search waits for another plan to be built. */
export function wantsNewPlan(): bool {
  return wantsFresh;
}

/** One chunk of work at the run's `progress`, 0 … 1; returns what it counts in moves. */
export function searchBordersSome(progress: f64): i32 {
  if (vCycleOver()) {
    concludeCycle(progress);
    return 0;
  }
  const work = vCycleSome(progress);
  sinceOffer += work;
  if (sinceOffer > max(OFFER_EVERY, unitCount)) {
    sinceOffer = 0;
    offerPlan();
  }
  return work;
}

/** Makes the plan in work the run's best if it is. Costs nothing when it is not, O(n) when it is. */
export function offerPlan(): void {
  if (levelInWork() != 0) return;
  const violation = levelBestImbalance + standing;
  if (!beatsBest(violation, levelBestCost)) return;
  for (let u = 0; u < unitCount; u++) assignment[u] = levelBestPart[u];
  takeBest(violation, levelBestCost);
}

function concludeCycle(progress: f64): void {
  offerPlan();
  if (enroll(levelBestPart, levelBestImbalance, standing, levelBestCost)) inVain = 0;
  else inVain++;
  if (wasFresh) {
    built++;
    buildShare += progress - buildBegan;
    if (built == 1) {
      const share = progress - buildBegan;
      const affordable = share > 0 ? min(<f64>memberCapacity, BUILDING_SHARE / share) : <f64>memberCapacity;
      members = affordable < LEAST_MEMBERS ? 1 : <i32>affordable;
    }
  }
  if (!resumed && inVain > MOST_IN_VAIN * members) {
    // the population has told all it can: the best plan is kept elsewhere, so begin another one
    clearPopulation();
    built = 1;
    inVain = 0;
    buildAnother(progress);
  } else if (built < members || (!resumed && mayBuild(progress) && below(FRESH_ONE_IN) == 0)) {
    buildAnother(progress);
  } else if (members == 1) {
    combine(bestMember(), -1);
    begin(progress, Infinity, HEAT_AGAIN);
  } else {
    const one = drawMember(-1);
    combine(one, memberCount > 1 ? drawMember(one) : -1);
    begin(progress, cycleLength(), HEAT_COMBINE * Math.exp(unitInterval() * Math.log(HEAT_SPREAD)));
  }
}

/** Begins another plan: out of the one in work where that is cheap, else from new centres. */
function buildAnother(progress: f64): void {
  buildBegan = progress;
  wantsFresh = <f64>unitCount >= LONG_FROM_UNITS;
  if (wantsFresh) return;
  for (let u = 0; u < unitCount; u++) assignment[u] = part[u];
  regrow(territoryCount);
  refineNewPlan(progress);
}

/** Whether another plan may be built: plans that are dear to build must leave time to combine them. */
function mayBuild(progress: f64): bool {
  return members > 1 && buildShare <= BUILDING_SHARE * progress;
}

/** Takes member `one` into work, coarsened around its own borders and those of `other`, if there is one. */
function combine(one: i32, other: i32): void {
  wasFresh = false;
  readMember(one, part);
  standing = memberStanding(one);
  if (other >= 0) readMember(other, otherPart);
  else for (let u = 0; u < unitCount; u++) otherPart[u] = -1;
}

/** Writes the plan in work, which may be one of a coarse level, into the current assignment. */
export function exposeWorkingPlan(): void {
  for (let u = 0; u < unitCount; u++) {
    let v = u;
    for (let l = 0; l < levelInWork(); l++) v = parent[v];
    assignment[u] = part[v];
  }
}
