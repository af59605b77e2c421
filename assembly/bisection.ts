// First centres: recursive inertial bisection (Williams 1991; Zoltan's RIB). The units are cut in two across the
// longest axis of their mass, in proportion to the territories on either side, until one territory is left per part;
// the centroid of a part becomes its centre. Dense places get many small parts, as balance needs. O(n log k) expected.

import { freshArray } from './fresh-array';
import { below, nextU32, unitInterval } from './rng';
import { fixedCenter, locked, target, measureCount, territoryCount } from './problem';
import { leafLevel, levelOf, nodeBall, nodeBegin, nodeSum, treePoint, treeSum, treeUnits } from './spatial-tree';
import { allocatePartHomes, matchesParts, matchParts, sumServed } from './part-homes';
import { heldMoment, price } from './power-diagram';
import { center } from './tally';

/** What is divided: whole nodes of the tree where they are small against a territory, else single units. */
let items: i32 = 0;
/** x, y, z, mass per item. */
let item: StaticArray<f64> = new StaticArray<f64>(0);
let order: StaticArray<i32> = new StaticArray<i32>(0);
let key: StaticArray<f64> = new StaticArray<f64>(0);
let partCenter: StaticArray<f64> = new StaticArray<f64>(0);
let partRadius: StaticArray<f64> = new StaticArray<f64>(0);
let free: StaticArray<i32> = new StaticArray<i32>(0);
let freeCount: i32 = 0;
let share: StaticArray<f64> = new StaticArray<f64>(0);
let taken: StaticArray<u8> = new StaticArray<u8>(0);
/** Part that each territory begins with, and the territories that are still to get one. */
let partOf: StaticArray<i32> = new StaticArray<i32>(0);
let waiting: StaticArray<i32> = new StaticArray<i32>(0);
/** Parts that are still to be divided: order[lo … hi) among free territories a … b − 1. */
const PARTS: i32 = 128;
const part: StaticArray<i32> = new StaticArray<i32>(4 * PARTS);
let parts: i32 = 0;
let turn: f64 = 0;
const axis: StaticArray<f64> = new StaticArray<f64>(3);
const mean: StaticArray<f64> = new StaticArray<f64>(3);

/** Every unit counts this share of the mean mass at least, so that empty land is divided too. */
const LEAST_MASS_SHARE: f64 = 1e-3;
/** An item holds at most this part of a territory's usual mass, and of its usual number of units, where it can. */
const ITEMS_BY_MASS: f64 = 32;
const ITEMS_BY_COUNT: i32 = 16;
const MOST_ITEMS: i32 = 256;
/** Items that are divided at the cost of one move. */
const PER_MOVE: i32 = 4;

export function allocateBisection(): void {
  const capacity = MOST_ITEMS * territoryCount + 64;
  item = freshArray<f64>(4 * capacity);
  order = freshArray<i32>(capacity);
  key = freshArray<f64>(capacity);
  partCenter = new StaticArray<f64>(3 * territoryCount);
  partRadius = new StaticArray<f64>(territoryCount);
  free = new StaticArray<i32>(territoryCount);
  share = new StaticArray<f64>(territoryCount);
  taken = new StaticArray<u8>(territoryCount);
  partOf = new StaticArray<i32>(territoryCount);
  waiting = new StaticArray<i32>(territoryCount);
  allocatePartHomes();
}

function addItem(x: f64, y: f64, z: f64, m: f64, units: i32): void {
  item[4 * items] = x;
  item[4 * items + 1] = y;
  item[4 * items + 2] = z;
  item[4 * items + 3] = m + (LEAST_MASS_SHARE * <f64>units) / <f64>treeUnits;
  order[items] = items;
  items++;
}

/** Lists the items below `node` of the tree. */
function listItems(node: i32): void {
  const level = levelOf(node);
  const j = node + 1 - (1 << level);
  const lo = nodeBegin(level, j);
  const hi = nodeBegin(level, j + 1);
  const m = nodeSum[8 * node];
  const large =
    m * <f64>freeCount * ITEMS_BY_MASS > 1 || <i64>(hi - lo) * <i64>freeCount * ITEMS_BY_COUNT > <i64>treeUnits;
  // what waits further up is one node a level, and each needs a place
  const room = order.length - items - leafLevel - 1;
  if (large && level < leafLevel && room > 1) {
    listItems(2 * node + 1);
    listItems(2 * node + 2);
  } else if (large && hi - lo <= room) {
    for (let i = lo; i < hi; i++) {
      addItem(<f64>treePoint[4 * i], <f64>treePoint[4 * i + 1], <f64>treePoint[4 * i + 2], <f64>treeSum[4 * i], 1);
    }
  } else if (m > 0) {
    addItem(nodeSum[8 * node + 1] / m, nodeSum[8 * node + 2] / m, nodeSum[8 * node + 3] / m, m, hi - lo);
  } else addItem(nodeBall[4 * node], nodeBall[4 * node + 1], nodeBall[4 * node + 2], 0, hi - lo);
}

/** Centre of the mass in order[lo … hi), into `mean`. */
function findMean(lo: i32, hi: i32): void {
  let total: f64 = 0;
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    const w = item[4 * u + 3];
    total += w;
    x += w * item[4 * u];
    y += w * item[4 * u + 1];
    z += w * item[4 * u + 2];
  }
  mean[0] = x / total;
  mean[1] = y / total;
  mean[2] = z / total;
}

