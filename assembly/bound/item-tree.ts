// A balanced k-d tree over the items (Bentley 1975) that prices a centre without a look at every item: a box whose items
// all belong, or all do not, is settled by its sums. Nodes are numbered as in a heap; the items of a node are contiguous.

import { freshArray } from '../fresh-array';
import { distanceTerm, itemCount, point, SQUARE, ARC_SQUARE, size, sizeIsWorth, unitOf, worth } from './items';
import { manyUnits } from './thresholds';
import { spend } from './work';

/** Items of a leaf at most; and where there are many. */
const LEAF: i32 = 8;
const LARGE_LEAF: i32 = 32;
/** Under plain distance a box is summed up only where it is this small against its distance from the centre. */
const FAR: f64 = 100;

let leaf: i32 = LEAF;
let depth: i32 = 0;
let nodeCount: i32 = 0;
/** Six sides per node, and the worth, its centroid, the inertia about it, and the size within. */
let box: StaticArray<f64> = new StaticArray<f64>(0);
let sums: StaticArray<f64> = new StaticArray<f64>(0);
/** Per node the sum of its multipliers and the least and most of multiplier per worth. */
let priced: StaticArray<f64> = new StaticArray<f64>(0);
/** Least and most size per worth. */
let ratio: StaticArray<f64> = new StaticArray<f64>(0);
/** Multiplier per item: what covering it is worth. */
export let multiplier: StaticArray<f64> = new StaticArray<f64>(0);
/** How much of each node, and of each item beyond that, is covered. */
let nodeCover: StaticArray<f64> = new StaticArray<f64>(0);
export let cover: StaticArray<f64> = new StaticArray<f64>(0);
let stack: StaticArray<i32> = new StaticArray<i32>(64);

/** Work of a look at a node, in moves. */
const NODE_WORK: f64 = 0.125;

/** Items that hang on the price: reduced cost per size (Infinity aside), size, and the item or −1. */
export let heldCount: i32 = 0;
export let heldKey: StaticArray<f64> = new StaticArray<f64>(0);
export let heldSize: StaticArray<f64> = new StaticArray<f64>(0);
/** Reduced cost and size of all that belong at the low price. */
export let innerCost: f64 = 0;
export let innerSize: f64 = 0;
/** Worth and worth · (x, y, z) of the last `coverItems`. */
export let coveredWorth: f64 = 0;
export let coveredX: f64 = 0;
export let coveredY: f64 = 0;
export let coveredZ: f64 = 0;

export function allocateItemTree(units: i32): void {
  leaf = units > manyUnits ? LARGE_LEAF : LEAF;
  let most = 1;
  while (most * leaf < units) most <<= 1;
  most *= 2;
  box = freshArray<f64>(6 * most);
  sums = freshArray<f64>(6 * most);
  priced = freshArray<f64>(3 * most);
  ratio = freshArray<f64>(2 * most);
  nodeCover = freshArray<f64>(most);
  multiplier = freshArray<f64>(units);
  cover = freshArray<f64>(units);
  heldKey = freshArray<f64>(units + 1);
  heldSize = freshArray<f64>(units + 1);
}

/** Orders the items and builds the boxes and sums. O(n log² n). */
export function buildItemTree(): void {
  depth = 0;
  while ((leaf << depth) < itemCount) depth++;
  nodeCount = (2 << depth) - 1;
  split(0, 0, itemCount, 0);
  for (let v = nodeCount - 1; v >= 0; v--) sumUp(v);
}

// Nodes of level l are (1 << l) − 1 + i; the items of the i-th are itemCount · i >> l onwards.
// @ts-ignore: decorator
@inline
function firstOf(v: i32): i32 {
  const level = 31 - clz(v + 1);
  return <i32>((<i64>itemCount * <i64>(v + 1 - (1 << level))) >> level);
}
// @ts-ignore: decorator
@inline
function endOf(v: i32): i32 {
  const level = 31 - clz(v + 1);
  return <i32>((<i64>itemCount * <i64>(v + 2 - (1 << level))) >> level);
}

