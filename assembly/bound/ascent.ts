// Subgradient ascent on the multipliers of the Lagrangian relaxation of the Hess model (Hess et al. 1965): each unit i
// carries a multiplier A_i for being served once, and
//   bound = Σ A_i + Σ_t min over centres of (cheapest territory about the centre, less what its units' A are worth)
// holds for every A (Validi, Buchanan, Lykhovyd 2022, in the form that keeps the bounds on loads inside the knapsack).
// Directions are softened over centres of nearly equal value and scaled per unit as in Adam (Kingma, Ba 2015).

import { bestAssignment } from '../best-plan';
import { freshArray } from '../fresh-array';
import { fixedCenter, territoryCount, unitCount } from '../problem';
import {
  beginCandidates,
  beginPool,
  beginWork,
  coverWorkSome,
  poolIsWhole,
  pricePoolSome,
  priceWorkSome,
  shareWork,
  workValue,
} from './candidates';
import { beginFirstMultipliers, findFirstMultipliersSome } from './first-multipliers';
import { classCount, classTerritories, distanceKind, distanceTerm, freeTerritories, itemCount, order, point, unitOf, worth } from './items';
import { clearCover, cover, multiplier, refreshTree, spreadCover } from './item-tree';
import { fewItems, manyTerritories } from './thresholds';
import { beginTightening, classWorth, tightened, tightenSome } from './tightening';
import { spend, work } from './work';

/** Multipliers of the best value so far. */
let bestMultiplier: StaticArray<f64> = new StaticArray<f64>(0);
/** Typical distance term about each item, and the running means of its direction and of the direction squared. */
let reach: StaticArray<f32> = new StaticArray<f32>(0);
let drift: StaticArray<f32> = new StaticArray<f32>(0);
let energy: StaticArray<f32> = new StaticArray<f32>(0);
/** Centre per territory: x, y, z and the worth of its items; and the mean distance term there. */
export let planCenter: StaticArray<f64> = new StaticArray<f64>(0);
let planReach: StaticArray<f64> = new StaticArray<f64>(0);

/** Value of the best multipliers: of a whole pool, or an estimate from the centres at work. */
export let bestValue: f64 = -Infinity;
/** Rounds so far. */
export let rounds: i32 = 0;
let temperature: f64 = 0;
let firstTemperature: f64 = 0;
/** Whether the ascent rests, or is about to, before its first move. */
export let restsEarly: bool = false;
/** Mean distance term of the plan. */
export let typicalTerm: f64 = 1;
const RESUMED_STEP: f64 = 0.005;
let step: f64 = 0;
let stalled: i32 = 0;
let stage: i32 = 0;
let pooled: bool = false;
/** Whether sweeps improve the first multipliers, and whether these come from neighbourhoods rather than the plan. */
let tightens: bool = false;
let priced: bool = false;
const POOL: i32 = 0;
const WORK: i32 = 1;
const COVER: i32 = 2;
const TIGHTEN: i32 = 3;
const PRICE: i32 = 4;

const FIRST_STEP: f64 = 0.05;
/** First temperature, as a share of a territory's mean cost. */
const FIRST_TEMPERATURE: f64 = 0.01;
/** Share of the limits from which on tightening hurries, and from which on a proof comes before any further round. */
const HURRY: f64 = 0.15;
const LATE: f64 = 0.1;
/** The same as above for multipliers that were tightened, for which many centres are nearly the best. */
const TIGHT_STEP: f64 = 0.01;
const TIGHT_TEMPERATURE: f64 = 0.03;
/** Least distance term about a tightened item, relative to that of its territory in the plan. */
const LEAST_REACH: f32 = 0.02;
const POOL_EVERY: i32 = 10;
/** Looks at the pool without a better value before steps and temperature shrink, and how much. */
const PATIENCE: i32 = 3;
const SHRINK: f64 = 0.7;
/** A gain below this share of the value is none. */
const LEAST_GAIN: f64 = 1e-7;
/** Effort of a round beyond its centres and items. */
const ROUND: i32 = 32;
const KEEP_DRIFT: f64 = 0.7;
const KEEP_ENERGY: f64 = 0.98;
const LEAST_ENERGY: f64 = 1e-3;
const LEAST_STEP: f64 = 1e-5;
export function allocateAscent(): void {
  bestMultiplier = freshArray<f64>(unitCount);
  reach = freshArray<f32>(unitCount);
  drift = freshArray<f32>(unitCount);
  energy = freshArray<f32>(unitCount);
  planCenter = new StaticArray<f64>(4 * territoryCount);
  planReach = new StaticArray<f64>(territoryCount);
}

