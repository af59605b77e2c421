// Which parts are worth a place in the pool. Those of the least excess are many near-copies of a few; a plan also needs
// parts where all are dear. So a part stays if it is among the best for any one of its units, and if a plan that holds it
// can beat the best at all.

import { elements, keepParts, partCount, partSet, words } from './part-pool';
import { excess, leastExcess } from './part-prices';
import { unitCount } from './problem';

const BISECTIONS: i32 = 14;

/** Excess up to which a part is among the best for a unit. */
export let unitCeiling: StaticArray<f64> = new StaticArray<f64>(0);
/** Excess from which on no plan can beat the best. */
export let ceiling: f64 = Infinity;
let low: StaticArray<f64> = new StaticArray<f64>(0);
let high: StaticArray<f64> = new StaticArray<f64>(0);
let count: StaticArray<i32> = new StaticArray<i32>(0);

export function allocatePartSieve(): void {
  const size = words > 0 ? elements : 0;
  unitCeiling = new StaticArray<f64>(size);
  low = new StaticArray<f64>(size);
  high = new StaticArray<f64>(size);
  count = new StaticArray<i32>(size);
}

/** Lets everything in. */
export function openSieve(): void {
  ceiling = Infinity;
  unitCeiling.fill(Infinity);
}

/**
 * Drops what is not worth its place, and sets the ceilings for what comes: `quota` parts per unit, none more than `beyond`
 * above the least excess.
 */
export function sift(beyond: f64, quota: i32): void {
  if (partCount == 0) return;
  ceiling = leastExcess + beyond;
  raiseCeilings(quota);
  for (let j = 0; j < partCount; j++) if (excess[j] > ceilingOfPart(j)) excess[j] = Infinity;
  keepParts(excess, f64.MAX_VALUE);
}

/** Finds, for each unit, the excess of the last part that is among its best. */
function raiseCeilings(quota: i32): void {
  let most = leastExcess;
  for (let j = 0; j < partCount; j++) most = max(most, excess[j]);
  low.fill(leastExcess);
  high.fill(most);
  for (let i = 0; i <= BISECTIONS; i++) {
    // first whether there are more than enough at all
    count.fill(0);
    for (let j = 0; j < partCount; j++) {
      for (let w = 0; w < words; w++) {
        let left = partSet[j * words + w];
        while (left != 0) {
          const e = (w << 6) + <i32>ctz(left);
          left &= left - 1;
          if (i == 0 || excess[j] <= 0.5 * (low[e] + high[e])) count[e]++;
        }
      }
    }
    for (let e = 0; e < elements; e++) {
      if (i == 0) unitCeiling[e] = e >= unitCount ? -Infinity : count[e] <= quota ? Infinity : 0;
      else if (count[e] > quota) high[e] = 0.5 * (low[e] + high[e]);
      else low[e] = 0.5 * (low[e] + high[e]);
    }
  }
  for (let e = 0; e < unitCount; e++) if (unitCeiling[e] == 0) unitCeiling[e] = low[e];
}

function ceilingOfPart(j: i32): f64 {
  let highest = -Infinity;
  for (let w = 0; w < words; w++) {
    let left = partSet[j * words + w];
    while (left != 0) {
      highest = max(highest, unitCeiling[(w << 6) + <i32>ctz(left)]);
      left &= left - 1;
    }
  }
  return min(highest, ceiling);
}
