// First centres: recursive inertial bisection (Williams 1991; Zoltan's RIB). The units are cut in two across the
// longest axis of their mass, in proportion to the territories on either side, until one territory is left per part;
// the centroid of a part becomes its centre. Dense places get many small parts, as balance needs. O(n log k) expected.

import { below, nextU32, unitInterval } from './rng';
import { fixedCenter, initial, locked, mass, place, target, measureCount, territoryCount, unitCount } from './problem';
import { center } from './tally';

let order: StaticArray<i32> = new StaticArray<i32>(0);
let key: StaticArray<f64> = new StaticArray<f64>(0);
let partCenter: StaticArray<f64> = new StaticArray<f64>(0);
let free: StaticArray<i32> = new StaticArray<i32>(0);
let share: StaticArray<f64> = new StaticArray<f64>(0);
let taken: StaticArray<u8> = new StaticArray<u8>(0);
const axis: StaticArray<f64> = new StaticArray<f64>(3);
const mean: StaticArray<f64> = new StaticArray<f64>(3);

/** Every unit counts this share of the mean mass at least, so that empty land is divided too. */
const LEAST_MASS_SHARE: f64 = 1e-3;

export function allocateBisection(): void {
  order = new StaticArray<i32>(unitCount);
  key = new StaticArray<f64>(unitCount);
  partCenter = new StaticArray<f64>(3 * territoryCount);
  free = new StaticArray<i32>(territoryCount);
  share = new StaticArray<f64>(territoryCount);
  taken = new StaticArray<u8>(territoryCount);
}

// @ts-ignore: decorator
@inline
function massOf(u: i32): f64 {
  return mass[u] + LEAST_MASS_SHARE / <f64>unitCount;
}

/** Centre of the mass in order[lo … hi), into `mean`. */
function findMean(lo: i32, hi: i32): void {
  let total: f64 = 0;
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    const w = massOf(u);
    total += w;
    x += w * place[4 * u];
    y += w * place[4 * u + 1];
    z += w * place[4 * u + 2];
  }
  mean[0] = x / total;
  mean[1] = y / total;
  mean[2] = z / total;
}

/** Longest axis of the mass in order[lo … hi) by power iteration, turned at random by up to `jitter`. */
function findAxis(lo: i32, hi: i32, jitter: f64): void {
  findMean(lo, hi);
  const x = mean[0];
  const y = mean[1];
  const z = mean[2];
  let xx: f64 = 0;
  let xy: f64 = 0;
  let xz: f64 = 0;
  let yy: f64 = 0;
  let yz: f64 = 0;
  let zz: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    const w = massOf(u);
    const dx = place[4 * u] - x;
    const dy = place[4 * u + 1] - y;
    const dz = place[4 * u + 2] - z;
    xx += w * dx * dx;
    xy += w * dx * dy;
    xz += w * dx * dz;
    yy += w * dy * dy;
    yz += w * dy * dz;
    zz += w * dz * dz;
  }
  let ax: f64 = 0.61;
  let ay: f64 = 0.59;
  let az: f64 = 0.53;
  for (let step = 0; step < 24; step++) {
    const bx = xx * ax + xy * ay + xz * az;
    const by = xy * ax + yy * ay + yz * az;
    const bz = xz * ax + yz * ay + zz * az;
    const length = Math.sqrt(bx * bx + by * by + bz * bz);
    if (length <= 0) break;
    ax = bx / length;
    ay = by / length;
    az = bz / length;
  }
  axis[0] = ax + jitter * (2 * unitInterval() - 1);
  axis[1] = ay + jitter * (2 * unitInterval() - 1);
  axis[2] = az + jitter * (2 * unitInterval() - 1);
}

