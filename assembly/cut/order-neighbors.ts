// Puts the neighbours of each vertex in an order in which consecutive ones are neighbours of each other where possible:
// in a triangulated planar graph the cyclic order around the vertex. The same-territory neighbours of a vertex that
// form one such run stay joined when it leaves, so that most contiguity tests cost nothing beyond the cut itself
// (the local test of King, Jacobson, Sewell 2018, without an embedding).

import { adjacent, edgeWeight, firstSlot, linked, vertexCapacity } from './levels';

/** Vertices with more neighbours are left as they are, without links. */
const MOST_NEIGHBORS: i32 = 24;

const ids: StaticArray<i32> = new StaticArray<i32>(MOST_NEIGHBORS);
const weights: StaticArray<f32> = new StaticArray<f32>(MOST_NEIGHBORS);
/** Bit j of row i: neighbours i and j are neighbours. */
const touching: StaticArray<u32> = new StaticArray<u32>(MOST_NEIGHBORS);
/** Where a vertex stands among the neighbours of the present one, from 1; 0 for elsewhere. */
let rank: StaticArray<u8> = new StaticArray<u8>(0);

export function allocateNeighborOrder(): void {
  rank = new StaticArray<u8>(vertexCapacity);
}

/** Orders the slots of the vertices first … end − 1. O(Σ degree²). */
export function orderNeighbors(first: i32, end: i32): void {
  for (let v = first; v < end; v++) orderAround(v);
}

function orderAround(v: i32): void {
  const begin = firstSlot[v];
  const degree = firstSlot[v + 1] - begin;
  if (degree > MOST_NEIGHBORS) {
    for (let i = 0; i < degree; i++) linked[begin + i] = 0;
    return;
  }
  for (let i = 0; i < degree; i++) {
    ids[i] = adjacent[begin + i];
    weights[i] = edgeWeight[begin + i];
    rank[ids[i]] = <u8>(i + 1);
  }
  for (let i = 0; i < degree; i++) {
    let row: u32 = 0;
    for (let e = firstSlot[ids[i]], last = firstSlot[ids[i] + 1]; e < last; e++) {
      const r = rank[adjacent[e]];
      if (r > 0) row |= 1 << (r - 1);
    }
    touching[i] = row & ~(<u32>1 << i);
  }
  for (let i = 0; i < degree; i++) rank[ids[i]] = 0;

  let open: u32 = degree == 32 ? 0xffffffff : (<u32>1 << degree) - 1;
  let at = -1;
  let start = -1;
  for (let i = 0; i < degree; i++) {
    let next = at < 0 ? 0 : touching[at] & open;
    const joined = next != 0;
    // a chain begins at the neighbour with the fewest left to go on to: one of its ends
    at = leastTouching(joined ? next : open, open);
    if (i == 0) start = at;
    else linked[begin + i - 1] = joined ? 1 : 0;
    open &= ~(<u32>1 << at);
    adjacent[begin + i] = ids[at];
    edgeWeight[begin + i] = weights[at];
  }
  if (degree > 0) linked[begin + degree - 1] = degree > 1 && (touching[at] >> start) & 1 ? 1 : 0;
}

/** The member of `candidates` that touches the fewest of `open`. */
function leastTouching(candidates: u32, open: u32): i32 {
  let best = -1;
  let least = 33;
  for (let rest = candidates; rest != 0; rest &= rest - 1) {
    const i = <i32>ctz(rest);
    const count = <i32>popcnt(touching[i] & open);
    if (count < least) {
      least = count;
      best = i;
    }
  }
  return best;
}
