// The best plan that the parts of the pool make: an exact cover of all elements (Knuth 2000, with sets of bits in place
// of links), branching on the element that the fewest parts hold. Excesses bound it: a pass looks at the covers whose
// excesses add up to no more than its width, and the next pass doubles that, so the good plans come first.

import { elements, elementsToCover, findPart, MOST_PARTS_KEPT, partCost, partCount, partSet, words } from './part-pool';
import { excess, leastExcess, worth } from './part-prices';
import { territoryCount, unitCount } from './problem';
import { labelled } from './tree-sums';

/** Parts that are still possible at each depth, one depth after the other. */
let list: StaticArray<i32> = new StaticArray<i32>(0);
let begin: StaticArray<i32> = new StaticArray<i32>(0);
let cursor: StaticArray<i32> = new StaticArray<i32>(0);
let pivot: StaticArray<i32> = new StaticArray<i32>(0);
let chosen: StaticArray<i32> = new StaticArray<i32>(0);
let sum: StaticArray<f64> = new StaticArray<f64>(0);
/** Covered elements at each depth, and a set at hand. */
let covered: StaticArray<u64> = new StaticArray<u64>(0);
let rest: StaticArray<u64> = new StaticArray<u64>(0);
let all: StaticArray<u64> = new StaticArray<u64>(0);
let holders: StaticArray<i32> = new StaticArray<i32>(0);
/** Per element the least share of a part that holds it in that part's excess over the least. */
let leastShare: StaticArray<f64> = new StaticArray<f64>(0);
/** Least excess of the parts that are possible at each depth. */
let least: StaticArray<f64> = new StaticArray<f64>(0);

let depth: i32 = 0;
/** What excesses may add up to, beyond the least of any plan: in this pass, and where passes end. */
let width: f64 = 0;
let widest: f64 = 0;
let allowance: f64 = 0;
/** Whether a cover was just found, and its cost; whether the last pass is over. */
export let coverFound: bool = false;
export let coverCost: f64 = 0;
export let coverDone: bool = true;

const LISTS: i32 = 4;
const FIRST_WIDTH: f64 = 0.05;
const WIDEN: f64 = 1.25;
/** Looks at a part that count as one move; counting what a part holds is as much as this many looks. */
const LOOKS_PER_MOVE_LOG2: i32 = 7;
const LOOKS_PER_COUNT: i32 = 4;

export function allocatePartCover(): void {
  const k = words > 0 ? territoryCount : 0;
  list = new StaticArray<i32>(words > 0 ? LISTS * MOST_PARTS_KEPT : 0);
  begin = new StaticArray<i32>(k + 1);
  cursor = new StaticArray<i32>(k);
  pivot = new StaticArray<i32>(k);
  chosen = new StaticArray<i32>(k);
  sum = new StaticArray<f64>(k);
  covered = new StaticArray<u64>(k * words);
  rest = new StaticArray<u64>(words);
  all = new StaticArray<u64>(words);
  holders = new StaticArray<i32>(words > 0 ? elements : 0);
  leastShare = new StaticArray<f64>(words > 0 ? elements : 0);
  least = new StaticArray<f64>(k);
}

/** Begins with narrow passes for covers that cost less than `best`, in costs of `scale` a territory. */
export function beginCover(best: f64, scale: f64): void {
  all.fill(0);
  for (let e = 0, end = elementsToCover(labelled); e < end; e++) all[e >> 6] |= (<u64>1) << (<u64>e & 63);
  width = FIRST_WIDTH * scale;
  coverDone = partCount == 0;
  let most: f64 = leastExcess;
  for (let j = 0; j < partCount; j++) most = max(most, excess[j]);
  widest = <f64>territoryCount * (most - leastExcess);
  boundCover(best);
  if (!coverDone) beginPass();
}

/** From here on covers that cost `best` or more are of no use. */
export function boundCover(best: f64): void {
  widest = min(widest, best - worth - <f64>territoryCount * leastExcess);
  if (widest <= 0) coverDone = true;
  width = min(width, widest);
  allowance = <f64>territoryCount * leastExcess + width;
}

function beginPass(): void {
  allowance = <f64>territoryCount * leastExcess + width;
  for (let w = 0; w < words; w++) covered[w] = 0;
  const others = <f64>(territoryCount - 1) * leastExcess;
  let count = 0;
  for (let j = 0; j < partCount; j++) if (excess[j] + others < allowance) list[count++] = j;
  begin[0] = 0;
  begin[1] = count;
  sum[0] = 0;
  depth = enter(0) ? 0 : -1;
}

/**
 * Picks the element to branch on at depth `d`; false where nothing covers one of those left, or where the parts that do
 * cost too much: every element bears at least the least of its parts' shares.
 */
