// Search where one unit is a good part of the band, so that balance is a puzzle: annealing by recombination, in many
// short cycles that begin hot enough to forget the plan before, for feasible plans lie far apart. After each cycle the
// parts seen in balance are put together anew.

import { beatsBest, takeBest } from './best-plan';
import { hasDemands } from './demands';
import { BALANCE_ROUNDING } from './objective';
import {
  allocatePartSearch,
  beginParts,
  partsDone,
  partsPaid,
  preparePartSearch,
  resetPartSearch,
  searchPartsSome,
  shareOfParts,
} from './part-search';
import { contiguous, territoryCount, unitCount } from './problem';
import {
  allocateRecombination,
  carriedBeyond,
  carriedTotal,
  changed,
  recombine,
  scoreAll,
  setHeat,
  setPenalty,
} from './recombination';
import { nextU32 } from './rng';
import { allocateSpanningTree } from './spanning-tree';
import { recount } from './tally';
import { allocateTreeSums, deriveLabels } from './tree-sums';

/** Larger problems have other means, and a tree over a few of their territories takes long. */
const MOST_UNITS: i32 = 1024;
/** Temperatures at the ends of a cycle, in costs of a territory. */
const HOT: f64 = 0.3;
const COLD: f64 = 0.001;
/** Moves per unit in the first cycle, how cycles grow, and in the longest. */
const CYCLE_PER_UNIT: f64 = 700;
const GROWTH: f64 = 1.1;
const LONGEST_PER_UNIT: f64 = 2000;
/** Penalty of imbalance, in costs of a territory per relative amount: where a cycle begins, its range, and how it
 *  answers a plan out of balance or in it. */
const PENALTY: f64 = 5;
const LEAST_PENALTY: f64 = 0.5;
const MOST_PENALTY: f64 = 1e5;
const RAISE: f64 = 1.001;
const EASE: f64 = 0.998;
/** Shares of 2³²: trees over three territories, trees that cross borders reluctantly, and how reluctantly. */
const TRIPLES: u32 = 0xa0000000;
const LOCAL: u32 = 0x80000000;
const RELUCTANT: u32 = 0x10000000;
const WILLING: u32 = 0xffffffff;
/** Units of a tree that count as one move. */
const UNITS_PER_MOVE_LOG2: i32 = 2;

let fits: bool = false;
/** Mean cost of a territory. */
let scale: f64 = 0;
let penalty: f64 = 0;
/** Moves left to the run, Infinity without a limit. */
let room: f64 = 0;
let spent: f64 = 0;
let length: f64 = 0;
/** Moves per unit in the next cycle. */
let perUnit: f64 = CYCLE_PER_UNIT;
/** Whether the search is between two cycles, among parts. */
let amongParts: bool = false;
/** Moves that the search among parts has coming: a share of those of the cycles, and what it takes where that pays. */
let credit: f64 = 0;
/** Moves since the search began. */
let past: f64 = 0;

export function allocateLumpySearch(slots: i32): void {
  fits = unitCount <= MOST_UNITS;
  const units = fits ? unitCount : 0;
  allocateSpanningTree(units, fits ? slots : 0);
  allocateTreeSums(units);
  allocateRecombination(units);
  allocatePartSearch(units);
}

export function prepareLumpySearch(): void {
  deriveLabels();
  preparePartSearch();
}

/** Whether the problem is of a kind and size that this search takes. */
export function fitsLumpySearch(): bool {
  return fits && contiguous && territoryCount > 1 && !hasDemands();
}

/** Takes over the current assignment, which must be contiguous, for at most `moves`. */
export function beginLumpySearch(moves: f64): void {
  room = moves;
  credit = 0;
  past = 0;
  perUnit = CYCLE_PER_UNIT;
  beginCycle();
  resetPartSearch(carriedTotal());
}

function beginCycle(): void {
  amongParts = false;
  spent = 0;
  length = max(1, min(perUnit * <f64>unitCount, room));
  perUnit = min(LONGEST_PER_UNIT, GROWTH * perUnit);
  recount();
  scoreAll();
  const mean = carriedTotal() / <f64>territoryCount;
  scale = mean > 0 ? mean : 1;
  penalty = PENALTY;
}

/** Works for about `count` moves; returns those spent. */
export function searchLumpySome(count: i32): i32 {
  const used = amongParts ? searchPartsSome(count) : annealSome(count);
  room -= <f64>used;
  past += <f64>used;
  credit += amongParts ? -<f64>used : shareOfParts() * <f64>used;
  if (amongParts) {
    if (partsPaid) credit = max(credit, 0);
    if (partsDone) beginCycle();
  } else if (spent >= length) {
    if (credit > 0) beginParts(scale, past);
    amongParts = !partsDone;
    if (partsDone) beginCycle();
  }
  return used;
}

function annealSome(count: i32): i32 {
  setHeat(scale * HOT * Math.exp((spent / length) * Math.log(COLD / HOT)));
  let used = 0;
  while (used < count) {
    setPenalty(penalty * scale);
    const parts = nextU32() < TRIPLES ? 3 : 2;
    const crossing = nextU32() < LOCAL ? RELUCTANT : WILLING;
    used += 1 + (recombine(parts, crossing) >> UNITS_PER_MOVE_LOG2);
    const imbalance = carriedBeyond();
    const balanced = imbalance <= BALANCE_ROUNDING;
    penalty = balanced ? max(LEAST_PENALTY, penalty * EASE) : min(MOST_PENALTY, penalty * RAISE);
    if (!changed) continue;
    const violation = balanced ? 0 : imbalance;
    const cost = carriedTotal();
    if (beatsBest(violation, cost)) takeBest(violation, cost);
  }
  spent += <f64>used;
  return used;
}
