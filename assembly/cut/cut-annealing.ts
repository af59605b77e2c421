// Annealing on border moves for the border objective alone, on any level of the hierarchy: the change of the cut and
// the local contiguity test come out of one look at the neighbours, so that a proposal costs little more than that.

import { adaptBalancePressure, pressureOf, scaleBalancePressure } from '../balance-pressure';
import { BALANCE_ROUNDING } from '../objective';
import { contiguous, cutFactor, inverseTarget, locked, lower, measureCount, territoryCount, upper } from '../problem';
import { below, nextU32 } from '../rng';
import { neighborsReachEachOther } from './cut-contiguity';
import {
  cutBorder,
  cutBorderCount,
  levelBestImbalance,
  levelBestCost,
  levelCost,
  levelImbalance,
  meanCutCost,
  moveVertex,
  noteLevelBest,
  openLevel,
  recountLevel,
  restoreLevelBest,
  vertexCount,
} from './cut-state';
import { adjacent, amount, edgeWeight, firstSlot, held, linked, part } from './levels';

/** Cost of a typical cut edge on this level: the scale of the temperature. */
let moveScale: f64 = 1;
let temperature: f64 = 0;
/** Share of proposals that are swaps, of 2³². */
let swapShare: u32 = 0;
let balancedSeen: i32 = 0;
let unbalancedSeen: i32 = 0;
let proposalsSinceAdapt: i32 = 0;
let adaptEvery: i32 = 1024;
let adaptions: i32 = 0;

/** −ln of evenly spread quantiles: a Metropolis test by one look-up. */
const LOG_TABLE_SIZE: i32 = 4096;
const negativeLog: StaticArray<f64> = new StaticArray<f64>(LOG_TABLE_SIZE);

const LEAST_ADAPT_EVERY: i32 = 1024;
/** Adaptions between two recounts that clear the rounding gathered by increments. */
const RECOUNT_EVERY: i32 = 512;
/** Slope of the pressure in cut edges, and the relative amount beyond a bound at which it has that slope. */
const PRESSURE_SLOPE: f64 = 2;
const PRESSURE_AMOUNT: f64 = 0.002;
/** Margin inside the bounds: a share of the band's width, but no more than a share of a typical move. */
const MARGIN_OF_WIDTH: f64 = 0.05;
const MARGIN_OF_MOVE: f64 = 0.75;
/** Steps of the walk that looks for a partner to swap with. */
const SWAP_WALK: i32 = 12;

export function prepareCutAnnealing(): void {
  for (let i = 0; i < LOG_TABLE_SIZE; i++) {
    negativeLog[i] = -Math.log((<f64>i + 0.5) / <f64>LOG_TABLE_SIZE);
  }
}

/** Takes up level `l` with the plan in `part`. */
export function beginCutAnnealing(l: i32): void {
  openLevel(l);
  moveScale = meanCutCost();
  proposalsSinceAdapt = 0;
  adaptions = 0;
  balancedSeen = 0;
  unbalancedSeen = 0;
  scalePressure();
}

/** Sets the pressure and the share of swaps by how much of the band a typical border vertex takes. */
function scalePressure(): void {
  const M = measureCount;
  let sum: f64 = 0;
  let count = 0;
  for (let i = 0; i < cutBorderCount; i++) {
    const v = cutBorder[i];
    if (part[v] < 0) continue;
    for (let m = 0; m < M; m++) {
      const share = amount[v * M + m] * inverseTarget[part[v] * M + m];
      if (share > 0) {
        sum += Math.sqrt(share);
        count++;
      }
    }
  }
  // the mean of the roots, squared: a few heavy vertices must not set the scale
  const root = count > 0 ? sum / <f64>count : 0.1;
  const typical = root * root;
  let width = Infinity;
  for (let i = 0, end = territoryCount * M; i < end; i++) width = min(width, (upper[i] - lower[i]) * inverseTarget[i]);
  const margin = min(MARGIN_OF_WIDTH * width, MARGIN_OF_MOVE * typical);
  scaleBalancePressure((PRESSURE_SLOPE * moveScale) / typical, max(PRESSURE_AMOUNT, 2 * typical), margin);
  adaptEvery = max(LEAST_ADAPT_EVERY, cutBorderCount);
  swapShare = typical > 0.5 * width ? 0x80000000 : typical > 0.1 * width ? 0x40000000 : 0x08000000;
}

/** Sets the temperature in typical cut edges of the level. */
export function setCutTemperature(factor: f64): void {
  temperature = factor * moveScale;
}

/** Goes back to the level's best plan if the present one is worse. */
export function returnToBest(): void {
  const imbalance = levelImbalance > BALANCE_ROUNDING ? levelImbalance : 0;
  if (imbalance > levelBestImbalance || levelCost > levelBestCost) restoreLevelBest();
}

