// Joins a territory that a power diagram leaves in pieces by corridors, where these cost less than giving the pieces
// away: a cheapest path (Dijkstra 1959, node weights) from the piece to the territory's heaviest one, a unit on the way
// costing what its change of territory does. The search ends where the path would cost more than the piece is worth, so
// that small pieces look at few units.

import { freshArray } from './fresh-array';
import { clearHeap, heapSize, popHeap, pushHeap } from './heap';
import { hasPermits, hasPins, mayServe, scattersFreely } from './permits';
import { powerDistance } from './power-diagram';
import {
  initial,
  inverseTarget,
  locked,
  lower,
  mass,
  measureCount,
  neighbors,
  offsets,
  territoryCount,
  unitCount,
  upper,
} from './problem';
import { assignment, size } from './tally';

/** Component per unit, numbered over all territories, −1 for units without one. */
let component: StaticArray<i32> = new StaticArray<i32>(0);
let queue: StaticArray<i32> = new StaticArray<i32>(0);
/** First unit of each piece that is not its territory's heaviest, and the mass of it. */
let piece: StaticArray<i32> = new StaticArray<i32>(0);
let kept: StaticArray<i32> = new StaticArray<i32>(0);
let heaviest: StaticArray<f64> = new StaticArray<f64>(0);
/** Price of giving the piece at hand to each territory that touches it. */
let toll: StaticArray<f64> = new StaticArray<f64>(0);
let touched: StaticArray<i32> = new StaticArray<i32>(0);
/** Unit before each unit on the cheapest path, valid where `stamp` is the present search. */
let before: StaticArray<i32> = new StaticArray<i32>(0);
let reached: StaticArray<f64> = new StaticArray<f64>(0);
let stamp: StaticArray<i32> = new StaticArray<i32>(0);
let search: i32 = 0;
/** Cost of the path that was found last. */
let pathCost: f64 = 0;
/** Units of pieces that had to be joined and on their corridors, which are not to be cut while `marks` are kept. */
let needed: StaticArray<u8> = new StaticArray<u8>(0);
let marks: bool = false;
/** Territories that are tried for a piece that nobody around may take. */
const MOST_NEAREST: i32 = 6;
const nearest: StaticArray<i32> = new StaticArray<i32>(MOST_NEAREST);
/** Width of the narrowest balance band, relative to its target. */
let band: f64 = 0;

/** Corridors may cut other territories: their pieces are looked at in another round, but not for ever. */
const ROUNDS: i32 = 3;
/** A unit on the way counts this share of the mean mass at least, so that empty land has a length. */
const LEAST_MASS_SHARE: f64 = 1e-3;

/** A piece of less than this share of the balance band is a fringe, which neighbours take without a loss of balance. */
const LEAST_PIECE: f64 = 0.1;

export function allocateCorridors(): void {
  component = freshArray<i32>(unitCount);
  queue = freshArray<i32>(unitCount);
  piece = freshArray<i32>(unitCount);
  before = freshArray<i32>(unitCount);
  reached = freshArray<f64>(unitCount);
  stamp = freshArray<i32>(unitCount);
  kept = new StaticArray<i32>(territoryCount);
  heaviest = new StaticArray<f64>(territoryCount);
  toll = new StaticArray<f64>(territoryCount);
  touched = new StaticArray<i32>(territoryCount);
  needed = freshArray<u8>(unitCount);
  search = 0;
}

/** Lists the component of `s` in `queue`, marking it with `mark`; returns its size. */
function listComponent(s: i32, mark: i32): i32 {
  const t = assignment[s];
  let tail = 0;
  queue[tail++] = s;
  component[s] = mark;
  for (let head = 0; head < tail; head++) {
    const u = queue[head];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      if (component[v] != mark && assignment[v] == t) {
        component[v] = mark;
        queue[tail++] = v;
      }
    }
  }
  return tail;
}

