// Recombination (DeFord, Duchin, Solomon 2021), as a move of an annealing search: two or three neighbouring
// territories become one, a random spanning tree of it is cut elsewhere, and the parts are the new territories. One
// move carries whole groups of units over borders, so it passes where the units are too heavy to pass one by one.
// All cuts of a tree are priced at once from sums; the chosen one is scored exactly.

import { noteChange } from './best-plan';
import { cutFactor, locked, neighbors, offsets, territoryCount, unitCount } from './problem';
import { harvestPart, harvestTree } from './part-harvest';
import { below, nextU32 } from './rng';
import { growTree, liesUnder, treeParent, treeSize, treeUnit } from './spanning-tree';
import { assignment, transfer } from './tally';
import { scoredCost, scoredImbalance, scoreTerritory } from './territory-score';
import { cutOf, labelled, MOST_PARTS, NOTHING, partPrice, setPricePenalty, sumTree } from './tree-sums';

/** True cost of every territory (half of each cut edge on either side), and its relative imbalance. */
let territoryCost: StaticArray<f64> = new StaticArray<f64>(0);
let territoryBeyond: StaticArray<f64> = new StaticArray<f64>(0);
/** Role of each territory in the present move, −1 without one. */
let role: StaticArray<i32> = new StaticArray<i32>(0);
const territory: StaticArray<i32> = new StaticArray<i32>(MOST_PARTS);
let list: StaticArray<i32> = new StaticArray<i32>(0);
let before: StaticArray<i32> = new StaticArray<i32>(0);
let part: StaticArray<i32> = new StaticArray<i32>(0);
/** Places whose part, or whose rest, may be a territory of its own. */
let lowerPart: StaticArray<i32> = new StaticArray<i32>(0);
let upperPart: StaticArray<i32> = new StaticArray<i32>(0);
let lowerPrice: StaticArray<f64> = new StaticArray<f64>(0);
let upperPrice: StaticArray<f64> = new StaticArray<f64>(0);
const newCost: StaticArray<f64> = new StaticArray<f64>(MOST_PARTS);
const newBeyond: StaticArray<f64> = new StaticArray<f64>(MOST_PARTS);
const partBegin: StaticArray<i32> = new StaticArray<i32>(MOST_PARTS + 1);

let heat: f64 = 0;
let penalty: f64 = 0;
/** The chosen cuts: places whose edge to their parent is cut, −1 for none; roles of the lower, middle and upper part. */
let cutLow: i32 = -1;
let cutHigh: i32 = -1;
let chosenRoles: i32 = 0;
let chosenPrice: f64 = 0;
/** Prices from here on are too far above the present to be accepted. */
let limit: f64 = 0;

const ROLES_OF_THREE: StaticArray<i32> = [0, 1, 2, 0, 2, 1, 1, 0, 2, 1, 2, 0, 2, 0, 1, 2, 1, 0];
const LOG_TABLE_SIZE: i32 = 1024;
const negativeLog: StaticArray<f64> = new StaticArray<f64>(LOG_TABLE_SIZE);
/** Prices this many heats above the present are not worth a look. */
const LOOK_ABOVE: f64 = 8;
const PAIR_TRIES: i32 = 24;

export function allocateRecombination(units: i32): void {
  territoryCost = new StaticArray<f64>(territoryCount);
  territoryBeyond = new StaticArray<f64>(territoryCount);
  role = new StaticArray<i32>(territoryCount);
  role.fill(-1);
  list = new StaticArray<i32>(units);
  before = new StaticArray<i32>(units);
  part = new StaticArray<i32>(units);
  lowerPart = new StaticArray<i32>(units);
  upperPart = new StaticArray<i32>(units);
  lowerPrice = new StaticArray<f64>(units);
  upperPrice = new StaticArray<f64>(units);
  for (let i = 0; i < LOG_TABLE_SIZE; i++) negativeLog[i] = -Math.log((<f64>i + 0.5) / <f64>LOG_TABLE_SIZE);
}

export function setHeat(value: f64): void {
  heat = value;
}
/** Cost of imbalance per relative amount. */
export function setPenalty(value: f64): void {
  penalty = value;
  setPricePenalty(value);
}

