// One annealing cycle: the temperature falls in geometric steps, then the cycle's best plan descends. It ends after its
// moves or its share of the time limit, whichever comes first, and cools accordingly.
//
// A relaxed cycle lets territories fall apart and makes no plans: a town whose only way over the border leads through
// the land around it crosses unit by unit, which no contiguous path allows without losing balance on the way. What fell
// apart is for the repair to join.

import { beginAnnealing, demandBalance, proposeMoves, relaxContiguity, setTemperature, standingViolation } from './anneal';
import { restoreTrail } from './best-plan';
import { collectBorder } from './border';
import { countComponents } from './contiguity';
import { exchangeSites } from './sites';
import { recount } from './tally';

let cycleMoves: f64 = 0;
let cycleLength: f64 = 0;
let timeBegin: f64 = 0;
let timeSpan: f64 = 0;
let hot: f64 = 0;
let cold: f64 = 0;
let quenching: bool = false;
let relaxed: bool = false;

/** Proposals between two looks at the schedule. */
export const CHUNK: i32 = 256;
/** Share of a cycle that anneals; the rest descends from the best plan. */
const ANNEALED_SHARE: f64 = 0.92;
/** Share of the annealing from which on balance is demanded strictly. */
const STRICT_FROM: f64 = 0.75;

/**
 * Begins a cycle, relaxed or not, on the current assignment: `length` moves, or `span` of the time limit from `timeFraction` on. The heat
 * is `setHeat`'s to say, once the scales are known.
 */
export function beginCycle(relax: bool, length: f64, timeFraction: f64, span: f64): void {
  relaxed = relax;
  cycleMoves = 0;
  cycleLength = length;
  timeBegin = timeFraction;
  timeSpan = max(span, 1e-9);
  quenching = false;
  // what the cycle begins with may be a plan yet
  relaxContiguity(false);
  takeOver();
  relaxContiguity(relax);
}

/** Ends the cycle that has just begun after `length` moves at the latest. */
export function shortenCycle(length: f64): void {
  cycleLength = length;
}

/** First and last temperature, in typical move costs. */
export function setHeat(first: f64, last: f64): void {
  hot = first;
  cold = last;
}

function takeOver(): void {
  exchangeSites();
  collectBorder();
  beginAnnealing(countComponents());
}

/** One chunk; returns the moves proposed, 0 when the cycle is over. */
export function advanceCycle(timeFraction: f64): i32 {
  const passed = max(0, timeFraction - timeBegin) / timeSpan;
  const done = max(cycleLength > 0 ? cycleMoves / cycleLength : 1, passed);
  if (done >= 1) return 0;
  const annealed: f64 = relaxed ? 1 : ANNEALED_SHARE;
  demandBalance(done >= STRICT_FROM * annealed);
  if (done < annealed) setTemperature(hot * Math.exp((done / annealed) * Math.log(cold / hot)));
  else if (!quenching) {
    quenching = true;
    restoreTrail();
    takeOver();
    setTemperature(0);
  }
  const count = <i32>min(<f64>CHUNK, max(1, cycleLength - cycleMoves));
  proposeMoves(count);
  cycleMoves += <f64>count;
  return count;
}

/** Makes the cycle's best plan the current assignment, sums included; returns its standing violation. */
export function settleCycle(): f64 {
  restoreTrail();
  recount();
  return standingViolation(countComponents());
}
