// One start as a state machine that works in small steps, so that a worker stays responsive: construct (power
// diagrams), repair (contiguity), improve (annealing, or short borders), done; an improvement may ask for the stages
// before it again. How the run is cut into steps does not change it.

import { beginAnnealing, relaxContiguity, standingViolation } from './anneal';
import {
  ASK_BALANCE,
  ASK_CENTERS,
  ASK_REBUILDING,
  ASK_REPAIR,
  ASK_SETTLING,
  annealSome,
  beginScreening,
  contenderAtHand,
  endAnnealingCycle,
  forgetContenders,
  judgeCycle,
  resetAnnealingSearch,
  takeOneContender,
  takeRebuilt,
  takeRepaired,
  takeResumed,
  yieldsToRecombination,
} from './annealing-search';
import { resetBalancePressure } from './balance-pressure';
import { beginBandSettling, cutBandSettlingShort, settleBandsSome } from './band-settling';
import { beatsBest, beginTrail, bestCost, bestViolation, correctBest, forgetBestPlan, restoreBest, takeBest } from './best-plan';
import { collectBorder } from './border';
import { countComponents } from './contiguity';
import {
  beginCentersAtHand,
  beginCenterSearch,
  beginFirstCenters,
  cutCenterSearchShort,
  hasFewUnits,
  searchCentersSome,
  searchesRegions,
} from './center-search';
import {
  bordersOnly,
  enrollForeignPlan,
  offerPlan,
  refineNewPlan,
  resetCutSearch,
  resumeCutSearch,
  searchBordersSome,
  wantsNewPlan,
} from './cut/cut-search';
import { CHUNK, settleCycle } from './cycle';
import { resetSearchWork, searchWork } from './diagram-pass';
import { beginEnumeration, enumerateSome, fitsEnumeration, found } from './enumeration';
import { beginEquitableParts, divideSome, fitsEquitableParts } from './equitable-parts';
import { assignToday, limitCount, limitsAreLoose } from './move-limits';
import { resetPrices } from './power-diagram';
import { beginEvening, evenOn, evenSome, mendsOn, spendOnMending } from './evening';
import { exactCost } from './exact-score';
import { holdAllCenters } from './held-centers';
import { keepLessons, recallLessons } from './lessons';
import { beginLumpySearch, fitsLumpySearch, searchLumpySome } from './lumpy-search';
import { beginMending, mending, mendSome, MOST_PER_UNIT, stopMending } from './mend';
import { fullImbalance } from './objective';
import { inertiaFactor, territoryCount, unitCount } from './problem';
import { seedRandom } from './rng';
import { beginRebuilding, endRebuilding, rebuilding, rebuildSome } from './rebuilding';
import { bringHome, growBack, repair } from './repair';
import { recount } from './tally';
import { thawAll } from './thaw';

const IDLE: i32 = 0;
const CONSTRUCT: i32 = 1;
const REPAIR: i32 = 2;
const IMPROVE: i32 = 3;
const DONE: i32 = 4;

export let phase: i32 = IDLE;
/** Moves proposed since the start, and the work on centres as such; exact in an f64 up to 2⁵³. */
let moves: f64 = 0;
let moveLimit: f64 = 0;
/** Effort spent, in moves: with the time that it took it tells how far a time limit reaches. */
let spent: f64 = 0;
/** Whether the construction is past its search for centres and settles those at hand. */
let settling: bool = false;
/** Whether it divides the map by straight lines instead, for loads that no diagram balances. */
let dividing: bool = false;
/** Whether what was so divided is made more even. */
let evening: bool = false;
/** Whether the run searches by recombination from here on. */
export let recombining: bool = false;
/** Whether it does so until there is balance only, and the moves that this may take yet. */
let balancing: bool = false;
let balanceMoves: f64 = 0;
/** Whether the run works its way through all plans. */
let enumerating: bool = false;
/** Whether the best plan is known to be the best there is. */
export let proven: bool = false;

