// The true score of the current assignment, with the objective's own weights and centres. The search may follow a
// surrogate (power 1, best-unit centres, least weights); what is reported and compared between starts is this.

import { givenCost, hasMatrix } from './cost-matrix';
import { freshArray } from './fresh-array';
import { clearHeap, heapSize, popHeap, pushHeap } from './heap';
import { fullMix, mixFactor } from './mix';
import { pointDistance } from './objective';
import {
  cutFactor,
  cutWeight,
  disruptionFactor,
  fixedCenter,
  hasPlaces,
  inertiaFactor,
  neighbors,
  offsets,
  originX,
  originY,
  originZ,
  place,
  power,
  sphereRadius,
  territoryCount,
  todayOffsets,
  todayTerritory,
  todayValue,
  unitCenters,
  unitCount,
  weight,
} from './problem';
import { exchangeSites } from './sites';
import { assignment, size } from './tally';

/** Units by territory: members of t are member[first[t] … first[t + 1]). */
let member: StaticArray<i32> = new StaticArray<i32>(0);
let first: StaticArray<i32> = new StaticArray<i32>(0);
let next: StaticArray<i32> = new StaticArray<i32>(0);

const LEAST_MEAN_KM: f64 = 1e-6;

export function allocateExactScore(): void {
  member = freshArray<i32>(unitCount);
  first = new StaticArray<i32>(territoryCount + 1);
  next = new StaticArray<i32>(territoryCount);
}

/** Lists the members of every territory of the current assignment. */
export function groupMembers(): void {
  first[0] = 0;
  for (let t = 0; t < territoryCount; t++) first[t + 1] = first[t] + size[t];
  // filled from the back: each start walks down to where it belongs
  for (let t = 0; t < territoryCount; t++) next[t] = first[t + 1];
  for (let u = unitCount - 1; u >= 0; u--) {
    const t = assignment[u];
    if (t >= 0) member[--next[t]] = u;
  }
}

// @ts-ignore: decorator
@inline
function distanceSquared(u: i32, x: f64, y: f64, z: f64): f64 {
  const dx = place[4 * u] - x;
  const dy = place[4 * u + 1] - y;
  const dz = place[4 * u + 2] - z;
  return dx * dx + dy * dy + dz * dz;
}

/** Σ weight · distance^power of the units list[begin … end) to a point, given up once it reaches `limit`. */
function costAt(list: StaticArray<i32>, begin: i32, end: i32, x: f64, y: f64, z: f64, limit: f64): f64 {
  let sum: f64 = 0;
  for (let i = begin; i < end; i++) {
    const u = list[i];
    const d = pointDistance(distanceSquared(u, x, y, z));
    sum += weight[u] * (power == 2 ? d * d : d);
    if (sum >= limit) break;
  }
  return sum;
}

/** Inertia (or distance) of the units list[begin … end) as territory `t`, about its own kind of centre. */
export function inertiaOf(t: i32, list: StaticArray<i32>, begin: i32, end: i32): f64 {
  if (hasMatrix) {
    let sum: f64 = 0;
    for (let i = begin; i < end; i++) sum += weight[list[i]] * givenCost(list[i], t);
    return sum;
  }
  if (fixedCenter[4 * t + 3] != 0) {
    return costAt(list, begin, end, fixedCenter[4 * t], fixedCenter[4 * t + 1], fixedCenter[4 * t + 2], Infinity);
  }
  let W: f64 = 0;
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  for (let i = begin; i < end; i++) {
    const u = list[i];
    W += weight[u];
    x += weight[u] * place[4 * u];
    y += weight[u] * place[4 * u + 1];
    z += weight[u] * place[4 * u + 2];
  }
  if (W <= 0) return 0;
  x /= W;
  y /= W;
  z /= W;
  if (unitCenters) return bestUnitInertia(list, begin, end, W, x, y, z);
  if (power == 2) {
    let sum: f64 = 0;
    for (let i = begin; i < end; i++) sum += weight[list[i]] * distanceSquared(list[i], x, y, z);
    return sum;
  }
  if (sphereRadius > 0) {
    // distances run along the ground: bring the centroid back up to the sphere
    x += originX;
    y += originY;
    z += originZ;
    const length = Math.sqrt(x * x + y * y + z * z);
    // members all around the globe have no mean direction: the first of them stands in
    if (length < LEAST_MEAN_KM) {
      const u = list[begin];
      return costAt(list, begin, end, place[4 * u], place[4 * u + 1], place[4 * u + 2], Infinity);
    }
    const scale = sphereRadius / length;
    x = x * scale - originX;
    y = y * scale - originY;
    z = z * scale - originZ;
  }
  return costAt(list, begin, end, x, y, z, Infinity);
}

/**
 * The member about which the units cost least. Candidates come in order of their distance from the weighted mean; a lower
 * bound that grows with it (W·|x − c| for power 1, Q + W·|x − c|² for power 2; arcs are no shorter than chords) ends it.
 */
function bestUnitInertia(list: StaticArray<i32>, begin: i32, end: i32, W: f64, x: f64, y: f64, z: f64): f64 {
  clearHeap();
  let about: f64 = 0;
  for (let i = begin; i < end; i++) {
    const u = list[i];
    const d = distanceSquared(u, x, y, z);
    about += weight[u] * d;
    pushHeap(d, <u64>u);
  }
  let best = Infinity;
  while (heapSize > 0) {
    const u = <i32>popHeap();
    const d = distanceSquared(u, x, y, z);
    const bound = power == 2 ? about + W * d : W * Math.sqrt(d);
    if (bound >= best) break;
    best = min(best, costAt(list, begin, end, place[4 * u], place[4 * u + 1], place[4 * u + 2], best));
  }
  return best;
}

/** The same of territory `t` of the current assignment, after `groupMembers`. */
export function territoryInertia(t: i32): f64 {
  return inertiaOf(t, member, first[t], first[t + 1]);
}

/** True cost of the current assignment; sizes and loads must be up to date. */
export function exactCost(): f64 {
  exchangeSites();
  groupMembers();
  let inertia: f64 = 0;
  if (hasPlaces || hasMatrix) for (let t = 0; t < territoryCount; t++) inertia += territoryInertia(t);
  let cut: f64 = 0;
  let moved: f64 = 0;
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (cutFactor != 0) {
      for (let e = offsets[u]; e < offsets[u + 1]; e++) {
        const v = neighbors[e];
        if (v > u && assignment[v] != t) cut += cutWeight[e];
      }
    }
    for (let i = todayOffsets[u]; i < todayOffsets[u + 1]; i++) if (todayTerritory[i] != t) moved += todayValue[i];
  }
  const cost = inertiaFactor * inertia + cutFactor * cut + disruptionFactor * moved;
  return mixFactor > 0 ? cost + mixFactor * fullMix() : cost;
}