// @ts-ignore: decorator
@inline
function accepts(delta: f64): bool {
  return delta <= 0 || delta < temperature * negativeLog[nextU32() >>> 20];
}

/** Runs of same-territory neighbours that the last `cutDelta` saw around its vertex. */
let runs: i32 = 0;

/** Change of the cut when `v` moves from `a` to `b`; counts the runs of `a` around it. */
// @ts-ignore: decorator
@inline
function cutDelta(v: i32, a: i32, b: i32): f64 {
  const begin = firstSlot[v];
  const end = firstSlot[v + 1];
  let joined = part[adjacent[end - 1]] == a && linked[end - 1] != 0;
  let found = 0;
  let delta: f64 = 0;
  for (let e = begin; e < end; e++) {
    const t = part[adjacent[e]];
    if (t == a) {
      delta += <f64>edgeWeight[e];
      if (!joined) found++;
      joined = linked[e] != 0;
    } else {
      if (t == b) delta -= <f64>edgeWeight[e];
      joined = false;
    }
  }
  runs = found;
  return cutFactor * delta;
}

function proposeShift(): void {
  const v = cutBorder[below(cutBorderCount)];
  const a = part[v];
  const begin = firstSlot[v];
  const b = part[adjacent[begin + below(firstSlot[v + 1] - begin)]];
  // a unit that nobody may take has no territory
  if (b == a || held[v] >= 0 || a < 0 || b < 0 || locked[b]) return;
  const delta = cutDelta(v, a, b);
  if (!accepts(delta + pressureOf(amount, v * measureCount, a, b)) || vertexCount[a] < 2) return;
  if (contiguous && runs > 1 && !neighborsReachEachOther(v, a)) return;
  moveVertex(v, a, b, delta);
  noteLevelBest();
}

/** A vertex of `b` near `v` to send back to `a`: a random walk over the border of `b`, −1 when it finds none. */
function drawPartner(v: i32, a: i32, b: i32): i32 {
  let at = v;
  let found = -1;
  let steps = 1 + below(SWAP_WALK);
  for (let step = 0; step < 2 * SWAP_WALK && steps > 0; step++) {
    const begin = firstSlot[at];
    const w = adjacent[begin + below(firstSlot[at + 1] - begin)];
    if (w == v || part[w] != b) continue;
    at = w;
    steps--;
    if (held[w] < 0 && touches(w, a, v)) found = w;
  }
  return found;
}

/** Whether `v` touches a vertex of `t` other than `except`. */
function touches(v: i32, t: i32, except: i32): bool {
  for (let e = firstSlot[v], end = firstSlot[v + 1]; e < end; e++) {
    if (adjacent[e] != except && part[adjacent[e]] == t) return true;
  }
  return false;
}

function proposeSwap(): void {
  const v = cutBorder[below(cutBorderCount)];
  const a = part[v];
  const begin = firstSlot[v];
  const b = part[adjacent[begin + below(firstSlot[v + 1] - begin)]];
  if (b == a || held[v] >= 0 || a < 0 || b < 0 || locked[a] || locked[b]) return;
  const w = drawPartner(v, a, b);
  if (w < 0) return;
  const there = cutDelta(v, a, b);
  if (contiguous && runs > 1 && !neighborsReachEachOther(v, a)) return;
  const therePressure = pressureOf(amount, v * measureCount, a, b);
  // the second half is measured and tested with the first half done
  moveVertex(v, a, b, there);
  const back = cutDelta(w, b, a);
  const joined = runs <= 1;
  let done = accepts(there + back + therePressure + pressureOf(amount, w * measureCount, b, a));
  if (done && contiguous) done = touches(w, a, -1) && (joined || neighborsReachEachOther(w, b));
  if (!done) {
    moveVertex(v, b, a, -there);
    return;
  }
  moveVertex(w, b, a, back);
  noteLevelBest();
}

/** Proposes `count` moves at the current temperature. */
export function proposeCutMoves(count: i32): void {
  if (cutBorderCount == 0) return;
  for (let i = 0; i < count; i++) {
    if (nextU32() < swapShare) proposeSwap();
    else proposeShift();
    if ((i & 15) == 0) {
      if (levelImbalance > BALANCE_ROUNDING) unbalancedSeen++;
      else balancedSeen++;
    }
  }
  proposalsSinceAdapt += count;
  if (proposalsSinceAdapt < adaptEvery) return;
  adaptBalancePressure(unbalancedSeen > balancedSeen);
  proposalsSinceAdapt = 0;
  balancedSeen = 0;
  unbalancedSeen = 0;
  if (++adaptions % RECOUNT_EVERY == 0) recountLevel();
}
