// A tree over the places of the units (a k-d tree: Bentley 1975) with sums per node, so that a pass over a diagram costs
// what its borders cost. Only units that may move are in it. Halving by count makes it perfect: node i has the children
// 2i + 1 and 2i + 2, and the j-th of the 2^l nodes of a level holds the units from n·j / 2^l on.
//
//   treePoint  4 f32 per unit in tree order: x, y, z in km, and the bits of the unit's index
//   treeSum    4 f32 per unit in tree order: mass, search weight, spacing, 0
//   nodeBall   4 f64 per node: centre and radius of a ball around its units, km
//   nodeSum    8 f64 per node: Σ mass, Σ mass · (x, y, z), Σ weight, Σ weight · (x, y, z)
//   nodeSpacing  1 f32 per node: largest spacing of its units, km
//   openSum, openNodeSum  treeSum and nodeSum of the units that may go everywhere; the same arrays where all may

import { freshArray } from './fresh-array';
import { hasPermits, isMasked } from './permits';
import { initial, mass, neighbors, offsets, place, unitCount } from './problem';

export let treePoint: StaticArray<f32> = new StaticArray<f32>(0);
export let treeSum: StaticArray<f32> = new StaticArray<f32>(0);
export let nodeBall: StaticArray<f64> = new StaticArray<f64>(0);
export let nodeSum: StaticArray<f64> = new StaticArray<f64>(0);
export let nodeSpacing: StaticArray<f32> = new StaticArray<f32>(0);
export let openSum: StaticArray<f32> = new StaticArray<f32>(0);
export let openNodeSum: StaticArray<f64> = new StaticArray<f64>(0);
/** Where each unit stands in tree order; only of masked units it is known. */
export let treePlace: StaticArray<i32> = new StaticArray<i32>(0);
/** Units in the tree, and the level of its leaves. */
export let treeUnits: i32 = 0;
export let leafLevel: i32 = 0;
/** Σ mass · |place|² of the units in the tree. */
export let treeSecondMoment: f64 = 0;
/** Mean spacing of the units, km. */
export let usualSpacing: f64 = 1;

/** A leaf holds this many units at least, twice as many at most. */
const LEAF: i32 = 8;

export function allocateSpatialTree(): void {
  let nodes = 1;
  while (unitCount / (nodes + 1) >= LEAF) nodes = 2 * nodes + 1;
  treePoint = freshArray<f32>(4 * unitCount);
  treeSum = freshArray<f32>(4 * unitCount);
  nodeBall = freshArray<f64>(4 * nodes);
  nodeSum = freshArray<f64>(8 * nodes);
  nodeSpacing = freshArray<f32>(nodes);
  openSum = hasPermits ? freshArray<f32>(treeSum.length) : treeSum;
  openNodeSum = hasPermits ? freshArray<f64>(nodeSum.length) : nodeSum;
  treePlace = freshArray<i32>(hasPermits ? unitCount : 0);
}

/** Where the units of node `j` of level `level` begin in tree order. */
// @ts-ignore: decorator
@inline
export function nodeBegin(level: i32, j: i32): i32 {
  return <i32>((<i64>treeUnits * <i64>j) >> level);
}

/** Level of node `i`, and its number within it. */
// @ts-ignore: decorator
@inline
export function levelOf(node: i32): i32 {
  return 31 - clz(node + 1);
}

/** The unit at position `at` of the tree order. */
// @ts-ignore: decorator
@inline
export function treeUnit(at: i32): i32 {
  return reinterpret<i32>(treePoint[4 * at + 3]);
}

