// What a center search leaves to choose from: several distinct sets of centres, best dual value first, and the plan that
// each has led to so far. The relaxed problem ranks sets well, but not finally: pieces must join, units stay whole, and
// bands leave room. So the search tries the plans themselves and goes on with the better half (successive halving:
// Karnin, Koren, Somekh 2013).

import { freshArray } from './fresh-array';
import { price, reach } from './power-diagram';
import { territoryCount, unitCount } from './problem';
import { assignment, center } from './tally';

/** Sets kept at most, and the units that the plans of all sets may have together. */
const MOST_SETS: i32 = 8;
const UNITS_OF_ALL: i32 = 160_000;
/** Sets whose centres are all this close, squared and relative to the way to the next centre, are the same. */
const SAME: f64 = 0.02;

let room: i32 = 0;
/** Contenders left, and the slot of each, best first. */
export let contenders: i32 = 0;
let slot: StaticArray<i32> = new StaticArray<i32>(0);
let slotCenter: StaticArray<f64> = new StaticArray<f64>(0);
let slotPrice: StaticArray<f64> = new StaticArray<f64>(0);
let slotPlan: StaticArray<i32> = new StaticArray<i32>(0);
/** Rank by the relaxed problem (rest, dual value) until there is a plan, then by the plan (violation, cost). */
let slotFirst: StaticArray<f64> = new StaticArray<f64>(0);
let slotSecond: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateContenders(): void {
  room = min(MOST_SETS, max(1, UNITS_OF_ALL / unitCount));
  slot = new StaticArray<i32>(room);
  slotCenter = new StaticArray<f64>(4 * territoryCount * room);
  slotPrice = new StaticArray<f64>(territoryCount * room);
  slotPlan = freshArray<i32>(room > 1 ? unitCount * room : 0);
  slotFirst = new StaticArray<f64>(room);
  slotSecond = new StaticArray<f64>(room);
}

export function clearContenders(): void {
  contenders = 0;
}

/** Whether the present centres are those of slot `s`, in any order. O(k²), sooner where they are not. */
function sameCenters(s: i32): bool {
  const base = 4 * territoryCount * s;
  for (let t = 0; t < territoryCount; t++) {
    let close = false;
    for (let i = base, end = base + 4 * territoryCount; i < end && !close; i += 4) {
      const dx = center[4 * t] - slotCenter[i];
      const dy = center[4 * t + 1] - slotCenter[i + 1];
      const dz = center[4 * t + 2] - slotCenter[i + 2];
      close = dx * dx + dy * dy + dz * dz <= SAME * reach[t];
    }
    if (!close) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function precedes(first: f64, second: f64, s: i32): bool {
  return first < slotFirst[s] || (first == slotFirst[s] && second < slotSecond[s]);
}

/** Offers the present centres and prices: `rest` is their imbalance beyond what units force, `dual` their value. */
export function offerContender(rest: f64, dual: f64): void {
  let i = contenders;
  for (let j = 0; j < contenders && i == contenders; j++) if (sameCenters(slot[j])) i = j;
  if (i < contenders) {
    if (!precedes(rest, dual, slot[i])) return;
  } else if (contenders < room) {
    slot[contenders] = contenders;
    contenders++;
  } else {
    i = contenders - 1;
    if (!precedes(rest, dual, slot[i])) return;
  }
  const s = slot[i];
  for (let c = 0; c < 4 * territoryCount; c++) slotCenter[4 * territoryCount * s + c] = center[c];
  for (let t = 0; t < territoryCount; t++) slotPrice[territoryCount * s + t] = price[t];
  slotFirst[s] = rest;
  slotSecond[s] = dual;
  raise(i);
}

/** Moves the contender at `i` up to its rank. */
function raise(i: i32): void {
  const s = slot[i];
  while (i > 0 && precedes(slotFirst[s], slotSecond[s], slot[i - 1])) {
    slot[i] = slot[i - 1];
    i--;
  }
  slot[i] = s;
}

/** Keeps the best `count` contenders only. */
export function keepContenders(count: i32): void {
  contenders = min(contenders, count);
}

/** Sorts the contenders by their plans. */
export function rankContenders(): void {
  for (let i = 1; i < contenders; i++) raise(i);
}

/** Makes the centres and prices of the contender at `i` the present ones. */
export function recallCenters(i: i32): void {
  const s = slot[i];
  for (let c = 0; c < 4 * territoryCount; c++) center[c] = slotCenter[4 * territoryCount * s + c];
  for (let t = 0; t < territoryCount; t++) price[t] = slotPrice[territoryCount * s + t];
}

/** Makes the plan of the contender at `i` the current assignment; sums are the caller's to rebuild. */
export function recallPlan(i: i32): void {
  recallCenters(i);
  const base = unitCount * slot[i];
  for (let u = 0; u < unitCount; u++) assignment[u] = slotPlan[base + u];
}

/** Keeps the current assignment and its exact score as the plan of the contender at `i`. */
export function keepPlan(i: i32, violation: f64, cost: f64): void {
  const s = slot[i];
  const base = unitCount * s;
  for (let u = 0; u < unitCount; u++) slotPlan[base + u] = assignment[u];
  slotFirst[s] = violation;
  slotSecond[s] = cost;
}
