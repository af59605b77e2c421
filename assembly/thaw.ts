// Which territories take part in the moves of a cycle. Where there are many, most of a cycle over all of them is spent
// waiting for the slowest: a plan is only as good as all of its parts are at once. So the best plan is heated in one
// neighbourhood after the other while the rest is frozen (large neighbourhood search: Shaw 1998), and what is found
// anywhere is kept.

import { territoryImbalance } from './objective';
import { powerDistance } from './power-diagram';
import { locked, neighbors, offsets, territoryCount, unitCount } from './problem';
import { below } from './rng';
import { assignment } from './tally';

let thawed: StaticArray<u8> = new StaticArray<u8>(0);
/** Territories that are thawed. */
export let thawedCount: i32 = 0;
let nearest: StaticArray<i32> = new StaticArray<i32>(0);
let distance: StaticArray<f64> = new StaticArray<f64>(0);

/** From this many territories on a plan is heated by neighbourhoods, of so many territories at least and at most. */
const MANY: i32 = 8;
const SMALLEST: i32 = 4;
const LARGEST: i32 = 12;
/** Most of all territories that are a neighbourhood. */
const LARGEST_SHARE: f64 = 0.67;
/** Mark of a territory that is about to be thawed. */
const NEXT: u8 = 2;

export function allocateThaw(): void {
  thawed = new StaticArray<u8>(territoryCount);
  nearest = new StaticArray<i32>(LARGEST);
  distance = new StaticArray<f64>(LARGEST);
  thawAll();
}

/** Whether neighbourhoods pay. */
export function hasNeighbourhoods(): bool {
  return territoryCount >= MANY;
}

// @ts-ignore: decorator
@inline
export function isThawed(t: i32): bool {
  return thawed[t] != 0;
}

export function thawAll(): void {
  thawed.fill(1);
  thawedCount = territoryCount;
}

/** Thaws the territories that are out of balance and `rings` rings of their neighbours, and freezes the others. O(n + E). */
export function thawUnbalanced(rings: i32): void {
  for (let t = 0; t < territoryCount; t++) thawed[t] = !locked[t] && territoryImbalance(t) > 0 ? 1 : 0;
  for (let ring = 0; ring < rings; ring++) {
    for (let u = 0; u < unitCount; u++) {
      const t = assignment[u];
      if (t < 0 || thawed[t] != 1) continue;
      for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
        const s = assignment[neighbors[e]];
        if (s >= 0 && thawed[s] == 0 && !locked[s]) thawed[s] = NEXT;
      }
    }
    for (let t = 0; t < territoryCount; t++) if (thawed[t] == NEXT) thawed[t] = 1;
  }
  thawedCount = 0;
  for (let t = 0; t < territoryCount; t++) if (thawed[t]) thawedCount++;
}

/** Thaws the territories to which a random unit is nearest, by power distance, and freezes the others. O(k). */
export function thawNeighbourhood(): void {
  const u = below(unitCount);
  const home = assignment[u];
  const largest = min(LARGEST, <i32>(LARGEST_SHARE * <f64>territoryCount));
  const most = SMALLEST + below(largest - SMALLEST + 1);
  let count = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t]) continue;
    const d = t == home ? -Infinity : powerDistance(u, t);
    if (count == most && d >= distance[count - 1]) continue;
    let at = count < most ? count++ : count - 1;
    for (; at > 0 && distance[at - 1] > d; at--) {
      distance[at] = distance[at - 1];
      nearest[at] = nearest[at - 1];
    }
    distance[at] = d;
    nearest[at] = t;
  }
  thawed.fill(0);
  for (let i = 0; i < count; i++) thawed[nearest[i]] = 1;
  thawedCount = count;
}