/** Builds the tree; once per problem. O(n log n). */
export function buildSpatialTree(): void {
  treeUnits = 0;
  for (let u = 0; u < unitCount; u++) {
    if (initial[u] >= 0) continue;
    const at = 4 * treeUnits++;
    treePoint[at] = <f32>place[4 * u];
    treePoint[at + 1] = <f32>place[4 * u + 1];
    treePoint[at + 2] = <f32>place[4 * u + 2];
    treePoint[at + 3] = reinterpret<f32>(u);
  }
  leafLevel = 0;
  while (treeUnits >> (leafLevel + 1) >= LEAF) leafLevel++;
  for (let level = 0; level < leafLevel; level++) {
    for (let j = 0; j < 1 << level; j++) {
      const lo = nodeBegin(level, j);
      const hi = nodeBegin(level, j + 1);
      selectMiddle(lo, hi, nodeBegin(level + 1, 2 * j + 1), longestSide(lo, hi));
    }
  }
  fillUnits();
  for (let level = 0; level <= leafLevel; level++) {
    for (let j = 0; j < 1 << level; j++) encloseNode((1 << level) - 1 + j, nodeBegin(level, j), nodeBegin(level, j + 1));
  }
  if (hasPermits) fillOpen();
  for (let node = (1 << leafLevel) - 2; node >= 0; node--) {
    sumChildren(nodeSum, node);
    if (hasPermits) sumChildren(openNodeSum, node);
    nodeSpacing[node] = max(nodeSpacing[2 * node + 1], nodeSpacing[2 * node + 2]);
  }
}

// @ts-ignore: decorator
@inline
function sumChildren(sums: StaticArray<f64>, node: i32): void {
  for (let i = 0; i < 8; i++) sums[8 * node + i] = sums[16 * node + 8 + i] + sums[16 * node + 16 + i];
}

/** Sums of the leaves without masked units, and where those stand. */
function fillOpen(): void {
  for (let i = 0; i < treeUnits; i++) {
    const u = treeUnit(i);
    const open = !isMasked(u);
    if (!open) treePlace[u] = i;
    for (let d = 0; d < 4; d++) openSum[4 * i + d] = open || d == 2 ? treeSum[4 * i + d] : 0;
  }
  for (let j = 0; j < 1 << leafLevel; j++) {
    sumLeaf((1 << leafLevel) - 1 + j, nodeBegin(leafLevel, j), nodeBegin(leafLevel, j + 1), openSum, openNodeSum);
  }
}

/** The axis along which the units in [lo, hi) spread most. */
function longestSide(lo: i32, hi: i32): i32 {
  let low = v128.load(changetype<usize>(treePoint) + (<usize>lo << 4));
  let high = low;
  for (let i = lo + 1; i < hi; i++) {
    const point = v128.load(changetype<usize>(treePoint) + (<usize>i << 4));
    low = f32x4.pmin(low, point);
    high = f32x4.pmax(high, point);
  }
  const side = f32x4.sub(high, low);
  const x = f32x4.extract_lane(side, 0);
  const y = f32x4.extract_lane(side, 1);
  const z = f32x4.extract_lane(side, 2);
  return x >= y && x >= z ? 0 : y >= z ? 1 : 2;
}

/** Reorders [lo, hi) so that no unit before `middle` lies beyond one from it on, along `axis` (Hoare's selection). */
function selectMiddle(lo: i32, hi: i32, middle: i32, axis: i32): void {
  const base = changetype<usize>(treePoint);
  const key = base + (<usize>axis << 2);
  let from = lo;
  let to = hi - 1;
  while (from < to) {
    // the median of three keeps orders that are sorted already quick
    const a = load<f32>(key + (<usize>from << 4));
    const b = load<f32>(key + (<usize>((from + to) >> 1) << 4));
    const c = load<f32>(key + (<usize>to << 4));
    const pivot = max(min(a, b), min(max(a, b), c));
    let i = from;
    let j = to;
    while (i <= j) {
      while (load<f32>(key + (<usize>i << 4)) < pivot) i++;
      while (load<f32>(key + (<usize>j << 4)) > pivot) j--;
      if (i > j) break;
      const swap = v128.load(base + (<usize>i << 4));
      v128.store(base + (<usize>i << 4), v128.load(base + (<usize>j << 4)));
      v128.store(base + (<usize>j << 4), swap);
      i++;
      j--;
    }
    if (middle <= j) to = j;
    else if (middle >= i) from = i;
    else return;
  }
}