function split(v: i32, from: i32, to: i32, level: i32): void {
  if (level == depth) return;
  let axis = 0;
  let widest: f64 = -1;
  for (let d = 0; d < 3; d++) {
    let least = Infinity;
    let most = -Infinity;
    for (let i = from; i < to; i++) {
      least = min(least, point[3 * i + d]);
      most = max(most, point[3 * i + d]);
    }
    if (most - least > widest) {
      widest = most - least;
      axis = d;
    }
  }
  const middle = firstOf(2 * v + 2);
  selectItem(from, to - 1, middle, axis);
  split(2 * v + 1, from, middle, level + 1);
  split(2 * v + 2, middle, to, level + 1);
}

/** Hoare's selection: the items before `k` lie no further along the axis than those from it on. */
function selectItem(from: i32, to: i32, k: i32, axis: i32): void {
  while (from < to) {
    const pivot = point[3 * ((from + to) >> 1) + axis];
    let i = from;
    let j = to;
    while (i <= j) {
      while (point[3 * i + axis] < pivot) i++;
      while (point[3 * j + axis] > pivot) j--;
      if (i <= j) swapItems(i++, j--);
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else return;
  }
}

function swapItems(i: i32, j: i32): void {
  for (let d = 0; d < 3; d++) {
    const x = point[3 * i + d];
    point[3 * i + d] = point[3 * j + d];
    point[3 * j + d] = x;
  }
  const w = worth[i];
  worth[i] = worth[j];
  worth[j] = w;
  if (!sizeIsWorth) {
    const s = size[i];
    size[i] = size[j];
    size[j] = s;
  }
  const u = unitOf[i];
  unitOf[i] = unitOf[j];
  unitOf[j] = u;
}

function sumUp(v: i32): void {
  const b = 6 * v;
  for (let d = 0; d < 3; d++) {
    box[b + d] = Infinity;
    box[b + 3 + d] = -Infinity;
  }
  let W: f64 = 0;
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  let S: f64 = 0;
  let least = Infinity;
  let most: f64 = 0;
  const from = firstOf(v);
  const to = endOf(v);
  for (let i = from; i < to; i++) {
    const w = worth[i];
    for (let d = 0; d < 3; d++) {
      box[b + d] = min(box[b + d], point[3 * i + d]);
      box[b + 3 + d] = max(box[b + 3 + d], point[3 * i + d]);
    }
    W += w;
    x += w * point[3 * i];
    y += w * point[3 * i + 1];
    z += w * point[3 * i + 2];
    S += size[i];
    least = min(least, size[i] / w);
    most = max(most, size[i] / w);
  }
  if (W > 0) {
    x /= W;
    y /= W;
    z /= W;
  }
  let about: f64 = 0;
  for (let i = from; i < to; i++) about += worth[i] * squaredTo(i, x, y, z);
  sums[b] = W;
  sums[b + 1] = x;
  sums[b + 2] = y;
  sums[b + 3] = z;
  sums[b + 4] = about;
  sums[b + 5] = S;
  ratio[2 * v] = least;
  ratio[2 * v + 1] = most;
}

// @ts-ignore: decorator
@inline
function squaredTo(i: i32, x: f64, y: f64, z: f64): f64 {
  const dx = point[3 * i] - x;
  const dy = point[3 * i + 1] - y;
  const dz = point[3 * i + 2] - z;
  return dx * dx + dy * dy + dz * dz;
}

/** Brings the nodes in line with the multipliers. O(n). */
export function refreshTree(): void {
  for (let v = nodeCount - 1; v >= 0; v--) {
    const p = 3 * v;
    if (2 * v + 2 < nodeCount) {
      const a = 3 * (2 * v + 1);
      priced[p] = priced[a] + priced[a + 3];
      priced[p + 1] = min(priced[a + 1], priced[a + 4]);
      priced[p + 2] = max(priced[a + 2], priced[a + 5]);
      continue;
    }
    let sum: f64 = 0;
    let least = Infinity;
    let most = -Infinity;
    for (let i = firstOf(v), to = endOf(v); i < to; i++) {
      sum += multiplier[i];
      const a = multiplier[i] / worth[i];
      least = min(least, a);
      most = max(most, a);
    }
    priced[p] = sum;
    priced[p + 1] = least;
    priced[p + 2] = most;
  }
}

/** Squared distances of the nearest and the farthest point of a node's box. */
let nearest: f64 = 0;
let farthest: f64 = 0;
// @ts-ignore: decorator
@inline
function measureBox(v: i32, x: f64, y: f64, z: f64): void {
  const b = 6 * v;
  const xl = box[b] - x;
  const xh = x - box[b + 3];
  const yl = box[b + 1] - y;
  const yh = y - box[b + 4];
  const zl = box[b + 2] - z;
  const zh = z - box[b + 5];
  const nx = max(0, max(xl, xh));
  const ny = max(0, max(yl, yh));
  const nz = max(0, max(zl, zh));
  nearest = nx * nx + ny * ny + nz * nz;
  const fx = min(xl, xh);
  const fy = min(yl, yh);
  const fz = min(zl, zh);
  farthest = fx * fx + fy * fy + fz * fz;
}

/** Distance term of a whole node, or less (Jensen). */
// @ts-ignore: decorator
@inline
function nodeTerm(v: i32, x: f64, y: f64, z: f64, kind: i32): f64 {
  const b = 6 * v;
  const W = sums[b];
  const dx = sums[b + 1] - x;
  const dy = sums[b + 2] - y;
  const dz = sums[b + 3] - z;
  const squared = dx * dx + dy * dy + dz * dz;
  if (kind == SQUARE) return sums[b + 4] + W * squared;
  if (kind == ARC_SQUARE) return W * distanceTerm(squared + sums[b + 4] / W, kind);
  return W * distanceTerm(squared, kind);
}

// @ts-ignore: decorator
@inline
function summable(v: i32, kind: i32): bool {
  if (kind == SQUARE || kind == ARC_SQUARE) return true;
  const b = 6 * v;
  const dx = box[b + 3] - box[b];
  const dy = box[b + 4] - box[b + 1];
  const dz = box[b + 5] - box[b + 2];
  return FAR * (dx * dx + dy * dy + dz * dz) <= nearest;
}

/**
 * Prices the centre (x, y, z): sums what belongs at every price per size between `low` and `high`, and lists what hangs
 * on the price. An item belongs at price λ when worth · distance − multiplier − λ · size < 0.
 */
export function gather(x: f64, y: f64, z: f64, low: f64, high: f64, kind: i32): void {
  heldCount = 0;
  innerCost = 0;
  innerSize = 0;
  if (itemCount == 0) return;
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const v = stack[--top];
    spend(NODE_WORK);
    measureBox(v, x, y, z);
    const p = 3 * v;
    const reachMost = priced[p + 2] + (high > 0 ? high * ratio[2 * v + 1] : high * ratio[2 * v]);
    if (distanceTerm(nearest, kind) >= reachMost) continue;
    const reachLeast = priced[p + 1] + (low > 0 ? low * ratio[2 * v] : low * ratio[2 * v + 1]);
    if (distanceTerm(farthest, kind) < reachLeast && summable(v, kind)) {
      innerCost += nodeTerm(v, x, y, z, kind) - priced[p];
      innerSize += sums[6 * v + 5];
      continue;
    }
    if (2 * v + 2 < nodeCount) {
      stack[top++] = 2 * v + 2;
      stack[top++] = 2 * v + 1;
      continue;
    }
    for (let i = firstOf(v), to = endOf(v); i < to; i++) {
      const cost = worth[i] * distanceTerm(squaredTo(i, x, y, z), kind) - multiplier[i];
      const s = size[i];
      if (cost >= high * s) continue;
      if (cost < low * s) {
        innerCost += cost;
        innerSize += s;
        continue;
      }
      heldKey[heldCount] = cost / s;
      heldSize[heldCount++] = s;
    }
  }
}

