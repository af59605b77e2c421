// The optimum of tiny problems with limits on what changes hands, or sites for centres: what these count is no sum over
// sets of units, so all plans are scored one after the other, as an odometer counts.

import { standingViolation } from './anneal';
import { rounded } from './best-plan';
import { countComponents } from './contiguity';
import { exactCost } from './exact-score';
import { fullImbalance } from './objective';
import { mayServe } from './permits';
import { initial, locked, territoryCount, unitCount } from './problem';
import { assignment, recount } from './tally';

const MOST_UNITS: i32 = 16;
const MOST_PLANS: f64 = 262144;
/** Moves that scoring one plan counts as. */
const PER_PLAN: i32 = 4;

/** Units that may move, and the best plan so far. */
let movable: StaticArray<i32> = new StaticArray<i32>(0);
let movableCount: i32 = 0;
let bestPlan: StaticArray<i32> = new StaticArray<i32>(0);
let bestViolation: f64 = Infinity;
let bestCost: f64 = Infinity;

export function allocateAllPlans(): void {
  movable = new StaticArray<i32>(unitCount <= MOST_UNITS ? unitCount : 0);
  bestPlan = new StaticArray<i32>(unitCount <= MOST_UNITS ? unitCount : 0);
}

/** Whether there are so few plans that all of them can be scored within `moves`. */
export function fitsAllPlans(moves: f64): bool {
  if (unitCount > MOST_UNITS) return false;
  let plans: f64 = 1;
  for (let u = 0; u < unitCount; u++) if (initial[u] < 0) plans *= <f64>territoryCount;
  return plans <= MOST_PLANS && plans * <f64>PER_PLAN <= moves;
}

/** The next territory after `t` that may serve `u`, −1 for none. */
function nextTerritory(u: i32, t: i32): i32 {
  for (let s = t + 1; s < territoryCount; s++) if (!locked[s] && mayServe(u, s)) return s;
  return -1;
}

export function beginAllPlans(): void {
  movableCount = 0;
  bestViolation = Infinity;
  for (let u = 0; u < unitCount; u++) {
    assignment[u] = initial[u];
    if (initial[u] >= 0) continue;
    assignment[u] = nextTerritory(u, -1);
    if (assignment[u] >= 0) movable[movableCount++] = u;
  }
}

/** Scores plans for about `count` moves; true once all are, and the best is the current assignment. */
export function scorePlansSome(count: i32): bool {
  for (let left = count; left > 0; left -= PER_PLAN) {
    scorePlan();
    let i = 0;
    for (; i < movableCount; i++) {
      const u = movable[i];
      const next = nextTerritory(u, assignment[u]);
      if (next >= 0) {
        assignment[u] = next;
        break;
      }
      assignment[u] = nextTerritory(u, -1);
    }
    if (i < movableCount) continue;
    for (let u = 0; u < unitCount; u++) assignment[u] = bestPlan[u];
    return true;
  }
  return false;
}

function scorePlan(): void {
  recount();
  const violation = rounded(fullImbalance() + standingViolation(countComponents()));
  if (violation > bestViolation) return;
  const cost = exactCost();
  if (violation == bestViolation && cost >= bestCost) return;
  bestViolation = violation;
  bestCost = cost;
  for (let u = 0; u < unitCount; u++) bestPlan[u] = assignment[u];
}