/** Reorders order[lo … hi) so that the units before the returned index hold about `wanted` mass. Weighted quickselect. */
function splitByMass(lo: i32, hi: i32, wanted: f64, least: i32, most: i32): i32 {
  let from = lo;
  let to = hi;
  let before: f64 = 0;
  while (to - from > 1) {
    const pivot = key[order[from + below(to - from)]];
    let i = from;
    let j = to - 1;
    let left: f64 = 0;
    while (i <= j) {
      while (key[order[i]] < pivot) left += massOf(order[i++]);
      while (key[order[j]] > pivot) j--;
      if (i > j) break;
      const swap = order[i];
      order[i] = order[j];
      order[j] = swap;
      left += massOf(order[i++]);
      j--;
    }
    if (before + left <= wanted) {
      before += left;
      if (i == from) break;
      from = i;
    } else {
      if (i == to) {
        // every key is the pivot's or less: peel the last one off, so that the range shrinks
        to--;
        continue;
      }
      to = i;
    }
  }
  return min(max(from, least), most);
}

/** Writes `center` for every territory. `jitter` 0 gives the plain bisection; more makes starts differ. */
export function placeCenters(jitter: f64): void {
  const M = measureCount;
  let freeCount = 0;
  let units = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t]) free[freeCount++] = t;
  for (let u = 0; u < unitCount; u++) if (initial[u] < 0) order[units++] = u;
  for (let i = 0; i < freeCount; i++) {
    let sum: f64 = 1e-12;
    for (let m = 0; m < M; m++) sum += target[free[i] * M + m];
    share[i] = sum;
  }
  // shuffle territories with unequal shares over the parts, so that starts place them differently
  if (jitter > 0) {
    for (let i = freeCount - 1; i > 0; i--) {
      const j = below(i + 1);
      const t = free[i];
      free[i] = free[j];
      free[j] = t;
      const s = share[i];
      share[i] = share[j];
      share[j] = s;
    }
  } else nextU32();
  if (freeCount > 0 && units >= freeCount) divide(0, units, 0, freeCount, jitter);

  // fixed centres take the nearest part away; the other parts go to the free territories in order
  taken.fill(0);
  for (let i = 0; i < freeCount; i++) {
    const t = free[i];
    if (fixedCenter[4 * t + 3] == 0) continue;
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < freeCount; j++) {
      if (taken[j]) continue;
      let d: f64 = 0;
      for (let a = 0; a < 3; a++) {
        const difference = partCenter[3 * j + a] - fixedCenter[4 * t + a];
        d += difference * difference;
      }
      if (d < least) {
        least = d;
        nearest = j;
      }
    }
    if (nearest >= 0) taken[nearest] = 1;
    for (let a = 0; a < 3; a++) center[4 * t + a] = fixedCenter[4 * t + a];
  }
  let next = 0;
  for (let i = 0; i < freeCount; i++) {
    const t = free[i];
    if (fixedCenter[4 * t + 3] != 0) continue;
    // without fixed centres part i belongs to territory i, which keeps its share
    while (taken[next]) next++;
    for (let a = 0; a < 3; a++) center[4 * t + a] = partCenter[3 * next + a];
    next++;
  }
}

/** Divides order[lo … hi) among the free territories a … b − 1. */
function divide(lo: i32, hi: i32, a: i32, b: i32, jitter: f64): void {
  if (b - a == 1) {
    findMean(lo, hi);
    for (let d = 0; d < 3; d++) partCenter[3 * a + d] = mean[d];
    return;
  }
  findAxis(lo, hi, jitter);
  let total: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    key[u] = axis[0] * place[4 * u] + axis[1] * place[4 * u + 1] + axis[2] * place[4 * u + 2];
    total += massOf(u);
  }
  // an odd count may lean either way, which is where starts differ most
  let middle = a + ((b - a) >> 1);
  if (jitter > 0 && b - a > 2) middle += (b - a) & 1 ? <i32>(nextU32() & 1) : 0;
  let left: f64 = 0;
  let all: f64 = 0;
  for (let i = a; i < b; i++) {
    all += share[i];
    if (i < middle) left += share[i];
  }
  const cut = splitByMass(lo, hi, (total * left) / all, lo + (middle - a), hi - (b - middle));
  divide(lo, cut, a, middle, jitter);
  divide(cut, hi, middle, b, jitter);
}