function enter(d: i32): bool {
  holders.fill(0);
  leastShare.fill(Infinity);
  let lowest = Infinity;
  for (let i = begin[d], end = begin[d + 1]; i < end; i++) lowest = min(lowest, excess[list[i]]);
  least[d] = lowest;
  for (let i = begin[d], end = begin[d + 1]; i < end; i++) {
    const j = list[i];
    const at = j * words;
    let size = 0;
    for (let w = 0; w < words; w++) size += <i32>popcnt(partSet[at + w]);
    const share = (excess[j] - lowest) / <f64>size;
    for (let w = 0; w < words; w++) {
      let left = partSet[at + w];
      while (left != 0) {
        const e = (w << 6) + <i32>ctz(left);
        left &= left - 1;
        holders[e]++;
        if (share < leastShare[e]) leastShare[e] = share;
      }
    }
  }
  let fewest = i32.MAX_VALUE;
  let bound = sum[d] + <f64>(territoryCount - d) * lowest;
  for (let w = 0; w < words; w++) {
    let left = all[w] & ~covered[d * words + w];
    while (left != 0) {
      const e = (w << 6) + <i32>ctz(left);
      left &= left - 1;
      bound += leastShare[e];
      if (holders[e] >= fewest) continue;
      fewest = holders[e];
      pivot[d] = e;
    }
  }
  cursor[d] = begin[d];
  return bound < allowance;
}

/** Works for about `count` moves, or until a cover is found; returns the moves spent. */
export function coverSome(count: i32): i32 {
  coverFound = false;
  let looks = 0;
  const most = count << LOOKS_PER_MOVE_LOG2;
  while (looks < most && !coverDone && !coverFound) {
    if (depth < 0) {
      if (width >= widest) coverDone = true;
      else {
        width = min(WIDEN * width, widest);
        looks += partCount * LOOKS_PER_COUNT;
        beginPass();
      }
    } else if (cursor[depth] == begin[depth + 1]) depth--;
    else looks += tryPart(list[cursor[depth]++]);
  }
  return 1 + (looks >> LOOKS_PER_MOVE_LOG2);
}

/** Goes down with part `j` where it holds the pivot and may lead to a cover; returns the looks spent. */
function tryPart(j: i32): i32 {
  const d = depth;
  const at = j * words;
  if (((partSet[at + (pivot[d] >> 6)] >>> (<u64>pivot[d] & 63)) & 1) == 0) return 1;
  const reached = sum[d] + excess[j];
  const others = territoryCount - d - 1;
  if (reached + <f64>others * least[d] >= allowance) return 1;
  chosen[d] = j;
  for (let w = 0; w < words; w++) rest[w] = all[w] & ~(covered[d * words + w] | partSet[at + w]);
  if (others == 1) {
    const last = findPart(rest, 0);
    if (last < 0 || reached + excess[last] >= allowance) return 2;
    chosen[d + 1] = last;
    coverCost = 0;
    for (let i = 0; i < territoryCount; i++) coverCost += partCost[chosen[i]];
    coverFound = true;
    return 2;
  }
  return 2 + narrow(reached, others);
}

/** Lists what is possible beside the parts chosen so far, one level down. */
function narrow(reached: f64, others: i32): i32 {
  const d = depth;
  const first = begin[d];
  const end = begin[d + 1];
  if (end + (end - first) > list.length) return 1;
  const room = allowance - reached - <f64>(others - 1) * least[d];
  let count = end;
  for (let i = first; i < end; i++) {
    const j = list[i];
    if (excess[j] >= room) continue;
    let inside: u64 = 0;
    for (let w = 0; w < words; w++) inside |= partSet[j * words + w] & ~rest[w];
    if (inside == 0) list[count++] = j;
  }
  begin[d + 2] = count;
  for (let w = 0; w < words; w++) covered[(d + 1) * words + w] = all[w] & ~rest[w];
  sum[d + 1] = reached;
  if (count > end && enter(d + 1)) depth = d + 1;
  return end - first + (count - end) * LOOKS_PER_COUNT;
}

/** Writes the cover that was just found to `plan`. */
export function readCover(plan: StaticArray<i32>): void {
  for (let i = 0; i < territoryCount; i++) {
    const at = chosen[i] * words;
    let t = i;
    if (labelled) {
      for (let e = unitCount; e < elements; e++) if ((partSet[at + (e >> 6)] >>> (<u64>e & 63)) & 1) t = e - unitCount;
    }
    for (let u = 0; u < unitCount; u++) if ((partSet[at + (u >> 6)] >>> (<u64>u & 63)) & 1) plan[u] = t;
  }
}
