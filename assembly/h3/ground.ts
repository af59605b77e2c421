// A set of cells that can be asked where a key is. Keys that share their leading digits stand together, so the set is
// cut into blocks of neighbouring keys with a dense table each: most neighbours of a cell are in its own block.

/** Ascending; the host writes doubles, `indexGround` makes them integers. */
export let groundKeys: StaticArray<u64> = new StaticArray<u64>(0);
export let groundSize: i32 = 0;
export let groundResolution: i32 = 0;

let blocks: StaticArray<u64> = new StaticArray<u64>(0);
let blockCount: i32 = 0;
/** Bits of a key that say where in its block it is. */
let blockBits: u64 = 0;
/** Unit + 1 by block and place in it; 0 for none. */
let table: StaticArray<i32> = new StaticArray<i32>(0);

/** Digits that a block spans at most: 343 cells in a table of 512. */
const MOST_DIGITS: i32 = 3;
/** Entries of the table per cell at most; where cells are scattered, blocks are smaller. */
const MOST_ENTRIES: i32 = 6;

export function allocateGround(n: i32, resolution: i32): void {
  groundSize = n;
  groundResolution = resolution;
  groundKeys = new StaticArray<u64>(n);
}

/** Once the keys are there. O(n). */
export function indexGround(): void {
  const n = groundSize;
  for (let u = 0; u < n; u++) groundKeys[u] = <u64>load<f64>(changetype<usize>(groundKeys) + 8 * u);
  let digits = min(MOST_DIGITS, groundResolution);
  for (; digits > 0; digits--) {
    blockCount = countBlocks(3 * digits);
    if (<i64>blockCount << (3 * <i64>digits) <= <i64>MOST_ENTRIES * <i64>n + 512) break;
  }
  if (digits == 0) blockCount = n;
  blockBits = 3 * digits;
  blocks = new StaticArray<u64>(blockCount);
  table = new StaticArray<i32>(blockCount << <i32>blockBits);
  const mask = (1 << <i32>blockBits) - 1;
  let block = -1;
  for (let u = 0; u < n; u++) {
    const key = groundKeys[u];
    if (block < 0 || blocks[block] != key >> blockBits) blocks[++block] = key >> blockBits;
    table[(block << <i32>blockBits) + (<i32>key & mask)] = u + 1;
  }
}

function countBlocks(bits: u64): i32 {
  let count = 0;
  for (let u = 0; u < groundSize; u++) if (u == 0 || groundKeys[u] >> bits != groundKeys[u - 1] >> bits) count++;
  return count;
}

/** The block that was asked last. */
let lastBlock: i32 = 0;

/** Unit of a key, −1 for none. O(1) in the block that was asked last, O(log blocks) in others. */
export function findUnit(key: u64): i32 {
  const wanted = key >> blockBits;
  if (lastBlock >= blockCount || blocks[lastBlock] != wanted) {
    let low = 0;
    let high = blockCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    if (blockCount == 0 || blocks[low] != wanted) return -1;
    lastBlock = low;
  }
  return table[(lastBlock << <i32>blockBits) + (<i32>key & ((1 << <i32>blockBits) - 1))] - 1;
}