/** Adds one more item to those that hang on the price. */
export function holdItem(key: f64, weight: f64): void {
  heldKey[heldCount] = key;
  heldSize[heldCount++] = weight;
}

/** Adds `share` to the cover of everything that belongs to the centre at price λ, and `share · part` at the price itself. */
export function coverItems(x: f64, y: f64, z: f64, price: f64, part: f64, share: f64, kind: i32): void {
  coveredWorth = 0;
  coveredX = 0;
  coveredY = 0;
  coveredZ = 0;
  if (itemCount == 0) return;
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const v = stack[--top];
    spend(NODE_WORK);
    measureBox(v, x, y, z);
    const p = 3 * v;
    const least = price > 0 ? ratio[2 * v] : ratio[2 * v + 1];
    const most = price > 0 ? ratio[2 * v + 1] : ratio[2 * v];
    if (distanceTerm(nearest, kind) > priced[p + 2] + price * most) continue;
    if (distanceTerm(farthest, kind) < priced[p + 1] + price * least) {
      nodeCover[v] += share;
      const b = 6 * v;
      coveredWorth += sums[b];
      coveredX += sums[b] * sums[b + 1];
      coveredY += sums[b] * sums[b + 2];
      coveredZ += sums[b] * sums[b + 3];
      continue;
    }
    if (2 * v + 2 < nodeCount) {
      stack[top++] = 2 * v + 2;
      stack[top++] = 2 * v + 1;
      continue;
    }
    for (let i = firstOf(v), to = endOf(v); i < to; i++) {
      const cost = worth[i] * distanceTerm(squaredTo(i, x, y, z), kind) - multiplier[i];
      const margin = price * size[i];
      if (cost > margin) continue;
      const taken = cost < margin ? 1 : part;
      cover[i] += share * taken;
      const w = taken * worth[i];
      coveredWorth += w;
      coveredX += w * point[3 * i];
      coveredY += w * point[3 * i + 1];
      coveredZ += w * point[3 * i + 2];
    }
  }
}

