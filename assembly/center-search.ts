// Iterated local search over centres. A try lets centres and prices settle in turns (Lloyd rounds on balanced power
// diagrams) and is scored by the dual value of its prices, which needs neither rounding nor repair. The first try starts
// from a bisection; later ones from other bisections, or from the best centres with a few of them sent elsewhere.

import { useBands } from './band-targets';
import { beginBisection, bisectSome } from './bisection';
import { beginWriting, passMoment, passSome, searchWork, setResolution } from './diagram-pass';
import { clearContenders, offerContender } from './contenders';
import { active, activateAll, activeCount, keepCentersInside, moveCenters, price, resetPrices, setGoals } from './power-diagram';
import { beginSettling, dualValue, settleSome, worstDeviation } from './prices';
import { fixedCenter, locked, mass, territoryCount, unitCount } from './problem';
import { below, unitInterval } from './rng';
import { leafLevel, nodeBegin, nodeSum, treePoint, treeSum, treeUnits } from './spatial-tree';
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
let freeCenters: i32 = 0;
let coarse: f64 = 0;
/** Work after which the search ends, in moves. */
let workLimit: f64 = 0;

const SEED: i32 = 0;
const ROUNDS: i32 = 1;
const FINE: i32 = 2;
const WRITE: i32 = 3;
const BASE: i32 = 4;
let stage: i32 = SEED;
/** Whether the plan is made from the first try, before any search. */
let first: bool = false;

/** Rounds of the first plan, of a fresh try, and of one from settled centres; each settles the prices anew. */
const FRESH_ROUNDS: i32 = 24;
const JUMP_ROUNDS: i32 = 8;
/** Passes per round, and how close the loads must come: rough while the centres still move, fine at the end. */
const ROUGH_PASSES: i32 = 12;
const ROUGH: f64 = 0.2;
const FINE_PASSES: i32 = 24;
const FINELY: f64 = 0.004;
const ROUGH_SOFTNESS: f64 = 2;
const FINE_SOFTNESS: f64 = 1;
/** How much softer borders are while prices are far off, as a share of the distance between centres. */
const FIRST_BLUR: f64 = 0.5;
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
/** A try counts as balanced when its loads are this close to their targets, or as close as the heaviest unit lets them. */
const BALANCED: f64 = 0.03;

export function allocateCenterSearch(): void {
  bestCenter = new StaticArray<f64>(4 * territoryCount);
  bestPrice = new StaticArray<f64>(territoryCount);
}

/** Begins to build the first centres and their assignment. */
export function beginFirstCenters(jitter: f64): void {
  first = true;
  useBands(false);
  freeCenters = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && fixedCenter[4 * t + 3] == 0) freeCenters++;
  let heaviest: f64 = 0;
  for (let u = 0; u < unitCount; u++) heaviest = max(heaviest, mass[u]);
  lump = max(BALANCED, heaviest * <f64>territoryCount);
  coarse = treeUnits > GRAINS * UNITS_PER_GRAIN * territoryCount ? 1.0 / <f64>(GRAINS * territoryCount) : 0;
  widen();
  seed(jitter);
}

/** Makes all territories and units take part again. */
function widen(): void {
  activateAll();
  setGoals(treeUnits > 0 ? nodeSum[0] : 0);
}

function seed(jitter: f64): void {
  stage = SEED;
  resetPrices();
  beginBisection(jitter);
}

/** Begins the search from the present centres; it ends when it has done `work` moves' worth, or knows no more. */
export function beginCenterSearch(work: f64, shorten: bool): void {
  first = false;
  clearContenders();
  useBands(false);
  tryIndex = 0;
  mostTries = freeCenters == 0 || treeUnits == 0 ? 0 : MOST_TRIES;
  // shorter searches end in other places: what is best for the relaxed problem need not be best once pieces must join
  if (shorten) mostTries >>= below(DIVERSITY);
  workLimit = searchWork + work;
  widen();
  settleBase();
}

function settleBase(): void {
  stage = BASE;
  setResolution(FINE_SOFTNESS, 0, coarse);
  beginSettling(FINE_PASSES, FINELY);
}

function beginRounds(limit: i32): void {
  stage = ROUNDS;
  round = 0;
  roundLimit = limit;
  keepCentersInside();
  setResolution(ROUGH_SOFTNESS, limit == FRESH_ROUNDS ? FIRST_BLUR : BLUR, coarse);
  beginSettling(FINE_PASSES, ROUGH);
}

