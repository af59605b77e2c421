// The centres that the bound prices while it improves its multipliers. The pool is looked at whole now and then; in
// between only the most promising of each class of territories are, and those that may lie anywhere follow the mean of
// what they take (Lloyd): the cheapest territory about a point costs even less about its mean.

import { freshArray } from '../fresh-array';
import { fixedCenter, initial, locked, place, territoryCount, unitCenters, unitCount } from '../problem';
import {
  classCount,
  classLower,
  classTerritories,
  classUpper,
  distanceKind,
  itemCount,
  lowerOf,
  MOST_CLASSES,
  point,
  upperOf,
} from './items';
import { coverItems, coveredWorth, coveredX, coveredY, coveredZ } from './item-tree';
import { knapsackPart, knapsackPrice, knapsackValue, solveKnapsack } from './knapsack';
import { selectLeast } from './select';
import { spend, work } from './work';

/** x, y, z per point of the pool, and per class and point the last price; the value for the class at hand. */
export let pool: StaticArray<f64> = new StaticArray<f64>(0);
let poolPrice: StaticArray<f64> = new StaticArray<f64>(0);
let poolValue: StaticArray<f64> = new StaticArray<f64>(0);
/** Where the centre that started from a point of the pool has gone, and whether one has (single class only). */
export let followed: StaticArray<f64> = new StaticArray<f64>(0);
let hasFollowed: StaticArray<u8> = new StaticArray<u8>(0);
let follower: StaticArray<i32> = new StaticArray<i32>(0);
let ranked: StaticArray<f64> = new StaticArray<f64>(0);
export let poolCount: i32 = 0;
/** Points of the pool that are a sample of the items, evenly in the order of the tree: the first, and how many. */
export let firstSample: i32 = 0;
export let sampleCount: i32 = 0;
let poolLimit: i32 = 0;
/** Whether the pool is every centre there may be, so that a full pass is a bound. */
export let poolIsWhole: bool = false;

/** Centres at work: entries of class c are firstAt[c] … firstAt[c + 1]; fixed centres follow the last class. */
let at: StaticArray<f64> = new StaticArray<f64>(0);
let price: StaticArray<f64> = new StaticArray<f64>(0);
let part: StaticArray<f64> = new StaticArray<f64>(0);
let value: StaticArray<f64> = new StaticArray<f64>(0);
let share: StaticArray<f64> = new StaticArray<f64>(0);
let firstAt: StaticArray<i32> = new StaticArray<i32>(MOST_CLASSES + 1);
let fixedTerritory: StaticArray<i32> = new StaticArray<i32>(0);
let fixedCount: i32 = 0;
let workCount: i32 = 0;
let kind: i32 = 0;
let fixedKind: i32 = 0;
/** Typical distance term. */
let scale: f64 = 1;
let cursor: i32 = 0;
let poolClass: i32 = 0;

/** Sum over territories of what the cheapest about the centres looked at costs less than its units are worth. */
export let workValue: f64 = 0;
export let poolSum: f64 = 0;

/** Up to this many units, all are in the pool when centres are units. */
const WHOLE_POOL: i32 = 20_000;
/** Points of the pool per territory, and at least, where it is a sample; fewer where they would be too many in all. */
const POOLED: i32 = 60;
const POOL_LEAST: i32 = 1000;
const POOL_MOST: i32 = 16_000;
const POOLED_LEAST: i32 = 12;
/** Centres at work per territory of a class, and beyond that. */
const WORKING: i32 = 8;
const WORKING_LEAST: i32 = 20;
/** Past this many temperatures above the best a centre has no share. */
const COLDEST: f64 = 12;

export function allocateCandidates(): void {
  const k = territoryCount;
  poolIsWhole = unitCenters && unitCount <= WHOLE_POOL;
  poolLimit = poolIsWhole ? unitCount : min(unitCount, max(POOL_LEAST, min(POOLED * k, max(POOL_MOST, POOLED_LEAST * k)))) + k + MOST_ADDED;
  const most = WORKING * k + WORKING_LEAST * max(1, classCount) + k;
  pool = freshArray<f64>(3 * poolLimit);
  poolPrice = freshArray<f64>(poolLimit * max(1, classCount));
  poolValue = freshArray<f64>(poolLimit);
  followed = freshArray<f64>(3 * poolLimit);
  hasFollowed = freshArray<u8>(poolLimit);
  follower = freshArray<i32>(most);
  ranked = freshArray<f64>(max(poolLimit, most));
  at = freshArray<f64>(3 * most);
  price = freshArray<f64>(most);
  part = freshArray<f64>(most);
  value = freshArray<f64>(most);
  share = freshArray<f64>(most);
  fixedTerritory = new StaticArray<i32>(k);
}

/** Points that a search of all space may add to the pool. */
const MOST_ADDED: i32 = 2000;

