// Iterated local search over centres. A try lets centres and prices settle in turns (Lloyd rounds on balanced power
// diagrams) and is scored by the dual value of its prices, which needs neither rounding nor repair. The first try starts
// from a bisection; later ones from other bisections, or from the best centres with a few of them sent elsewhere. Where
// territories are many, all settle together first, and then a try changes one region of them and is scored there.

import { useBands } from './band-targets';
import { beginBisection, bisectSome } from './bisection';
import { countFreeCenters, freeCenters, jumpCenters, shakeCenters } from './center-moves';
import { clearContenders, contenders, offerContender, recallCenters } from './contenders';
import { hasMatrix } from './cost-matrix';
import { beginWriting, passMoment, passSome, searchWork, setResolution, surveyRegion } from './diagram-pass';
import { beginJointSettling, settleOnJointly, STRIDE } from './joint-settling';
import {
  activeCount,
  keepCentersInside,
  moveCenters,
  present,
  price,
  resetPrices,
  setGoals,
} from './power-diagram';
import { beginSettling, dualValue, settleSome, worstDeviation } from './prices';
import { hasPermits } from './permits';
import { mass, territoryCount, unitCount } from './problem';
import { drawRegion, enterRegion, leaveRegion, MOVING, regional } from './region';
import { below, nextU32 } from './rng';
import { goToSites, leaveSites } from './sites';
import { nodeSum, treeUnits } from './spatial-tree';
import { center } from './tally';

let bestCenter: StaticArray<f64> = new StaticArray<f64>(0);
let bestPrice: StaticArray<f64> = new StaticArray<f64>(0);
let bestScore: f64 = Infinity;
let bestRest: f64 = Infinity;
/** Deviation that a balanced try may have. */
let lump: f64 = 0;
let mostTries: i32 = 0;
let tryIndex: i32 = 0;
let round: i32 = 0;
let roundLimit: i32 = 0;
let coarse: f64 = 0;
/** Whether tries are about one region at a time, and how many the present one has had. */
let byRegions: bool = false;
let regionTries: i32 = 0;
/** Regions since the whole map was last looked at, what they say they have gained, and the dual value of the whole then. */
let regions: i32 = 0;
let claimed: f64 = 0;
let wholeValue: f64 = 0;
/** Whether the search is at its end. */
let over: bool = false;
/** When the search began and when it ends: in work, in moves; and in shares of the time limit. */
let workBegin: f64 = 0;
let workLimit: f64 = 0;
let timeBegin: f64 = 0;
let timeEnd: f64 = 0;
/** Share of that at the last look at what regions gain, and the dual value of the whole then. */
let lookedAt: f64 = 0;
let valueThen: f64 = 0;

const SEED: i32 = 0;
const ROUNDS: i32 = 1;
const FINE: i32 = 2;
const WRITE: i32 = 3;
const BASE: i32 = 4;
const CHECK: i32 = 5;
const JOINT: i32 = 6;
let stage: i32 = SEED;
/** Whether the plan is made from the first try, before any search. */
let first: bool = false;

/** Rounds of the first plan, of a fresh try, and of one from settled centres; each settles the prices anew. */
const FIRST_ROUNDS: i32 = 10;
const FRESH_ROUNDS: i32 = 24;
const JUMP_ROUNDS: i32 = 8;
/** Passes per round, and how close the loads must come: rough while the centres still move, fine at the end. */
const ROUGH_PASSES: i32 = 12;
const ROUGH: f64 = 0.2;
/** The same in a region, where most is in place. */
const REGIONAL_PASSES: i32 = 8;
const REGIONAL_ROUGH: f64 = 0.06;
const REGIONAL_FINE: f64 = 0.02;
const FINE_PASSES: i32 = 24;
const BASE_PASSES: i32 = 72;
const FINELY: f64 = 0.004;
const ROUGH_SOFTNESS: f64 = 2;
const FINE_SOFTNESS: f64 = 1;
/** How much softer borders are while prices are far off, as a share of the distance between centres. */
const FIRST_BLUR: f64 = 0.2;
const BLUR: f64 = 0.1;
/** Centres that move less than this, relative to their neighbours, have settled. */
const SETTLED: f64 = 0.01;
/** Nodes that a territory counts in a coarse pass, where it has several times as many units. */
const GRAINS: i32 = 48;
const UNITS_PER_GRAIN: i32 = 4;
/** Bound on tries. */
const MOST_TRIES: i32 = 120;
/** Of this many tries three start from scratch. */
const FRESH_EVERY: i32 = 10;
const FRESH: i32 = 3;
const JITTER: f64 = 0.8;
/** Searches after a start's first are cut to a half, a quarter, … of the tries, at random. */
const DIVERSITY: i32 = 7;
/** From this many times a region's territories on, tries are about regions, so many about each. */
const REGIONAL: i32 = 13;
const TRIES_PER_REGION: i32 = 2;
/** Regions between two looks at the whole map: so many at least, and one in so many territories, as a power of two. */
const CHECK_EVERY: i32 = 16;
const CHECK_LOG2: i32 = 3;
/** A gain of this share of the whole is looked at at once: what stands around a region may have had to pay for it. */
const CLAIM: f64 = 2e-4;
const TRIES_PER_TERRITORY: i32 = 40;
/** Share of its limits in which the search is to lower the whole by such a share of it; else plans tell more. */
const LOOK: f64 = 0.1;
const WORTHWHILE: f64 = 1e-4;
/** A try counts as balanced when its loads are this close to their targets, or as close as the heaviest unit lets them. */
const BALANCED: f64 = 0.03;