/** Numbers the components and lists the pieces; returns how many there are. */
function listPieces(): i32 {
  component.fill(-1);
  heaviest.fill(-1);
  kept.fill(-1);
  let count = 0;
  for (let s = 0; s < unitCount; s++) {
    const t = assignment[s];
    if (t < 0 || component[s] >= 0) continue;
    const members = listComponent(s, s);
    let total: f64 = 0;
    for (let i = 0; i < members; i++) {
      const u = queue[i];
      total += mass[u];
      if (initial[u] >= 0) total += 2;
    }
    piece[count++] = s;
    if (total > heaviest[t]) {
      heaviest[t] = total;
      kept[t] = s;
    }
  }
  let pieces = 0;
  for (let i = 0; i < count; i++) {
    const t = assignment[piece[i]];
    if (piece[i] != kept[t] && !locked[t] && !scattersFreely(t)) piece[pieces++] = piece[i];
  }
  return pieces;
}

// @ts-ignore: decorator
@inline
function massOf(u: i32): f64 {
  return mass[u] + LEAST_MASS_SHARE / <f64>unitCount;
}

/** Whether territory `s` may serve all of the component in queue[0 … members). */
function takesAll(members: i32, s: i32): bool {
  for (let i = 0; i < members; i++) if (!mayServe(queue[i], s)) return false;
  return true;
}

/** What it costs to give the component in queue[0 … members) to the cheapest territory that touches it; Infinity for none. */
function worthOf(members: i32, t: i32): f64 {
  let count = 0;
  for (let i = 0; i < members; i++) if (initial[queue[i]] >= 0) return Infinity;
  for (let i = 0; i < members; i++) {
    const u = queue[i];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const s = assignment[neighbors[e]];
      if (s == t || s < 0 || locked[s] || toll[s] >= 0) continue;
      toll[s] = 0;
      touched[count++] = s;
    }
  }
  let least = Infinity;
  for (let j = 0; j < count; j++) {
    const s = touched[j];
    let sum = takesAll(members, s) ? 0.0 : Infinity;
    for (let i = 0; i < members; i++) sum += massOf(queue[i]) * (powerDistance(queue[i], s) - powerDistance(queue[i], t));
    least = min(least, sum);
    toll[s] = -1;
  }
  return least;
}

/** Reaches unit `v` at `cost` from `u`, if that is cheaper than before. */
function reach(v: i32, u: i32, cost: f64): void {
  if (stamp[v] == search && reached[v] <= cost) return;
  stamp[v] = search;
  reached[v] = cost;
  before[v] = u;
  pushHeap(cost, <u64>v);
}

/** Gives the path that ends in `u` to `t`, unless that would take a territory's last unit; returns whether it did. */
function takePath(u: i32, t: i32, home: i32): bool {
  let whole = true;
  for (let w = u; w >= 0; w = before[w]) if (assignment[w] != t && --size[assignment[w]] == 0) whole = false;
  for (let w = u; w >= 0; w = before[w]) {
    if (!whole) {
      if (assignment[w] != t) size[assignment[w]]++;
      continue;
    }
    if (assignment[w] != t) size[t]++;
    assignment[w] = t;
    component[w] = home;
  }
  return whole;
}

/**
 * Looks for the cheapest path below `limit` from the piece in queue[0 … members) to the heaviest component of `t`;
 * returns its last unit, −1 for none, and its cost in `pathCost`.
 */
function findPath(members: i32, t: i32, limit: f64): i32 {
  search++;
  clearHeap();
  for (let i = 0; i < members; i++) reach(queue[i], -1, 0);
  const home = kept[t];
  while (heapSize > 0) {
    const u = <i32>popHeap();
    const cost = reached[u];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      const a = assignment[v];
      if (a == t && component[v] == home) {
        pathCost = cost;
        return u;
      }
      if (a == t) reach(v, u, cost);
      else if (a >= 0 && !locked[a] && initial[v] < 0 && mayServe(v, t) && !(marks && needed[v])) {
        const there = cost + massOf(v) * max(0, powerDistance(v, t) - powerDistance(v, a));
        if (there < limit) reach(v, u, there);
      }
    }
  }
  return -1;
}

