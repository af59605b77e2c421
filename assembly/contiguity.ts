// Does a territory stay connected when a unit leaves it?
//
// Ring test (King, Jacobson, Sewell: the geo-graph papers): on a full ring of hexagons, if the same-territory
// neighbours form one run they stay joined through each other, and so does everything behind them. With two or more
// runs, or without a ring, a bounded search decides: one front grows from each same-territory neighbour, fronts that
// meet are united; when one united front remains the territory is connected, when a front has nothing left to grow
// it is cut off. The fronts share one queue, so the smaller side ends the search.

import { freshArray } from './fresh-array';
import { mayScatter, scatters } from './permits';
import { hasRing, neighbors, offsets, ring, territoryCount, unitCount } from './problem';
import { assignment } from './tally';

/** Units that one search may look at; past it the move is refused, which is always safe. A full ring that fell into
 *  runs is only mended around a small hole, so little is lost by giving up early there. */
const SEARCH_LIMIT: i32 = 1000;
const RING_SEARCH_LIMIT: i32 = 40;
/** Fronts per search; a unit with more same-territory neighbours may not leave. */
const MOST_FRONTS: i32 = 64;

let stamp: StaticArray<i32> = new StaticArray<i32>(0);
let front: StaticArray<i32> = new StaticArray<i32>(0);
let queue: StaticArray<i32> = new StaticArray<i32>(0);
let now: i32 = 0;
/** Count at which a territory that may be in pieces was last met. */
let counted: StaticArray<i32> = new StaticArray<i32>(0);
const parent: StaticArray<i32> = new StaticArray<i32>(MOST_FRONTS);
const pending: StaticArray<i32> = new StaticArray<i32>(MOST_FRONTS);

export function allocateContiguity(): void {
  stamp = freshArray<i32>(unitCount);
  front = freshArray<i32>(unitCount);
  queue = freshArray<i32>(unitCount);
  counted = new StaticArray<i32>(territoryCount);
  now = 0;
}

/** Runs of units of `t` in the ring of `u`: 0, 1, 2 or 3; −1 where the ring does not tell. */
function ringRuns(u: i32, t: i32): i32 {
  const base = 6 * u;
  const first = ring[base];
  if (first == -2) return -1;
  const last = ring[base + 5];
  let before = last >= 0 && assignment[last] == t;
  let runs = 0;
  let members = 0;
  for (let s = 0; s < 6; s++) {
    const v = ring[base + s];
    const inside = v >= 0 && assignment[v] == t;
    if (inside) {
      members++;
      if (!before) runs++;
    }
    before = inside;
  }
  return members == 6 ? 1 : runs;
}

function find(f: i32): i32 {
  while (parent[f] != f) f = parent[f];
  return f;
}

/** Whether the units of `t` around `u` reach each other without `u`. True as well when there is at most one. */
function neighborsStayJoined(u: i32, t: i32, limit: i32): bool {
  now++;
  stamp[u] = now;
  front[u] = -1;
  let fronts = 0;
  let tail = 0;
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
    const v = neighbors[e];
    if (assignment[v] != t) continue;
    if (fronts == MOST_FRONTS) return false;
    stamp[v] = now;
    front[v] = fronts;
    parent[fronts] = fronts;
    pending[fronts] = 1;
    fronts++;
    queue[tail++] = v;
  }
  let groups = fronts;
  if (groups <= 1) return true;
  for (let head = 0; head < tail; head++) {
    if (head > limit) return false;
    const v = queue[head];
    let f = find(front[v]);
    for (let e = offsets[v], end = offsets[v + 1]; e < end; e++) {
      const x = neighbors[e];
      if (assignment[x] != t) continue;
      if (stamp[x] != now) {
        stamp[x] = now;
        front[x] = f;
        pending[f]++;
        queue[tail++] = x;
      } else if (front[x] >= 0) {
        const g = find(front[x]);
        if (g != f) {
          parent[g] = f;
          pending[f] += pending[g];
          if (--groups == 1) return true;
        }
      }
    }
    if (--pending[f] == 0) return false;
  }
  return false;
}

/**
 * Whether taking `u` out of its territory `t` leaves no more components than before.
 * O(6) by the ring, else bounded by SEARCH_LIMIT.
 */
export function mayLeave(u: i32, t: i32): bool {
  const runs = hasRing ? ringRuns(u, t) : -1;
  return runs == 1 || neighborsStayJoined(u, t, runs < 0 ? SEARCH_LIMIT : RING_SEARCH_LIMIT);
}

/** Components of every territory together, one for each that may be in pieces. O(n + E). */
export function countComponents(): i32 {
  let components = 0;
  now++;
  for (let s = 0; s < unitCount; s++) {
    const t = assignment[s];
    if (t < 0 || stamp[s] == now) continue;
    if (scatters && mayScatter[t]) {
      if (counted[t] != now) components++;
      counted[t] = now;
      continue;
    }
    components++;
    let head = 0;
    let tail = 0;
    queue[tail++] = s;
    stamp[s] = now;
    while (head < tail) {
      const u = queue[head++];
      for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
        const v = neighbors[e];
        if (stamp[v] != now && assignment[v] == t) {
          stamp[v] = now;
          queue[tail++] = v;
        }
      }
    }
  }
  return components;
}
