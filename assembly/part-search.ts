// Search among single parts, between the cycles of annealing: the parts that these came by are priced, joined into the
// best plan that they make, sifted, and made into new ones. Annealing alone must meet all parts of a good plan at once.

import { bestCost, bestViolation, beatsBest, takeBest } from './best-plan';
import {
  allocatePartCover,
  beginCover,
  boundCover,
  coverCost,
  coverDone,
  coverFound,
  coverSome,
  readCover,
} from './part-cover';
import { allocatePartExchange, exchangePart } from './part-exchange';
import { allocatePartHarvest, harvestPlan } from './part-harvest';
import { allocatePartPool, clearPool, forgetTried, hasEnough, limitNewParts, MOST_PARTS_KEPT, partCount, partTried } from './part-pool';
import { allocatePartPrices, excess, leastExcess, resetPrices, worth } from './part-prices';
import { allocatePartSieve, openSieve, sift } from './part-sieve';
import { allocatePartWalk, WALK_STEPS, walkPart } from './part-walk';
import { allocatePriceAscent, ascend, ascentDone, beginPriceAscent } from './price-ascent';
import { territoryCount, unitCount } from './problem';
import { scoreAll } from './recombination';
import { below } from './rng';
import { assignment, recount } from './tally';
import { allocateUnitSets, deriveNeighborSets } from './unit-sets';

const PRICE: i32 = 0;
const COVER: i32 = 1;
const WIDEN: i32 = 2;

/** Moves per unit that the covers of a round may take, and its new parts, and covers as a share of the moves before. */
const COVER_OF_PAST: f64 = 0.5;
const COVER_PER_UNIT: f64 = 3000;
const WIDEN_PER_UNIT: f64 = 4000;
/** Parts priced once that count as one move, and looks at an exchange; as powers of 2. A step of a walk is one. */
const PARTS_PER_MOVE: i32 = 5;
const LOOKS_PER_MOVE: i32 = 4;
/** New parts of a round, and the walks that it begins with. */
const NEW_PARTS: i32 = 4096;
const WALKS: i32 = 128;
/** Excess, in costs of a territory, of the parts that are exchanged first. */
const FIRST_WIDTH: f64 = 0.02;
/** Room above the excess of parts that can be in a better plan, for prices move: as a factor and in costs of a territory. */
const ROOM_FACTOR: f64 = 1.2;
const ROOM: f64 = 0.05;
/** Parts kept for each unit: at first, and how that number follows whether covers come to their end. */
const FIRST_QUOTA: f64 = 192;
const LEAST_QUOTA: f64 = 64;
const MORE: f64 = 1.15;
const FEWER: f64 = 0.8;
/** The share of this search, how it wanes, and the least that stays. */
const FULL_SHARE: f64 = 2;
const WANE: f64 = 0.6;
const LEAST_SHARE: f64 = 0.25;
/** The share while no plan is in balance, as a factor: annealing finds balance sooner. */
const UNBALANCED: f64 = 0.25;

let stage: i32 = PRICE;
export let partsDone: bool = true;
/** Whether the last work found a better plan. */
export let partsPaid: bool = false;
/** It wanes while covers come to no end. */
let partsShare: f64 = FULL_SHARE;
let scale: f64 = 1;
/** Parts when they were last priced. */
let priced: i32 = 0;
let coverRoom: f64 = 0;
let quota: f64 = FIRST_QUOTA;
/** Moves that the round may take yet, walks to go, the next part to exchange and the excess that it may have. */
let widenRoom: f64 = 0;
let walks: i32 = 0;
let nextPart: i32 = 0;
let width: f64 = 0;
let widest: f64 = 0;

export function allocatePartSearch(units: i32): void {
  allocatePartPool(units);
  allocateUnitSets(units);
  allocatePartPrices();
  allocatePriceAscent();
  allocatePartSieve();
  allocatePartHarvest(units);
  allocatePartCover();
  allocatePartExchange(units);
  allocatePartWalk(units);
}

