// Evens out a plan of equitable parts: a territory that could not be cut evenly becomes one with a few neighbours, so that
// all of them together have what they are to have, and the whole is divided anew. The moves of single units that follow
// even out the rest, or the plan before is taken up again.

import { beginDivision, chosen } from './equitable-parts';
import { territoryImbalance } from './objective';
import {
  inverseTarget,
  locked,
  lower,
  measureCount,
  neighbors,
  offsets,
  territoryCount,
  unitCount,
  upper,
} from './problem';
import { below, unitInterval } from './rng';
import { assignment, load } from './tally';

/** Territories next to the chosen ones. */
let adjacent: StaticArray<bool> = new StaticArray<bool>(0);
/** Amount of each measure beyond the targets of the chosen, in targets. */
let surplus: StaticArray<f64> = new StaticArray<f64>(0);
let chosenCount: i32 = 0;

/** Territories that are divided together: the least number is drawn from so many, and the most. */
const USUAL: i32 = 5;
const MOST: i32 = 12;
/** Noise by which neighbours are chosen, in targets. */
const NOISE: f64 = 0.2;

export function allocateRedivision(): void {
  const several = measureCount > 1;
  adjacent = new StaticArray<bool>(several ? territoryCount : 0);
  surplus = new StaticArray<f64>(measureCount);
}

/** Begins with the current assignment, sums included, in which something must be out of balance. O(n + E) per territory. */
export function beginRedivision(): void {
  choose();
  beginDivision(false);
}

/** Chooses a territory out of balance and neighbours that even it out. */
function choose(): void {
  const M = measureCount;
  chosen.fill(false);
  adjacent.fill(false);
  surplus.fill(0);
  chosenCount = 0;
  let out = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && territoryImbalance(t) > 0) out++;
  if (out == 0) return;
  let pick = below(out);
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t] || territoryImbalance(t) == 0) continue;
    if (pick-- == 0) {
      add(t);
      break;
    }
  }
  const least = 2 + below(USUAL);
  // a territory that others enclose needs another shape before anything can even it out, and a few will do for that
  const evened = below(2) == 0;
  while (chosenCount < MOST && (chosenCount < least || (evened && !evenTogether()))) {
    let best = -1;
    let lowest = Infinity;
    for (let t = 0; t < territoryCount; t++) {
      if (!adjacent[t] || chosen[t] || locked[t]) continue;
      let score = NOISE * unitInterval();
      for (let m = 0; m < M; m++) score += Math.abs(surplus[m] + excess(t, m));
      if (score >= lowest) continue;
      lowest = score;
      best = t;
    }
    if (best < 0) break;
    add(best);
  }
}

/** Amount of measure `m` in `t` beyond the middle of its bounds, in targets. */
// @ts-ignore: decorator
@inline
function excess(t: i32, m: i32): f64 {
  const i = t * measureCount + m;
  return (load[i] - 0.5 * (lower[i] + upper[i])) * inverseTarget[i];
}

/** Whether what the chosen have too much or too little of would be within the band of each, if they shared it. */
function evenTogether(): bool {
  const M = measureCount;
  for (let m = 0; m < M; m++) {
    let width: f64 = 0;
    for (let t = 0; t < territoryCount; t++) {
      if (chosen[t]) width += 0.25 * (upper[t * M + m] - lower[t * M + m]) * inverseTarget[t * M + m];
    }
    if (Math.abs(surplus[m]) > width) return false;
  }
  return true;
}

function add(t: i32): void {
  chosen[t] = true;
  chosenCount++;
  for (let m = 0; m < measureCount; m++) surplus[m] += excess(t, m);
  for (let u = 0; u < unitCount; u++) {
    if (assignment[u] != t) continue;
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const s = assignment[neighbors[e]];
      if (s >= 0) adjacent[s] = true;
    }
  }
}