export function clearCover(): void {
  nodeCover.fill(0);
  cover.fill(0);
}

/** Brings the cover of whole nodes down to their items. O(n). */
export function spreadCover(): void {
  for (let v = 0; v < nodeCount; v++) {
    const c = nodeCover[v];
    if (c == 0) continue;
    if (2 * v + 2 < nodeCount) {
      nodeCover[2 * v + 1] += c;
      nodeCover[2 * v + 2] += c;
    } else for (let i = firstOf(v), to = endOf(v); i < to; i++) cover[i] += c;
  }
}

/** Clears the cover for `tightenItems`. */
export function clearSlack(): void {
  nodeCover.fill(Infinity);
  cover.fill(Infinity);
}

/** Lowers to `slack` the cover of everything that belongs to the centre at price λ, where that is more. */
export function tightenItems(x: f64, y: f64, z: f64, price: f64, slack: f64, kind: i32): void {
  if (itemCount == 0) return;
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const v = stack[--top];
    if (nodeCover[v] <= slack) continue;
    spend(NODE_WORK);
    measureBox(v, x, y, z);
    const p = 3 * v;
    const least = price > 0 ? ratio[2 * v] : ratio[2 * v + 1];
    const most = price > 0 ? ratio[2 * v + 1] : ratio[2 * v];
    if (distanceTerm(nearest, kind) > priced[p + 2] + price * most) continue;
    if (distanceTerm(farthest, kind) < priced[p + 1] + price * least) {
      nodeCover[v] = slack;
      continue;
    }
    if (2 * v + 2 < nodeCount) {
      stack[top++] = 2 * v + 2;
      stack[top++] = 2 * v + 1;
      continue;
    }
    for (let i = firstOf(v), to = endOf(v); i < to; i++) {
      const cost = worth[i] * distanceTerm(squaredTo(i, x, y, z), kind) - multiplier[i];
      if (cost <= price * size[i]) cover[i] = min(cover[i], slack);
    }
  }
}

/** Brings the least cover of whole nodes down to their items. O(n). */
export function spreadSlack(): void {
  for (let v = 0; v < nodeCount; v++) {
    const c = nodeCover[v];
    if (2 * v + 2 < nodeCount) {
      nodeCover[2 * v + 1] = min(c, nodeCover[2 * v + 1]);
      nodeCover[2 * v + 2] = min(c, nodeCover[2 * v + 2]);
    } else for (let i = firstOf(v), to = endOf(v); i < to; i++) cover[i] = min(c, cover[i]);
  }
}

/** Side of the box around all items: the low x, y, z, then the high ones. */
// @ts-ignore: decorator
@inline
export function boxSide(i: i32): f64 {
  return box[i];
}

export function totalWorth(): f64 {
  return sums[0];
}

export function totalSize(): f64 {
  return sums[5];
}

/** Least and most size per worth of any item. */
export function leastRatio(): f64 {
  return ratio[0];
}
export function mostRatio(): f64 {
  return ratio[1];
}