/** Mean distance of unit `u` to its neighbours; 0 where it has none. */
function spacingOf(u: i32): f64 {
  const degree = offsets[u + 1] - offsets[u];
  let sum: f64 = 0;
  for (let e = offsets[u]; e < offsets[u + 1]; e++) {
    const v = neighbors[e];
    const dx = place[4 * u] - place[4 * v];
    const dy = place[4 * u + 1] - place[4 * v + 1];
    const dz = place[4 * u + 2] - place[4 * v + 2];
    sum += Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
  return degree > 0 ? sum / <f64>degree : 0;
}

/** Writes mass, weight and spacing in tree order; a unit without neighbours is spaced as units usually are. */
function fillUnits(): void {
  let sum: f64 = 0;
  let count = 0;
  treeSecondMoment = 0;
  for (let i = 0; i < treeUnits; i++) {
    const u = treeUnit(i);
    const spacing = spacingOf(u);
    treeSum[4 * i] = <f32>mass[u];
    treeSum[4 * i + 1] = <f32>place[4 * u + 3];
    treeSum[4 * i + 2] = <f32>spacing;
    if (spacing > 0) {
      sum += spacing;
      count++;
    }
    const x = <f64>treePoint[4 * i];
    const y = <f64>treePoint[4 * i + 1];
    const z = <f64>treePoint[4 * i + 2];
    treeSecondMoment += <f64>treeSum[4 * i] * (x * x + y * y + z * z);
  }
  usualSpacing = count > 0 ? sum / <f64>count : 1;
  for (let i = 0; i < treeUnits; i++) if (treeSum[4 * i + 2] <= 0) treeSum[4 * i + 2] = <f32>usualSpacing;
}

/** The ball around [lo, hi), about the middle of the box around it; and the sums of a leaf. */
function encloseNode(node: i32, lo: i32, hi: i32): void {
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  if (hi > lo) {
    let low = v128.load(changetype<usize>(treePoint) + (<usize>lo << 4));
    let high = low;
    for (let i = lo + 1; i < hi; i++) {
      const point = v128.load(changetype<usize>(treePoint) + (<usize>i << 4));
      low = f32x4.pmin(low, point);
      high = f32x4.pmax(high, point);
    }
    x = 0.5 * (<f64>f32x4.extract_lane(low, 0) + <f64>f32x4.extract_lane(high, 0));
    y = 0.5 * (<f64>f32x4.extract_lane(low, 1) + <f64>f32x4.extract_lane(high, 1));
    z = 0.5 * (<f64>f32x4.extract_lane(low, 2) + <f64>f32x4.extract_lane(high, 2));
  }
  let most: f64 = 0;
  for (let i = lo; i < hi; i++) {
    const dx = <f64>treePoint[4 * i] - x;
    const dy = <f64>treePoint[4 * i + 1] - y;
    const dz = <f64>treePoint[4 * i + 2] - z;
    most = max(most, dx * dx + dy * dy + dz * dz);
  }
  nodeBall[4 * node] = x;
  nodeBall[4 * node + 1] = y;
  nodeBall[4 * node + 2] = z;
  nodeBall[4 * node + 3] = Math.sqrt(most);
  if (levelOf(node) == leafLevel) sumLeaf(node, lo, hi, treeSum, nodeSum);
}

function sumLeaf(node: i32, lo: i32, hi: i32, unitSums: StaticArray<f32>, nodeSums: StaticArray<f64>): void {
  const at = 8 * node;
  for (let i = 0; i < 8; i++) nodeSums[at + i] = 0;
  let spacing: f32 = 0;
  for (let i = lo; i < hi; i++) {
    const x = <f64>treePoint[4 * i];
    const y = <f64>treePoint[4 * i + 1];
    const z = <f64>treePoint[4 * i + 2];
    const m = <f64>unitSums[4 * i];
    const w = <f64>unitSums[4 * i + 1];
    nodeSums[at] += m;
    nodeSums[at + 1] += m * x;
    nodeSums[at + 2] += m * y;
    nodeSums[at + 3] += m * z;
    nodeSums[at + 4] += w;
    nodeSums[at + 5] += w * x;
    nodeSums[at + 6] += w * y;
    nodeSums[at + 7] += w * z;
    spacing = max(spacing, treeSum[4 * i + 2]);
  }
  nodeSpacing[node] = spacing;
}
