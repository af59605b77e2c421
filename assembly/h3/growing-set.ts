// A set of cells that grows: their keys in order of arrival, an open-addressing table over them, and union-find over
// which of them hang together. The root of a component is its first cell.

export let grownKeys: StaticArray<u64> = new StaticArray<u64>(0);
export let grownSize: i32 = 0;
export let parent: StaticArray<i32> = new StaticArray<i32>(0);
/** Cell + 1 by the hash of its key; 0 where free. At most half full. */
let table: StaticArray<i32> = new StaticArray<i32>(0);
let tableBits: i32 = 0;

export function allocateGrown(capacity: i32): void {
  grownSize = 0;
  grownKeys = new StaticArray<u64>(capacity);
  parent = new StaticArray<i32>(capacity);
  tableBits = 4;
  while (1 << (tableBits - 1) < capacity) tableBits++;
  table = new StaticArray<i32>(1 << tableBits);
}

/** Where the key is, or the free place for it. Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
function placeOf(key: u64): i32 {
  const mask = (1 << tableBits) - 1;
  let at = <i32>((key * 0x9e3779b97f4a7c15) >> <u64>(64 - tableBits));
  while (table[at] != 0 && grownKeys[table[at] - 1] != key) at = (at + 1) & mask;
  return at;
}

/** −1 when the key is not there. */
export function findGrown(key: u64): i32 {
  return table[placeOf(key)] - 1;
}

/** The new cell, a component of its own. The key must not be there. */
export function addGrown(key: u64): i32 {
  if (grownSize == grownKeys.length) enlarge();
  const u = grownSize++;
  grownKeys[u] = key;
  parent[u] = u;
  table[placeOf(key)] = grownSize;
  return u;
}

/** Twice the room. The old arrays are lost, which all in all costs as much as the new ones. */
function enlarge(): void {
  const size = grownSize;
  const keys = grownKeys;
  const parents = parent;
  allocateGrown(2 * size);
  memory.copy(changetype<usize>(parent), changetype<usize>(parents), 4 * size);
  for (; grownSize < size; grownSize++) {
    grownKeys[grownSize] = keys[grownSize];
    table[placeOf(keys[grownSize])] = grownSize + 1;
  }
}

/** Root of u; halves the path on the way. */
export function findRoot(u: i32): i32 {
  while (parent[u] != u) {
    parent[u] = parent[parent[u]];
    u = parent[u];
  }
  return u;
}

export function joinRoots(u: i32, v: i32): void {
  const a = findRoot(u);
  const b = findRoot(v);
  if (a < b) parent[b] = a;
  else parent[a] = b;
}
