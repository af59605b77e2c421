// Multipliers for the ascent of a large problem to start from, which has few rounds. What a unit costs in the plan is a
// fair price for it while territories are few; where there are many, in regions that differ, one that takes the dear
// units of its neighbours is far too cheap. Any multipliers give a valid bound; these give a better one soon. Sweeps
// over the pool then change what each unit is worth by the least slack of all the cheapest territories that take it: their
// value per weight. What is too cheap is put right within a sweep or two, and the others give away what they have to
// spare until every unit is in one that has nothing left. Last, points move to where territories are cheapest, because
// there the search of space would find them cheaper than any point of the pool.

import { followed, pool, poolCount, poolPriceOf, setPoolPrice } from './candidates';
import { classCount, classLower, classTerritories, classUpper, distanceKind, itemCount, MOST_CLASSES, worth } from './items';
import {
  clearSlack,
  cover,
  coveredWorth,
  coveredX,
  coveredY,
  coveredZ,
  coverItems,
  multiplier,
  refreshTree,
  spreadSlack,
  tightenItems,
  totalWorth,
} from './item-tree';
import { knapsackPart, knapsackPrice, knapsackValue, solveKnapsack } from './knapsack';
import { spend, work } from './work';

/** Whether the multipliers at the end are other ones than at the beginning. */
export let tightened: bool = false;
/** Mean weight of the plan's territories of each class. */
export const classWorth: StaticArray<f64> = new StaticArray<f64>(MOST_CLASSES);

let kind: i32 = 0;
let scale: f64 = 1;
let cursor: i32 = 0;
let currentClass: i32 = 0;
let sweeps: i32 = 0;
/** Whether the multipliers at the beginning are no plan's, so that no share of its cost excuses from sweeps. */
let always: bool = false;
/** Sweeps about points that follow so far; −1 before. */
let descents: i32 = -1;
/** Whether points may follow: a pool that is whole has all places there are. */
let follows: bool = false;
/** What the classes of this sweep add to the value, and the least value of the class at hand. */
let leastSum: f64 = 0;
let least: f64 = 0;

/** Sweeps are left out, too, where what units cost in the plan proves this share of its cost at the points of the pool. */
const FAIR: f64 = 0.25;
/** Sweeps in all; in the earlier ones a unit is raised by this many times the least slack, as most have more. */
const SWEEPS: i32 = 8;
const BOLD_SWEEPS: i32 = 6;
const RAISE: f64 = 2.5;
/** In a hurry this many are enough, and a last one that dares less. */
const HURRIED_SWEEPS: i32 = 2;
/** Then points follow the means of their territories to where these are cheapest (Lloyd), in so many more sweeps. */
const DESCENTS: i32 = 3;

/**
 * Begins at the present multipliers: what units cost in the plan, or `priced` by their neighbourhoods. `typical` is a usual
 * distance term.
 */
export function beginTightening(wholePool: bool, typical: f64, priced: bool): void {
  always = priced;
  follows = !wholePool;
  descents = -1;
  kind = distanceKind(wholePool);
  scale = typical;
  sweeps = 0;
  tightened = false;
  beginSweep();
}

function beginSweep(): void {
  refreshTree();
  clearSlack();
  cursor = 0;
  currentClass = 0;
  leastSum = 0;
  least = Infinity;
}

/** Works on the sweeps until the work amounts to `until`; whether they have ended, which they soon do once it is `enough`. */
export function tightenSome(until: f64, enough: f64): bool {
  while (work < until) {
    if (currentClass == classCount) {
      if (endSweep(work >= enough)) return true;
      continue;
    }
    if (cursor == poolCount) {
      leastSum += <f64>classTerritories[currentClass] * least;
      least = Infinity;
      cursor = 0;
      currentClass++;
      continue;
    }
    tightenAbout(cursor++, currentClass);
  }
  return false;
}

function tightenAbout(p: i32, c: i32): void {
  const at = descents >= 0 ? followed : pool;
  const x = at[3 * p];
  const y = at[3 * p + 1];
  const z = at[3 * p + 2];
  solveKnapsack(x, y, z, classLower[c], classUpper[c], poolPriceOf(p, c), scale, kind);
  setPoolPrice(p, c, knapsackPrice);
  least = min(least, knapsackValue);
  tightenItems(x, y, z, knapsackPrice, knapsackValue / classWorth[c], kind);
  if (descents < 0) return;
  coverItems(x, y, z, knapsackPrice, knapsackPart, 0, kind);
  if (coveredWorth <= 0) return;
  followed[3 * p] = coveredX / coveredWorth;
  followed[3 * p + 1] = coveredY / coveredWorth;
  followed[3 * p + 2] = coveredZ / coveredWorth;
}

/** Moves the multipliers and begins the next sweep, unless this was the last one. In a hurry few do. O(n). */
function endSweep(hurry: bool): bool {
  if (sweeps == 0 && !always) {
    let value = leastSum;
    for (let i = 0; i < itemCount; i++) value += multiplier[i];
    if (value >= FAIR * scale * totalWorth()) return true;
  }
  if (descents == DESCENTS) return true;
  if (descents < 0 && (sweeps == SWEEPS || (hurry && sweeps > HURRIED_SWEEPS))) {
    if (!follows) return true;
    for (let i = 0; i < 3 * poolCount; i++) followed[i] = pool[i];
    descents = 0;
  } else if (descents >= 0) descents++;
  spreadSlack();
  const raise = descents < 0 && sweeps < BOLD_SWEEPS && !hurry ? RAISE : 1;
  for (let i = 0; i < itemCount; i++) {
    const slack = cover[i];
    // otherwise no territory of the pool takes it
    if (slack < Infinity) multiplier[i] += worth[i] * (slack > 0 ? raise * slack : slack);
  }
  spend(<f64>(itemCount >> 3));
  tightened = true;
  sweeps++;
  beginSweep();
  return false;
}