/** The construction is at its first centres, whose plan is kept in case nothing better comes. */
let first: bool = false;
/** Whether the search for centres is to end elsewhere than the last. */
let shorten: bool = false;

/**
 * Share of what is left of the limits that the search for centres may take; where territories are many, for most of what
 * plans of these differ by is where the centres are, unless whole units decide what balances; and where borders alone
 * count.
 */
const SEARCH_SHARE: f64 = 0.3;
const REGIONS_SHARE: f64 = 0.5;
const FEW_UNITS_SHARE: f64 = 0.2;
const BORDERS_SHARE: f64 = 0.1;
/** From this many units on a first plan is made at once; and where borders alone count, for which any centres will do. */
const PLAN_AT_ONCE: i32 = 600;
const BORDERS_AT_ONCE: i32 = 4000;
/** Moves per unit in which recombination is to bring a plan into balance. */
const BALANCE_PER_UNIT: f64 = 1500;
/** Random turn of the bisection's axes from the second construction on. */
const JITTER: f64 = 0.8;
/** Mean imbalance per territory from which on a diagram of several measures is given up. */
const DIVIDED: f64 = 0.03;
const DIVIDED_AT_ONCE: f64 = 0.1;
/** Share of what is left of the limits that may go into making it even, and the most moves per unit. */
const MOST_EVENING_PER_UNIT: f64 = 4000;
const EVENING_SHARE: f64 = 0.9;

export function startRun(seed: u32, start: u32, limit: f64): void {
  resetRun(seed, start, limit);
  if (bordersOnly()) resetCutSearch();
  resetAnnealingSearch(false);
  if (limitCount > 0) beginWithToday((start & 1) == 1 && limitsAreLoose());
  else construct(start == 0 ? 0 : JITTER);
}

/** Forgets what the last run, perhaps an abandoned one, has left behind. */
function resetRun(seed: u32, stream: u32, limit: f64): void {
  seedRandom(seed, stream);
  forgetBestPlan();
  moves = 0;
  spent = 0;
  resetSearchWork();
  moveLimit = limit;
  proven = false;
  enumerating = false;
  recombining = false;
  balancing = false;
  evening = false;
  dividing = false;
  if (rebuilding) endRebuilding();
}

/**
 * Where little may change hands a plan built from nothing is of no use: begins with today's, the rest of the map grown
 * onto it, as it is or repaired, whichever is better. To `settle` is to go on from a diagram of its centres.
 */
function beginWithToday(settle: bool): void {
  resetAnnealingSearch(true);
  resetBalancePressure();
  stopMending();
  forgetContenders();
  holdAllCenters(false);
  relaxContiguity(false);
  resetPrices();
  offerToday(false);
  offerToday(true);
  restoreBest();
  repair();
  offerCurrent();
  restoreBest();
  if (settle) {
    recount();
    phase = CONSTRUCT;
    settling = false;
    dividing = false;
    first = true;
    beginCentersAtHand();
    return;
  }
  phase = IMPROVE;
  takeResumed(movesLeft(0));
  considerEnumeration();
}

/** Offers today's plan, of each unit the territory that holds most of it: by weight, or by what counts towards the limits. */
function offerToday(byWeight: bool): void {
  assignToday(byWeight);
  recount();
  growBack();
  recount();
  offerCurrent();
}

/**
 * Goes on from the plan and the lessons of another run, which the host wrote to `assignment` and `lessons`: heats it
 * again and again, and builds nothing anew.
 */
export function resumeRun(seed: u32, stream: u32, limit: f64): void {
  resetRun(seed, stream, limit);
  resetAnnealingSearch(true);
  stopMending();
  forgetContenders();
  holdAllCenters(false);
  relaxContiguity(false);
  recallLessons();
  phase = IMPROVE;
  bringHome();
  takeResumed(movesLeft(0));
  considerRecombination();
  if (bordersOnly()) resumeCutSearch();
  considerEnumeration();
}