export function preparePartSearch(): void {
  deriveNeighborSets();
}

/** Moves that this search is worth for each of annealing. */
export function shareOfParts(): f64 {
  return bestViolation > 0 ? UNBALANCED * partsShare : partsShare;
}

/** Before a run whose plans cost about `total`. */
export function resetPartSearch(total: f64): void {
  clearPool();
  openSieve();
  resetPrices(total);
  priced = 0;
  quota = FIRST_QUOTA;
  partsShare = FULL_SHARE;
  harvestPlan();
  limitNewParts(NEW_PARTS);
}

/** Begins a round where a territory costs about `mean`, after `past` moves of search. */
export function beginParts(mean: f64, past: f64): void {
  scale = mean;
  coverRoom = min(COVER_PER_UNIT * <f64>unitCount, COVER_OF_PAST * past);
  widenRoom = min(WIDEN_PER_UNIT * <f64>unitCount, past);
  partsDone = partCount == 0;
  stage = PRICE;
  // good prices stay good while the pool does not change much
  beginPriceAscent(scale, partCount < 2 * priced);
}

/** Works for about `count` moves, until `partsDone`; returns those spent. */
export function searchPartsSome(count: i32): i32 {
  partsPaid = false;
  if (stage == PRICE) return priceSome();
  return stage == COVER ? coverPartsSome(count) : widenSome(count);
}

function priceSome(): i32 {
  const used = 1 + (partCount >> PARTS_PER_MOVE);
  ascend();
  if (!ascentDone) return used;
  priced = partCount;
  beginCover(bestFeasible(), scale);
  stage = COVER;
  return used;
}

function bestFeasible(): f64 {
  return bestViolation == 0 ? bestCost : Infinity;
}

function coverPartsSome(count: i32): i32 {
  const used = coverSome(count);
  coverRoom -= <f64>used;
  if (coverFound && beatsBest(0, coverCost)) {
    partsPaid = true;
    partsShare = FULL_SHARE;
    readCover(assignment);
    recount();
    scoreAll();
    takeBest(0, coverCost);
    boundCover(coverCost);
  }
  if (coverDone || coverRoom <= 0) beginWidening();
  return used;
}

function beginWidening(): void {
  stage = WIDEN;
  partsShare = coverDone ? FULL_SHARE : max(LEAST_SHARE, partsShare * WANE);
  const most = <f64>(MOST_PARTS_KEPT >> 1) / <f64>unitCount;
  quota = min(most, coverDone ? quota * MORE : max(LEAST_QUOTA, quota * FEWER));
  sift(ROOM_FACTOR * (bestFeasible() - worth - <f64>territoryCount * leastExcess) + ROOM * scale, <i32>max(1, quota));
  limitNewParts(NEW_PARTS);
  walks = WALKS;
  nextPart = 0;
  width = FIRST_WIDTH * scale;
  widest = 0;
  for (let j = 0; j < partCount; j++) widest = max(widest, excess[j] - leastExcess);
}

/** Walks from some parts, then exchanges units of those with the least excess first. */
function widenSome(count: i32): i32 {
  let used = 1;
  while (used < count && !partsDone) {
    if (walks > 0) {
      walks--;
      walkPart(below(partCount), scale);
      used += WALK_STEPS;
    } else if (nextPart < partCount) {
      const j = nextPart++;
      if (partTried[j] || excess[j] > leastExcess + width) continue;
      partTried[j] = 1;
      used += 1 + (exchangePart(j) >> LOOKS_PER_MOVE);
    } else if (width < widest) {
      width *= 2;
      nextPart = 0;
      used += partCount >> PARTS_PER_MOVE;
    } else {
      // prices will have moved when all are tried again
      forgetTried();
      partsDone = true;
    }
    if (hasEnough()) partsDone = true;
  }
  widenRoom -= <f64>used;
  if (widenRoom <= 0) partsDone = true;
  if (partsDone) limitNewParts(NEW_PARTS);
  return used;
}