/** Fills the pool: all units, or some of them evenly. `centers` (4 per territory) join a pool that is a sample. */
export function beginCandidates(typical: f64, centers: StaticArray<f64>): void {
  scale = typical;
  kind = distanceKind(poolIsWhole);
  fixedKind = distanceKind(true);
  // prices of another proof would be other guesses
  price.fill(0);
  firstAt.fill(0);
  poolCount = 0;
  sampleCount = 0;
  fixedCount = 0;
  workCount = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && fixedCenter[4 * t + 3] != 0) fixedTerritory[fixedCount++] = t;
  if (classCount == 0) {
    firstAt[0] = 0;
    listFixed();
    return;
  }
  if (poolIsWhole) {
    for (let u = 0; u < unitCount; u++) if (initial[u] < 0 || !locked[initial[u]]) addToPool(place[4 * u], place[4 * u + 1], place[4 * u + 2]);
    return;
  }
  for (let t = 0; t < territoryCount; t++) {
    if (!locked[t] && centers[4 * t + 3] > 0) addToPool(centers[4 * t], centers[4 * t + 1], centers[4 * t + 2]);
  }
  const most = min(itemCount, poolLimit - MOST_ADDED - territoryCount);
  firstSample = poolCount;
  sampleCount = most;
  for (let s = 0; s < most; s++) {
    // items lie in the order of the tree, so that equal strides spread evenly
    const i = <i32>((<i64>s * <i64>itemCount) / <i64>most);
    addToPool(point[3 * i], point[3 * i + 1], point[3 * i + 2]);
  }
}

export function addToPool(x: f64, y: f64, z: f64): void {
  if (poolCount == poolLimit) return;
  const p = poolCount++;
  pool[3 * p] = x;
  pool[3 * p + 1] = y;
  pool[3 * p + 2] = z;
  for (let c = 0; c < classCount; c++) poolPrice[p * classCount + c] = 0;
  hasFollowed[p] = 0;
}

/** The last price of a point of the pool as the centre of a territory of class c. */
// @ts-ignore: decorator
@inline
export function poolPriceOf(p: i32, c: i32): f64 {
  return poolPrice[p * classCount + c];
}
// @ts-ignore: decorator
@inline
export function setPoolPrice(p: i32, c: i32, price: f64): void {
  poolPrice[p * classCount + c] = price;
}

export function beginPool(): void {
  if (!poolIsWhole && classCount == 1) {
    hasFollowed.fill(0);
    for (let e = 0; e < firstAt[1] && e < workCount; e++) {
      const p = follower[e];
      hasFollowed[p] = 1;
      for (let d = 0; d < 3; d++) followed[3 * p + d] = at[3 * e + d];
    }
  }
  cursor = 0;
  poolClass = 0;
  poolSum = 0;
  firstAt[0] = 0;
}

/** Prices the pool for each class in turn and chooses who works, until the work amounts to `until`; whether it is done. */
export function pricePoolSome(until: f64): bool {
  while (poolClass < classCount) {
    const c = poolClass;
    while (cursor < poolCount) {
      if (work >= until) return false;
      const p = cursor++;
      const i = p * classCount + c;
      solveKnapsack(pool[3 * p], pool[3 * p + 1], pool[3 * p + 2], classLower[c], classUpper[c], poolPrice[i], scale, kind);
      poolPrice[i] = knapsackPrice;
      poolValue[p] = knapsackValue;
      if (hasFollowed[p]) {
        solveKnapsack(followed[3 * p], followed[3 * p + 1], followed[3 * p + 2], classLower[c], classUpper[c], knapsackPrice, scale, kind);
        if (knapsackValue < poolValue[p]) {
          poolValue[p] = knapsackValue;
          poolPrice[i] = knapsackPrice;
        } else hasFollowed[p] = 0;
      }
    }
    choose(c);
    cursor = 0;
    poolClass++;
    spend(<f64>(poolCount >> 3));
  }
  listFixed();
  return true;
}

/** The centres of class c that go to work: those of the least value. */
function choose(c: i32): void {
  for (let p = 0; p < poolCount; p++) ranked[p] = poolValue[p];
  const wanted = min(poolCount, WORKING * classTerritories[c] + WORKING_LEAST);
  const most = selectLeast(ranked, poolCount, wanted);
  let e = firstAt[c];
  const end = e + wanted;
  for (let p = 0; p < poolCount && e < end; p++) {
    if (poolValue[p] > most) continue;
    const from = hasFollowed[p] ? followed : pool;
    for (let d = 0; d < 3; d++) at[3 * e + d] = from[3 * p + d];
    follower[e] = p;
    price[e] = poolPrice[p * classCount + c];
    value[e++] = poolValue[p];
  }
  firstAt[c + 1] = e;
  poolSum += leastSum(ranked, wanted, classTerritories[c]);
}

