// The search where the border alone counts: some plans are built and refined by a V-cycle each; then pairs of them are
// combined by V-cycles that contract only what both leave together, and plans are changed by growing a few territories
// anew. Where there is time for one plan only, it gets a second cycle that takes all of it.

import { beatsBest, takeBest } from '../best-plan';
import { countComponents } from '../contiguity';
import { standingViolation } from '../anneal';
import { hasDemands } from '../demands';
import { cutFactor, disruptionFactor, inertiaFactor, territoryCount, unitCount } from '../problem';
import { fullCost, fullImbalance } from '../objective';
import { below, unitInterval } from '../rng';
import { assignment, recount } from '../tally';
import { choosesGrowth, forgetBuilds, learnBuild } from './build-choice';
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
/** Whether it was grown rather than built from centres. */
let wasGrown: bool = false;
let wantsFresh: bool = false;
/** Whether the run began from plans of others: then it builds none of its own. */
let resumed: bool = false;

/** Moves of one cycle per unit. Large plans need slow cooling, small ones many tries: there it shrinks with the units. */
const CYCLE_PER_UNIT: f64 = 800;
const LONG_FROM_UNITS: f64 = 4000;
const SHORTEST_CYCLE: f64 = 20_000;
/** Share of a run that goes into building plans rather than combining them. */
const BUILDING_SHARE: f64 = 0.4;
/** Cycles per member without a better best after which the population is given up. */
const MOST_IN_VAIN: i32 = 10;
/** Once the population is built, every so many cycles still builds a new plan. */
const FRESH_ONE_IN: i32 = 8;
/** Share of the other cycles that change a member rather than combine two, and territories that they grow anew at most. */
const CHANGE_SHARE: f64 = 0.6;
const MOST_REGROWN: i32 = 4;
/** A population of fewer is not worth its building: one plan gets all the time. */
const LEAST_MEMBERS: f64 = 3;
/** Temperature on the coarsest level for new plans; for combinations and changes, from … and over a range; for one more
 *  cycle around a plan. */
const HEAT_NEW: f64 = 1.5;
const HEAT_COMBINE: f64 = 0.25;
const HEAT_SPREAD: f64 = 6;
const HEAT_AGAIN: f64 = 0.8;
/** Work between two looks whether the plan in work is a new best. */
const OFFER_EVERY: i32 = 1 << 18;

/** Whether this search is the one for the loaded problem. */
export function bordersOnly(): bool {
  return inertiaFactor == 0 && disruptionFactor == 0 && cutFactor > 0 && !hasDemands();
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
  forgetBuilds();
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

/** Takes a new plan, just built from centres and counted, into work. */
export function refineNewPlan(progress: f64): void {
  wantsFresh = false;
  refineFresh(progress, false);
}

function refineFresh(progress: f64, grown: bool): void {
  wasFresh = true;
  wasGrown = grown;
  takeAssignment();
  begin(progress, cycleLength(), HEAT_NEW);
  offerPlan();
}

/** Takes the current assignment, counted, as the plan in work. */
function takeAssignment(): void {
  standing = standingViolation(countComponents());
  for (let u = 0; u < unitCount; u++) {
    part[u] = assignment[u];
    otherPart[u] = -1;
  }
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
    learnBuild(wasGrown, levelBestImbalance + standing, levelBestCost);
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
  } else if (territoryCount > 1 && unitInterval() < CHANGE_SHARE) {
    changeMember(progress);
  } else {
    const one = drawMember(-1);
    combine(one, memberCount > 1 ? drawMember(one) : -1);
    begin(progress, cycleLength(), drawHeat());
  }
}

function drawHeat(): f64 {
  return HEAT_COMBINE * Math.exp(unitInterval() * Math.log(HEAT_SPREAD));
}

/** Begins another plan, grown on the spot or built by the caller from new centres. */
function buildAnother(progress: f64): void {
  buildBegan = progress;
  // large plans do not outgrow a bad start
  wantsFresh = <f64>unitCount >= LONG_FROM_UNITS || !choosesGrowth();
  if (wantsFresh) return;
  for (let u = 0; u < unitCount; u++) assignment[u] = part[u];
  regrow(territoryCount);
  refineFresh(progress, true);
}

/** Takes a member into work with a few of its territories grown anew. */
function changeMember(progress: f64): void {
  wasFresh = false;
  readMember(drawMember(-1), assignment);
  regrow(2 + below(min(territoryCount, MOST_REGROWN) - 1));
  takeAssignment();
  begin(progress, cycleLength(), drawHeat());
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