/** Starts from the plan: every unit is worth what it costs there. */
export function beginAscent(): void {
  const kind = distanceKind(poolIsWhole);
  const center = planCenter;
  center.fill(0);
  planReach.fill(0);
  for (let i = 0; i < itemCount; i++) {
    const t = bestAssignment[unitOf[i]];
    const w = worth[i];
    center[4 * t + 3] += w;
    for (let d = 0; d < 3; d++) center[4 * t + d] += w * point[3 * i + d];
  }
  for (let t = 0; t < territoryCount; t++) {
    const w = center[4 * t + 3];
    if (w <= 0) continue;
    const fixed = fixedCenter[4 * t + 3] != 0;
    for (let d = 0; d < 3; d++) center[4 * t + d] = fixed ? fixedCenter[4 * t + d] : center[4 * t + d] / w;
  }
  let total: f64 = 0;
  let weight: f64 = 0;
  for (let i = 0; i < itemCount; i++) {
    const t = bestAssignment[unitOf[i]];
    const dx = point[3 * i] - center[4 * t];
    const dy = point[3 * i + 1] - center[4 * t + 1];
    const dz = point[3 * i + 2] - center[4 * t + 2];
    const term = worth[i] * distanceTerm(dx * dx + dy * dy + dz * dz, kind);
    multiplier[i] = term;
    planReach[t] += term / center[4 * t + 3];
    total += term;
    weight += worth[i];
  }
  for (let i = 0; i < itemCount; i++) reach[i] = <f32>planReach[bestAssignment[unitOf[i]]];
  drift.fill(0);
  energy.fill(0);
  bestValue = -Infinity;
  rounds = 0;
  stalled = 0;
  step = FIRST_STEP;
  firstTemperature = (FIRST_TEMPERATURE * total) / <f64>max(1, territoryCount);
  temperature = firstTemperature;
  typicalTerm = weight > 0 ? total / weight : 1;
  beginCandidates(typicalTerm, center);
  weighClasses();
  priced = false;
  restsEarly = false;
  tightens = classCount > 0 && itemCount > fewItems;
  if (tightens && !poolIsWhole && freeTerritories >= manyTerritories) {
    priced = true;
    beginFirstMultipliers(distanceKind(false), typicalTerm);
    stage = PRICE;
  } else beginImproving();
}

/** Begins with the first multipliers. */
function beginImproving(): void {
  if (tightens) {
    beginTightening(poolIsWhole, typicalTerm, priced);
    stage = TIGHTEN;
  } else beginRound();
}

/** What the plan's territories of each class weigh on average. */
function weighClasses(): void {
  let first = 0;
  for (let c = 0; c < classCount; c++) {
    const end = first + classTerritories[c];
    let weight: f64 = 0;
    for (let i = first; i < end; i++) weight += planCenter[4 * order[i] + 3];
    classWorth[c] = weight > 0 ? weight / <f64>classTerritories[c] : 1;
    first = end;
  }
}

function beginRound(): void {
  refreshTree();
  pooled = rounds % POOL_EVERY == 0 && classCount > 0;
  stage = pooled ? POOL : WORK;
  if (pooled) beginPool();
  else beginWork();
}

/**
 * Works on the ascent until the work amounts to `until`. Returns whether it rests: because steps have become too short to
 * matter, because a round ended with `rest` spent, or, with `restsEarly`, because the first multipliers took so much of
 * the limits, `limit` in work and all of `timeFraction`, that a proof of what they are good for comes first.
 */