/** Squared radius of a disc that is spread as wide about `mean` as order[lo … hi). */
function squaredRadius(lo: i32, hi: i32): f64 {
  let total: f64 = 0;
  let sum: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    const w = item[4 * u + 3];
    const dx = item[4 * u] - mean[0];
    const dy = item[4 * u + 1] - mean[1];
    const dz = item[4 * u + 2] - mean[2];
    total += w;
    sum += w * (dx * dx + dy * dy + dz * dz);
  }
  return (2 * sum) / total;
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
    const w = item[4 * u + 3];
    const dx = item[4 * u] - x;
    const dy = item[4 * u + 1] - y;
    const dz = item[4 * u + 2] - z;
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
      while (key[order[i]] < pivot) left += item[4 * order[i++] + 3];
      while (key[order[j]] > pivot) j--;
      if (i > j) break;
      const swap = order[i];
      order[i] = order[j];
      order[j] = swap;
      left += item[4 * order[i++] + 3];
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

/** Begins to place the centre of every territory. `jitter` 0 gives the plain bisection; more makes starts differ. */
export function beginBisection(jitter: f64): void {
  const M = measureCount;
  freeCount = 0;
  items = 0;
  parts = 0;
  turn = jitter;
  for (let t = 0; t < territoryCount; t++) if (!locked[t]) free[freeCount++] = t;
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
  if (freeCount == 0 || treeUnits < freeCount) return;
  listItems(0);
  if (items >= freeCount) addPart(0, items, 0, freeCount);
}

function addPart(lo: i32, hi: i32, a: i32, b: i32): void {
  part[4 * parts] = lo;
  part[4 * parts + 1] = hi;
  part[4 * parts + 2] = a;
  part[4 * parts + 3] = b;
  parts++;
}

/** Works on the bisection; returns the effort left, more than 0 once the centres stand. */
export function bisectSome(effort: i32): i32 {
  while (parts > 0) {
    if (effort <= 0) return 0;
    const at = 4 * --parts;
    effort -= 1 + (part[at + 1] - part[at]) / PER_MOVE;
    divide(part[at], part[at + 1], part[at + 2], part[at + 3], turn);
  }
  placeCenters();
  return max(1, effort);
}

/** The part nearest to a point that is not taken, which it takes; −1 where all are. */
function takeNearest(point: StaticArray<f64>, at: i32): i32 {
  let nearest = -1;
  let least = Infinity;
  for (let j = 0; j < freeCount; j++) {
    if (taken[j]) continue;
    let d: f64 = 0;
    for (let a = 0; a < 3; a++) {
      const difference = partCenter[3 * j + a] - point[at + a];
      d += difference * difference;
    }
    if (d < least) {
      least = d;
      nearest = j;
    }
  }
  if (nearest >= 0) taken[nearest] = 1;
  return nearest;
}

/** Writes `center` for every territory, and the price with which discs as wide as the parts would touch. */
function placeCenters(): void {
  // fixed centres and pinned units take the nearest part away; the other parts go to the free territories in order
  taken.fill(0);
  let left = 0;
  for (let i = 0; i < freeCount; i++) {
    const t = free[i];
    if (fixedCenter[4 * t + 3] == 0) {
      waiting[left++] = t;
      continue;
    }
    const nearest = takeNearest(fixedCenter, 4 * t);
    if (nearest >= 0) price[t] = partRadius[nearest];
    for (let a = 0; a < 3; a++) center[4 * t + a] = fixedCenter[4 * t + a];
  }
  left = placeAtPins(left);
  if (matchesParts()) {
    sumServed(partCenter, partRadius, freeCount);
    matchParts(waiting, left, taken, freeCount, partOf);
  } else {
    let next = 0;
    for (let i = 0; i < left; i++) {
      // without fixed centres part i belongs to territory i, which keeps its share
      while (taken[next]) next++;
      partOf[waiting[i]] = next++;
    }
  }
  for (let i = 0; i < left; i++) {
    const t = waiting[i];
    for (let a = 0; a < 3; a++) center[4 * t + a] = partCenter[3 * partOf[t] + a];
    price[t] = partRadius[partOf[t]];
  }
}

/** Places those of waiting[0 … count) that have pinned units at the centroid of these; returns how many still wait. */
function placeAtPins(count: i32): i32 {
  let left = 0;
  for (let i = 0; i < count; i++) {
    const t = waiting[i];
    const w = heldMoment[4 * t + 3];
    if (w <= 0) {
      waiting[left++] = t;
      continue;
    }
    for (let a = 0; a < 3; a++) center[4 * t + a] = heldMoment[4 * t + a] / w;
    const nearest = takeNearest(center, 4 * t);
    if (nearest >= 0) price[t] = partRadius[nearest];
  }
  return left;
}

/** Divides order[lo … hi) in two, or gives it to the one territory left. */
function divide(lo: i32, hi: i32, a: i32, b: i32, jitter: f64): void {
  if (b - a == 1) {
    findMean(lo, hi);
    for (let d = 0; d < 3; d++) partCenter[3 * a + d] = mean[d];
    partRadius[a] = squaredRadius(lo, hi);
    return;
  }
  findAxis(lo, hi, jitter);
  let total: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const u = order[i];
    key[u] = axis[0] * item[4 * u] + axis[1] * item[4 * u + 1] + axis[2] * item[4 * u + 2];
    total += item[4 * u + 3];
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
  addPart(cut, hi, middle, b);
  addPart(lo, cut, a, middle);
}
