// Does a territory stay connected when a vertex leaves it whose same-territory neighbours form several runs? A bounded
// search as in `contiguity.ts`, on any level of the hierarchy: one front per neighbour, fronts that meet are united.

import { adjacent, firstSlot, part, vertexCapacity } from './levels';

/** Vertices that one search may look at; past it the move is refused, which is always safe. */
const SEARCH_LIMIT: i32 = 300;
const MOST_FRONTS: i32 = 64;

let stamp: StaticArray<i32> = new StaticArray<i32>(0);
let front: StaticArray<i32> = new StaticArray<i32>(0);
const queue: StaticArray<i32> = new StaticArray<i32>(SEARCH_LIMIT + MOST_FRONTS);
const union: StaticArray<i32> = new StaticArray<i32>(MOST_FRONTS);
const pending: StaticArray<i32> = new StaticArray<i32>(MOST_FRONTS);
let now: i32 = 0;

export function allocateCutContiguity(): void {
  stamp = new StaticArray<i32>(vertexCapacity);
  front = new StaticArray<i32>(vertexCapacity);
  now = 0;
}

function find(f: i32): i32 {
  while (union[f] != f) f = union[f];
  return f;
}

/** Whether the neighbours of `v` in `t` reach each other without `v`. True as well when there is at most one. */
export function neighborsReachEachOther(v: i32, t: i32): bool {
  now++;
  stamp[v] = now;
  front[v] = -1;
  let fronts = 0;
  let tail = 0;
  for (let e = firstSlot[v], end = firstSlot[v + 1]; e < end; e++) {
    const w = adjacent[e];
    if (part[w] != t) continue;
    if (fronts == MOST_FRONTS) return false;
    stamp[w] = now;
    front[w] = fronts;
    union[fronts] = fronts;
    pending[fronts] = 1;
    fronts++;
    queue[tail++] = w;
  }
  let groups = fronts;
  if (groups <= 1) return true;
  for (let head = 0; head < tail; head++) {
    const w = queue[head];
    let f = find(front[w]);
    for (let e = firstSlot[w], end = firstSlot[w + 1]; e < end; e++) {
      const x = adjacent[e];
      if (part[x] != t) continue;
      if (stamp[x] != now) {
        if (tail == queue.length) return false;
        stamp[x] = now;
        front[x] = f;
        pending[f]++;
        queue[tail++] = x;
      } else if (front[x] >= 0) {
        const g = find(front[x]);
        if (g != f) {
          union[g] = f;
          pending[f] += pending[g];
          if (--groups == 1) return true;
        }
      }
    }
    if (--pending[f] == 0) return false;
  }
  return false;
}
