// Gathers balanced parts for the pool from the trees that recombination grows: a tree has a part under every edge and
// one above it, and many of them are balanced though their counterparts are not. What costs far more than its units are
// worth is left out.

import { BALANCE_ROUNDING } from './objective';
import { addPart, findPart, hasEnough, partCount, poolIsFull, words } from './part-pool';
import { excess, unitPrice } from './part-prices';
import { ceiling, unitCeiling } from './part-sieve';
import { territoryCount, unitCount } from './problem';
import { liesUnder, treeSize, treeUnit } from './spanning-tree';
import { assignment } from './tally';
import { scoredCost, scoredImbalance, scoreTerritory } from './territory-score';
import { labelled, NOTHING, partBalanced, partPrice } from './tree-sums';
import { insertElement } from './unit-sets';

/** Excess up to which the set at hand is worth its place. */
let most: f64 = Infinity;
let list: StaticArray<i32> = new StaticArray<i32>(0);
let set: StaticArray<u64> = new StaticArray<u64>(0);
/** The part at hand as a plan: its territory for its units, −1 for all others. */
let alone: StaticArray<i32> = new StaticArray<i32>(0);

export function allocatePartHarvest(units: i32): void {
  list = new StaticArray<i32>(words > 0 ? units : 0);
  set = new StaticArray<u64>(words);
  alone = new StaticArray<i32>(words > 0 ? units : 0);
  alone.fill(-1);
}

/** Gathers from the present tree, whose sums are filled and whose territories are territory[0 … parts). */
export function harvestTree(territory: StaticArray<i32>, parts: i32): void {
  if (words == 0 || hasEnough()) return;
  const roles = labelled ? parts : 1;
  for (let i = 1; i < treeSize; i++) {
    for (let r = 0; r < roles; r++) {
      const t = territory[r];
      if (partBalanced(i, NOTHING, t)) offerPart(i, true, r, t);
      if (partBalanced(0, i, t)) offerPart(i, false, r, t);
    }
  }
}

function offerPart(i: i32, under: bool, r: i32, t: i32): void {
  const price = under ? partPrice(i, NOTHING, NOTHING, r, t) : partPrice(0, i, NOTHING, r, t);
  if (price == Infinity) return;
  let count = 0;
  for (let p = 0; p < treeSize; p++) if (liesUnder(p, i) == under) list[count++] = treeUnit[p];
  harvestUnits(list, count, t, price);
}

/** Gathers the territories of the current assignment. */
export function harvestPlan(): void {
  if (words == 0) return;
  for (let t = 0; t < territoryCount; t++) {
    let count = 0;
    for (let u = 0; u < unitCount; u++) if (assignment[u] == t) list[count++] = u;
    harvestUnits(list, count, t, -Infinity);
  }
}

/** Gathers members[begin … end), which are balanced as territory `t` and cost `cost`. */
export function harvestPart(members: StaticArray<i32>, begin: i32, end: i32, t: i32, cost: f64): void {
  if (words == 0 || poolIsFull()) return;
  const value = takeUp(members, begin, end, t);
  if (cost - value <= most && findPart(set, 0) < 0) keep(cost, value);
}

/** Makes members[begin … end) as territory `t` the set at hand; returns what it is worth. */
function takeUp(members: StaticArray<i32>, begin: i32, end: i32, t: i32): f64 {
  set.fill(0);
  let value: f64 = 0;
  most = -Infinity;
  for (let i = begin; i < end; i++) {
    insertElement(set, members[i]);
    value += unitPrice[members[i]];
    most = max(most, unitCeiling[members[i]]);
  }
  most = min(most, ceiling);
  if (labelled) {
    insertElement(set, unitCount + t);
    value += unitPrice[unitCount + t];
  }
  return value;
}

/** Gathers the first `count` members as a part of territory `t`, which costs at least `least`, where it is balanced. */
export function harvestUnits(members: StaticArray<i32>, count: i32, t: i32, least: f64): void {
  if (poolIsFull()) return;
  const value = takeUp(members, 0, count, t);
  if (least - value > most || findPart(set, 0) >= 0) return;
  for (let i = 0; i < count; i++) alone[members[i]] = t;
  scoreTerritory(t, members, 0, count, alone);
  for (let i = 0; i < count; i++) alone[members[i]] = -1;
  if (scoredImbalance > BALANCE_ROUNDING || scoredCost - value > most) return;
  keep(scoredCost, value);
}

function keep(cost: f64, value: f64): void {
  addPart(set, cost);
  excess[partCount - 1] = cost - value;
}
