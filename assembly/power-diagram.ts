// Power diagram of the centres: unit u goes to the territory t with the least |u − c_t|² − price_t (Aurenhammer 1987).
// Mass is the mean share of all balanced measures: one price per territory keeps territories in one piece, where a price
// per measure would sort border units by their mix and scatter them. Only active territories take part: those that are
// not locked.

import { givenCost, hasMatrix, usualGap, widestRange } from './cost-matrix';
import {
  balancedCount,
  fixedCenter,
  initial,
  locked,
  mass,
  measureCount,
  place,
  target,
  territoryCount,
  unitCount,
} from './problem';
import { usualSpacing } from './spatial-tree';
import { center, chordSquaredTo } from './tally';

/** Price per territory, km². */
export let price: StaticArray<f64> = new StaticArray<f64>(0);
/** Mass that each territory should have, of a problem total of 1; and the part of it that active ones are to share. */
export let massTarget: StaticArray<f64> = new StaticArray<f64>(0);
export let goal: StaticArray<f64> = new StaticArray<f64>(0);
/** Mass of the units that may not move, per territory. */
export let heldMass: StaticArray<f64> = new StaticArray<f64>(0);
/** Σ weight · (x, y, z) and Σ weight of the units that may not move, per territory. */
export let heldMoment: StaticArray<f64> = new StaticArray<f64>(0);
/**
 * Territories that take part in the diagram, and how many. The first `activeCount` of them are active: their prices are
 * sought, while those of the others stand; and of these the first `movingCount` may move their centres.
 */
export let present: StaticArray<i32> = new StaticArray<i32>(0);
export let presentCount: i32 = 0;
export let activeCount: i32 = 0;
export let movingCount: i32 = 0;
let isActive: StaticArray<u8> = new StaticArray<u8>(0);
/** Squared distance from each active centre to the nearest other one, km². */
export let reach: StaticArray<f64> = new StaticArray<f64>(0);
let sorted: StaticArray<i32> = new StaticArray<i32>(0);

/** How far territories are apart where costs are given: in the middle of a cell the second is as far as its neighbour. */
const APART: f64 = 2;
/** Least squared distance of two centres, in squared spacings of the units. */
const LEAST_REACH: f64 = 1e-3;

export function allocatePowerDiagram(): void {
  const k = territoryCount;
  price = new StaticArray<f64>(k);
  massTarget = new StaticArray<f64>(k);
  goal = new StaticArray<f64>(k);
  heldMass = new StaticArray<f64>(k);
  heldMoment = new StaticArray<f64>(4 * k);
  present = new StaticArray<i32>(k);
  isActive = new StaticArray<u8>(k);
  reach = new StaticArray<f64>(k);
  sorted = new StaticArray<i32>(k);
}

/** Mass targets from the measures' targets, and what the units that may not move bring; once per problem. */
export function deriveMassTargets(): void {
  const M = measureCount;
  massTarget.fill(0);
  for (let m = 0; m < balancedCount; m++) {
    let total: f64 = 0;
    for (let t = 0; t < territoryCount; t++) total += target[t * M + m];
    if (total <= 0) continue;
    for (let t = 0; t < territoryCount; t++) massTarget[t] += target[t * M + m] / (total * <f64>balancedCount);
  }
  heldMass.fill(0);
  heldMoment.fill(0);
  for (let u = 0; u < unitCount; u++) {
    const t = initial[u];
    if (t < 0) continue;
    const w = place[4 * u + 3];
    heldMass[t] += mass[u];
    for (let d = 0; d < 3; d++) heldMoment[4 * t + d] += w * place[4 * u + d];
    heldMoment[4 * t + 3] += w;
  }
}

export function resetPrices(): void {
  price.fill(0);
}

/** What unit `u` pays for territory `t`: squared distance, or the cost that is given, less the price; km², or that cost. */
// @ts-ignore: decorator
@inline
export function powerDistance(u: i32, t: i32): f64 {
  return (hasMatrix ? givenCost(u, t) : chordSquaredTo(u, t)) - price[t];
}

/** Makes all territories active that are not locked. */
export function activateAll(): void {
  activeCount = 0;
  for (let t = 0; t < territoryCount; t++) {
    isActive[t] = locked[t] ? 0 : 1;
    if (!locked[t]) present[activeCount++] = t;
  }
  presentCount = activeCount;
  movingCount = activeCount;
}

/** Makes the first `count` territories of `some` present, the first `priced` active, and the first `moving` of these move. */
export function activateSome(some: StaticArray<i32>, count: i32, priced: i32, moving: i32): void {
  isActive.fill(0);
  for (let i = 0; i < count; i++) {
    present[i] = some[i];
    if (i < priced) isActive[some[i]] = 1;
  }
  presentCount = count;
  activeCount = priced;
  movingCount = moving;
}

