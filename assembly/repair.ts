// Makes an assignment contiguous: every territory keeps its heaviest component, the other units are freed and grown
// back onto the territories that touch them, cheapest first (Dijkstra-like on the power distance).

import { countComponents } from './contiguity';
import { joinPieces, keepCorridors } from './corridors';
import { freshArray } from './fresh-array';
import { clearHeap, heapSize, popHeap, pushHeap } from './heap';
import { hasPermits, hasPins, mayServe, scattersFreely } from './permits';
import { contiguous, initial, locked, mass, neighbors, offsets, territoryCount, unitCount } from './problem';
import { assignment, recount, size } from './tally';
import { powerDistance } from './power-diagram';

let component: StaticArray<i32> = new StaticArray<i32>(0);
let queue: StaticArray<i32> = new StaticArray<i32>(0);
let heaviest: StaticArray<f64> = new StaticArray<f64>(0);
let kept: StaticArray<i32> = new StaticArray<i32>(0);
let before: StaticArray<i32> = new StaticArray<i32>(0);

/** Further rounds where units are pinned or masked. */
const ROUNDS: i32 = 6;

export function allocateRepair(): void {
  component = freshArray<i32>(unitCount);
  queue = freshArray<i32>(unitCount);
  heaviest = new StaticArray<f64>(territoryCount);
  kept = new StaticArray<i32>(territoryCount);
  before = freshArray<i32>(unitCount);
}

/** Frees every movable unit outside its territory's heaviest component. */
function freeFragments(): void {
  component.fill(-1);
  heaviest.fill(-1);
  kept.fill(-1);
  let components = 0;
  for (let s = 0; s < unitCount; s++) {
    const t = assignment[s];
    if (t < 0 || component[s] >= 0) continue;
    let head = 0;
    let tail = 0;
    let total: f64 = 0;
    let holdsFixed = false;
    queue[tail++] = s;
    component[s] = components;
    while (head < tail) {
      const u = queue[head++];
      total += mass[u];
      if (initial[u] >= 0) holdsFixed = true;
      for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
        const v = neighbors[e];
        if (component[v] < 0 && assignment[v] == t) {
          component[v] = components;
          queue[tail++] = v;
        }
      }
    }
    // a component that may not move always stays the core
    if (holdsFixed) total += 2;
    if (total > heaviest[t]) {
      heaviest[t] = total;
      kept[t] = components;
    }
    components++;
  }
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t >= 0 && initial[u] < 0 && component[u] != kept[t] && !scattersFreely(t)) assignment[u] = -1;
  }
}

/** Offers unit `u`, which just joined `t`, to its free neighbours. */
function offer(u: i32, t: i32): void {
  if (locked[t]) return;
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
    const v = neighbors[e];
    if (assignment[v] < 0 && mayServe(v, t)) pushHeap(powerDistance(v, t), (<u64>v << 32) | <u64>t);
  }
}

/** Grows the territories over the free units. Units that no territory reaches go to the one that is cheapest. */
export function growBack(): void {
  clearHeap();
  for (let u = 0; u < unitCount; u++) if (assignment[u] >= 0) offer(u, assignment[u]);
  while (heapSize > 0) {
    const pair = popHeap();
    const u = <i32>(pair >> 32);
    if (assignment[u] >= 0) continue;
    const t = <i32>(pair & 0xffffffff);
    assignment[u] = t;
    offer(u, t);
  }
  for (let u = 0; u < unitCount; u++) {
    if (assignment[u] >= 0) continue;
    let best = -1;
    let least = Infinity;
    for (let t = 0; t < territoryCount; t++) {
      if (locked[t] || !mayServe(u, t)) continue;
      const distance = powerDistance(u, t);
      if (best < 0 || distance < least) {
        least = distance;
        best = t;
      }
    }
    assignment[u] = best;
  }
}

/** The territory with the most units of those with a unit that `t` may take, −1 for none. */
function anyGiver(t: i32): i32 {
  let giver = -1;
  for (let u = 0; u < unitCount; u++) {
    const s = assignment[u];
    if (s < 0 || s == giver || initial[u] >= 0 || !mayServe(u, t)) continue;
    if (size[s] > (giver < 0 ? 1 : size[giver])) giver = s;
  }
  return giver;
}

/** Gives every empty territory one movable unit of the territory with the most units, a leaf of it where possible. */
function fillEmpty(): void {
  for (let t = 0; t < territoryCount; t++) {
    if (size[t] > 0 || locked[t]) continue;
    let richest = hasPermits || hasPins ? anyGiver(t) : -1;
    if (richest < 0) {
      for (let s = 0; s < territoryCount; s++) if (!locked[s] && (richest < 0 || size[s] > size[richest])) richest = s;
    }
    let chosen = -1;
    let least = Infinity;
    for (let u = 0; u < unitCount; u++) {
      if (assignment[u] != richest || initial[u] >= 0 || !mayServe(u, t)) continue;
      let inside = 0;
      for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) if (assignment[neighbors[e]] == richest) inside++;
      const rank = <f64>inside * 4 + mass[u];
      if (rank < least) {
        least = rank;
        chosen = u;
      }
    }
    if (chosen < 0) continue;
    assignment[chosen] = t;
    size[richest]--;
    size[t]++;
  }
}

/**
 * Brings home the units of an assignment from outside that may not be where they are: pinned ones to their territory, the
 * others are grown back. Nothing changes where all are. O(n).
 */
export function bringHome(): void {
  let astray = false;
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    const home = initial[u];
    if (home >= 0 ? t == home : t < 0 || mayServe(u, t)) continue;
    assignment[u] = home;
    astray = true;
  }
  if (astray) repair();
}

/** Repairs the current assignment and recounts it. O((n + E) log n) at worst, O(n + E) when little is broken. */
export function repair(): void {
  recount();
  fillEmpty();
  keepCorridors(false);
  if (contiguous) {
    joinPieces();
    freeFragments();
  }
  growBack();
  recount();
  if (contiguous && (hasPermits || hasPins)) joinOn();
}

/**
 * Where units are pinned or masked, some that no permitted territory touched are apart again, and a corridor to one may
 * have cut another: so once more, as long as that leaves fewer pieces.
 */
function joinOn(): void {
  let pieces = countComponents();
  keepCorridors(true);
  for (let round = 0; round < ROUNDS && pieces > territoryCount; round++) {
    for (let u = 0; u < unitCount; u++) before[u] = assignment[u];
    joinPieces();
    freeFragments();
    growBack();
    recount();
    const now = countComponents();
    if (now >= pieces) {
      if (now > pieces) {
        for (let u = 0; u < unitCount; u++) assignment[u] = before[u];
        recount();
      }
      return;
    }
    pieces = now;
  }
}
