// Multipliers for the ascent of a large problem to start from, which has few rounds. What a unit costs in the plan is a
// fair price for it while territories are few; where there are many, in regions that differ, one that takes the dear
// units of its neighbours is far too cheap. Any multipliers give a valid bound; these give a better one soon. Sweeps
// over the pool then change what each unit is worth by the least slack of all the cheapest territories that take it: their
// value per weight. What is too cheap is put right within a sweep or two, and the others give away what they have to
// spare until every unit is in one that has nothing left.

import { pool, poolCount, poolPriceOf, setPoolPrice } from './candidates';
import { classCount, classLower, classTerritories, classUpper, distanceKind, itemCount, MOST_CLASSES, worth } from './items';
import { clearSlack, cover, multiplier, refreshTree, spreadSlack, tightenItems, totalWorth } from './item-tree';
import { knapsackPrice, knapsackValue, solveKnapsack } from './knapsack';
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
/** What the classes of this sweep add to the value, and the least value of the class at hand. */
let leastSum: f64 = 0;
let least: f64 = 0;

/** Up to this many items the ascent has rounds enough to get further from the first multipliers, however bad. */
const FEW_ITEMS: i32 = 10_000;
/** Sweeps are left out, too, where the first multipliers prove this share of the plan's cost at the points of the pool. */
const FAIR: f64 = 0.25;
/** Sweeps in all; in the earlier ones a unit is raised by this many times the least slack, as most have more. */
const SWEEPS: i32 = 8;
const BOLD_SWEEPS: i32 = 6;
const RAISE: f64 = 2.5;
/** In a hurry this many are enough, and a last one that dares less. */
const HURRIED_SWEEPS: i32 = 3;

/** Begins at the present multipliers; whether there is reason to. `typical` is a usual distance term. */
export function beginTightening(wholePool: bool, typical: f64): bool {
  kind = distanceKind(wholePool);
  scale = typical;
  sweeps = 0;
  tightened = false;
  if (classCount == 0 || itemCount <= FEW_ITEMS) return false;
  beginSweep();
  return true;
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
  const x = pool[3 * p];
  const y = pool[3 * p + 1];
  const z = pool[3 * p + 2];
  solveKnapsack(x, y, z, classLower[c], classUpper[c], poolPriceOf(p, c), scale, kind);
  setPoolPrice(p, c, knapsackPrice);
  least = min(least, knapsackValue);
  tightenItems(x, y, z, knapsackPrice, knapsackValue / classWorth[c], kind);
}

/** Moves the multipliers and begins the next sweep, unless this was the last one. In a hurry few do. O(n). */
function endSweep(hurry: bool): bool {
  if (sweeps == 0) {
    let value = leastSum;
    for (let i = 0; i < itemCount; i++) value += multiplier[i];
    if (value >= FAIR * scale * totalWorth()) return true;
  }
  if (sweeps == SWEEPS || (hurry && sweeps > HURRIED_SWEEPS)) return true;
  spreadSlack();
  const raise = sweeps < BOLD_SWEEPS && !hurry ? RAISE : 1;
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
