// Makes equitable parts more even, in turns. A division is mended by moves of single units for as long as that pays. Then
// the division itself is improved, part by part and from where it was left, and mended anew. In between, what is out of
// balance in the best plan is divided again with its neighbours, and mended, until that fails. The division keeps what
// mending spoils: surplus and want lie next to each other in its parts, while moves of units spread both all over the
// map, until every territory is at the end of its band and no few of them even out together.

import { standingViolation } from './anneal';
import { beatsBest, bestViolation, restoreBest, takeBest, trailViolation } from './best-plan';
import { countComponents } from './contiguity';
import { CHUNK } from './cycle';
import { divideSome } from './equitable-parts';
import { exactCost } from './exact-score';
import { beginMending, mendOn, stopMending } from './mend';
import { fullImbalance } from './objective';
import { unitCount } from './problem';
import { keepDivision, redividePart, takeBackDivision, takeBackPart } from './redivided-parts';
import { beginRedivision } from './redivision';
import { recount } from './tally';

/** Moves that all of it may still take, and those of the present turn among the parts of the division. */
let left: f64 = 0;
let partsLeft: f64 = 0;
/** Whether the division itself is being improved, and its violation. */
let amongParts: bool = false;
let divisionViolation: f64 = 0;
/** Least violation of the trail when it was last decided to mend on. */
let mendedTo: f64 = Infinity;
/** Whether what is being mended is the division, and whether that is yet to be improved at all. */
let mendsDivision: bool = false;
let fresh: bool = false;
/** The run's least violation when something was last mended, how many redivisions in a row did not lower it, and may not. */
let least: f64 = Infinity;
let failures: i32 = 0;
let patience: i32 = 0;

/** Moves per unit in which a division is mended, what is divided again with neighbours, and on where that pays. */
const DIVISION_PER_UNIT: f64 = 50;
const PER_UNIT: f64 = 15;
/** Mending pays where violation falls to this share, and while it is no more than so many times the run's least. */
const WORTHWHILE: f64 = 0.9;
const HOPEFUL: f64 = 4;
/** Moves per unit of a turn among the parts. */
const PARTS_PER_UNIT: f64 = 100;

/** Begins with a division of all that is open, repaired, sums included, as the current assignment; for at most `most` moves. */
export function beginEvening(most: f64): void {
  left = most;
  amongParts = false;
  fresh = true;
  least = Infinity;
  patience = 0;
  keepDivision();
  mendsDivision = true;
  mend(DIVISION_PER_UNIT);
}

function mend(perUnit: f64): void {
  mendedTo = Infinity;
  beginMending(true, perUnit);
}

/** Tells of `count` moves that mending took. */
export function spendOnMending(count: i32): void {
  left -= <f64>count;
}

/** One step of a new division; returns what it counts in moves, at least 1. */
export function evenSome(): i32 {
  const room = divideSome(CHUNK);
  const work = max(1, CHUNK - room);
  left -= <f64>work;
  if (amongParts) partsLeft -= <f64>work;
  if (room == 0) return work;
  recount();
  if (amongParts) judgePart();
  else {
    mendsDivision = false;
    mend(PER_UNIT);
  }
  return work;
}

/** Keeps the part that was divided again, or takes it back, and turns to the next one or to mending. */
function judgePart(): void {
  const violation = violationNow();
  if (violation <= divisionViolation) {
    divisionViolation = violation;
    if (violation <= bestViolation) {
      const cost = exactCost();
      if (beatsBest(violation, cost)) takeBest(violation, cost);
    }
  } else {
    takeBackPart();
    recount();
  }
  if (divisionViolation > 0 && partsLeft > 0 && left > 0) {
    redividePart();
    return;
  }
  amongParts = false;
  keepDivision();
  mendsDivision = true;
  mend(DIVISION_PER_UNIT);
}

function violationNow(): f64 {
  return fullImbalance() + standingViolation(countComponents());
}

/** Mends on where that has paid so far; returns whether it does. */
export function mendsOn(): bool {
  if (trailViolation == 0 || left <= 0) return false;
  if (trailViolation > WORTHWHILE * mendedTo || trailViolation > HOPEFUL * bestViolation) return false;
  mendedTo = trailViolation;
  mendOn(PER_UNIT);
  return true;
}

/** Goes on after mending; false once that was the last, with the run's best plan, sums included, as the current assignment. */
export function evenOn(): bool {
  stopMending();
  const over = bestViolation == 0 || left <= 0;
  if (bestViolation < least || mendsDivision) {
    // where an improved division is of no use, more is left to redivisions
    if (bestViolation >= least) patience = 2 * patience + 1;
    failures = 0;
  } else failures++;
  least = bestViolation;
  if (!over && (fresh || failures > patience)) {
    fresh = false;
    takeBackDivision();
    recount();
    divisionViolation = violationNow();
    amongParts = true;
    partsLeft = PARTS_PER_UNIT * <f64>unitCount;
    redividePart();
    return true;
  }
  restoreBest();
  recount();
  if (!over) beginRedivision();
  return !over;
}
