// The plan on one level of the hierarchy, with everything that a move needs at hand: loads, border list, cost and
// imbalance carried by deltas, and the best plan seen on the level, kept by a journal of the moves since.

import { BALANCE_ROUNDING, fullImbalance, imbalanceOf } from '../objective';
import { cutFactor, measureCount, territoryCount, unitCount } from '../problem';
import { load } from '../tally';
import { adjacent, amount, edgeWeight, firstSlot, levelEnd, levelFirst, part, vertexCapacity } from './levels';

/** Level in work, and the ids of its vertices. */
let first: i32 = 0;
let end: i32 = 0;

/** Vertices with a neighbour in another territory, in no particular order. */
export let cutBorder: StaticArray<i32> = new StaticArray<i32>(0);
export let cutBorderCount: i32 = 0;
/** Where a vertex stands in the list, −1 when it is not on it. */
let place: StaticArray<i32> = new StaticArray<i32>(0);
/** Slots per vertex that lead to other territories. */
let outward: StaticArray<i32> = new StaticArray<i32>(0);
/** Vertices per territory. */
export let vertexCount: StaticArray<i32> = new StaticArray<i32>(0);

export let levelCost: f64 = 0;
export let levelImbalance: f64 = 0;

export let levelBestPart: StaticArray<i32> = new StaticArray<i32>(0);
export let levelBestCost: f64 = Infinity;
export let levelBestImbalance: f64 = Infinity;
let journal: StaticArray<i32> = new StaticArray<i32>(0);
let journalLength: i32 = 0;
/** The journal does not tell all that changed. */
let copyAll: bool = true;

export function allocateCutState(): void {
  cutBorder = new StaticArray<i32>(unitCount);
  place = new StaticArray<i32>(vertexCapacity);
  outward = new StaticArray<i32>(vertexCapacity);
  vertexCount = new StaticArray<i32>(territoryCount);
  levelBestPart = new StaticArray<i32>(vertexCapacity);
  journal = new StaticArray<i32>(unitCount);
}

/** Takes up level `l` with the plan in `part`; forgets the best of the level before. O(vertices + slots). */
export function openLevel(l: i32): void {
  first = levelFirst[l];
  end = levelEnd[l];
  takeStock();
  levelBestCost = Infinity;
  levelBestImbalance = Infinity;
  copyAll = true;
  noteLevelBest();
}

/** Lists the border and sums everything anew. */
function takeStock(): void {
  cutBorderCount = 0;
  for (let v = first; v < end; v++) {
    place[v] = -1;
    const t = part[v];
    let others = 0;
    for (let e = firstSlot[v], last = firstSlot[v + 1]; e < last; e++) if (part[adjacent[e]] != t) others++;
    outward[v] = others;
    if (others > 0) enlist(v);
  }
  recountLevel();
}

/** Sums loads, sizes, cost and imbalance anew, without the rounding that increments gather. */
export function recountLevel(): void {
  const M = measureCount;
  load.fill(0);
  vertexCount.fill(0);
  let cut: f64 = 0;
  for (let v = first; v < end; v++) {
    const t = part[v];
    if (t >= 0) {
      vertexCount[t]++;
      for (let m = 0; m < M; m++) load[t * M + m] += amount[v * M + m];
    }
    for (let e = firstSlot[v], last = firstSlot[v + 1]; e < last; e++) {
      if (adjacent[e] > v && part[adjacent[e]] != t) cut += <f64>edgeWeight[e];
    }
  }
  levelCost = cutFactor * cut;
  levelImbalance = fullImbalance();
}

/** Mean cost of a cut edge that costs anything, the scale of a move; 1 where none does. */
export function meanCutCost(): f64 {
  let sum: f64 = 0;
  let count = 0;
  for (let i = 0; i < cutBorderCount; i++) {
    const v = cutBorder[i];
    for (let e = firstSlot[v], last = firstSlot[v + 1]; e < last; e++) {
      if (part[adjacent[e]] == part[v] || edgeWeight[e] == 0) continue;
      sum += <f64>edgeWeight[e];
      count++;
    }
  }
  return count > 0 ? (cutFactor * sum) / <f64>count : 1;
}

// @ts-ignore: decorator
@inline
function enlist(v: i32): void {
  place[v] = cutBorderCount;
  cutBorder[cutBorderCount++] = v;
}

// @ts-ignore: decorator
@inline
function strike(v: i32): void {
  const at = place[v];
  const last = cutBorder[--cutBorderCount];
  cutBorder[at] = last;
  place[last] = at;
  place[v] = -1;
}

/** Moves vertex `v` from `a` to `b`, at the given change of cost. O(degree). */
export function moveVertex(v: i32, a: i32, b: i32, costDelta: f64): void {
  const M = measureCount;
  levelImbalance += imbalanceOf(amount, v * M, a, b);
  levelCost += costDelta;
  for (let m = 0; m < M; m++) {
    const moved = amount[v * M + m];
    load[a * M + m] -= moved;
    load[b * M + m] += moved;
  }
  vertexCount[a]--;
  vertexCount[b]++;
  part[v] = b;
  let others = 0;
  for (let e = firstSlot[v], last = firstSlot[v + 1]; e < last; e++) {
    const w = adjacent[e];
    const t = part[w];
    if (t == b) {
      if (--outward[w] == 0) strike(w);
      continue;
    }
    others++;
    if (t == a && outward[w]++ == 0) enlist(w);
  }
  const before = outward[v];
  outward[v] = others;
  if (others == 0) {
    if (before > 0) strike(v);
  } else if (before == 0) enlist(v);
  if (copyAll) return;
  if (journalLength == unitCount) copyAll = true;
  else journal[journalLength++] = v;
}

/** Takes the present plan as the level's best if it is: less out of balance, or as much and cheaper. */
// @ts-ignore: decorator
@inline
export function noteLevelBest(): void {
  const imbalance = levelImbalance > BALANCE_ROUNDING ? levelImbalance : 0;
  if (imbalance > levelBestImbalance) return;
  if (imbalance < levelBestImbalance || levelCost < levelBestCost - 1e-9 * levelBestCost) takeLevelBest(imbalance);
}

function takeLevelBest(imbalance: f64): void {
  levelBestCost = levelCost;
  levelBestImbalance = imbalance;
  if (copyAll) {
    for (let v = first; v < end; v++) levelBestPart[v] = part[v];
    copyAll = false;
  } else {
    for (let i = 0; i < journalLength; i++) levelBestPart[journal[i]] = part[journal[i]];
  }
  journalLength = 0;
}

/** Goes back to the level's best plan. O(vertices + slots). */
export function restoreLevelBest(): void {
  for (let v = first; v < end; v++) part[v] = levelBestPart[v];
  takeStock();
  copyAll = false;
  journalLength = 0;
}
