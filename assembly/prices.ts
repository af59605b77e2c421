// Prices that balance a power diagram: every territory's mass meets its target (the dual of the transportation problem;
// Aurenhammer, Hoffmann, Aronov 1998). Soft borders make the dual
//   G = Σ_u mass_u · softmin_t (|u − c_t|² − price_t) + Σ_t price_t · target_t
// smooth and concave in the prices even where a few units hold most of the mass, and its Hessian (mass · share ·
// share / width per pair of territories) comes with the pass. Newton steps (Kitagawa, Mérigot, Thibert 2019) follow it,
// damped until G rises.

import { steepestSlope, targetValue, wantedLoad, wantedSlope } from './band-targets';
import { hasMatrix } from './cost-matrix';
import { listA, listB, listPairs, listValue } from './border-pairs';
import { beginPass, massLoad, passSome, passValue, won } from './diagram-pass';
import { hasPermits } from './permits';
import {
  active,
  activeCount,
  centersApart,
  goal,
  measureReach,
  present,
  presentCount,
  price,
  reach,
} from './power-diagram';
import { territoryCount } from './problem';
import { treeSecondMoment } from './spatial-tree';
import { allocateStarved, feedStarvedByCost } from './starved';

/** Dual value of the prices that were last accepted, and the worst relative distance of a load from its target there. */
export let dualValue: f64 = 0;
export let worstDeviation: f64 = 0;
/** Prices that were last accepted. */
let basePrice: StaticArray<f64> = new StaticArray<f64>(0);
/** Whether a step from the base prices is being tried. */
let trying: bool = false;
let damping: f64 = 0;
let steps: i32 = 0;
let stepLimit: i32 = 0;
let closeEnough: f64 = 0;
/** Largest squared distance of two active centres or so, km². */
let extent: f64 = 1;
/** Second derivative and damping per listed pair. */
let stiffness: StaticArray<f64> = new StaticArray<f64>(0);

// Conjugate gradients.
let diagonal: StaticArray<f64> = new StaticArray<f64>(0);
let solution: StaticArray<f64> = new StaticArray<f64>(0);
/** target − load where the prices were last accepted, and how many pairs the lists hold from there. */
let gradient: StaticArray<f64> = new StaticArray<f64>(0);
/** What the wanted load falls by per unit of price there. */
let slope: StaticArray<f64> = new StaticArray<f64>(0);
let pairCount: i32 = 0;
let residual: StaticArray<f64> = new StaticArray<f64>(0);
let direction: StaticArray<f64> = new StaticArray<f64>(0);
let product: StaticArray<f64> = new StaticArray<f64>(0);

/** Damping of the first step; how it changes after a step that raised the dual and after one that did not; its range. */
const FIRST_DAMPING: f64 = 0.1;
const EASE: f64 = 0.5;
const STIFFEN: f64 = 5;
const LEAST_DAMPING: f64 = 1e-3;
const MOST_DAMPING: f64 = 1e4;
/** Most that two prices may differ, relative to the squared distance of their centres. */
const INSIDE: f64 = 0.95;
/** What a starved territory bids beyond its centre's price, relative to the squared distance of the nearest centre. */
const STARVED_BID: f64 = 0.1;
/** Most that one step may change the difference of two prices, relative to the squared distance of their centres. */
const STEP_CLIP: f64 = 0.4;
const SWEEPS: i32 = 3;
const MOST_GRADIENTS: i32 = 80;

export function allocatePrices(): void {
  allocateStarved();
  const k = territoryCount;
  basePrice = new StaticArray<f64>(k);
  stiffness = new StaticArray<f64>(listValue.length);
  diagonal = new StaticArray<f64>(k);
  solution = new StaticArray<f64>(k);
  gradient = new StaticArray<f64>(k);
  residual = new StaticArray<f64>(k);
  direction = new StaticArray<f64>(k);
  slope = new StaticArray<f64>(k);
  product = new StaticArray<f64>(k);
}

/**
 * Begins to settle the prices for the present centres: at most `limit` passes, or until every load is within
 * `tolerance` of its goal, at the resolution that was set.
 */
export function beginSettling(limit: i32, tolerance: f64): void {
  stepLimit = limit;
  closeEnough = tolerance;
  steps = 0;
  trying = false;
  damping = FIRST_DAMPING;
  extent = measureReach();
  beginPass();
}

/**
 * Solves (Laplacian + damping) · solution = goal − load by conjugate gradients with Jacobi's preconditioner. The damping
 * (Levenberg, Marquardt) is a Laplacian too, relative to what a difference of prices as large as the way between the
 * centres could move: a dense region whose territories must shift together may do so. Prices stay put only against the
 * extent of it all, which holds territories without a border.
 */