/** Takes in another plan that the host wrote to `assignment`, after `resumeRun`: where plans combine, it is one of them. */
export function admitPlan(): void {
  if (bordersOnly()) enrollForeignPlan();
}

/** What counts towards the move limit: moves proposed, and the work on centres in whole moves, also while it lasts. */
export function used(): f64 {
  return moves + Math.ceil(searchWork);
}

function construct(jitter: f64): void {
  phase = CONSTRUCT;
  settling = false;
  first = true;
  stopMending();
  shorten = jitter > 0;
  dividing = false;
  evening = false;
  holdAllCenters(false);
  relaxContiguity(false);
  forgetContenders();
  beginFirstCenters(jitter);
}

function searchShare(): f64 {
  if (bordersOnly()) return BORDERS_SHARE;
  if (!searchesRegions()) return SEARCH_SHARE;
  return hasFewUnits() ? FEW_UNITS_SHARE : REGIONS_SHARE;
}

/** Goes on from the first centres to better ones. */
function searchOn(timeFraction: f64): void {
  phase = CONSTRUCT;
  first = false;
  stopMending();
  thawAll();
  const share = searchShare();
  holdAllCenters(false);
  beginCenterSearch(share * max(0, moveLimit - used()), timeFraction, share, shorten);
}

/** One chunk of moves that bring the first plan into balance; returns what it counts in moves. */
function mend(timeFraction: f64): i32 {
  const over = timeFraction >= 1 || used() >= moveLimit;
  const count = over ? 0 : mendSome(moveLimit - used());
  moves += <f64>count;
  if (dividing) spendOnMending(count);
  if (count > 0) return count;
  if (dividing && !over && mendsOn()) return CHUNK;
  judgeCycle();
  if (over) finishRun();
  else if (dividing) takeMendedDivision(timeFraction);
  else searchOn(timeFraction);
  return CHUNK;
}

function settleContender(): void {
  phase = CONSTRUCT;
  settling = true;
  holdAllCenters(false);
  beginBandSettling(contenderAtHand());
}

function rebuild(): void {
  phase = CONSTRUCT;
  holdAllCenters(false);
  recount();
  beginRebuilding();
}

/** Works for about `effort` moves. `timeFraction` is the share of the time limit that has passed, 0 without one. */
export function stepRun(effort: i32, timeFraction: f64): void {
  let left = effort;
  while (left > 0 && phase != DONE) {
    const before = left;
    if (phase == CONSTRUCT) {
      left = rebuilding
        ? rebuildSome(left)
        : dividing
          ? divideSome(left)
          : settling
            ? settleBandsSome(left)
            : searchCentersSome(left, timeFraction);
      if (left > 0) endConstruction(timeFraction);
    } else if (phase == REPAIR) {
      repairNow(timeFraction);
      left -= unitCount >> 3;
    } else if (phase == IMPROVE) {
      if (mending) left -= mend(timeFraction);
      else if (evening) left -= evenOnSome(timeFraction);
      else if (enumerating) left -= enumerateNow(timeFraction);
      else if (recombining) left -= recombineSome(timeFraction);
      else left -= bordersOnly() ? improveBorders(timeFraction) : improve(timeFraction);
    } else return;
    spent += <f64>(before - max(left, 0));
  }
}

/** Moves that the limits leave, by the present pace where time is limited. */
function movesLeft(timeFraction: f64): f64 {
  const byTime = timeFraction > 0 ? (spent * (1 - timeFraction)) / timeFraction : Infinity;
  return max(0, min(moveLimit - used(), byTime));
}

