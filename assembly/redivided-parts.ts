// Divides a part of a division again. Cuts that leave narrow land behind make parts that no cut divides evenly, however
// many are tried: then a part further up must be cut elsewhere. Parts of a division are good to divide again, for they
// are compact. What the division was before is kept, and taken back where the new one is worse.

import { beginPartAgain, cutDepth, openTerritories, partBegin, partCount } from './equitable-parts';
import { open, order } from './fair-cut';
import { territoryImbalance } from './objective';
import { measureCount, territoryCount, unitCount } from './problem';
import { below } from './rng';
import { assignment } from './tally';

/** The part that is kept, as places in `open`; its units in order, whose each was, and its cuts. */
let first: i32 = 0;
let end: i32 = 0;
let keptOrder: StaticArray<i32> = new StaticArray<i32>(0);
let keptTerritory: StaticArray<i32> = new StaticArray<i32>(0);
let keptBegin: StaticArray<i32> = new StaticArray<i32>(0);
let keptDepth: StaticArray<i32> = new StaticArray<i32>(0);

/** Most territories of a part that is divided again; small parts are drawn more often. */
const MOST: i32 = 11;

export function allocateRedividedParts(): void {
  const several = measureCount > 1;
  const n = several ? unitCount : 0;
  const k = several ? territoryCount : 0;
  keptOrder = new StaticArray<i32>(n);
  keptTerritory = new StaticArray<i32>(n);
  keptBegin = new StaticArray<i32>(k + 1);
  keptDepth = new StaticArray<i32>(k + 1);
}

/** Keeps the whole division, which must be the last, with the current assignment. O(n). */
export function keepDivision(): void {
  keepPart(0, partCount);
}

function keepPart(from: i32, to: i32): void {
  first = from;
  end = to;
  for (let b = first; b <= end; b++) {
    keptBegin[b] = partBegin[b];
    keptDepth[b] = cutDepth[b];
  }
  for (let i = partBegin[first]; i < partBegin[end]; i++) {
    keptOrder[i] = order[i];
    keptTerritory[i] = assignment[order[i]];
  }
}

/** Takes back the part that was kept last; sums are the caller's to rebuild. */
export function takeBackPart(): void {
  for (let b = first; b <= end; b++) {
    partBegin[b] = keptBegin[b];
    cutDepth[b] = keptDepth[b];
  }
  for (let i = partBegin[first]; i < partBegin[end]; i++) {
    order[i] = keptOrder[i];
    assignment[order[i]] = keptTerritory[i];
  }
}

/** Takes back the whole division, which was kept last, after others. */
export function takeBackDivision(): void {
  openTerritories(true);
  takeBackPart();
}

/** Begins to divide again a part with a territory out of balance; the current assignment, sums included, is the division's. */
export function redividePart(): void {
  const place = drawUneven();
  const most = 2 + below(2 + below(MOST - 2));
  let from = 0;
  let to = partCount;
  // down through the cuts, the first of which is the least deep, as long as a part of two is left
  while (to - from > most) {
    let middle = from + 1;
    for (let b = from + 2; b < to; b++) if (cutDepth[b] < cutDepth[middle]) middle = b;
    const before = place < middle;
    if ((before ? middle - from : to - middle) < 2) break;
    if (before) to = middle;
    else from = middle;
  }
  keepPart(from, to);
  beginPartAgain(from, to);
}

/** Place in `open` of a territory out of balance, at random; 0 without one. */
function drawUneven(): i32 {
  let count = 0;
  for (let i = 0; i < partCount; i++) if (territoryImbalance(open[i]) > 0) count++;
  if (count == 0) return 0;
  let pick = below(count);
  let i = 0;
  while (territoryImbalance(open[i]) == 0 || pick-- > 0) i++;
  return i;
}
