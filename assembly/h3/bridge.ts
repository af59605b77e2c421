// Empty cells that join what is apart. Rounds of Borůvka's minimum spanning tree (1926): each group of cells reaches
// for its nearest other group along a straight chain of cells, shortest gaps first; chains of earlier rounds are ground
// for later ones. A spanning tree has at most twice the cells of the least Steiner tree, in practice a few per cent
// more. Pairs are ordered by (distance, first cell, second cell), a total order, so the tree is one and the same
// whatever the rounding of ties.

import { addGrown, allocateGrown, findGrown, findRoot, grownKeys, grownSize, joinRoots } from './growing-set';
import { groundKeys, groundResolution, groundSize } from './ground';
import { writePointKm } from './measure';
import { around, lookAround, NONE } from './neighbors';
import {
  allocatePoints,
  buildTree,
  cells,
  groups,
  pairHigh,
  pairLow,
  pairSquare,
  points,
  seek,
  setPair,
} from './point-tree';
import { allocateSort, sortByKey, sortKeys, sortRows } from './sort';

/** Empty neighbours per cell, and `[x, y, z]` in km, x infinite until it is needed. */
let open: StaticArray<i32> = new StaticArray<i32>(0);
let places: StaticArray<f64> = new StaticArray<f64>(0);

/** The pair that joins the group with this root to the nearest other one. */
let bestLow: StaticArray<i32> = new StaticArray<i32>(0);
let bestHigh: StaticArray<i32> = new StaticArray<i32>(0);
let bestSquare: StaticArray<f64> = new StaticArray<f64>(0);
/** Cells per root. */
let sizes: StaticArray<i32> = new StaticArray<i32>(0);

/**
 * Bridges the ground. Gaps wider than `reachKm` or than `mostCells` cells stay. Returns how many cells there are then;
 * their keys stand in `sortKeys`, ascending, as doubles. Up to log₂(groups) rounds, each O(cells on a rim × log).
 */
export function bridgeGround(reachKm: f64, mostCells: i32, radius: f64): i32 {
  allocateChain(mostCells);
  allocateGrown(groundSize + (groundSize >> 1) + 64);
  for (let u = 0; u < groundSize; u++) addCell(groundKeys[u]);
  while (grow(reachKm * reachKm, radius)) {}
  allocateSort(grownSize);
  for (let u = 0; u < grownSize; u++) sortKeys[u] = grownKeys[u];
  sortByKey(grownSize, 7 + 3 * <u64>groundResolution);
  for (let u = 0; u < grownSize; u++) store<f64>(changetype<usize>(sortKeys) + 8 * u, <f64>sortKeys[u]);
  return grownSize;
}

function addCell(key: u64): void {
  const u = addGrown(key);
  if (u >= open.length) enlarge();
  places[3 * u] = Infinity;
  lookAround(key, groundResolution);
  let empty = 0;
  for (let s = 0; s < 6; s++) {
    if (around[s] == NONE) continue;
    const v = findGrown(around[s]);
    if (v < 0) {
      empty++;
      continue;
    }
    joinRoots(u, v);
    open[v]--;
  }
  open[u] = empty;
}

/** As much room as the growing set has. */
function enlarge(): void {
  const capacity = grownKeys.length;
  open = extend(open, capacity);
  places = extend(places, 3 * capacity);
  bestLow = extend(bestLow, capacity);
  bestHigh = extend(bestHigh, capacity);
  bestSquare = extend(bestSquare, capacity);
  sizes = extend(sizes, capacity);
}

function extend<T>(old: StaticArray<T>, length: i32): StaticArray<T> {
  const extended = new StaticArray<T>(length);
  memory.copy(changetype<usize>(extended), changetype<usize>(old), <usize>old.length << alignof<T>());
  return extended;
}

/** One round; whether it joined anything. */
function grow(reach: f64, radius: f64): bool {
  const largest = measureGroups();
  if (largest < 0) return false;
  const count = listRim(radius);
  buildTree();
  for (let i = 0; i < count; i++) {
    const root = groups[i];
    if (root == largest) continue;
    setPair(bestLow[root], bestHigh[root], bestSquare[root]);
    seek(i);
    bestLow[root] = pairLow;
    bestHigh[root] = pairHigh;
    bestSquare[root] = pairSquare;
  }
  let grown = false;
  for (let i = 0, pairs = sortPairs(); i < pairs; i++) {
    const root = sortRows[i];
    if (bestSquare[root] > reach) break;
    const u = bestLow[root];
    const v = bestHigh[root];
    if (findRoot(u) == findRoot(v)) continue;
    const steps = walk(grownKeys[u], grownKeys[v], radius);
    if (steps < 0) continue;
    for (let s = 0; s < steps; s++) if (findGrown(chain[s]) < 0) addCell(chain[s]);
    grown = true;
  }
  return grown;
}

