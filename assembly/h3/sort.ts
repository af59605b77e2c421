// Radix sort of 64-bit keys with the rows they come from, least digit first: stable, and O(n) per digit.

export let sortKeys: StaticArray<u64> = new StaticArray<u64>(0);
export let sortRows: StaticArray<i32> = new StaticArray<i32>(0);
let otherKeys: StaticArray<u64> = new StaticArray<u64>(0);
let otherRows: StaticArray<i32> = new StaticArray<i32>(0);

const BITS: u64 = 11;
const counts: StaticArray<i32> = new StaticArray<i32>(1 << <i32>BITS);

/** Makes room for n keys. What stood there before is lost when there was less. */
export function allocateSort(n: i32): void {
  if (n <= sortKeys.length) return;
  sortKeys = new StaticArray<u64>(n);
  sortRows = new StaticArray<i32>(n);
  otherKeys = new StaticArray<u64>(n);
  otherRows = new StaticArray<i32>(n);
}

/** Sorts the first `count` keys by their lowest `bits` bits, and the rows with them. The arrays may be others after. */
export function sortByKey(count: i32, bits: u64): void {
  if (isSorted(count)) return;
  for (let shift: u64 = 0; shift < bits; shift += BITS) sortByDigit(shift, count);
}

function isSorted(count: i32): bool {
  for (let i = 1; i < count; i++) if (sortKeys[i] < sortKeys[i - 1]) return false;
  return true;
}

function sortByDigit(shift: u64, count: i32): void {
  const mask = (1 << <i32>BITS) - 1;
  memory.fill(changetype<usize>(counts), 0, <usize>4 << <usize>BITS);
  for (let i = 0; i < count; i++) counts[<i32>(sortKeys[i] >> shift) & mask]++;
  let next = 0;
  for (let d = 0; d <= mask; d++) {
    const own = counts[d];
    counts[d] = next;
    next += own;
  }
  for (let i = 0; i < count; i++) {
    const at = counts[<i32>(sortKeys[i] >> shift) & mask]++;
    otherKeys[at] = sortKeys[i];
    otherRows[at] = sortRows[i];
  }
  const keys = sortKeys;
  sortKeys = otherKeys;
  otherKeys = keys;
  const rows = sortRows;
  sortRows = otherRows;
  otherRows = rows;
}
