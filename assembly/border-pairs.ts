// Second derivative of the dual per pair of neighbouring territories, gathered during a pass: an open-addressing table,
// packed into a list when the pass is whole.

import { territoryCount } from './problem';

let pairCapacity: i32 = 0;
/** Slots in use: the walk over them must not cost more than a pass over a few territories. */
let slots: i32 = 0;
let pairKey: StaticArray<i64> = new StaticArray<i64>(0);
let pairValue: StaticArray<f64> = new StaticArray<f64>(0);
/** The packed list: territories of each pair and their value. */
export let listA: StaticArray<i32> = new StaticArray<i32>(0);
export let listB: StaticArray<i32> = new StaticArray<i32>(0);
export let listValue: StaticArray<f64> = new StaticArray<f64>(0);

/** Slots of the table per territory: planar neighbours number about three per territory. */
const SLOTS_PER_TERRITORY: i32 = 32;

export function allocatePairs(): void {
  pairCapacity = 64;
  while (pairCapacity < SLOTS_PER_TERRITORY * territoryCount) pairCapacity <<= 1;
  pairKey = new StaticArray<i64>(pairCapacity);
  pairValue = new StaticArray<f64>(pairCapacity);
  listA = new StaticArray<i32>(pairCapacity);
  listB = new StaticArray<i32>(pairCapacity);
  listValue = new StaticArray<f64>(pairCapacity);
}

/** Empties the table and sizes it for `territories` of them. */
export function clearPairs(territories: i32): void {
  slots = 64;
  while (slots < SLOTS_PER_TERRITORY * territories) slots <<= 1;
  for (let i = 0; i < slots; i++) {
    pairKey[i] = -1;
    pairValue[i] = 0;
  }
}

/** Adds `value` to the pair of `a` and `b`, in either order. */
export function addToPair(a: i32, b: i32, value: f64): void {
  pairValue[a < b ? pairSlot(a, b) : pairSlot(b, a)] += value;
}

/** Slot of the pair (a, b), a < b, in the table. */
function pairSlot(a: i32, b: i32): i32 {
  const wanted = (<i64>a << 32) | <i64>b;
  let i = (a * 73856093 ^ b * 19349663) & (slots - 1);
  for (let probe = 0; probe < 64; probe++) {
    if (pairKey[i] == wanted || pairKey[i] < 0) break;
    i = (i + 1) & (slots - 1);
  }
  if (pairKey[i] < 0) pairKey[i] = wanted;
  // a table this crowded shares the slot: the step is a little off, the balance it leads to is not
  return i;
}

/** Packs the pairs of the pass into the lists; returns how many there are. */
export function listPairs(): i32 {
  let count = 0;
  for (let i = 0; i < slots; i++) {
    const found = pairKey[i];
    if (found < 0) continue;
    const a = <i32>(found >> 32);
    const b = <i32>(found & 0xffffffff);
    listA[count] = a;
    listB[count] = b;
    listValue[count] = pairValue[i];
    count++;
  }
  return count;
}
