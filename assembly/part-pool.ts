// Balanced, connected parts that the search has come by, each kept once as a set of units with its true cost. Any
// disjoint parts that cover the map are a plan, whichever plans they were seen in (set partitioning: Garfinkel, Nemhauser
// 1970; parts gathered by a heuristic: Gurnee, Shmoys 2021). Where territories differ, a part also holds the number of
// its territory, as one more element to cover.

import { territoryCount, unitCount } from './problem';

/** Parts kept at most, and elements for which that fits into a few megabytes. */
export const MOST_PARTS_KEPT: i32 = 1 << 15;
const MOST_ELEMENTS: i32 = 256;
const TABLE_MASK: i32 = 2 * MOST_PARTS_KEPT - 1;

/** Words of a set, 0 where the problem is too large for the pool. */
export let words: i32 = 0;
/** Units, then territories. */
export let elements: i32 = 0;
export let partCount: i32 = 0;
let enough: i32 = 0;
/** Set j at j · words. */
export let partSet: StaticArray<u64> = new StaticArray<u64>(0);
export let partCost: StaticArray<f64> = new StaticArray<f64>(0);
/** Whether the part was the base of exchanges. */
export let partTried: StaticArray<u8> = new StaticArray<u8>(0);
/** Open addressing from a set's hash: number of the part, −1 for none. */
let table: StaticArray<i32> = new StaticArray<i32>(0);

export function allocatePartPool(units: i32): void {
  elements = units + territoryCount;
  words = units > 0 && elements <= MOST_ELEMENTS ? (elements + 63) >> 6 : 0;
  const capacity = words > 0 ? MOST_PARTS_KEPT : 0;
  partSet = new StaticArray<u64>(capacity * words);
  partCost = new StaticArray<f64>(capacity);
  partTried = new StaticArray<u8>(capacity);
  table = new StaticArray<i32>(2 * capacity);
  partCount = 0;
}

export function clearPool(): void {
  partCount = 0;
  table.fill(-1);
}

/** Place in the table of the set of `words` words at set[at …]: where it is, or where it would go. */
function slotOf(set: StaticArray<u64>, at: i32): i32 {
  let hash: u64 = 0;
  for (let w = 0; w < words; w++) {
    hash = (hash ^ unchecked(set[at + w])) * 0x9e3779b97f4a7c15;
    hash ^= hash >>> 32;
  }
  let slot = <i32>hash & TABLE_MASK;
  while (table[slot] >= 0 && !equals(table[slot] * words, set, at)) slot = (slot + 1) & TABLE_MASK;
  return slot;
}

function equals(own: i32, set: StaticArray<u64>, at: i32): bool {
  for (let w = 0; w < words; w++) if (partSet[own + w] != set[at + w]) return false;
  return true;
}

/** Number of the part with this set, −1 if the pool has none. */
export function findPart(set: StaticArray<u64>, at: i32): i32 {
  return table[slotOf(set, at)];
}

export function poolIsFull(): bool {
  return partCount == MOST_PARTS_KEPT;
}

/** Lets `count` parts more come before `hasEnough`. */
export function limitNewParts(count: i32): void {
  enough = min(MOST_PARTS_KEPT, partCount + count);
}

/** Whether there are as many new parts as are of use before prices are told anew. */
export function hasEnough(): bool {
  return partCount >= enough;
}

/** Adds a part that the pool does not have yet, while there is room. */
export function addPart(set: StaticArray<u64>, cost: f64): void {
  if (poolIsFull()) return;
  table[slotOf(set, 0)] = partCount;
  for (let w = 0; w < words; w++) partSet[partCount * words + w] = set[w];
  partTried[partCount] = 0;
  partCost[partCount++] = cost;
}

/** Keeps the parts whose `excess` is at most `limit`, in their order; `excess` follows them. */
export function keepParts(excess: StaticArray<f64>, limit: f64): void {
  let kept = 0;
  for (let j = 0; j < partCount; j++) {
    if (excess[j] > limit) continue;
    for (let w = 0; w < words; w++) partSet[kept * words + w] = partSet[j * words + w];
    partCost[kept] = partCost[j];
    partTried[kept] = partTried[j];
    excess[kept++] = excess[j];
  }
  partCount = kept;
  table.fill(-1);
  for (let j = 0; j < partCount; j++) table[slotOf(partSet, j * words)] = j;
}

/** Whether the elements are all there is to cover: numbers of territories matter only where these differ. */
export function elementsToCover(labelled: bool): i32 {
  return labelled ? elements : unitCount;
}

/** Lets every part be the base of exchanges again: what they led to may have become cheap. */
export function forgetTried(): void {
  partTried.fill(0);
}
