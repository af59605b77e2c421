// A proven lower bound on the cost of every plan without violations, as a state machine in small steps like a run. The
// multipliers improve for a while; then, where centres may lie anywhere, a search of all space turns their estimate into
// a bound and adds the points that were missed. Terms of the cost that are not about distance count with the least that
// they can be: borders with none, what changes hands unit by unit.

import { bestAssignment } from '../best-plan';
import { groupMembers, territoryInertia } from '../exact-score';
import {
  disruptionFactor,
  hasPlaces,
  inertiaFactor,
  initial,
  locked,
  originX,
  originY,
  originZ,
  power,
  territoryCount,
  todayOffsets,
  todayTerritory,
  todayValue,
  unitCount,
} from '../problem';
import { assignment, recount } from '../tally';
import {
  allocateAscent,
  ascendSome,
  beginAscent,
  bestValue,
  restsEarly,
  resumeAscent,
  takeBestMultipliers,
  typicalTerm,
} from './ascent';
import {
  addToPool,
  allocateCandidates,
  fixedValue,
  leastAtWork,
  poolIsWhole,
  priceWorkSome,
} from './candidates';
import { allocateItems, classCount, classLower, classTerritories, itemCount, listItems, looseSize } from './items';
import { allocateItemTree, boxSide, buildItemTree, multiplier, totalSize, totalWorth } from './item-tree';
import { resetStrain, strain } from './knapsack';
import { resetWork, spend, work } from './work';
import {
  allocateSpaceBound,
  beginSpaceBound,
  boundSpaceSome,
  found,
  foundCount,
  leastBound,
} from './space-bound';

const IDLE: i32 = 0;
const BUILD: i32 = 1;
const ASCEND: i32 = 2;
const FIXED: i32 = 3;
const SPACE: i32 = 4;
export const PROVEN: i32 = 5;

export let boundPhase: i32 = IDLE;
/** The best bound so far; −Infinity while there is none. */
export let bound: f64 = -Infinity;
let allocated: bool = false;
let limit: f64 = 0;
let planCost: f64 = 0;
/** What every plan costs beyond the inertia of units that may move. */
let constant: f64 = 0;
/** Shares of the whole at which the ascent rests for a search of space. */
const REST: StaticArray<f64> = [0.45, 0.7, 0.9];
let rests: i32 = 0;
let spaceClass: i32 = 0;
/** Σ multipliers and the values proven so far; and the sizes of all that is in it. */
let proven: f64 = 0;
let magnitude: f64 = 0;
/** What the best multipliers were thought to prove. */
let estimate: f64 = 0;
/** Whether some search found points that the pool missed. */
let missed: bool = false;
/** Whether the ascent came to its own end. */
let converged: bool = false;

/** Boxes of space are closed at this share of a territory's mean cost, or at this one of its mean gap where that is more. */
const ACCURACY: f64 = 2e-4;
const GAP_ACCURACY: f64 = 0.05;
/** Share of everything that is summed that rounding could be at most. */
const ROUNDING: f64 = 1e-10;

/** Allocates what a bound needs. Once per problem; views of the memory taken before die. */
export function allocateBound(): void {
  if (allocated) return;
  allocated = true;
  allocateItems();
  listItems();
  allocateItemTree(unitCount);
  allocateCandidates();
  allocateAscent();
  if (!poolIsWhole && classCount > 0) allocateSpaceBound();
}

/** Begins to bound the cost, from a feasible plan in `bestAssignment` that costs `cost`. */
export function startBound(cost: f64, effortLimit: f64): void {
  planCost = cost;
  limit = effortLimit;
  resetWork();
  resetStrain();
  rests = 0;
  bound = -Infinity;
  missed = false;
  boundPhase = inertiaFactor > 0 && hasPlaces ? BUILD : PROVEN;
}

/** Works for about `effort` moves. `timeFraction` is the share of the time limit that has passed, 0 without one. */
export function stepBound(effort: i32, timeFraction: f64): void {
  const until = work + <f64>effort;
  while (work < until && boundPhase != PROVEN) {
    if (boundPhase == BUILD) build();
    else if (boundPhase == ASCEND) {
      const ended = ascendSome(until, restAt() * limit, limit, timeFraction);
      converged = ended && !restsEarly && work < restAt() * limit;
      if (ended || (timeFraction >= restAt() && bestValue > -Infinity)) beginProof();
      // a proof of what is not known yet would take as long again
      else if (timeFraction >= 1) boundPhase = PROVEN;
    } else if (boundPhase == FIXED) {
      if (!priceWorkSome(until)) return;
      proven += fixedValue();
      spaceClass = 0;
      boundPhase = SPACE;
      searchSpace();
    } else if (boundSpaceSome(until, limit) || timeFraction >= 1) endSpace(timeFraction);
  }
}

