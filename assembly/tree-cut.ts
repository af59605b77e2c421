// The cut of a part of the map by a spanning tree: what lies under an edge of a tree hangs together, and so does the rest
// (for districting: DeFord, Duchin, Solomon, Recombination, 2021). A random tree offers as many cuts as the part has
// units, of any shape: where no line divides it evenly, because units are heavy or the land is thin, one of a few trees
// often does.

import { activity, measureCount, neighbors, offsets } from './problem';
import { below } from './rng';

/** Units of the tree, each after its parent, and the place of each one's parent in that order. */
let treeUnit: StaticArray<i32> = new StaticArray<i32>(0);
let treeParent: StaticArray<i32> = new StaticArray<i32>(0);
/** Edges that lead out of the tree: place of the near end, and the far unit. */
let edgeFrom: StaticArray<i32> = new StaticArray<i32>(0);
let edgeTo: StaticArray<i32> = new StaticArray<i32>(0);
/** Units under each place of the tree, itself included, and their activity, place-major. */
let unitsUnder: StaticArray<i32> = new StaticArray<i32>(0);
let under: StaticArray<f64> = new StaticArray<f64>(0);
/** `stamp` on units of the tree, one less on those of the part that are not in it yet. */
let mark: StaticArray<i32> = new StaticArray<i32>(0);
let stamp: i32 = 0;
/** Whether each unit of the part lies under the cut at hand, and under the best. */
let side: StaticArray<bool> = new StaticArray<bool>(0);
export let underCut: StaticArray<bool> = new StaticArray<bool>(0);

/** The best cut: how it misses its shares, in shares of the smaller side; how many edges it cuts; its territories. */
export let treeOff: f64 = Infinity;
let treeLength: i32 = 0;
export let treeCount: i32 = 0;

export function allocateTreeCut(units: i32, slots: i32): void {
  treeUnit = new StaticArray<i32>(units);
  treeParent = new StaticArray<i32>(units);
  edgeFrom = new StaticArray<i32>(slots);
  edgeTo = new StaticArray<i32>(slots);
  unitsUnder = new StaticArray<i32>(units);
  under = new StaticArray<f64>(units * measureCount);
  mark = new StaticArray<i32>(units);
  side = new StaticArray<bool>(units);
  underCut = new StaticArray<bool>(units);
  stamp = 0;
}

export function forgetTreeCuts(): void {
  treeOff = Infinity;
}

/**
 * Offers the best cut of a random tree over order[from … to) for `territories` as the best of all. `shares` of the part
 * by count and measure are to lie under it, of `whole` in all; a miss of up to `even` counts as that much. What the tree
 * does not reach is on the other side. O(E + n · territories · measures) of the part.
 */
export function tryTree(
  order: StaticArray<i32>,
  from: i32,
  to: i32,
  territories: i32,
  shares: StaticArray<f64>,
  whole: StaticArray<f64>,
  even: f64,
): void {
  stamp += 2;
  for (let i = from; i < to; i++) mark[order[i]] = stamp - 1;
  const size = grow(order[from + below(to - from)]);
  sum(size);
  let best = -1;
  let count = 0;
  let off = treeOff;
  for (let i = 1; i < size; i++) {
    // each side has a unit for every territory
    const most = min(territories - 1, unitsUnder[i]);
    for (let c = max(1, territories - (to - from - unitsUnder[i])); c <= most; c++) {
      const miss = max(even, missOf(i, c, shares, whole));
      if (miss > off || (miss == off && best >= 0)) continue;
      off = miss;
      best = i;
      count = c;
    }
  }
  if (best < 0) return;
  const length = markSide(best, size);
  if (off == treeOff && length >= treeLength) return;
  treeOff = off;
  treeLength = length;
  treeCount = count;
  for (let i = from; i < to; i++) underCut[order[i]] = false;
  for (let i = 0; i < size; i++) underCut[treeUnit[i]] = side[treeUnit[i]];
}

/** Grows a tree from `root` by edges drawn at random from those that lead out of it; returns its size. */
function grow(root: i32): i32 {
  let size = 0;
  let edges = 0;
  let unit = root;
  let parent = -1;
  while (true) {
    mark[unit] = stamp;
    treeUnit[size] = unit;
    treeParent[size] = parent;
    for (let e = offsets[unit], end = offsets[unit + 1]; e < end; e++) {
      const v = neighbors[e];
      if (mark[v] != stamp - 1) continue;
      edgeFrom[edges] = size;
      edgeTo[edges++] = v;
    }
    size++;
    do {
      if (edges == 0) return size;
      const i = below(edges);
      parent = edgeFrom[i];
      unit = edgeTo[i];
      edgeFrom[i] = edgeFrom[--edges];
      edgeTo[i] = edgeTo[edges];
    } while (mark[unit] == stamp);
  }
}

function sum(size: i32): void {
  const M = measureCount;
  for (let i = 0; i < size; i++) {
    const u = treeUnit[i];
    unitsUnder[i] = 1;
    for (let m = 0; m < M; m++) under[i * M + m] = activity[u * M + m];
  }
  for (let i = size - 1; i > 0; i--) {
    const p = treeParent[i];
    unitsUnder[p] += unitsUnder[i];
    for (let m = 0; m < M; m++) under[p * M + m] += under[i * M + m];
  }
}

/** By how much what lies under place `i` misses the share of `count` territories, in shares of the smaller side. */
// @ts-ignore: decorator
@inline
function missOf(i: i32, count: i32, shares: StaticArray<f64>, whole: StaticArray<f64>): f64 {
  const M = measureCount;
  let worst: f64 = 0;
  for (let m = 0; m < M; m++) {
    const share = shares[(count - 1) * M + m];
    const smaller = min(share, 1 - share);
    if (whole[m] <= 0 || smaller <= 0) continue;
    worst = max(worst, Math.abs(under[i * M + m] / whole[m] - share) / smaller);
  }
  return worst;
}

/** Writes to `side` what lies under place `top`; returns the edges between that and the rest of the tree. */
function markSide(top: i32, size: i32): i32 {
  for (let i = 0; i < size; i++) side[treeUnit[i]] = i == top || (i > top && side[treeUnit[treeParent[i]]]);
  let length = 0;
  for (let i = top; i < size; i++) {
    const u = treeUnit[i];
    if (!side[u]) continue;
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      if (mark[v] == stamp && !side[v]) length++;
    }
  }
  return length;
}
