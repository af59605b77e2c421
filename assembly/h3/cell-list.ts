// A list of H3 indexes, as it comes in: checked, made into keys, and sorted.

import { BASE_COUNT, isPentagonBase, MISSING } from './base-cells';
import { leadingDigit } from './digits';
import { allocateSort, sortByKey, sortKeys, sortRows } from './sort';

export let listResolution: i32 = -1;

/** What is wrong with a list: nothing, or its first row at fault is no cell, of another resolution, or a repetition. */
export const enum Fault {
  NONE = 0,
  INVALID = 1,
  RESOLUTION = 2,
  REPEATED = 3,
}
export let fault: i32 = Fault.NONE;

/** Whether the bits are a cell, as H3 understands it. */
function isCell(index: u64): bool {
  const resolution = <i32>(index >> 52) & 15;
  const base = <i32>(index >> 45) & 127;
  if (index >> 56 != 8 || base >= BASE_COUNT) return false;
  const unused: u64 = 3 * (15 - resolution);
  const filler = ((<u64>1) << unused) - 1;
  if ((index & filler) != filler) return false;
  const used = (index & 0x1fffffffffff) >> unused;
  // A digit of seven has all its bits set.
  if ((used & (used >> 1) & (used >> 2) & 0x49249249249) != 0) return false;
  return !isPentagonBase(base) || leadingDigit(used) != MISSING;
}

/**
 * Makes keys of the first `count` indexes that stand in `sortKeys`. Returns the first row that is at fault, and sets
 * `fault`; −1 when all are good. O(count).
 */
export function checkIndexes(count: i32): i32 {
  fault = Fault.NONE;
  listResolution = <i32>(sortKeys[0] >> 52) & 15;
  const unused: u64 = 3 * (15 - listResolution);
  for (let row = 0; row < count; row++) {
    const index = sortKeys[row];
    if (!isCell(index)) fault = Fault.INVALID;
    else if ((<i32>(index >> 52) & 15) != listResolution) fault = Fault.RESOLUTION;
    if (fault != Fault.NONE) return row;
    sortKeys[row] = (index & 0xfffffffffffff) >> unused;
    sortRows[row] = row;
  }
  return -1;
}

/**
 * Sorts the first `count` keys, their rows with them, and makes doubles of them. Returns the first row whose key stood
 * in an earlier one, and sets `fault`; −1 when no key is there twice. O(count).
 */
export function sortCells(count: i32): i32 {
  sortByKey(count, 7 + 3 * <u64>listResolution);
  let first = i32.MAX_VALUE;
  for (let i = 1; i < count; i++) {
    if (sortKeys[i] == sortKeys[i - 1] && sortRows[i] < first) first = sortRows[i];
  }
  for (let i = 0; i < count; i++) store<f64>(changetype<usize>(sortKeys) + 8 * i, <f64>sortKeys[i]);
  if (first == i32.MAX_VALUE) return -1;
  fault = Fault.REPEATED;
  return first;
}

export function allocateList(n: i32): void {
  allocateSort(n);
}
