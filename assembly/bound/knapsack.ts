// What the cheapest territory about one centre costs less than its units are worth: a continuous knapsack with both
// bounds on the load (Dantzig 1957), solved by the price per size at which the load fits.

import { gather, heldCount, heldKey, heldSize, holdItem, innerCost, innerSize } from './item-tree';
import { looseSize } from './items';
import { spend } from './work';

/** Price per size, the share that items at that very price are taken by, and the value, of the last knapsack. */
export let knapsackPrice: f64 = 0;
export let knapsackPart: f64 = 0;
export let knapsackValue: f64 = 0;

/** Most that price times load came to since `resetStrain`: sums of that size are rounded. */
export let strain: f64 = 0;

export function resetStrain(): void {
  strain = 0;
}

/** How far from the guess the price is looked for at first, relative to the guess or the scale. */
const FIRST_SPREAD: f64 = 0.1;
const LEAST_SPREAD: f64 = 1e-3;
/** The next range lies where the loads seen so far say, this share of the way wider, and so many ranges away at most. */
const DOUBT: f64 = 0.3;
const WIDEN: f64 = 6;
/** A load that no price reaches is given up after so many ranges: the value is a lower bound at any price. */
const MOST_ROUNDS: i32 = 16;

/**
 * min Σ (worth · distance − multiplier) · x over 0 ≤ x ≤ 1, lower ≤ Σ size · x ≤ upper, for the centre (x, y, z).
 * `guess` is a price near the solution and `scale` a typical distance term.
 */
export function solveKnapsack(x: f64, y: f64, z: f64, lower: f64, upper: f64, guess: f64, scale: f64, kind: i32): void {
  const free = lower <= 0 && upper == Infinity;
  const near = min(scale, guess == 0 ? scale : max(Math.abs(guess), LEAST_SPREAD * scale));
  // where the plan costs nothing there is no scale
  const spread = FIRST_SPREAD * (near > 0 ? near : 1);
  let low = free ? 0 : guess - spread;
  let high = free ? 0 : guess + spread;
  // the price lies between these
  let floor = -Infinity;
  let ceiling = Infinity;
  let inner: f64 = 0;
  let total: f64 = 0;
  for (let round = 0; ; round++) {
    gather(x, y, z, low, high, kind);
    inner = innerSize;
    if (looseSize > 0) {
      if (low > 0) inner += looseSize;
      else if (high > 0) holdItem(0, looseSize);
    }
    total = inner;
    for (let i = 0; i < heldCount; i++) total += heldSize[i];
    if (free || round == MOST_ROUNDS) break;
    const beyond = inner - (low > 0 ? lower : upper);
    const short = (high >= 0 ? lower : upper) - total;
    if (beyond <= 0 && short <= 0) break;
    const width = high - low;
    const slope = (total - inner) / width;
    const step = slope > 0 ? min(max(beyond, short) / slope, WIDEN * width) : WIDEN * width;
    const half = max(0.5 * width, DOUBT * step);
    if (beyond > 0) {
      ceiling = low;
      high = min(ceiling, low - step + half);
      low = max(floor, ceiling - step - half);
    } else {
      floor = high;
      low = max(floor, high + step - half);
      high = min(ceiling, floor + step + half);
    }
    // what is between is all that is left
    if (low >= high) {
      low = floor;
      high = ceiling;
    }
  }
  settle(lower, upper, low, high, inner, total);
  strain = max(strain, Math.abs(knapsackPrice) * total);
  spend(2);
}

function settle(lower: f64, upper: f64, low: f64, high: f64, inner: f64, total: f64): void {
  knapsackPart = 1;
  let aim = low > 0 ? lower : upper;
  if (low <= 0 && high >= 0) {
    let cost = innerCost;
    let load = inner;
    for (let i = 0; i < heldCount; i++) {
      if (heldKey[i] >= 0) continue;
      cost += heldKey[i] * heldSize[i];
      load += heldSize[i];
    }
    if (load <= upper && load >= lower) {
      knapsackPrice = 0;
      knapsackPart = 0;
      knapsackValue = cost;
      return;
    }
    if (load < lower) aim = lower;
  }
  if (aim < inner || aim > total) {
    // out of reach: the dual value at the end of the range that is nearer
    const price = aim < inner ? low : high;
    let value = innerCost - price * inner;
    if (aim > total) for (let i = 0; i < heldCount; i++) value += (heldKey[i] - price) * heldSize[i];
    knapsackPrice = price;
    knapsackValue = value + (price > 0 ? price * lower : price < 0 ? price * upper : 0);
    return;
  }
  selectPrice(aim - inner, low);
}

/** Takes held items by rising key until `load` is reached. Quickselect over weights. */
function selectPrice(load: f64, low: f64): void {
  let from = 0;
  let to = heldCount - 1;
  let value = innerCost;
  let left = load;
  while (from <= to) {
    const a = heldKey[from];
    const b = heldKey[(from + to) >> 1];
    const c = heldKey[to];
    const pivot = max(min(a, b), min(max(a, b), c));
    // three ways: below the pivot, equal to it, above it
    let below = from;
    let above = to;
    let cost: f64 = 0;
    let weight: f64 = 0;
    let same: f64 = 0;
    for (let i = from; i <= above; ) {
      const key = heldKey[i];
      const s = heldSize[i];
      if (key < pivot) {
        cost += key * s;
        weight += s;
        swapHeld(i++, below++);
      } else if (key > pivot) swapHeld(i, above--);
      else {
        same += s;
        i++;
      }
    }
    if (left < weight) {
      to = below - 1;
      continue;
    }
    value += cost;
    left -= weight;
    if (left <= same || above >= to) {
      knapsackPrice = pivot;
      knapsackPart = same > 0 ? min(1, left / same) : 1;
      knapsackValue = value + pivot * min(left, same);
      return;
    }
    value += pivot * same;
    left -= same;
    from = above + 1;
  }
  // nothing is held: the load is reached already
  knapsackPrice = low;
  knapsackValue = value;
}

// @ts-ignore: decorator
@inline
function swapHeld(i: i32, j: i32): void {
  const key = heldKey[i];
  heldKey[i] = heldKey[j];
  heldKey[j] = key;
  const s = heldSize[i];
  heldSize[i] = heldSize[j];
  heldSize[j] = s;
}