function build(): void {
  for (let u = 0; u < unitCount; u++) {
    assignment[u] = bestAssignment[u];
    // such a plan is none to start from
    if (assignment[u] < 0) boundPhase = PROVEN;
  }
  if (boundPhase == PROVEN) return;
  recount();
  listItems();
  buildItemTree();
  constant = disruptionFactor * leastDisruption() + inertiaFactor * lockedInertia();
  if (itemCount == 0) {
    proven = 0;
    magnitude = 0;
    takeProven();
    boundPhase = PROVEN;
    return;
  }
  // no price fills a territory that there is too little for; no plan does
  if (!canFill()) {
    boundPhase = PROVEN;
    return;
  }
  beginAscent();
  spend(<f64>(2 * unitCount));
  boundPhase = ASCEND;
}

/** Whether there is enough load for a territory of each class. */
function canFill(): bool {
  for (let c = 0; c < classCount; c++) if (totalSize() + looseSize < classLower[c]) return false;
  return true;
}

/** Share of the whole at which the ascent stops, for now or for good. */
function restAt(): f64 {
  return poolIsWhole ? 1 : REST[rests];
}

/** Makes a bound of the best multipliers: at once where their value is one, else after a search of all space. */
function beginProof(): void {
  if (!restsEarly) rests++;
  takeBestMultipliers();
  proven = 0;
  estimate = constant + bestValue;
  magnitude = 0;
  for (let i = 0; i < itemCount; i++) {
    proven += multiplier[i];
    magnitude += Math.abs(multiplier[i]);
  }
  if (poolIsWhole) {
    magnitude += Math.abs(bestValue - proven);
    proven = bestValue;
    takeProven();
    boundPhase = PROVEN;
  } else boundPhase = FIXED;
}

function searchSpace(): void {
  if (spaceClass == classCount) return;
  const accuracy = max(ACCURACY * planCost, GAP_ACCURACY * (planCost - estimate)) / <f64>territoryCount;
  beginSpaceBound(spaceClass, leastAtWork(spaceClass), planCost, typicalTerm, accuracy);
}

/** Takes what the search found for the class at hand; after the last class, goes on with the ascent or ends. */
function endSpace(timeFraction: f64): void {
  if (spaceClass < classCount) {
    const value = <f64>classTerritories[spaceClass] * leastBound();
    proven += value;
    magnitude += Math.abs(value);
    for (let i = 0; i < foundCount; i++) addToPool(found[3 * i], found[3 * i + 1], found[3 * i + 2]);
    missed = missed || foundCount > 0;
    spaceClass++;
    searchSpace();
    if (spaceClass < classCount) return;
  }
  takeProven();
  // a rest that is due would follow on this one
  while (rests < REST.length && max(timeFraction, work / limit) >= REST[rests]) rests++;
  if (timeFraction >= 1 || work >= limit || (converged && !missed) || rests >= REST.length) {
    boundPhase = PROVEN;
    return;
  }
  missed = false;
  resumeAscent();
  boundPhase = ASCEND;
}

function takeProven(): void {
  const rounding = max(ROUNDING, 4 * f64.EPSILON * <f64>unitCount);
  const sums = rounding * (magnitude + Math.abs(constant) + strain * <f64>territoryCount);
  const value = constant + proven - sums - placeRounding();
  // what is known of the optimum from above is the plan itself
  if (value > bound) bound = min(value, planCost);
}

/** What the cost may change by when positions, which were moved to a common origin, do by their rounding. */
function placeRounding(): f64 {
  let far = Math.abs(originX) + Math.abs(originY) + Math.abs(originZ);
  for (let i = 0; i < 6; i++) far += Math.abs(boxSide(i));
  const slip = 4 * f64.EPSILON * far;
  return power == 2 ? 2 * slip * Math.sqrt(totalWorth() * planCost) + totalWorth() * slip * slip : slip * totalWorth();
}

/** Ends the proof at once; the best bound so far stays. */
export function finishBound(): void {
  boundPhase = PROVEN;
}

/** What changes hands in any plan at least: every unit stays with whoever keeps the most. */
function leastDisruption(): f64 {
  let sum: f64 = 0;
  for (let u = 0; u < unitCount; u++) {
    let kept: f64 = 0;
    for (let i = todayOffsets[u]; i < todayOffsets[u + 1]; i++) {
      const t = todayTerritory[i];
      sum += todayValue[i];
      if (initial[u] >= 0 ? t == initial[u] : t < territoryCount && !locked[t]) kept = max(kept, todayValue[i]);
    }
    sum -= kept;
  }
  return sum;
}

/** Inertia of the locked territories, whose units no plan changes. */
function lockedInertia(): f64 {
  groupMembers();
  let sum: f64 = 0;
  for (let t = 0; t < territoryCount; t++) if (locked[t]) sum += territoryInertia(t);
  return sum;
}
