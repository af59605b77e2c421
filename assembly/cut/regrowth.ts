// Another plan out of one at hand: some neighbouring territories are given up and grown again from random units, each
// as far as the others at any time (greedy graph growing: Karypis, Kumar 1998, on several parts at once). It knows
// neither places nor centres, so that it leads to shapes that no diagram has, at little more cost than a look at the plan.

import { clearHeap, heapSize, popHeap, pushHeap } from '../heap';
import { activity, initial, inverseTarget, locked, measureCount, neighbors, offsets, territoryCount, unitCount } from '../problem';
import { repair } from '../repair';
import { below, unitInterval } from '../rng';
import { assignment } from '../tally';

/** Territories to grow again, and how much each has taken of its targets, all measures together. */
let chosen: StaticArray<u8> = new StaticArray<u8>(0);
let grown: StaticArray<f64> = new StaticArray<f64>(0);
let freed: StaticArray<i32> = new StaticArray<i32>(0);

/** Looks at random units for the next territory of the group. */
const TRIES: i32 = 64;
/** How far chance sets the order of growth off from a breadth-first one, in targets. */
const UNEVENNESS: f64 = 0.3;

export function allocateRegrowth(): void {
  chosen = new StaticArray<u8>(territoryCount);
  grown = new StaticArray<f64>(territoryCount);
  freed = new StaticArray<i32>(unitCount);
}

/** Grows `count` neighbouring territories of the current assignment anew, repairs and recounts it. */
export function regrow(count: i32): void {
  choose(count);
  let free = 0;
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t < 0 || chosen[t] == 0 || initial[u] >= 0) continue;
    assignment[u] = -1;
    freed[free++] = u;
  }
  clearHeap();
  for (let t = 0; t < territoryCount; t++) grown[t] = 0;
  for (let u = 0; u < unitCount; u++) {
    const t = initial[u];
    if (t >= 0 && chosen[t] != 0) settle(u, t);
  }
  for (let t = 0; t < territoryCount && free > 0; t++) {
    if (chosen[t] == 0 || grown[t] > 0) continue;
    const i = below(free);
    settle(freed[i], t);
    freed[i] = freed[--free];
  }
  while (heapSize > 0) {
    const pair = popHeap();
    const u = <i32>(pair >> 32);
    if (assignment[u] < 0) settle(u, <i32>(pair & 0xffffffff));
  }
  repair();
}

/** Marks a group of `count` territories that touch, or fewer where no more are met. */
function choose(count: i32): void {
  chosen.fill(0);
  let found = 0;
  for (let tries = 0; tries < TRIES * count && found < count; tries++) {
    const u = below(unitCount);
    const t = assignment[u];
    const degree = offsets[u + 1] - offsets[u];
    if (t < 0 || locked[t]) continue;
    if (found == 0) {
      chosen[t] = 1;
      found++;
    }
    if (chosen[t] == 0 || degree == 0) continue;
    const s = assignment[neighbors[offsets[u] + below(degree)]];
    if (s < 0 || locked[s] || chosen[s] != 0) continue;
    chosen[s] = 1;
    found++;
  }
}

/** Unit `u` joins `t`, which goes on to its free neighbours, the later the more it has. */
function settle(u: i32, t: i32): void {
  assignment[u] = t;
  for (let m = 0; m < measureCount; m++) {
    grown[t] += activity[u * measureCount + m] * inverseTarget[t * measureCount + m];
  }
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
    const v = neighbors[e];
    if (assignment[v] < 0) pushHeap(grown[t] + UNEVENNESS * unitInterval(), (<u64>v << 32) | <u64>t);
  }
}
