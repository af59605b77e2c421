// One start as a state machine that works in small steps, so that a worker stays responsive: construct (power
// diagram), repair (contiguity), improve (annealing cycles), done. How the run is cut into steps does not change it.

import { beginAnnealing, lumpy, proposeMoves, setTemperature, standingViolation } from './anneal';
import { resetBalancePressure } from './balance-pressure';
import { bestCost, bestViolation, correctBest, forgetBestPlan, noteRewrite, restoreBest } from './best-plan';
import { collectBorder } from './border';
import { countComponents } from './contiguity';
import { exactCost } from './exact-score';
import { holdAllCenters } from './held-centers';
import { fullImbalance } from './objective';
import { beginCenterSearch, cutCenterSearchShort, searchCentersSome } from './center-search';
import { inertiaFactor, unitCount } from './problem';
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
  construct(start == 0 ? 0 : JITTER);
}

function construct(jitter: f64): void {
  phase = CONSTRUCT;
  holdAllCenters(false);
  beginCenterSearch(jitter);
}

function beginCycle(fresh: bool): void {
  phase = IMPROVE;
  cycleMoves = 0;
  cycleLength = min(max(CYCLE_PER_UNIT * <f64>unitCount, SHORTEST_CYCLE), moveLimit - moves);
  quenching = false;
  collectBorder();
  beginAnnealing(countComponents());
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
      left -= unitCount >> 3;
    } else if (phase == IMPROVE) {
      left -= improveSome(timeFraction);
    } else return;
  }
}

function repairNow(): void {
  repair();
  noteRewrite();
  resetBalancePressure();
  beginCycle(true);
}

/** One chunk of the cycle; returns the moves proposed. */
function improveSome(timeFraction: f64): i32 {
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

function endCycle(timeFraction: f64): void {
  if (timeFraction >= 1 || moves >= moveLimit) {
    finishRun();
    return;
  }
  cycle++;
  if (cycle % FRESH_EVERY == 0) {
    construct(JITTER);
    return;
  }
  restoreBest();
  beginCycle(false);
}

/** Ends the run with the best plan as the current assignment and its exact score. Makes a plan if there is none yet. */
export function finishRun(): void {
  if (phase == IDLE || phase == DONE) return;
  if (bestCost == Infinity) {
    if (phase == CONSTRUCT) cutCenterSearchShort();
    repair();
    noteRewrite();
    collectBorder();
    beginAnnealing(countComponents());
  }
  restoreBest();
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