function settleFinely(grain: f64): void {
  stage = FINE;
  setResolution(FINE_SOFTNESS, 0, grain);
  beginSettling(FINE_PASSES, FINELY);
}

/** Sends one to three free centres to random places where there is mass. */
function jumpCenters(): void {
  const jumps = 1 + below(min(3, freeCenters));
  for (let i = 0; i < jumps; i++) {
    const t = drawCenter();
    if (t < 0) return;
    const at = 4 * drawByMass();
    let best = t;
    let least = Infinity;
    for (let j = 0; j < activeCount; j++) {
      const s = active[j];
      let d = -price[s];
      for (let a = 0; a < 3; a++) {
        const away = <f64>treePoint[at + a] - center[4 * s + a];
        d += away * away;
      }
      if (d < least) {
        least = d;
        best = s;
      }
    }
    for (let a = 0; a < 3; a++) center[4 * t + a] = <f64>treePoint[at + a];
    price[t] = price[best];
  }
}

/** Position in tree order of a unit drawn by its mass, down the tree. O(log n). */
function drawByMass(): i32 {
  let left = unitInterval() * nodeSum[0];
  let node = 0;
  for (let level = 0; level < leafLevel; level++) {
    node = 2 * node + 1;
    if (left > nodeSum[8 * node]) left -= nodeSum[8 * node++];
  }
  const j = node + 1 - (1 << leafLevel);
  const end = nodeBegin(leafLevel, j + 1) - 1;
  let at = nodeBegin(leafLevel, j);
  while (at < end && left > <f64>treeSum[4 * at]) left -= <f64>treeSum[4 * at++];
  return at;
}

/** A random free centre among the active ones, −1 when all are fixed. */
function drawCenter(): i32 {
  let i = below(activeCount);
  for (let tries = 0; tries < activeCount; tries++) {
    const t = active[i];
    if (fixedCenter[4 * t + 3] == 0) return t;
    if (++i == activeCount) i = 0;
  }
  return -1;
}

function keepBest(): void {
  bestScore = dualValue;
  bestRest = rest();
  for (let i = 0; i < activeCount; i++) {
    const t = active[i];
    for (let d = 4 * t; d < 4 * t + 3; d++) bestCenter[d] = center[d];
    bestPrice[t] = price[t];
  }
}

function recallBest(): void {
  for (let i = 0; i < activeCount; i++) {
    const t = active[i];
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
  const left = rest();
  offerContender(left, dualValue);
  if (left < bestRest || (left == bestRest && dualValue < bestScore)) keepBest();
  else recallBest();
}

function nextTry(timeIsUp: bool): void {
  if (tryIndex >= mostTries || searchWork >= workLimit || timeIsUp) {
    widen();
    settleFinely(0);
    first = true;
    return;
  }
  if (tryIndex % FRESH_EVERY < FRESH) {
    seed(JITTER);
    return;
  }
  jumpCenters();
  beginRounds(JUMP_ROUNDS);
}

/**
 * Works on the centres; returns the effort left, more than 0 once their assignment is written. `timeIsUp` ends the
 * search after the try under way.
 */
export function searchCentersSome(effort: i32, timeIsUp: bool): i32 {
  while (effort > 0) {
    if (stage == SEED) {
      effort = bisectSome(effort);
      if (effort > 0) beginRounds(FRESH_ROUNDS);
    } else if (stage == WRITE) {
      effort = passSome(effort);
      if (effort > 0) return effort;
    } else {
      effort = settleSome(effort);
      if (effort <= 0) return 0;
      if (stage == BASE) {
        keepBest();
        offerContender(bestRest, bestScore);
        nextTry(timeIsUp);
      } else if (stage == FINE) {
        if (first) {
          stage = WRITE;
          beginWriting();
        } else {
          closeTry();
          nextTry(timeIsUp);
        }
      } else {
        round++;
        if (moveCenters(passMoment) < SETTLED || round == roundLimit) settleFinely(first ? 0 : coarse);
        else {
          keepCentersInside();
          setResolution(ROUGH_SOFTNESS, BLUR, coarse);
          beginSettling(ROUGH_PASSES, ROUGH);
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