// @ts-ignore: decorator
@inline
function noise(): f64 {
  return heat * negativeLog[nextU32() >>> 22];
}

/** Scores every territory of the current assignment. */
export function scoreAll(): void {
  for (let t = 0; t < territoryCount; t++) {
    let count = 0;
    for (let u = 0; u < unitCount; u++) if (assignment[u] == t) list[count++] = u;
    scoreTerritory(t, list, 0, count, assignment);
    territoryCost[t] = scoredCost;
    territoryBeyond[t] = scoredImbalance;
  }
}

export function carriedTotal(): f64 {
  let total: f64 = 0;
  for (let t = 0; t < territoryCount; t++) total += territoryCost[t];
  return total;
}
export function carriedBeyond(): f64 {
  let total: f64 = 0;
  for (let t = 0; t < territoryCount; t++) total += territoryBeyond[t];
  return total;
}

/** Adds a neighbouring territory that is not locked; false when none was met. */
function drawTerritory(parts: i32): bool {
  for (let tries = 0; tries < PAIR_TRIES; tries++) {
    const u = below(unitCount);
    const a = assignment[u];
    if (offsets[u + 1] == offsets[u] || locked[a] || (parts > 0 && role[a] < 0)) continue;
    const b = assignment[neighbors[offsets[u] + below(offsets[u + 1] - offsets[u])]];
    if (b == a || locked[b] || role[b] >= 0) continue;
    if (parts == 0) {
      role[a] = 0;
      territory[0] = a;
      root = u;
    }
    const at = parts == 0 ? 1 : parts;
    role[b] = at;
    territory[at] = b;
    return true;
  }
  return false;
}
let root: i32 = -1;

/** One move on `parts` territories, 2 or 3. Returns the units looked at; `changed` tells whether the plan did. */
export let changed: bool = false;
export function recombine(parts: i32, crossing: u32): i32 {
  changed = false;
  if (!drawTerritory(0)) return PAIR_TRIES;
  if (parts == 3 && !drawTerritory(2)) parts = 2;
  growTree(root, role, crossing);
  sumTree(territory, parts);
  harvestTree(territory, parts);
  chosenPrice = Infinity;
  limit = LOOK_ABOVE * heat;
  for (let r = 0; r < parts; r++) limit += territoryCost[territory[r]] + penalty * territoryBeyond[territory[r]];
  if (parts == 2) choosePair();
  else chooseTriple();
  if (chosenPrice < Infinity) tryCut(parts);
  for (let r = 0; r < parts; r++) role[territory[r]] = -1;
  return treeSize;
}

function choosePair(): void {
  const a = territory[0];
  const b = territory[1];
  for (let i = 1; i < treeSize; i++) {
    const cut = cutFactor != 0 ? cutOf(i) : 0;
    offerCut(partPrice(i, NOTHING, NOTHING, 0, a) + partPrice(0, i, NOTHING, 1, b) + cut, i, -1, 0);
    if (!labelled) continue;
    offerCut(partPrice(i, NOTHING, NOTHING, 1, b) + partPrice(0, i, NOTHING, 0, a) + cut, i, -1, 1);
  }
}

// @ts-ignore: decorator
@inline
function offerCut(price: f64, low: i32, high: i32, roles: i32): void {
  if (price >= min(limit, chosenPrice)) return;
  const drawn = price + noise();
  if (drawn >= chosenPrice) return;
  chosenPrice = drawn;
  cutLow = low;
  cutHigh = high;
  chosenRoles = roles;
}

/** Least price of a part over the roles. */
function leastPrice(i: i32, j: i32): f64 {
  let least = partPrice(i, j, NOTHING, 0, territory[0]);
  if (!labelled) return least;
  least = min(least, partPrice(i, j, NOTHING, 1, territory[1]));
  return min(least, partPrice(i, j, NOTHING, 2, territory[2]));
}

