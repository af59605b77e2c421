// An order of units by a key that may be cut into two sides which hang together. Units are taken by key, but none before
// one of its neighbours (Prim 1957, on the largest key of a path): so the near side of every cut hangs together. The same
// from the far end, by the order so found: so does the far side, and bays that the cut would leave to the far side, though
// only the near side touches them, are the near side's. Where that takes the land away between the near side and some of
// its units there is no cut before those have gone too. O((n + E) log n) per order.

import { clearHeap, heapSize, popHeap, pushHeap } from './heap';
import { neighbors, offsets } from './problem';

/** Sort key per unit, for the caller to write. */
export let key: StaticArray<f64> = new StaticArray<f64>(0);
/** The units by key and by the first growth, one of them being written while the other is read. */
let ranked: StaticArray<i32> = new StaticArray<i32>(0);
let grown: StaticArray<i32> = new StaticArray<i32>(0);
/** Rank of each unit by key, −1 outside of the part; its place in the first growth. */
let rank: StaticArray<i32> = new StaticArray<i32>(0);
let place: StaticArray<i32> = new StaticArray<i32>(0);
/** Places of units that are not yet reached, and of those that wait. */
const FAR_OFF: i32 = -2;
const WAITING: i32 = -1;
/** Place of units that have left the near side. */
const GONE: i32 = -3;
/** Units that wait for the first growth, listed by the rank at which their turn comes. */
let head: StaticArray<i32> = new StaticArray<i32>(0);
let tail: StaticArray<i32> = new StaticArray<i32>(0);
let next: StaticArray<i32> = new StaticArray<i32>(0);
let waiting: i32 = 0;
/** Mark in `next` of units that the second growth has reached. */
const REACHED: i32 = -2;
/** Whether the near side hangs together when it ends before so many units from the first; the part itself may not. */
export let cuttable: StaticArray<bool> = new StaticArray<bool>(0);
/** Edges between the sides when the near side ends before so many units from the first. */
export let cutLength: StaticArray<i32> = new StaticArray<i32>(0);
/** Neighbours that still join a unit to the near side. */
let joins: StaticArray<i32> = new StaticArray<i32>(0);

/** Keys are sorted as integers of twice so many bits. */
const DIGIT: u32 = 11;
const count: StaticArray<i32> = new StaticArray<i32>(1 << DIGIT);

export function allocateConnectedOrder(units: i32): void {
  key = new StaticArray<f64>(units);
  ranked = new StaticArray<i32>(units);
  grown = new StaticArray<i32>(units);
  rank = new StaticArray<i32>(units);
  place = new StaticArray<i32>(units);
  head = new StaticArray<i32>(units);
  tail = new StaticArray<i32>(units);
  next = new StaticArray<i32>(units);
  cuttable = new StaticArray<bool>(units + 1);
  cutLength = new StaticArray<i32>(units + 1);
  joins = new StaticArray<i32>(units);
  head.fill(-1);
  rank.fill(-1);
}

/** Reorders the units order[from … to) as above, by what `key` holds for them. Pieces that no edge joins follow each other. */
export function orderConnected(order: StaticArray<i32>, from: i32, to: i32): void {
  const size = to - from;
  sortByKey(order, from, to);
  for (let i = 0; i < size; i++) {
    const u = order[from + i];
    rank[u] = i;
    place[u] = FAR_OFF;
    ranked[i] = u;
  }
  growNear(size);
  shrinkNear(size);
  for (let i = 0; i < size; i++) {
    rank[ranked[i]] = -1;
    order[from + i] = ranked[i];
  }
}

/** Sorts order[from … to) by key, to a part of its range in four million. */
function sortByKey(order: StaticArray<i32>, from: i32, to: i32): void {
  let least = Infinity;
  let most = -Infinity;
  for (let i = from; i < to; i++) {
    const value = key[order[i]];
    least = min(least, value);
    most = max(most, value);
  }
  const steps = <f64>((1 << (2 * DIGIT)) - 1);
  const scale = most > least ? steps / (most - least) : 0;
  for (let i = from; i < to; i++) rank[order[i]] = <i32>((key[order[i]] - least) * scale);
  for (let shift: u32 = 0; shift < 2 * DIGIT; shift += DIGIT) {
    count.fill(0);
    const mask = (1 << DIGIT) - 1;
    for (let i = from; i < to; i++) count[(rank[order[i]] >>> shift) & mask]++;
    let at = 0;
    for (let d = 0; d <= mask; d++) {
      const here = count[d];
      count[d] = at;
      at += here;
    }
    for (let i = from; i < to; i++) {
      const u = order[i];
      ranked[count[(rank[u] >>> shift) & mask]++] = u;
    }
    for (let i = from; i < to; i++) order[i] = ranked[i - from];
  }
}

/** Writes the units to `grown`, each by the largest rank on the way to it from the first of its piece. */
function growNear(size: i32): void {
  let reached = 0;
  waiting = 0;
  for (let first = 0; reached < size; first++) {
    if (place[ranked[first]] != FAR_OFF) continue;
    wait(ranked[first], first);
    for (let at = first; waiting > 0; at++) {
      while (head[at] >= 0) {
        const u = head[at];
        head[at] = next[u];
        waiting--;
        let count = 0;
        for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
          const v = neighbors[e];
          const r = rank[v];
          if (r < 0) continue;
          const p = place[v];
          if (p >= 0) count++;
          else if (p == FAR_OFF) wait(v, max(at, r));
        }
        joins[u] = count;
        place[u] = reached;
        grown[reached++] = u;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function wait(u: i32, at: i32): void {
  place[u] = WAITING;
  next[u] = -1;
  if (head[at] < 0) head[at] = u;
  else next[tail[at]] = u;
  tail[at] = u;
  waiting++;
}

/** Writes the units to `ranked` from the last to the first, as they leave the near side: of those at hand the last grown. */
function shrinkNear(size: i32): void {
  clearHeap();
  let left = size;
  let cutOff = 0;
  let length = 0;
  cuttable[size] = true;
  cutLength[size] = 0;
  for (let last = size - 1; left > 0; last--) {
    if (next[grown[last]] == REACHED) continue;
    reach(grown[last]);
    while (heapSize > 0) {
      const u = <i32>popHeap();
      if (joins[u] < 0) cutOff--;
      joins[u] = 0;
      const p = place[u];
      place[u] = GONE;
      ranked[--left] = u;
      for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
        const v = neighbors[e];
        if (rank[v] < 0) continue;
        length += place[v] == GONE ? -1 : 1;
        if (next[v] != REACHED) reach(v);
        if (place[v] > p && joins[v] > 0 && --joins[v] == 0) {
          // what has left already is no longer there to be joined
          joins[v] = -1;
          cutOff++;
        }
      }
      cuttable[left] = cutOff == 0;
      cutLength[left] = length;
    }
  }
}

// @ts-ignore: decorator
@inline
function reach(u: i32): void {
  next[u] = REACHED;
  pushHeap(-<f64>place[u], <u64>u);
}