function solveStep(): void {
  const count = activeCount;
  for (let i = 0; i < count; i++) {
    const t = present[i];
    // a step that moves all prices alike is held by the bands alone, whose kinks it may not jump over
    diagonal[t] = goal[t] / extent + slope[t] + damping * steepestSlope(t) + 1e-300;
  }
  for (let i = 0; i < pairCount; i++) {
    const a = listA[i];
    const b = listB[i];
    const value = listValue[i] + (damping * min(goal[a], goal[b])) / max(centersApart(a, b), min(reach[a], reach[b]));
    stiffness[i] = value;
    diagonal[a] += value;
    diagonal[b] += value;
  }
  for (let i = count; i < presentCount; i++) direction[present[i]] = 0;
  let rho: f64 = 0;
  for (let i = 0; i < count; i++) {
    const t = present[i];
    solution[t] = 0;
    residual[t] = gradient[t];
    direction[t] = residual[t] / diagonal[t];
    rho += residual[t] * direction[t];
  }
  const enough = rho * 1e-8;
  for (let step = 0; step < MOST_GRADIENTS && rho > enough && rho > 0; step++) {
    for (let i = 0; i < count; i++) {
      const t = present[i];
      product[t] = diagonal[t] * direction[t];
    }
    for (let i = 0; i < pairCount; i++) {
      const value = stiffness[i];
      product[listA[i]] -= value * direction[listB[i]];
      product[listB[i]] -= value * direction[listA[i]];
    }
    let curvature: f64 = 0;
    for (let i = 0; i < count; i++) curvature += direction[present[i]] * product[present[i]];
    if (curvature <= 0) break;
    const length = rho / curvature;
    let next: f64 = 0;
    for (let i = 0; i < count; i++) {
      const t = present[i];
      solution[t] += length * direction[t];
      residual[t] -= length * product[t];
      next += (residual[t] * residual[t]) / diagonal[t];
    }
    const turn = next / rho;
    rho = next;
    for (let i = 0; i < count; i++) {
      const t = present[i];
      direction[t] = residual[t] / diagonal[t] + turn * direction[t];
    }
  }
}

/** Largest relative distance of an active territory's mass from its goal. */
function findWorstDeviation(): f64 {
  let worst: f64 = 0;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    if (goal[t] > 0) worst = max(worst, Math.abs(massLoad[t] - wantedLoad(t)) / goal[t]);
  }
  return worst;
}

/** Dual value of the prices of the pass that has just ended. */
function passDual(): f64 {
  let sum = passValue + treeSecondMoment;
  for (let i = 0; i < activeCount; i++) sum += targetValue(present[i]);
  return sum;
}

/**
 * Raises the price of every territory without units, which has no border to step by, so far that the place of its
 * centre falls to it. Returns whether there was one. O(k) each.
 */
function feedStarved(): bool {
  if (hasMatrix) return feedStarvedByCost(STARVED_BID);
  let any = false;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    if ((hasPermits ? massLoad[t] > 0 : won[t] > 0) || goal[t] <= 0) continue;
    any = true;
    let most = price[t];
    for (let j = 0; j < presentCount; j++) {
      const s = present[j];
      if (s != t) most = max(most, price[s] - centersApart(s, t));
    }
    price[t] = most + STARVED_BID * reach[t];
  }
  return any;
}

/**
 * Tries the step from the base prices. Neighbours may not drift apart too far at once, nor may one take the place of
 * the other's centre; pairs that would give way half each.
 */
function takeStep(): void {
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    price[t] = basePrice[t] + solution[t];
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let i = 0; i < pairCount; i++) {
      const a = listA[i];
      const b = listB[i];
      const apart = centersApart(a, b);
      const before = basePrice[a] - basePrice[b];
      const now = price[a] - price[b];
      // given costs have no centres to keep inside
      const inside = hasMatrix ? Infinity : INSIDE * apart;
      const low = max(before - STEP_CLIP * apart, min(before, -inside));
      const high = min(before + STEP_CLIP * apart, max(before, inside));
      const over = now > high ? now - high : now < low ? now - low : 0;
      // one that stands leaves all of the way to the other
      const both = active(a) && active(b) ? 0.5 : 1;
      if (active(a)) price[a] -= both * over;
      if (active(b)) price[b] += both * over;
    }
  }
}

/** Takes the present prices as base, and whether a next step is wanted. */
function acceptPass(value: f64, worst: f64): bool {
  dualValue = value;
  worstDeviation = worst;
  for (let i = 0; i < activeCount; i++) {
    const t = present[i];
    basePrice[t] = price[t];
    gradient[t] = won[t] == 0 ? 0 : wantedLoad(t) - massLoad[t];
    slope[t] = wantedSlope(t);
  }
  if (worst <= closeEnough || steps >= stepLimit) return false;
  pairCount = listPairs();
  trying = !feedStarved();
  if (!trying) return true;
  solveStep();
  takeStep();
  return true;
}

/**
 * Works on the settling; returns the effort left, more than 0 once it is over. Prices, loads and moments are then those
 * of the last pass, whose prices were accepted or are a hair's breadth from such.
 */
export function settleSome(effort: i32): i32 {
  while (effort > 0) {
    effort = passSome(effort);
    if (effort <= 0) return 0;
    steps++;
    const worst = findWorstDeviation();
    const value = passDual();
    if (!trying || value >= dualValue) {
      if (trying) damping = max(damping * EASE, LEAST_DAMPING);
      if (!acceptPass(value, worst)) return effort;
    } else {
      damping *= STIFFEN;
      if (damping > MOST_DAMPING || steps >= stepLimit) {
        for (let i = 0; i < activeCount; i++) price[present[i]] = basePrice[present[i]];
        return effort;
      }
      solveStep();
      takeStep();
    }
    beginPass();
  }
  return 0;
}