function endConstruction(timeFraction: f64): void {
  if (rebuilding) {
    phase = REPAIR;
    return;
  }
  if (limitCount > 0) {
    // other centres would be far from who serves what today
    first = false;
    phase = REPAIR;
    return;
  }
  if (first) {
    if (unitCount < (bordersOnly() ? BORDERS_AT_ONCE : PLAN_AT_ONCE)) searchOn(timeFraction);
    else phase = REPAIR;
    return;
  }
  // loads at the ends of their bands leave no room for what moves whole units, which is all that short borders need
  if (dividing || inertiaFactor == 0) phase = REPAIR;
  else if (settling) {
    recount();
    if (needsDivision(DIVIDED)) divideEquitably();
    else phase = REPAIR;
  } else {
    beginScreening(timeFraction, movesLeft(timeFraction));
    settleContender();
  }
}

/** Whether the current assignment of a diagram, sums included, is out of balance by more than `mean` per territory. */
function needsDivision(mean: f64): bool {
  return fitsEquitableParts() && fullImbalance() > mean * <f64>territoryCount;
}

/** Takes the current assignment, sums included, as the run's best plan if it is. */
function offerCurrent(): void {
  const violation = fullImbalance() + standingViolation(countComponents());
  const cost = exactCost();
  if (beatsBest(violation, cost)) takeBest(violation, cost);
}

function divideEquitably(): void {
  phase = CONSTRUCT;
  first = false;
  dividing = true;
  takeOneContender();
  beginEquitableParts();
}

/** One step of a new division that makes equitable parts more even; returns what it counts in moves. */
function evenOnSome(timeFraction: f64): i32 {
  if (timeFraction >= 1 || used() >= moveLimit) {
    finishRun();
    return CHUNK;
  }
  const work = evenSome();
  moves = min(moveLimit - Math.ceil(searchWork), moves + <f64>work);
  return work;
}

/** Goes on from equitable parts that were mended. */
function takeMendedDivision(timeFraction: f64): void {
  evening = evenOn();
  if (evening) return;
  takeRepaired(timeFraction, movesLeft(timeFraction));
  considerRecombination();
  considerEnumeration();
}

function repairNow(timeFraction: f64): void {
  // from here on the work that led to the plan counts as moves
  moves = used();
  resetSearchWork();
  repair();
  phase = IMPROVE;
  if (rebuilding) {
    endRebuilding();
    takeRebuilt(timeFraction, movesLeft(timeFraction));
    return;
  }
  if (first && needsDivision(DIVIDED_AT_ONCE)) {
    offerCurrent();
    divideEquitably();
    return;
  }
  // where recombination is at hand it does the same, and better
  if (dividing && !fitsLumpySearch()) {
    offerCurrent();
    evening = true;
    beginEvening(min(MOST_EVENING_PER_UNIT * <f64>unitCount, EVENING_SHARE * movesLeft(timeFraction)));
    return;
  }
  if (first && !bordersOnly()) {
    if (bestViolation == Infinity) beginMending(false, MOST_PER_UNIT);
    else searchOn(timeFraction);
    return;
  }
  first = false;
  if (bordersOnly()) {
    resetBalancePressure();
    refineNewPlan(progress(timeFraction));
  } else {
    takeRepaired(timeFraction, movesLeft(timeFraction));
    considerRecombination();
  }
  considerEnumeration();
}

/** Where balance is a puzzle, whole groups of units must move: the plan that annealing was to begin with goes there. */
function considerRecombination(): void {
  recombining = fitsLumpySearch() && yieldsToRecombination();
  if (recombining) beginLumpySearch(moveLimit - used());
}

/**
 * Annealing by single units ended out of balance: on thin land they block each other's way, and whole groups must move.
 * What is in balance then, or the best after some moves, is annealed again.
 */
function balanceByRecombination(timeFraction: f64): void {
  recombining = true;
  balancing = true;
  balanceMoves = min(BALANCE_PER_UNIT * <f64>unitCount, 0.5 * movesLeft(timeFraction));
  beginLumpySearch(balanceMoves);
}

/** Share of the limits that is used up, 0 where there are none. */
function progress(timeFraction: f64): f64 {
  return max(moveLimit > 0 ? used() / moveLimit : 1, timeFraction);
}

