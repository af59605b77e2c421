// Parts that are fair in several measures at once, cut in two and in two again: a ham-sandwich cut halves two measures of
// the plane with one line, and parts in other proportions exist as well (Bespamyatnikh, Kirkpatrick, Snoeyink 2000, on
// equitable subdivisions). A power diagram has one price per territory, which meets one load; where another measure
// lies elsewhere (towns full of people, villages full of shops) only long sectors hold both, and these come from here.

import { allocateFairCut, beginFairCut, cut, cutCount, findFairCut, open, order, varyCuts } from './fair-cut';
import { resetPrices } from './power-diagram';
import { hasDemands } from './demands';
import { contiguous, fixedCenter, initial, locked, measureCount, territoryCount, unitCount } from './problem';
import { assignment } from './tally';

/** Territories that are to be divided anew. */
export let chosen: StaticArray<bool> = new StaticArray<bool>(0);
/** Parts still to divide: units order[from … to) for the open territories first … last. */
let stackFrom: StaticArray<i32> = new StaticArray<i32>(0);
let stackTo: StaticArray<i32> = new StaticArray<i32>(0);
let stackFirst: StaticArray<i32> = new StaticArray<i32>(0);
let stackEnd: StaticArray<i32> = new StaticArray<i32>(0);
let depth: i32 = 0;
/** Territories that share the division. */
export let partCount: i32 = 0;
/** By place in `open`: where the units of its part begin in `order`, and how deep the cut lies that parts it from the place before. */
export let partBegin: StaticArray<i32> = new StaticArray<i32>(0);
export let cutDepth: StaticArray<i32> = new StaticArray<i32>(0);

export function allocateEquitableParts(): void {
  const several = measureCount > 1;
  const n = several ? unitCount : 0;
  const k = several ? territoryCount : 0;
  allocateFairCut(n, k);
  chosen = new StaticArray<bool>(k);
  stackFrom = new StaticArray<i32>(k + 1);
  stackTo = new StaticArray<i32>(k + 1);
  stackFirst = new StaticArray<i32>(k + 1);
  stackEnd = new StaticArray<i32>(k + 1);
  partBegin = new StaticArray<i32>(k + 1);
  cutDepth = new StaticArray<i32>(k + 1);
}

/** Whether the problem is one for this: several measures, contiguous territories, and nobody's home to stay near to. */
export function fitsEquitableParts(): bool {
  if (measureCount < 2 || !contiguous || hasDemands()) return false;
  let territories = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (fixedCenter[4 * t + 3] != 0) return false;
    if (!locked[t]) territories++;
  }
  // each part has a unit for every territory, if the whole has
  let units = 0;
  for (let u = 0; u < unitCount && units < territories; u++) if (initial[u] < 0) units++;
  return territories > 1 && units >= territories;
}

/** Begins to divide all movable units among all open territories; prices, which did not balance, are forgotten. */
export function beginEquitableParts(): void {
  resetPrices();
  assignment.fill(-1);
  beginDivision(true);
}

/**
 * Begins to divide what is movable of the territories in `chosen` among them, or of `all` that are open. Only those units
 * change that had no other territory.
 */
export function beginDivision(all: bool): void {
  openTerritories(all);
  let units = 0;
  for (let u = 0; u < unitCount; u++) {
    if (initial[u] >= 0) assignment[u] = initial[u];
    else if (all || (assignment[u] >= 0 && chosen[assignment[u]])) order[units++] = u;
  }
  partBegin[0] = 0;
  partBegin[partCount] = units;
  cutDepth[0] = 0;
  cutDepth[partCount] = 0;
  varyCuts(!all);
  depth = 0;
  if (partCount > 0) push(0, units, 0, partCount);
  beginPart();
}

/** Opens the territories in `chosen`, or `all`, where they are not locked. */
export function openTerritories(all: bool): void {
  partCount = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && (all || chosen[t])) open[partCount++] = t;
}

/** Begins to divide one part of the last division again, that of the territories open[first … end). */
export function beginPartAgain(first: i32, end: i32): void {
  varyCuts(true);
  depth = 0;
  push(partBegin[first], partBegin[end], first, end);
  beginPart();
}

function push(from: i32, to: i32, first: i32, end: i32): void {
  partBegin[first] = from;
  if (end - first == 1) {
    for (let i = from; i < to; i++) assignment[order[i]] = open[first];
    return;
  }
  stackFrom[depth] = from;
  stackTo[depth] = to;
  stackFirst[depth] = first;
  stackEnd[depth] = end;
  depth++;
}

function beginPart(): void {
  if (depth > 0) beginFairCut(stackFrom[depth - 1], stackTo[depth - 1], stackFirst[depth - 1], stackEnd[depth - 1]);
}

/** Divides the part on top of the stack where it was cut, and turns to the next. */
function divide(): void {
  depth--;
  const to = stackTo[depth];
  const first = stackFirst[depth];
  const end = stackEnd[depth];
  cutDepth[first + cutCount] = 1 + max(cutDepth[first], cutDepth[end]);
  push(stackFrom[depth], cut, first, first + cutCount);
  push(cut, to, first + cutCount, end);
  beginPart();
}

/** Works on it; returns the effort left, more than 0 once every unit has its territory. */
export function divideSome(effort: i32): i32 {
  while (effort > 0) {
    if (depth == 0) return effort;
    effort -= 1 + ((stackTo[depth - 1] - stackFrom[depth - 1]) >> 1);
    if (findFairCut()) divide();
  }
  return 0;
}