export function allocateCenterSearch(): void {
  bestCenter = new StaticArray<f64>(4 * territoryCount);
  bestPrice = new StaticArray<f64>(territoryCount);
}

/** Whether the search is about one region of the map after the other. */
export function searchesRegions(): bool {
  return freeCenters > REGIONAL * MOVING && !hasPermits && !hasMatrix;
}

/** Whether territories have so few units, as they were when the first centres began, that passes look at every one. */
export function hasFewUnits(): bool {
  return coarse == 0;
}

/** Begins to build the first centres and their assignment. */
export function beginFirstCenters(jitter: f64): void {
  prepareFirst();
  seed(jitter);
}

/** Begins from the centres at hand instead, with prices of 0. */
export function beginCentersAtHand(): void {
  prepareFirst();
  resetPrices();
  beginRounds(FIRST_ROUNDS);
}

function prepareFirst(): void {
  leaveSites();
  first = true;
  useBands(false);
  countFreeCenters();
  byRegions = searchesRegions();
  let heaviest: f64 = 0;
  for (let u = 0; u < unitCount; u++) heaviest = max(heaviest, mass[u]);
  lump = max(BALANCED, heaviest * <f64>territoryCount);
  coarse = treeUnits > GRAINS * UNITS_PER_GRAIN * territoryCount ? 1.0 / <f64>(GRAINS * territoryCount) : 0;
  widen();
}

/** Makes all territories and units take part again. */
function widen(): void {
  leaveRegion();
  setGoals(treeUnits > 0 ? nodeSum[0] : 0);
}

function seed(jitter: f64): void {
  stage = SEED;
  resetPrices();
  beginBisection(jitter);
}

/**
 * Begins the search from the present centres; it ends when it has done `work` moves' worth, when its `share` of what is
 * left of the time limit has passed, or when it knows no more.
 */
export function beginCenterSearch(work: f64, timeFraction: f64, share: f64, shorten: bool): void {
  first = false;
  over = false;
  clearContenders();
  useBands(true);
  tryIndex = 0;
  regionTries = 0;
  regions = 0;
  mostTries = freeCenters == 0 || treeUnits == 0 ? 0 : byRegions ? TRIES_PER_TERRITORY * territoryCount : MOST_TRIES;
  // shorter searches end in other places: what is best for the relaxed problem need not be best once pieces must join
  if (shorten) mostTries >>= below(DIVERSITY);
  workBegin = searchWork;
  workLimit = searchWork + work;
  timeBegin = timeFraction;
  timeEnd = timeFraction + share * (1 - timeFraction);
  lookedAt = 0;
  valueThen = Infinity;
  widen();
  settleBase();
}

function settleBase(): void {
  settleFinely(coarse);
  stage = BASE;
  // the prices at hand may be those of other targets
  if (!regional) beginSettling(BASE_PASSES, FINELY);
}

function beginRounds(limit: i32): void {
  stage = ROUNDS;
  round = 0;
  roundLimit = limit;
  keepCentersInside();
  if (regional) {
    settleRoughly();
    return;
  }
  setResolution(ROUGH_SOFTNESS, limit == JUMP_ROUNDS ? BLUR : FIRST_BLUR, coarse);
  beginSettling(FINE_PASSES, ROUGH);
}

/** Settles the prices between two moves of the centres. In a region most centres are in place, and must not be blurred. */
function settleRoughly(): void {
  if (regional) {
    setResolution(FINE_SOFTNESS, 0, coarse);
    beginSettling(REGIONAL_PASSES, REGIONAL_ROUGH);
  } else {
    setResolution(ROUGH_SOFTNESS, BLUR, coarse);
    beginSettling(ROUGH_PASSES, ROUGH);
  }
}

function settleFinely(grain: f64): void {
  stage = FINE;
  setResolution(FINE_SOFTNESS, 0, grain);
  if (regional) beginSettling(REGIONAL_PASSES, REGIONAL_FINE);
  else beginSettling(FINE_PASSES, FINELY);
}

function keepBest(): void {
  bestScore = dualValue;
  bestRest = rest();
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    for (let d = 4 * t; d < 4 * t + 3; d++) bestCenter[d] = center[d];
    bestPrice[t] = price[t];
  }
}

function recallBest(): void {
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    for (let d = 4 * t; d < 4 * t + 3; d++) center[d] = bestCenter[d];
    price[t] = bestPrice[t];
  }
}

function rest(): f64 {
  return worstDeviation <= lump ? 0 : worstDeviation;
}