function chooseTriple(): void {
  let lowers = 0;
  let uppers = 0;
  for (let i = 1; i < treeSize; i++) {
    const below = leastPrice(i, NOTHING);
    if (below < limit) {
      lowerPrice[lowers] = below;
      lowerPart[lowers++] = i;
    }
    const above = leastPrice(0, i);
    if (above < limit) {
      upperPrice[uppers] = above;
      upperPart[uppers++] = i;
    }
  }
  for (let x = 0; x < lowers; x++) {
    const f = lowerPart[x];
    for (let y = 0; y < uppers; y++) {
      const e = upperPart[y];
      if (e != f && lowerPrice[x] + upperPrice[y] < limit && liesUnder(f, e)) offerTriple(f, e, true);
    }
    for (let y = x + 1; y < lowers; y++) {
      const e = lowerPart[y];
      if (lowerPrice[x] + lowerPrice[y] < limit && !liesUnder(f, e) && !liesUnder(e, f)) offerTriple(f, e, false);
    }
  }
}

/** Offers the cuts above `f` and `e`; nested: `f` lies under `e`. */
function offerTriple(f: i32, e: i32, nested: bool): void {
  const cut = cutFactor != 0 ? cutOf(f) + cutOf(e) : 0;
  const orders = labelled ? 6 : 1;
  for (let o = 0; o < orders; o++) {
    const r = ROLES_OF_THREE[3 * o];
    const s = ROLES_OF_THREE[3 * o + 1];
    const q = ROLES_OF_THREE[3 * o + 2];
    let price = cut + partPrice(f, NOTHING, NOTHING, r, territory[r]);
    if (price >= limit) continue;
    price += nested
      ? partPrice(e, f, NOTHING, s, territory[s]) + partPrice(0, e, NOTHING, q, territory[q])
      : partPrice(e, NOTHING, NOTHING, s, territory[s]) + partPrice(0, e, f, q, territory[q]);
    if (price < limit) offerCut(price, f, e, o);
  }
}

/** Carries the chosen cut out, scores it exactly, and takes it back unless the heat accepts it. */
function tryCut(parts: i32): void {
  // 0: under the first cut, 1: under the second, the last: the rest
  const rest = parts - 1;
  partBegin.fill(0);
  for (let i = 0; i < treeSize; i++) {
    part[i] = i == cutLow ? 0 : i == cutHigh ? 1 : i == 0 ? rest : part[treeParent[i]];
    before[i] = assignment[treeUnit[i]];
    partBegin[part[i]]++;
  }
  let end = 0;
  for (let p = 0; p < parts; p++) {
    end += partBegin[p];
    partBegin[p] = end;
  }
  partBegin[parts] = end;
  for (let i = treeSize - 1; i >= 0; i--) {
    const u = treeUnit[i];
    list[--partBegin[part[i]]] = u;
    assignment[u] = territory[roleOfPart(part[i], parts)];
  }
  let delta: f64 = 0;
  for (let p = 0; p < parts; p++) {
    const r = roleOfPart(p, parts);
    const t = territory[r];
    scoreTerritory(t, list, partBegin[p], partBegin[p + 1], assignment);
    newCost[r] = scoredCost;
    newBeyond[r] = scoredImbalance;
    if (scoredImbalance == 0) harvestPart(list, partBegin[p], partBegin[p + 1], t, scoredCost);
    delta += scoredCost - territoryCost[t] + penalty * (scoredImbalance - territoryBeyond[t]);
  }
  for (let i = 0; i < treeSize; i++) assignment[treeUnit[i]] = before[i];
  if (delta > noise()) return;
  for (let i = 0; i < treeSize; i++) {
    const u = treeUnit[i];
    const t = territory[roleOfPart(part[i], parts)];
    if (t == before[i]) continue;
    transfer(u, before[i], t);
    noteChange(u);
    changed = true;
  }
  for (let r = 0; r < parts; r++) {
    territoryCost[territory[r]] = newCost[r];
    territoryBeyond[territory[r]] = newBeyond[r];
  }
}

// @ts-ignore: decorator
@inline
function roleOfPart(p: i32, parts: i32): i32 {
  return parts == 3 ? ROLES_OF_THREE[3 * chosenRoles + p] : chosenRoles == 0 ? p : 1 - p;
}
