// What each unit is worth to the parts of the pool: dual prices of the linear set partitioning problem. A part's excess
// is its cost beyond the prices of its units; the excesses of a plan's parts add up to its cost beyond the sum of prices,
// so parts with a large excess are in no good plan. The dual is smoothed by entropy (a soft least excess, as in Nesterov
// 2005), which leaves a concave function with a gradient for `price-ascent.ts`.

import { elements, elementsToCover, MOST_PARTS_KEPT, partCost, partCount, partSet, words } from './part-pool';
import { mass, territoryCount, unitCount } from './problem';
import { labelled } from './tree-sums';
import { holdsElement } from './unit-sets';

/** Price of each element. */
export let unitPrice: StaticArray<f64> = new StaticArray<f64>(0);
/** Cost of each part beyond its prices. */
export let excess: StaticArray<f64> = new StaticArray<f64>(0);
/** Least excess, and the sum of all prices: no plan from the pool costs less than worth + k · leastExcess. */
export let leastExcess: f64 = 0;
export let worth: f64 = 0;
/** Smoothed dual at the prices, its gradient, and the mean size of the parts that count. */
export let dualValue: f64 = 0;
export let dualGradient: StaticArray<f64> = new StaticArray<f64>(0);
export let meanSize: f64 = 1;

/** Elements that some part holds. */
let held: StaticArray<u64> = new StaticArray<u64>(0);

/** Excess in smoothings beyond which a part does not count. */
const NEGLIGIBLE: f64 = 30;

export function allocatePartPrices(): void {
  unitPrice = new StaticArray<f64>(words > 0 ? elements : 0);
  dualGradient = new StaticArray<f64>(words > 0 ? elements : 0);
  held = new StaticArray<u64>(words);
  excess = new StaticArray<f64>(words > 0 ? MOST_PARTS_KEPT : 0);
}

/** Prices that share `total` out by mass. */
export function resetPrices(total: f64): void {
  if (words == 0) return;
  unitPrice.fill(0);
  for (let u = 0; u < unitCount; u++) unitPrice[u] = total * mass[u];
}

/** Brings excesses in line with the prices. O(size of the pool). */
export function measureExcess(): void {
  leastExcess = Infinity;
  held.fill(0);
  for (let j = 0; j < partCount; j++) {
    let value = partCost[j];
    for (let w = 0; w < words; w++) {
      let left = partSet[j * words + w];
      held[w] |= left;
      const base = w << 6;
      while (left != 0) {
        value -= unitPrice[base + <i32>ctz(left)];
        left &= left - 1;
      }
    }
    excess[j] = value;
    leastExcess = min(leastExcess, value);
  }
  worth = 0;
  for (let e = 0, end = elementsToCover(labelled); e < end; e++) worth += unitPrice[e];
}

/** Value and gradient of the dual at the prices, smoothed over excesses of the size of `smooth`. O(size of the pool). */
export function measureDual(smooth: f64): void {
  measureExcess();
  dualGradient.fill(0);
  let total: f64 = 0;
  let size: f64 = 0;
  const cutoff = leastExcess + NEGLIGIBLE * smooth;
  for (let j = 0; j < partCount; j++) {
    if (excess[j] > cutoff) continue;
    const p = Math.exp((leastExcess - excess[j]) / smooth);
    total += p;
    for (let w = 0; w < words; w++) {
      let left = partSet[j * words + w];
      const base = w << 6;
      size += p * <f64>popcnt(left);
      while (left != 0) {
        dualGradient[base + <i32>ctz(left)] += p;
        left &= left - 1;
      }
    }
  }
  const k = <f64>territoryCount;
  meanSize = size / total;
  dualValue = worth + k * (leastExcess - smooth * Math.log(total));
  const end = elementsToCover(labelled);
  for (let e = 0; e < elements; e++) {
    // what no part holds, or need not be covered, would rise without end
    dualGradient[e] = e < end && holdsElement(held, e) ? 1 - (k * dualGradient[e]) / total : 0;
  }
}
