// One start as a state machine that works in small steps, so that a worker stays responsive: construct (power
// diagram), repair (contiguity), improve (annealing cycles), done. How the run is cut into steps does not change it.

import { beginAnnealing, lumpy, proposeMoves, setTemperature, standingViolation } from './anneal';
import { resetBalancePressure } from './balance-pressure';
import { bestCost, bestViolation, correctBest, forgetBestPlan, noteRewrite, restoreBest, takeBest } from './best-plan';
import { collectBorder } from './border';
import { countComponents } from './contiguity';
import { beginEnumeration, enumerateSome, fitsEnumeration, found } from './enumeration';
import { exactCost } from './exact-score';
import { holdAllCenters } from './held-centers';
import { keepLessons, recallLessons } from './lessons';
import { fullImbalance } from './objective';
import { beginCenterSearch, cutCenterSearchShort, searchCentersSome } from './center-search';
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
import { inertiaFactor, unitCount } from './problem';
import { beginLumpySearch, fitsLumpySearch, searchLumpySome } from './lumpy-search';
import { seedRandom } from './rng';
import { repair } from './repair';
import { recount } from './tally';

const IDLE: i32 = 0;
const CONSTRUCT: i32 = 1;
const REPAIR: i32 = 2;
const IMPROVE: i32 = 3;
const DONE: i32 = 4;

export let phase: i32 = IDLE;
/** Moves proposed since the start; exact in an f64 up to 2⁵³. */
export let moves: f64 = 0;
let moveLimit: f64 = 0;
let cycle: i32 = 0;
let cycleMoves: f64 = 0;
let cycleLength: f64 = 0;
let hot: f64 = 0;
let cold: f64 = 0;
let quenching: bool = false;
/** Whether the run began from a plan instead of from nothing. */
let resumed: bool = false;
/** Whether the run searches by recombination from here on. */
export let recombining: bool = false;
/** Whether the run works its way through all plans. */
let enumerating: bool = false;
/** Whether the best plan is known to be the best there is. */
export let proven: bool = false;

/** Random turn of the bisection's axes from the second construction on. */
const JITTER: f64 = 0.8;
/** Proposals between two looks at the schedule. */
const CHUNK: i32 = 256;
/** Annealing cycle in moves per unit, with a floor for small problems. */
const CYCLE_PER_UNIT: f64 = 1500;
const SHORTEST_CYCLE: f64 = 400_000;
/** Temperatures in typical move costs: a fresh construction, smooth or lumpy; a reheated best plan; the end. */
const HOT_FRESH: f64 = 10;
const HOT_LUMPY: f64 = 3;
const HOT_AGAIN: f64 = 0.35;
const COLD: f64 = 0.004;
/** The same where every move costs whole edges: below a fifth of an edge nothing moves any more. */
const HOT_AGAIN_EDGES: f64 = 1.2;
const COLD_EDGES: f64 = 0.2;
/** Share of a cycle that anneals; the rest descends from the best plan. */
const ANNEALED_SHARE: f64 = 0.92;
/** Every this many cycles builds a new plan instead of reheating the best. */
const FRESH_EVERY: i32 = 3;

export function startRun(seed: u32, start: u32, limit: f64): void {
  seedRandom(seed, start);
  forgetBestPlan();
  moves = 0;
  moveLimit = limit;
  cycle = 0;
  resumed = false;
  if (bordersOnly()) resetCutSearch();
  proven = false;
  enumerating = false;
  recombining = false;
  construct(start == 0 ? 0 : JITTER);
}

/**
 * Goes on from the plan and the lessons of another run, which the host wrote to `assignment` and `lessons`: heats it
 * again and again, and builds nothing anew.
 */
export function resumeRun(seed: u32, stream: u32, limit: f64): void {
  seedRandom(seed, stream);
  forgetBestPlan();
  moves = 0;
  moveLimit = limit;
  cycle = 0;
  resumed = true;
  proven = false;
  holdAllCenters(false);
  recallLessons();
  phase = IMPROVE;
  beginCycle(false);
  if (bordersOnly()) resumeCutSearch();
  considerEnumeration();
}

/** Takes in another plan that the host wrote to `assignment`, after `resumeRun`: where plans combine, it is one of them. */
export function admitPlan(): void {
  if (bordersOnly()) enrollForeignPlan();
}

function construct(jitter: f64): void {
  phase = CONSTRUCT;
  holdAllCenters(false);
  beginCenterSearch(jitter);
}

function beginCycle(fresh: bool): void {
  cycleMoves = 0;
  cycleLength = min(max(CYCLE_PER_UNIT * <f64>unitCount, SHORTEST_CYCLE), moveLimit - moves);
  quenching = false;
  collectBorder();
  const components = countComponents();
  beginAnnealing(components);
  recombining = lumpy && fitsLumpySearch() && standingViolation(components) == 0;
  if (recombining) beginLumpySearch();
  // without an inertia term a move costs whole edges
  const edges = inertiaFactor == 0;
  hot = fresh ? (lumpy || edges ? HOT_LUMPY : HOT_FRESH) : edges ? HOT_AGAIN_EDGES : HOT_AGAIN;
  cold = edges ? COLD_EDGES : COLD;
}