export function ascendSome(until: f64, rest: f64, limit: f64, timeFraction: f64): bool {
  while (work < until) {
    if (stage == PRICE) {
      if (!findFirstMultipliersSome(until)) return false;
      beginImproving();
    } else if (stage == TIGHTEN) {
      if (!tightenSome(until, timeFraction >= HURRY ? 0 : HURRY * limit)) return false;
      if (tightened) {
        restsEarly = timeFraction >= LATE || work >= LATE * limit;
        // across a border of regions that differ, what a unit is worth tells how far it may move, not its territory
        for (let i = 0; i < itemCount; i++) reach[i] = min(reach[i], max(<f32>(multiplier[i] / worth[i]), LEAST_REACH * reach[i]));
        step = TIGHT_STEP;
        firstTemperature *= TIGHT_TEMPERATURE / FIRST_TEMPERATURE;
        temperature = firstTemperature;
      }
      beginRound();
    } else if (stage == POOL) {
      if (!pricePoolSome(until)) return false;
      stage = WORK;
      beginWork();
    } else if (stage == WORK) {
      if (!priceWorkSome(until)) return false;
      shareWork(temperature);
      stage = COVER;
      clearCover();
      beginWork();
    } else {
      if (!coverWorkSome(until)) return false;
      spreadCover();
      judge();
      if (restsEarly && rounds == 0) return true;
      restsEarly = false;
      if (step < LEAST_STEP || (work >= rest && bestValue > -Infinity)) return true;
      move();
      rounds++;
      beginRound();
      spend(<f64>(ROUND + (itemCount >> 3)));
    }
  }
  return false;
}

function judge(): void {
  if (!pooled && classCount > 0) return;
  // the sweeps fit the multipliers to the points of the pool; by now some centres have moved to where they are too cheap
  if (tightened && !poolIsWhole && rounds == POOL_EVERY) bestValue = -Infinity;
  let sum: f64 = 0;
  for (let i = 0; i < itemCount; i++) sum += multiplier[i];
  const value = sum + workValue;
  const gains = value > bestValue + LEAST_GAIN * Math.abs(bestValue) || bestValue == -Infinity;
  if (value > bestValue) {
    bestValue = value;
    for (let i = 0; i < itemCount; i++) bestMultiplier[i] = multiplier[i];
  }
  if (gains) stalled = 0;
  else if (++stalled > PATIENCE) {
    stalled = 0;
    step *= SHRINK;
    temperature *= SHRINK;
    drift.fill(0);
    for (let i = 0; i < itemCount; i++) multiplier[i] = bestMultiplier[i];
  }
}

function move(): void {
  for (let i = 0; i < itemCount; i++) {
    const g = 1 - cover[i];
    const d = KEEP_DRIFT * <f64>drift[i] + (1 - KEEP_DRIFT) * g;
    const e = KEEP_ENERGY * <f64>energy[i] + (1 - KEEP_ENERGY) * g * g;
    drift[i] = <f32>d;
    energy[i] = <f32>e;
    multiplier[i] += (step * <f64>reach[i] * worth[i] * d) / (Math.sqrt(e) + LEAST_ENERGY);
  }
}

/** Puts the best multipliers back, so that the centres can be priced for them. */
export function takeBestMultipliers(): void {
  for (let i = 0; i < itemCount; i++) multiplier[i] = bestMultiplier[i];
  refreshTree();
  beginWork();
}

/** Goes on from the best multipliers with a pool that has more points, by which their value may be less. */
export function resumeAscent(): void {
  for (let i = 0; i < itemCount; i++) multiplier[i] = bestMultiplier[i];
  bestValue = -Infinity;
  step = max(step, RESUMED_STEP);
  temperature = max(temperature, (firstTemperature * RESUMED_STEP) / (tightened ? TIGHT_STEP : FIRST_STEP));
  stalled = 0;
  rounds = 0;
  restsEarly = false;
  beginRound();
}
