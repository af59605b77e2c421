// Brings the first plan into balance, which a diagram's whole units leave a little off: moves all over the map first, then
// where territories are out of balance and around them, until none is.

import { beginAnnealing, demandBalance, proposeMoves, setTemperature } from './anneal';
import { resetBalancePressure } from './balance-pressure';
import { beginTrail, bestViolation } from './best-plan';
import { borderCount, collectBorder } from './border';
import { countComponents } from './contiguity';
import { CHUNK } from './cycle';
import { unitCount } from './problem';
import { thawAll, thawUnbalanced } from './thaw';

/** Whether a plan is being mended. */
export let mending: bool = false;
/** Moves that this may still take, how many of them will be left at the next look for what is out of balance, and the
 *  looks so far. */
let left: f64 = 0;
let nextLook: f64 = 0;
let looks: i32 = 0;

/** Moves per unit in all; moves per border unit between two looks; every so many looks turn to everything. */
export const MOST_PER_UNIT: f64 = 200;
const LOOK_PER_BORDER_UNIT: f64 = 25;
const LOOKS: i32 = 4;
const HEAT: f64 = 0.1;

export function stopMending(): void {
  mending = false;
}

/**
 * Begins with the current assignment, which stands for a new trail. `exact`: it may beat the run's best plan on the way,
 * and loads are brought well inside their bounds.
 */
export function beginMending(exact: bool, perUnit: f64): void {
  mending = true;
  resetBalancePressure();
  thawAll();
  demandBalance(true);
  left = perUnit * <f64>unitCount;
  looks = 1;
  beginTrail(false, exact);
  collectBorder();
  beginAnnealing(countComponents(), exact);
  nextLook = left - LOOK_PER_BORDER_UNIT * <f64>borderCount;
}

/** Goes on where it ended, for so many moves more, and looks first for what is out of balance. */
export function mendOn(perUnit: f64): void {
  left = perUnit * <f64>unitCount;
  nextLook = left;
}

/** One chunk of at most `room` moves; returns those proposed, 0 once the plan is in balance or no more is to be had. */
export function mendSome(room: f64): i32 {
  if (left == 0 || bestViolation == 0) return 0;
  if (left <= nextLook) lookAgain();
  setTemperature(HEAT);
  const count = <i32>min(<f64>CHUNK, min(left, room));
  proposeMoves(count);
  left -= <f64>count;
  return count;
}

function lookAgain(): void {
  if (looks % LOOKS == 0) thawAll();
  else thawUnbalanced(looks % LOOKS);
  looks++;
  collectBorder();
  nextLook = left - LOOK_PER_BORDER_UNIT * <f64>borderCount;
}