/** Works for about `effort` moves. `timeFraction` is the share of the time limit that has passed, 0 without one. */
export function stepRun(effort: i32, timeFraction: f64): void {
  let left = effort;
  while (left > 0 && phase != DONE) {
    if (phase == CONSTRUCT) {
      left = searchCentersSome(left);
      if (left > 0) phase = REPAIR;
    } else if (phase == REPAIR) {
      repairNow();
      if (bordersOnly()) refineNewPlan(progress(timeFraction));
      else beginCycle(true);
      considerEnumeration();
      left -= unitCount >> 3;
    } else if (phase == IMPROVE) {
      if (enumerating) left -= enumerateNow(timeFraction);
      else left -= bordersOnly() ? improveBorders(timeFraction) : improveSome(timeFraction);
    } else return;
  }
}

function repairNow(): void {
  repair();
  noteRewrite();
  resetBalancePressure();
  phase = IMPROVE;
}

/** Share of the limits that is used up, 0 where there are none. */
function progress(timeFraction: f64): f64 {
  return max(moveLimit > 0 ? moves / moveLimit : 1, timeFraction);
}

/** One chunk of the search for short borders; returns what it counts in moves. */
function improveBorders(timeFraction: f64): i32 {
  const done = progress(timeFraction);
  if (done >= 1) {
    finishRun();
    return 0;
  }
  const work = searchBordersSome(done);
  moves = min(moves + <f64>work, moveLimit);
  if (wantsNewPlan()) construct(JITTER);
  return work;
}

/** One chunk of the cycle; returns the moves proposed. */
function improveSome(timeFraction: f64): i32 {
  if (recombining) {
    if (timeFraction >= 1 || moves >= moveLimit) {
      finishRun();
      return CHUNK;
    }
    const spent = searchLumpySome(<i32>min(<f64>CHUNK, moveLimit - moves));
    moves = min(moveLimit, moves + <f64>spent);
    return spent;
  }
  const done = max(cycleLength > 0 ? cycleMoves / cycleLength : 1, timeFraction);
  if (done >= 1) {
    endCycle(timeFraction);
    return CHUNK;
  }
  if (done >= ANNEALED_SHARE) {
    if (!quenching) {
      quenching = true;
      restoreBest();
      collectBorder();
      beginAnnealing(countComponents());
      setTemperature(0);
    }
  } else {
    const cooled = done / ANNEALED_SHARE;
    setTemperature(hot * Math.exp(cooled * Math.log(cold / hot)));
  }
  const count = <i32>min(<f64>CHUNK, max(1, cycleLength - cycleMoves));
  proposeMoves(count);
  cycleMoves += <f64>count;
  moves += <f64>count;
  return count;
}

/** Tiny problems are solved for certain before anything else, where the limit leaves room for it. */
function considerEnumeration(): void {
  enumerating = !proven && fitsEnumeration(moveLimit - moves);
  if (enumerating) beginEnumeration();
}

/** One chunk of the enumeration. What it finds ends the run, unless nothing ever is to end it. */
function enumerateNow(timeFraction: f64): i32 {
  if (timeFraction >= 1) {
    finishRun();
    return CHUNK;
  }
  moves = min(moveLimit, moves + <f64>CHUNK);
  if (!enumerateSome(CHUNK)) return CHUNK;
  enumerating = false;
  if (!found) return CHUNK;
  proven = true;
  noteRewrite();
  recount();
  takeBest(fullImbalance() + standingViolation(countComponents()), exactCost());
  if (timeFraction > 0 || moveLimit < Infinity) finishRun();
  else if (bordersOnly()) refineNewPlan(0);
  else beginCycle(false);
  return CHUNK;
}

function endCycle(timeFraction: f64): void {
  if (timeFraction >= 1 || moves >= moveLimit) {
    finishRun();
    return;
  }
  cycle++;
  if (!resumed && cycle % FRESH_EVERY == 0) {
    construct(JITTER);
    return;
  }
  restoreBest();
  beginCycle(false);
}

/** Ends the run with the best plan as the current assignment and its exact score. Makes a plan if there is none yet. */
export function finishRun(): void {
  if (phase == IDLE || phase == DONE) return;
  if (phase == IMPROVE && bordersOnly()) offerPlan();
  if (bestCost == Infinity) {
    if (phase == CONSTRUCT) cutCenterSearchShort();
    repair();
    noteRewrite();
    collectBorder();
    beginAnnealing(countComponents());
  }
  restoreBest();
  keepLessons();
  recount();
  correctBest(fullImbalance() + standingViolation(countComponents()), exactCost());
  phase = DONE;
}

/** 0 … 1 of the move limit; 0 where there is none. */
export function runFraction(): f64 {
  if (phase == DONE) return 1;
  return moveLimit > 0 && moveLimit < Infinity ? min(1, moves / moveLimit) : 0;
}

export function hasPlan(): bool {
  return bestViolation < Infinity;
}
