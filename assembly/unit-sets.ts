// Sets of units as words of bits, and whether what they hold is in one piece.

import { words } from './part-pool';
import { neighbors, offsets, unitCount } from './problem';

/** Neighbours of each unit as a set at u · words. */
let around: StaticArray<u64> = new StaticArray<u64>(0);
/** What a flood has yet to reach, and what it has reached. */
let dry: StaticArray<u64> = new StaticArray<u64>(0);
let wet: StaticArray<i32> = new StaticArray<i32>(0);

export function allocateUnitSets(units: i32): void {
  around = new StaticArray<u64>(units * words);
  dry = new StaticArray<u64>(words);
  wet = new StaticArray<i32>(words > 0 ? units : 0);
}

export function deriveNeighborSets(): void {
  for (let u = 0; u < unitCount && words > 0; u++) {
    for (let e = offsets[u]; e < offsets[u + 1]; e++) insertAt(around, u * words, neighbors[e]);
  }
}

// @ts-ignore: decorator
@inline
function insertAt(set: StaticArray<u64>, at: i32, element: i32): void {
  set[at + (element >> 6)] |= (<u64>1) << (<u64>element & 63);
}

// @ts-ignore: decorator
@inline
export function insertElement(set: StaticArray<u64>, element: i32): void {
  insertAt(set, 0, element);
}

// @ts-ignore: decorator
@inline
export function removeElement(set: StaticArray<u64>, element: i32): void {
  set[element >> 6] &= ~((<u64>1) << (<u64>element & 63));
}

// @ts-ignore: decorator
@inline
export function holdsElement(set: StaticArray<u64>, element: i32): bool {
  return ((set[element >> 6] >>> (<u64>element & 63)) & 1) != 0;
}

/** Whether the units of `set`, at least one, are in one piece; elements that are no units do not matter. */
export function isConnected(set: StaticArray<u64>): bool {
  let front = -1;
  for (let w = words - 1; w >= 0; w--) {
    // territories come after all units
    const units = unitCount - (w << 6);
    dry[w] = units >= 64 ? set[w] : units <= 0 ? 0 : set[w] & (((<u64>1) << <u64>units) - 1);
    if (dry[w] != 0) front = (w << 6) + <i32>ctz(dry[w]);
  }
  if (front < 0) return false;
  let count = 1;
  wet[0] = front;
  removeElement(dry, front);
  for (let i = 0; i < count; i++) {
    const row = wet[i] * words;
    for (let w = 0; w < words; w++) {
      let reached = around[row + w] & dry[w];
      dry[w] &= ~reached;
      while (reached != 0) {
        wet[count++] = (w << 6) + <i32>ctz(reached);
        reached &= reached - 1;
      }
    }
  }
  let left: u64 = 0;
  for (let w = 0; w < words; w++) left |= dry[w];
  return left == 0;
}
