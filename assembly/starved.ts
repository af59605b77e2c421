// Territories that win nothing where costs are given: each is paid what its cheapest unit takes.

import { usualGap } from './cost-matrix';
import { massLoad } from './diagram-pass';
import { activeCount, goal, powerDistance, present, presentCount, price } from './power-diagram';
import { mayServe } from './permits';
import { territoryCount } from './problem';
import { treeUnit, treeUnits } from './spatial-tree';

/** What each territory lacks to win a unit; Infinity for those that need none. */
let lack: StaticArray<f64> = new StaticArray<f64>(0);
let starved: StaticArray<i32> = new StaticArray<i32>(0);

export function allocateStarved(): void {
  lack = new StaticArray<f64>(territoryCount);
  starved = new StaticArray<i32>(territoryCount);
}

/** Raises the price of every active territory without mass so far that a unit falls to it, and `bid` gaps more; false without any. O(n k). */
export function feedStarvedByCost(bid: f64): bool {
  let count = 0;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    lack[t] = Infinity;
    if (massLoad[t] <= 0 && goal[t] > 0) starved[count++] = t;
  }
  if (count == 0) return false;
  for (let at = 0; at < treeUnits; at++) {
    const u = treeUnit(at);
    let least = Infinity;
    for (let i = 0; i < presentCount; i++) if (mayServe(u, present[i])) least = min(least, powerDistance(u, present[i]));
    for (let i = 0; i < count; i++) {
      const t = starved[i];
      if (mayServe(u, t)) lack[t] = min(lack[t], powerDistance(u, t) - least);
    }
  }
  for (let i = 0; i < count; i++) {
    const t = starved[i];
    if (lack[t] < Infinity) price[t] += lack[t] + bid * usualGap;
  }
  return true;
}
