// The optimum of tiny problems for certain, by dynamic programming over sets of units: every set is scored once as every
// territory, then the best plan of each set with the first t territories follows from those with t − 1 (the recursion of
// Held and Karp 1962, for partitions: Lawler 1976). 2ⁿ·k scores and 3ⁿ·(k − 2) sums.

import { allocateAllPlans, beginAllPlans, fitsAllPlans, scorePlansSome } from './all-plans';
import { limitCount } from './move-limits';
import { hasPermits, hasPins, mayServe, scattersFreely } from './permits';
import { siteCount } from './sites';
import { contiguous, initial, locked, neighbors, offsets, territoryCount, unitCount } from './problem';
import { assignment } from './tally';
import { scoredCost, scoredImbalance, scoreTerritory } from './territory-score';

const MOST_UNITS: i32 = 16;
/** Scores kept, and sums made, at most. */
const MOST_SCORES: f64 = 262144;
const MOST_SUMS: f64 = 5e7;
/** Sums that count as one move. */
const SUMS_PER_MOVE: i32 = 64;
/** Violations are rounded to multiples of this, so that their sums are exact and equal ones tie. */
const VIOLATION_UNIT: f64 = 1.0 / <f64>(1 << 30);
/** Weight of an empty territory while there are units for all: no imbalance is worth one. */
const NEVER_EMPTY: f64 = <f64>(1 << 20);

/** Number of sets of units, 0 where the problem is not tiny. */
let sets: i32 = 0;
let work: f64 = 0;
/** Violation and cost of set s as territory t at t · sets + s; Infinity where locks forbid it. */
let setViolation: StaticArray<f64> = new StaticArray<f64>(0);
let setCost: StaticArray<f64> = new StaticArray<f64>(0);
/** The same for the best plan of set s with the territories up to t, and the part of it that t takes. */
let planViolation: StaticArray<f64> = new StaticArray<f64>(0);
let planCost: StaticArray<f64> = new StaticArray<f64>(0);
let planPart: StaticArray<i32> = new StaticArray<i32>(0);
let required: StaticArray<i32> = new StaticArray<i32>(0);
let allowed: StaticArray<i32> = new StaticArray<i32>(0);
let around: StaticArray<i32> = new StaticArray<i32>(0);
let list: StaticArray<i32> = new StaticArray<i32>(0);
let plan: StaticArray<i32> = new StaticArray<i32>(0);

/** Whether there is a plan that all locks allow. */
export let found: bool = false;
/** Violation of an empty territory. */
let emptyViolation: f64 = 1;
/** Violations this close are equal: those of two territories may keep their sum, but for the rounding of each. */
let tie: f64 = 0;
/** Where the work stands: the next set to score, then territory, set and part of the next sum. */
let nextSet: i32 = 0;
let territory: i32 = 0;
let whole: i32 = 0;
let part: i32 = 0;

export function allocateEnumeration(): void {
  allocateAllPlans();
  const k = territoryCount;
  const n = unitCount;
  const tiny = n <= MOST_UNITS && <f64>k * <f64>(1 << n) <= MOST_SCORES;
  sets = tiny && <f64>max(0, k - 2) * Math.pow(3, <f64>n) <= MOST_SUMS ? 1 << n : 0;
  work = <f64>sets * 2 + (<f64>max(0, k - 2) * Math.pow(3, <f64>n)) / <f64>SUMS_PER_MOVE;
  setViolation = new StaticArray<f64>(k * sets);
  setCost = new StaticArray<f64>(k * sets);
  planViolation = new StaticArray<f64>(k * sets);
  planCost = new StaticArray<f64>(k * sets);
  planPart = new StaticArray<i32>(k * sets);
  required = new StaticArray<i32>(sets > 0 ? k : 0);
  allowed = new StaticArray<i32>(sets > 0 ? k : 0);
  around = new StaticArray<i32>(sets > 0 ? n : 0);
  list = new StaticArray<i32>(sets > 0 ? n : 0);
  plan = new StaticArray<i32>(sets > 0 ? n : 0);
}

/** Whether what a plan costs is no sum over its territories: limits count all of them, and sites are shared out. */
function weighsWholePlans(): bool {
  return limitCount > 0 || siteCount > 0;
}

/** Whether the problem is tiny enough to be solved within `moves`. */
export function fitsEnumeration(moves: f64): bool {
  if (weighsWholePlans()) return fitsAllPlans(moves);
  return sets > 0 && work <= moves;
}