/** Sizes by root; returns the root of the largest group, the first among equals, or −1 when there is one group only. */
function measureGroups(): i32 {
  for (let u = 0; u < grownSize; u++) {
    sizes[u] = 0;
    bestLow[u] = -1;
    bestHigh[u] = -1;
    bestSquare[u] = Infinity;
  }
  for (let u = 0; u < grownSize; u++) sizes[findRoot(u)]++;
  let largest = 0;
  for (let u = 1; u < grownSize; u++) if (sizes[u] > sizes[largest]) largest = u;
  return sizes[largest] == grownSize ? -1 : largest;
}

/**
 * Makes points of the cells with empty neighbours, in the order of their keys. Only they can be nearest to another
 * group: of any other cell, one of the six neighbours, all in its group, is nearer.
 */
function listRim(radius: f64): i32 {
  let count = 0;
  for (let u = 0; u < grownSize; u++) if (open[u] > 0) count++;
  allocateSort(count);
  count = 0;
  for (let u = 0; u < grownSize; u++) {
    if (open[u] == 0) continue;
    sortKeys[count] = grownKeys[u];
    sortRows[count++] = u;
  }
  sortByKey(count, 7 + 3 * <u64>groundResolution);
  allocatePoints(count);
  for (let i = 0; i < count; i++) {
    const u = sortRows[i];
    if (places[3 * u] == Infinity) writePointKm(grownKeys[u], groundResolution, radius, places, 3 * u);
    for (let axis = 0; axis < 3; axis++) points[3 * i + axis] = places[3 * u + axis];
    groups[i] = findRoot(u);
    cells[i] = u;
  }
  return count;
}

/** Leaves in `sortRows` the roots of groups that have a pair, shortest first. A pair of two groups is there twice. */
function sortPairs(): i32 {
  let count = 0;
  for (let u = 0; u < grownSize; u++) if (bestLow[u] >= 0) count++;
  allocateSort(count);
  count = 0;
  for (let u = 0; u < grownSize; u++) {
    if (bestLow[u] < 0) continue;
    sortKeys[count] = ((<u64>bestLow[u]) << 32) | <u64>bestHigh[u];
    sortRows[count++] = u;
  }
  sortByKey(count, 64);
  // The bits of positive doubles ascend as they do.
  for (let i = 0; i < count; i++) sortKeys[i] = reinterpret<u64>(bestSquare[sortRows[i]]);
  sortByKey(count, 64);
  return count;
}

let chain: StaticArray<u64> = new StaticArray<u64>(0);
let known: StaticArray<u64> = new StaticArray<u64>(0);
let knownCount: i32 = 0;
const goal: StaticArray<f64> = new StaticArray<f64>(3);
const place: StaticArray<f64> = new StaticArray<f64>(3);

function allocateChain(mostCells: i32): void {
  chain = new StaticArray<u64>(mostCells);
  known = new StaticArray<u64>(6 * (mostCells + 1) + 1);
}

/**
 * Writes to `chain` the cells strictly between two cells: from each on to the neighbour nearest to the goal, the lowest
 * among equals, which on a hexagonal grid is a shortest path, also across pentagons and edges of faces. Returns how
 * many; −1 when the chain is too short for them.
 */
function walk(from: u64, to: u64, radius: f64): i32 {
  writePointKm(to, groundResolution, radius, goal, 0);
  // Neighbours of the cell before were no nearer than this one, so its own nearest is not among them.
  known[0] = from;
  knownCount = 1;
  let at = from;
  for (let steps = 0; steps <= chain.length; steps++) {
    lookAround(at, groundResolution);
    let nearest = NONE;
    let least: f64 = Infinity;
    for (let s = 0; s < 6; s++) {
      const key = around[s];
      if (key == to) return steps;
      if (key == NONE || isKnown(key)) continue;
      known[knownCount++] = key;
      writePointKm(key, groundResolution, radius, place, 0);
      const x = goal[0] - place[0];
      const y = goal[1] - place[1];
      const z = goal[2] - place[2];
      const square = x * x + y * y + z * z;
      if (square < least || (square == least && key < nearest)) {
        least = square;
        nearest = key;
      }
    }
    at = nearest;
    if (steps < chain.length) chain[steps] = at;
  }
  return -1;
}

/** Latest first: most repetitions are of the last step. */
function isKnown(key: u64): bool {
  for (let i = knownCount - 1; i >= 0; i--) if (known[i] == key) return true;
  return false;
}