// @ts-ignore: decorator
@inline
export function active(t: i32): bool {
  return isActive[t] != 0;
}

/** Shares `available` mass out among the active territories, in proportion to what each still needs. */
export function setGoals(available: f64): void {
  let wanted: f64 = 0;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    goal[t] = max(0, massTarget[t] - heldMass[t]);
    wanted += goal[t];
  }
  const scale = wanted > 0 ? available / wanted : 0;
  for (let i = 0; i < activeCount; i++) goal[present[i]] *= scale;
}

/**
 * Measures the way from each present centre to the nearest other one, by a sweep along the widest axis; returns the
 * square of how far they spread along it, km².
 */
export function measureReach(): f64 {
  if (hasMatrix) {
    reach.fill(APART * usualGap);
    return widestRange;
  }
  const axis = widestAxis();
  for (let i = 0; i < presentCount; i++) sorted[i] = present[i];
  sortAlong(axis);
  const least = LEAST_REACH * usualSpacing * usualSpacing;
  for (let i = 0; i < presentCount; i++) {
    const t = sorted[i];
    let nearest = Infinity;
    for (let way = -1; way <= 1; way += 2) {
      for (let j = i + way; j >= 0 && j < presentCount; j += way) {
        const s = sorted[j];
        const along = center[4 * s + axis] - center[4 * t + axis];
        if (along * along >= nearest) break;
        nearest = min(nearest, centersApart(s, t));
      }
    }
    // centres that fell into one place still need a scale to step by
    reach[t] = max(nearest < Infinity ? nearest : 1, least);
  }
  if (presentCount == 0) return 1;
  const spread = center[4 * sorted[presentCount - 1] + axis] - center[4 * sorted[0] + axis];
  return max(spread * spread, least);
}

/** Squared distance of two centres, km²; where costs are given, what prices change by at most or so. */
export function centersApart(s: i32, t: i32): f64 {
  if (hasMatrix) return APART * usualGap;
  const dx = center[4 * s] - center[4 * t];
  const dy = center[4 * s + 1] - center[4 * t + 1];
  const dz = center[4 * s + 2] - center[4 * t + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** Most that two prices may differ in first prices, relative to the squared distance of their centres. */
const INSIDE: f64 = 0.9;

/** Lowers prices, or raises them against territories that stand, until every active centre lies in its own. O(k²). */
export function keepCentersInside(): void {
  if (hasMatrix) return;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    for (let j = activeCount; j < presentCount; j++) {
      const s = present[j];
      if (price[s] > price[t]) price[t] = max(price[t], price[s] - INSIDE * centersApart(s, t));
    }
    for (let j = 0; j < presentCount; j++) {
      const s = present[j];
      if (price[t] > price[s]) price[t] = min(price[t], price[s] + INSIDE * centersApart(s, t));
    }
  }
}

function widestAxis(): i32 {
  let widest = 0;
  let most: f64 = -1;
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < presentCount; i++) {
      const x = center[4 * present[i] + axis];
      low = min(low, x);
      high = max(high, x);
    }
    if (high - low > most) {
      most = high - low;
      widest = axis;
    }
  }
  return widest;
}

/** Shell sort of `sorted` by one coordinate, equal ones by number. */
function sortAlong(axis: i32): void {
  let gap = 1;
  while (3 * gap + 1 < presentCount) gap = 3 * gap + 1;
  for (; gap > 0; gap = gap / 3) {
    for (let i = gap; i < presentCount; i++) {
      const t = sorted[i];
      const x = center[4 * t + axis];
      let j = i;
      for (; j >= gap; j -= gap) {
        const s = sorted[j - gap];
        const other = center[4 * s + axis];
        if (other < x || (other == x && s < t)) break;
        sorted[j] = s;
      }
      sorted[j] = t;
    }
  }
}

/**
 * Moves the free centres that may move by `stride` times the way to `moment`'s centroids; returns the longest way relative
 * to that to the next centre.
 */
export function moveCenters(moment: StaticArray<f64>, stride: f64): f64 {
  if (hasMatrix) return 0;
  let most: f64 = 0;
  for (let i = 0; i < movingCount; i++) {
    const t = present[i];
    const w = moment[4 * t + 3];
    if (fixedCenter[4 * t + 3] != 0 || w <= 0) continue;
    let square: f64 = 0;
    for (let d = 4 * t; d < 4 * t + 3; d++) {
      const to = moment[d] / w;
      const way = to - center[d];
      square += way * way;
      center[d] = to + (stride - 1) * way;
    }
    most = max(most, square / reach[t]);
  }
  return Math.sqrt(most);
}
