// Iterated local search over centres. A try lets centres and prices settle in turns (Lloyd rounds on balanced power
// diagrams) and is scored by the dual value of its prices, which needs neither rounding nor repair. The first tries
// start from bisections turned at random, later ones from the best centres with a few sent elsewhere.

import { placeCenters } from './bisection';
import { assignAll, moveCenters, price, resetPrices } from './power-diagram';
import { beginSettling, dualValue, settleSome, worstDeviation } from './prices';
import { fixedCenter, initial, locked, mass, place, territoryCount, unitCount } from './problem';
import { below, unitInterval } from './rng';
import { assignment, center, recount } from './tally';

let bestCenter: StaticArray<f64> = new StaticArray<f64>(0);
let bestPrice: StaticArray<f64> = new StaticArray<f64>(0);
let bestScore: f64 = Infinity;
let bestRest: f64 = Infinity;
/** Deviation that a balanced try may have. */
let lump: f64 = 0;
let tries: i32 = 0;
let tryIndex: i32 = 0;
let round: i32 = 0;
let roundLimit: i32 = 0;
/** Jitter of the first bisection; later ones always turn. */
let firstJitter: f64 = 0;
let freeCenters: i32 = 0;
let totalMass: f64 = 0;

/** Rounds of a fresh try, and of one that starts from settled centres; each settles the prices anew. */
const FRESH_ROUNDS: i32 = 24;
const JUMP_ROUNDS: i32 = 12;
/** Passes per round, and how close the loads must come: rough while the centres still move, fine at the end. */
const ROUGH_PASSES: i32 = 6;
const ROUGH: f64 = 0.05;
const FINE_PASSES: i32 = 24;
const FINE: f64 = 0.005;
const ROUGH_SOFTNESS: f64 = 1.0;
const FINE_SOFTNESS: f64 = 0.25;
/** Centres that move less than this, relative to their neighbours, have settled. */
const SETTLED: f64 = 0.01;
/** Distance evaluations that one search may spend, the passes that a try takes, and the bound on tries. */
const EVALUATIONS: f64 = 8e7;
const PASSES_PER_TRY: f64 = 80;
const MOST_TRIES: i32 = 120;
/** Share of the tries that start from scratch. */
const FRESH_SHARE: f64 = 0.3;
const JITTER: f64 = 0.8;
/** Searches after a start's first are cut to a half, a quarter, … of the tries, at random. */
const DIVERSITY: i32 = 7;
/** A try counts as balanced when its loads are this close to their targets, or as close as the heaviest unit lets them. */
const BALANCED: f64 = 0.03;

export function allocateCenterSearch(): void {
  bestCenter = new StaticArray<f64>(4 * territoryCount);
  bestPrice = new StaticArray<f64>(territoryCount);
}

export function beginCenterSearch(jitter: f64): void {
  bestScore = Infinity;
  bestRest = Infinity;
  tryIndex = 0;
  firstJitter = jitter;
  freeCenters = 0;
  for (let t = 0; t < territoryCount; t++) if (!locked[t] && fixedCenter[4 * t + 3] == 0) freeCenters++;
  totalMass = 0;
  let heaviest: f64 = 0;
  for (let u = 0; u < unitCount; u++) {
    totalMass += mass[u];
    heaviest = max(heaviest, mass[u]);
  }
  lump = max(BALANCED, heaviest * <f64>territoryCount);
  const perTry = <f64>unitCount * (<f64>min(territoryCount, 20) + 16) * PASSES_PER_TRY;
  tries = freeCenters == 0 ? 1 : <i32>max(1, min(<f64>MOST_TRIES, EVALUATIONS / perTry));
  // shorter searches end in other places: what is best for the relaxed problem need not be best once pieces must join
  if (jitter > 0) tries = max(1, tries >> below(DIVERSITY));
  beginTry();
}

function beginTry(): void {
  round = 0;
  const fresh = <i32>Math.ceil(FRESH_SHARE * <f64>tries);
  if (tryIndex < fresh || bestScore == Infinity) {
    for (let u = 0; u < unitCount; u++) assignment[u] = initial[u];
    recount();
    placeCenters(tryIndex == 0 ? firstJitter : JITTER);
    resetPrices();
    roundLimit = FRESH_ROUNDS;
  } else {
    recallBest();
    jumpCenters();
    roundLimit = JUMP_ROUNDS;
  }
  beginSettling(FINE_PASSES, ROUGH, ROUGH_SOFTNESS);
}

/** Sends one to three free centres to random places where there is mass. */
function jumpCenters(): void {
  const jumps = 1 + below(min(3, freeCenters));
  for (let i = 0; i < jumps; i++) {
    let t = below(territoryCount);
    while (locked[t] || fixedCenter[4 * t + 3] != 0) t = t + 1 == territoryCount ? 0 : t + 1;
    const u = drawByMass();
    for (let d = 0; d < 3; d++) center[4 * t + d] = place[4 * u + d];
    price[t] = price[assignment[u]];
  }
}

function drawByMass(): i32 {
  let left = unitInterval() * totalMass;
  for (let u = 0; u < unitCount; u++) {
    left -= mass[u];
    if (left <= 0) return u;
  }
  return below(unitCount);
}

function recallBest(): void {
  for (let i = 0; i < 4 * territoryCount; i++) center[i] = bestCenter[i];
  for (let i = 0; i < territoryCount; i++) price[i] = bestPrice[i];
}

/**
 * Works on the search; returns the effort left, more than 0 once the search is over. The best centres, their prices and
 * their assignment are then current.
 */
export function searchCentersSome(effort: i32): i32 {
  while (effort > 0) {
    effort = settleSome(effort);
    if (effort <= 0) return 0;
    if (round == roundLimit) {
      closeTry();
      if (tryIndex == tries) {
        cutCenterSearchShort();
        return effort;
      }
      beginTry();
      continue;
    }
    round++;
    if (moveCenters() < SETTLED) round = roundLimit;
    if (round == roundLimit) beginSettling(FINE_PASSES, FINE, FINE_SOFTNESS);
    else beginSettling(ROUGH_PASSES, ROUGH, ROUGH_SOFTNESS);
  }
  return 0;
}

/** Keeps the try if it is the best: balanced as far as the units allow, then the least dual value. */
function closeTry(): void {
  tryIndex++;
  const rest = worstDeviation <= lump ? 0 : worstDeviation;
  if (bestScore < Infinity && (rest > bestRest || (rest == bestRest && dualValue >= bestScore))) return;
  bestScore = dualValue;
  bestRest = rest;
  for (let i = 0; i < 4 * territoryCount; i++) bestCenter[i] = center[i];
  for (let i = 0; i < territoryCount; i++) bestPrice[i] = price[i];
}

/** Ends the search with the best try so far, else with the centres as they are. */
export function cutCenterSearchShort(): void {
  if (bestScore < Infinity) recallBest();
  assignAll();
}