/** Joins the piece of unit `s` to its territory's heaviest component if that costs less; returns whether it did. */
function joinPiece(s: i32): bool {
  const t = assignment[s];
  const members = listComponent(s, s);
  let total: f64 = 0;
  for (let i = 0; i < members; i++) total += mass[queue[i]];
  const demanding = hasPermits || hasPins;
  const fringe = total * <f64>territoryCount < LEAST_PIECE * band;
  if (fringe && !demanding) return false;
  const worth = worthOf(members, t);
  if (demanding && worth == Infinity) return joinAtAnyCost(s, members);
  if (fringe || worth <= 0) return false;
  const u = findPath(members, t, worth);
  if (u < 0 || !takePath(u, t, kept[t])) return false;
  listComponent(s, kept[t]);
  return true;
}

/**
 * Joins a piece that nobody around may take to one of the territories that may, to which that costs least; a piece with
 * pinned units to its own. Returns whether there was one.
 */
function joinAtAnyCost(s: i32, members: i32): bool {
  const t = assignment[s];
  let pinned = false;
  for (let i = 0; i < members; i++) if (initial[queue[i]] >= 0) pinned = true;
  let best = -1;
  let least = Infinity;
  for (let i = 0, count = pinned ? 1 : listNearest(s, members); i < count; i++) {
    const a = pinned ? t : nearest[i];
    let change: f64 = 0;
    for (let j = 0; j < members; j++) change += massOf(queue[j]) * (powerDistance(queue[j], a) - powerDistance(queue[j], t));
    if (change < least && findPath(members, a, least - change) >= 0) {
      best = a;
      least = change + pathCost;
    }
  }
  if (best < 0) return false;
  const u = findPath(members, best, Infinity);
  if (u < 0 || !takePath(u, best, kept[best])) return false;
  for (let w = u; w >= 0; w = before[w]) needed[w] = 1;
  for (let i = 0; i < members; i++) {
    const v = queue[i];
    needed[v] = 1;
    if (assignment[v] == best) continue;
    size[assignment[v]]--;
    size[best]++;
    assignment[v] = best;
  }
  // other pieces may lie on the way
  listComponent(s, kept[best]);
  return true;
}

/** Lists the territories nearest to `s` that may take the whole piece in queue[0 … members) into `nearest`. */
function listNearest(s: i32, members: i32): i32 {
  let count = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t] || kept[t] < 0 || !takesAll(members, t)) continue;
    if (t == assignment[s] && size[t] == members) continue;
    const d = powerDistance(s, t);
    if (count == MOST_NEAREST && d >= powerDistance(s, nearest[count - 1])) continue;
    let at = count < MOST_NEAREST ? count++ : count - 1;
    for (; at > 0 && powerDistance(s, nearest[at - 1]) > d; at--) nearest[at] = nearest[at - 1];
    nearest[at] = t;
  }
  return count;
}

/** From here on corridors that had to be built are not to be cut, or may be again. */
export function keepCorridors(keep: bool): void {
  marks = keep;
  if (keep) needed.fill(0);
}

/** Joins what is worth joining; pieces that stay apart are left as they are. `size` must be up to date and is kept. */
export function joinPieces(): void {
  toll.fill(-1);
  band = Infinity;
  for (let i = 0, end = territoryCount * measureCount; i < end; i++) {
    band = min(band, (upper[i] - lower[i]) * inverseTarget[i]);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const pieces = listPieces();
    let joined = 0;
    for (let i = 0; i < pieces; i++) {
      const s = piece[i];
      if (component[s] != kept[assignment[s]] && joinPiece(s)) joined++;
    }
    if (joined == 0) return;
  }
}