/** Sum of the `count` least of `among` values, all different centres; or the least, `count` times, where one may serve often. */
function leastSum(values: StaticArray<f64>, among: i32, count: i32): f64 {
  if (poolIsWhole && count <= among) {
    selectLeast(values, among, count);
    let sum: f64 = 0;
    for (let i = 0; i < count; i++) sum += values[i];
    return sum;
  }
  let least = Infinity;
  for (let i = 0; i < among; i++) least = min(least, values[i]);
  return <f64>count * least;
}

function listFixed(): void {
  let e = firstAt[classCount];
  for (let i = 0; i < fixedCount; i++) {
    const t = fixedTerritory[i];
    for (let d = 0; d < 3; d++) at[3 * e + d] = fixedCenter[4 * t + d];
    // the price of the round before stays a good guess
    e++;
  }
  workCount = e;
}

export function beginWork(): void {
  cursor = 0;
}

/** Prices the centres at work; whether it is done. */
export function priceWorkSome(until: f64): bool {
  while (cursor < workCount) {
    if (work >= until) return false;
    const e = cursor++;
    let c = 0;
    while (c < classCount && e >= firstAt[c + 1]) c++;
    const free = c < classCount;
    const t = free ? 0 : fixedTerritory[e - firstAt[classCount]];
    const low = free ? classLower[c] : lowerOf(t);
    const high = free ? classUpper[c] : upperOf(t);
    solveKnapsack(at[3 * e], at[3 * e + 1], at[3 * e + 2], low, high, price[e], scale, free ? kind : fixedKind);
    price[e] = knapsackPrice;
    part[e] = knapsackPart;
    value[e] = knapsackValue;
  }
  return true;
}

/** Least value of class c among the centres at work, as they were priced last. */
export function leastAtWork(c: i32): f64 {
  let least = Infinity;
  for (let e = firstAt[c]; e < firstAt[c + 1]; e++) least = min(least, value[e]);
  return least;
}

/** Value of the fixed centres at work. */
export function fixedValue(): f64 {
  let sum: f64 = 0;
  for (let e = firstAt[classCount]; e < workCount; e++) sum += value[e];
  return sum;
}

/** Value of the centres at work, and how much each counts: all of it on the least ones, softened by a temperature. */
export function shareWork(temperature: f64): void {
  workValue = 0;
  for (let c = 0; c < classCount; c++) {
    const from = firstAt[c];
    const count = firstAt[c + 1] - from;
    for (let i = 0; i < count; i++) ranked[i] = value[from + i];
    workValue += leastSum(ranked, count, classTerritories[c]);
    if (poolIsWhole && classTerritories[c] < count) shareDistinct(from, count, <f64>classTerritories[c], temperature);
    else shareFreely(from, count, <f64>classTerritories[c], temperature);
  }
  for (let e = firstAt[classCount]; e < workCount; e++) {
    workValue += value[e];
    share[e] = 1;
  }
}

/** Shares of at most 1 that sum to `total`. */
function shareDistinct(from: i32, count: i32, total: f64, temperature: f64): void {
  let low = Infinity;
  let high = -Infinity;
  for (let e = from; e < from + count; e++) {
    low = min(low, value[e]);
    high = max(high, value[e]);
  }
  low -= 40 * temperature;
  for (let round = 0; round < 50; round++) {
    const middle = 0.5 * (low + high);
    let sum: f64 = 0;
    for (let e = from; e < from + count; e++) sum += softShare(value[e] - middle, temperature);
    if (sum > total) high = middle;
    else low = middle;
  }
  for (let e = from; e < from + count; e++) share[e] = softShare(value[e] - low, temperature);
}

// @ts-ignore: decorator
@inline
function softShare(above: f64, temperature: f64): f64 {
  return above <= 0 ? 1 : above < COLDEST * temperature ? Math.exp(-above / temperature) : 0;
}

/** Shares in proportion to exp(−value / temperature) that sum to `total`. */
function shareFreely(from: i32, count: i32, total: f64, temperature: f64): void {
  let least = Infinity;
  for (let e = from; e < from + count; e++) least = min(least, value[e]);
  let sum: f64 = 0;
  for (let e = from; e < from + count; e++) {
    share[e] = softShare(value[e] - least, temperature);
    sum += share[e];
  }
  for (let e = from; e < from + count; e++) share[e] *= total / sum;
}

/** Covers the items by the shares; centres that may lie anywhere follow. */
export function coverWorkSome(until: f64): bool {
  const free = firstAt[classCount];
  while (cursor < workCount) {
    if (work >= until) return false;
    const e = cursor++;
    if (share[e] <= 0) continue;
    coverItems(at[3 * e], at[3 * e + 1], at[3 * e + 2], price[e], part[e], share[e], e < free ? kind : fixedKind);
    if (e < free && !poolIsWhole && coveredWorth > 0) {
      at[3 * e] = coveredX / coveredWorth;
      at[3 * e + 1] = coveredY / coveredWorth;
      at[3 * e + 2] = coveredZ / coveredWorth;
    }
  }
  return true;
}