export function beginEnumeration(): void {
  if (weighsWholePlans()) {
    beginAllPlans();
    return;
  }
  const all = sets - 1;
  for (let t = 0; t < territoryCount; t++) {
    required[t] = 0;
    allowed[t] = locked[t] ? 0 : all;
  }
  for (let u = 0; u < unitCount; u++) {
    const home = initial[u];
    if (home >= 0) {
      required[home] |= 1 << u;
      for (let t = 0; t < territoryCount; t++) allowed[t] &= ~(1 << u);
      allowed[home] |= 1 << u;
    } else if (hasPermits) {
      for (let t = 0; t < territoryCount; t++) if (!mayServe(u, t)) allowed[t] &= ~(1 << u);
    }
    around[u] = 0;
    for (let e = offsets[u]; e < offsets[u + 1]; e++) around[u] |= 1 << neighbors[e];
  }
  let open = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t]) allowed[t] = required[t];
    else open++;
  }
  let movable = 0;
  for (let u = 0; u < unitCount; u++) if (initial[u] < 0) movable++;
  emptyViolation = movable >= open && !hasPermits && !hasPins ? NEVER_EMPTY : 1;
  tie = VIOLATION_UNIT * <f64>territoryCount;
  nextSet = 0;
  territory = 0;
}

/**
 * Works for about `count` moves; true once it is over and the optimum, if `found`, is the current assignment.
 */
export function enumerateSome(count: i32): bool {
  if (weighsWholePlans()) {
    found = scorePlansSome(count);
    return found;
  }
  if (nextSet < sets) {
    for (let i = 0; i < count && nextSet < sets; i++) scoreSet(nextSet++);
    return false;
  }
  if (territory == 0) startTable(0);
  let left = count * SUMS_PER_MOVE;
  while (territory < territoryCount) {
    left = combineSome(left);
    if (left <= 0) return false;
    territory++;
    if (territory < territoryCount) startTable(territory);
  }
  found = planViolation[territoryCount * sets - 1] < Infinity;
  if (found) readPlan();
  return true;
}

function startTable(t: i32): void {
  // only the whole problem matters once the last territory is reached
  whole = t == territoryCount - 1 ? sets - 1 : 0;
  part = whole;
  const row = t * sets;
  for (let s = 0; s < sets; s++) {
    planViolation[row + s] = t == 0 ? setViolation[s] : Infinity;
    planCost[row + s] = t == 0 ? setCost[s] : Infinity;
    planPart[row + s] = t == 0 ? s : 0;
  }
}

/** Goes through the parts of every set for the present territory; returns the sums left, more than 0 when done. */
function combineSome(sums: i32): i32 {
  if (territory == 0) return sums;
  const row = territory * sets;
  const before = row - sets;
  let left = sums;
  while (whole < sets) {
    const at = row + whole;
    while (left > 0) {
      left--;
      const violation = setViolation[row + part] + planViolation[before + (whole ^ part)];
      if (violation <= planViolation[at] + tie) {
        const cost = setCost[row + part] + planCost[before + (whole ^ part)];
        if (violation < planViolation[at] - tie || cost < planCost[at]) {
          planViolation[at] = violation;
          planCost[at] = cost;
          planPart[at] = part;
        }
      }
      if (part == 0) {
        part = -1;
        break;
      }
      part = (part - 1) & whole;
    }
    if (part >= 0) return 0;
    whole++;
    part = whole;
  }
  return max(left, 1);
}

/** Scores one set as every territory. */
function scoreSet(set: i32): void {
  let count = 0;
  for (let u = 0; u < unitCount; u++) {
    if (set & (1 << u)) list[count++] = u;
    else plan[u] = -1;
  }
  const pieces = set == 0 ? emptyViolation : contiguous ? <f64>(countPieces(set) - 1) : 0;
  for (let t = 0; t < territoryCount; t++) {
    const apart = set != 0 && scattersFreely(t) ? 0 : pieces;
    const at = t * sets + set;
    if ((set & required[t]) != required[t] || (set & ~allowed[t]) != 0) {
      setViolation[at] = Infinity;
      setCost[at] = Infinity;
      continue;
    }
    for (let i = 0; i < count; i++) plan[list[i]] = t;
    scoreTerritory(t, list, 0, count, plan);
    setViolation[at] = apart + Math.round(scoredImbalance / VIOLATION_UNIT) * VIOLATION_UNIT;
    setCost[at] = scoredCost;
  }
}

function countPieces(set: i32): i32 {
  let pieces = 0;
  let left = set;
  while (left != 0) {
    let piece = 0;
    let edge = left & -left;
    while (edge != 0) {
      const u = ctz(edge);
      piece |= 1 << u;
      edge = (edge | (around[u] & left)) & ~piece;
    }
    left &= ~piece;
    pieces++;
  }
  return pieces;
}

function readPlan(): void {
  let rest = sets - 1;
  for (let t = territoryCount - 1; t >= 0; t--) {
    const taken = planPart[t * sets + rest];
    for (let u = 0; u < unitCount; u++) if (taken & (1 << u)) assignment[u] = t;
    rest ^= taken;
  }
}