/** Keeps the try if it is the best: balanced as far as the units allow, then the least dual value. */
function closeTry(): void {
  tryIndex++;
  regionTries++;
  const left = rest();
  if (!regional) offerContender(left, dualValue);
  // what a region has not settled scores too low, which must not make way for another
  const better = left == bestRest || (regional && left == 0) ? dualValue < bestScore : !regional && left < bestRest;
  if (better && regional) claimed += bestScore - dualValue;
  if (better) keepBest();
  else recallBest();
}

/** Whether the search is at its end by work or time. */
function limitReached(timeFraction: f64): bool {
  return searchWork >= workLimit || timeFraction >= timeEnd;
}

/** Whether regions have gained too little of late, the whole just looked at. */
function stalls(timeFraction: f64): bool {
  const byTime = timeFraction > timeBegin ? (timeFraction - timeBegin) / (timeEnd - timeBegin) : 0;
  const passed = max(byTime, (searchWork - workBegin) / (workLimit - workBegin));
  if (passed - lookedAt < LOOK) return false;
  const gained = valueThen - wholeValue;
  lookedAt = passed;
  valueThen = wholeValue;
  return gained < WORTHWHILE * Math.abs(wholeValue);
}

function nextTry(timeFraction: f64): void {
  over = tryIndex >= mostTries || limitReached(timeFraction);
  if (over && !byRegions) {
    settleLast();
    return;
  }
  if (byRegions) {
    if (over || claimed > CLAIM * wholeValue || regions >= max(CHECK_EVERY, territoryCount >> CHECK_LOG2)) {
      checkWhole();
      return;
    }
    if (regionTries < TRIES_PER_REGION) tryRegion();
    else goToRegion();
    return;
  }
  if (tryIndex % FRESH_EVERY < FRESH) {
    seed(JITTER);
    return;
  }
  jumpCenters();
  beginRounds(JUMP_ROUNDS);
}

/** Where territories are many, centres go further than to their centroids. */
function stride(): f64 {
  return byRegions ? STRIDE : 1;
}

/** Begins a try about the region at hand. */
function tryRegion(): void {
  if (nextU32() & 1) jumpCenters();
  else shakeCenters();
  beginRounds(JUMP_ROUNDS);
}

/** Settles the prices of everything, as the plan will be made from them. */
function settleLast(): void {
  widen();
  settleFinely(0);
  first = true;
}

/** Settles the prices of everything, to see whether what regions have gained is a gain of the whole. */
function checkWhole(): void {
  widen();
  settleFinely(coarse);
  stage = CHECK;
}

/** Turns to another region and settles its prices. */
function goToRegion(): void {
  regions++;
  widen();
  drawRegion();
  surveyRegion(coarse);
  enterRegion();
  regionTries = 0;
  settleBase();
}

/**
 * Works on the centres; returns the effort left, more than 0 once their assignment is written. Past its share of the time
 * limit, of which `timeFraction` has passed, the search ends after the try under way.
 */
export function searchCentersSome(effort: i32, timeFraction: f64): i32 {
  while (effort > 0) {
    if (stage == SEED) {
      effort = bisectSome(effort);
      // a bisection's prices are squared lengths
      if (hasMatrix) resetPrices();
      if (effort > 0) beginRounds(first ? FIRST_ROUNDS : FRESH_ROUNDS);
    } else if (stage == WRITE) {
      effort = passSome(effort);
      if (effort > 0) return effort;
    } else {
      effort = settleSome(effort);
      if (effort <= 0) return 0;
      if (stage == BASE) {
        keepBest();
        if (byRegions && !regional) {
          // where a pass looks at every unit, regions get as far in the same time
          if (coarse > 0) {
            stage = JOINT;
            beginJointSettling(coarse);
          } else checkWhole();
        } else if (regional) {
          // before any jump the region's centres settle, which the whole map's rounds may not have come to
          beginRounds(JUMP_ROUNDS);
        } else {
          offerContender(bestRest, bestScore);
          nextTry(timeFraction);
        }
      } else if (stage == JOINT) {
        over = limitReached(timeFraction);
        if (over || !settleOnJointly()) checkWhole();
      } else if (stage == CHECK) {
        wholeValue = contenders == 0 ? dualValue : min(wholeValue, dualValue);
        offerContender(rest(), dualValue);
        recallCenters(0);
        regions = 0;
        claimed = 0;
        if (over || stalls(timeFraction)) settleLast();
        else goToRegion();
      } else if (stage == FINE) {
        if (first) {
          stage = WRITE;
          beginWriting();
        } else {
          closeTry();
          nextTry(timeFraction);
        }
      } else {
        round++;
        if (moveCenters(passMoment, stride()) < SETTLED || round == roundLimit) {
          if (first) goToSites();
          settleFinely(first ? 0 : coarse);
        } else {
          keepCentersInside();
          settleRoughly();
        }
      }
    }
  }
  return 0;
}

/** Ends the search at once, with the centres as they are. */
export function cutCenterSearchShort(): void {
  widen();
  beginWriting();
  while (passSome(i32.MAX_VALUE) == 0) {}
}