/** One chunk of the search for short borders; returns what it counts in moves. */
function improveBorders(timeFraction: f64): i32 {
  const done = progress(timeFraction);
  if (done >= 1) {
    finishRun();
    return 0;
  }
  const work = searchBordersSome(done);
  moves = min(moves + <f64>work, moveLimit - Math.ceil(searchWork));
  if (wantsNewPlan()) construct(JITTER);
  return work;
}

/** One chunk of recombination; returns what it counts in moves. */
function recombineSome(timeFraction: f64): i32 {
  if (timeFraction >= 1 || used() >= moveLimit) {
    finishRun();
    return CHUNK;
  }
  const count = searchLumpySome(<i32>min(<f64>CHUNK, moveLimit - used()));
  moves = min(moveLimit - Math.ceil(searchWork), moves + <f64>count);
  balanceMoves -= <f64>count;
  if (balancing && (bestViolation == 0 || balanceMoves <= 0)) {
    recombining = false;
    balancing = false;
    restoreBest();
    takeResumed(movesLeft(timeFraction));
  }
  return count;
}

/** Tiny problems are solved for certain before anything else, where the limit leaves room for it. */
function considerEnumeration(): void {
  enumerating = !proven && fitsEnumeration(moveLimit - used());
  if (enumerating) beginEnumeration();
}

/** One chunk of the enumeration. What it finds ends the run, unless nothing ever is to end it. */
function enumerateNow(timeFraction: f64): i32 {
  if (timeFraction >= 1) {
    finishRun();
    return CHUNK;
  }
  moves = min(moveLimit - Math.ceil(searchWork), moves + <f64>CHUNK);
  if (!enumerateSome(CHUNK)) return CHUNK;
  enumerating = false;
  if (!found) return CHUNK;
  proven = true;
  recount();
  takeBest(fullImbalance() + standingViolation(countComponents()), exactCost());
  if (timeFraction > 0 || moveLimit < Infinity) finishRun();
  else if (bordersOnly()) refineNewPlan(0);
  else if (recombining) beginLumpySearch(moveLimit - used());
  else takeResumed(movesLeft(timeFraction));
  return CHUNK;
}

/** One chunk of annealing; returns what it counts in moves. */
function improve(timeFraction: f64): i32 {
  const count = annealSome(timeFraction);
  moves += <f64>count;
  if (count > 0) return count;
  if (timeFraction >= 1 || used() >= moveLimit) finishRun();
  else {
    const wish = endAnnealingCycle(timeFraction, movesLeft(timeFraction));
    if (wish == ASK_CENTERS) construct(JITTER);
    else if (wish == ASK_SETTLING) settleContender();
    else if (wish == ASK_REPAIR) phase = REPAIR;
    else if (wish == ASK_REBUILDING) rebuild();
    else if (wish == ASK_BALANCE) balanceByRecombination(timeFraction);
  }
  return CHUNK;
}

/** Ends the run with the best plan as the current assignment and its exact score. Makes a plan if there is none yet. */
export function finishRun(): void {
  if (phase == IDLE || phase == DONE) return;
  if (rebuilding) endRebuilding();
  relaxContiguity(false);
  if (phase == IMPROVE) {
    if (bordersOnly()) offerPlan();
    else if (!recombining && !enumerating) judgeCycle();
  }
  if (bestCost == Infinity) {
    if (phase == CONSTRUCT) {
      if (settling) cutBandSettlingShort();
      else cutCenterSearchShort();
    }
    repair();
    collectBorder();
    beginTrail(false, false);
    beginAnnealing(countComponents());
  }
  restoreBest();
  keepLessons();
  const standing = settleCycle();
  correctBest(fullImbalance() + standing, exactCost());
  phase = DONE;
}

/** 0 … 1 of the move limit; 0 where there is none. */
export function runFraction(): f64 {
  if (phase == DONE) return 1;
  return moveLimit > 0 && moveLimit < Infinity ? min(1, used() / moveLimit) : 0;
}

export function hasPlan(): bool {
  return bestViolation < Infinity;
}
