// Prices that balance a power diagram: every territory's mass meets its target (the dual of the transportation problem;
// Aurenhammer, Hoffmann, Aronov 1998). Soft borders make the dual
//   G = Σ_u mass_u · softmin_t (|u − c_t|² − price_t) + Σ_t price_t · target_t
// smooth and concave in the prices even where a few units hold most of the mass, and its Hessian (mass · share ·
// share / width per pair of territories) comes with the pass. Newton steps (Kitagawa, Mérigot, Thibert 2019) follow it,
// damped until G rises.

import { listA, listB, listPairs, listValue } from './border-pairs';
import {
  assignSome,
  beginDiagram,
  beginPass,
  massLoad,
  massTarget,
  passValue,
  powerDistance,
  price,
  reach,
} from './power-diagram';
import { initial, locked, territoryCount, unitCount } from './problem';
import { assignment, size } from './tally';

/** Dual value of the prices that were last accepted, and the worst relative distance of a load from its target there. */
export let dualValue: f64 = 0;
export let worstDeviation: f64 = 0;
/** Prices that were last accepted, and the step from them that is being tried. */
let basePrice: StaticArray<f64> = new StaticArray<f64>(0);
let step: StaticArray<f64> = new StaticArray<f64>(0);
/** Whether a step from the base prices is being tried. */
let trying: bool = false;
let damping: f64 = 0;
let steps: i32 = 0;
let stepLimit: i32 = 0;
let closeEnough: f64 = 0;

// Conjugate gradients.
let diagonal: StaticArray<f64> = new StaticArray<f64>(0);
let solution: StaticArray<f64> = new StaticArray<f64>(0);
/** target − load where the prices were last accepted, and how many pairs the lists hold from there. */
let gradient: StaticArray<f64> = new StaticArray<f64>(0);
let pairCount: i32 = 0;
/** Whether the step feeds territories without units instead of following the gradient. */
let starved: bool = false;
let residual: StaticArray<f64> = new StaticArray<f64>(0);
let direction: StaticArray<f64> = new StaticArray<f64>(0);
let product: StaticArray<f64> = new StaticArray<f64>(0);

/** Damping of the first step; how it changes after a step that raised the dual and after one that did not; its range. */
const FIRST_DAMPING: f64 = 0.1;
const EASE: f64 = 0.5;
const STIFFEN: f64 = 5;
const LEAST_DAMPING: f64 = 1e-3;
const MOST_DAMPING: f64 = 1e4;
/** What a starved territory bids beyond its cheapest unit, relative to the squared distance of the nearest centre. */
const STARVED_BID: f64 = 0.1;
/** Most that one step may change a price, relative to the squared distance of the nearest other centre. */
const STEP_CLIP: f64 = 0.4;

export function allocatePrices(): void {
  const k = territoryCount;
  basePrice = new StaticArray<f64>(k);
  step = new StaticArray<f64>(k);
  diagonal = new StaticArray<f64>(k);
  solution = new StaticArray<f64>(k);
  gradient = new StaticArray<f64>(k);
  residual = new StaticArray<f64>(k);
  direction = new StaticArray<f64>(k);
  product = new StaticArray<f64>(k);
}

/**
 * Begins to settle the prices for the present centres: at most `limit` passes, or until every load is within
 * `tolerance` of its target. `width` is how soft borders are, in spacings of the units.
 */
export function beginSettling(limit: i32, tolerance: f64, width: f64): void {
  stepLimit = limit;
  closeEnough = tolerance;
  steps = 0;
  trying = false;
  damping = FIRST_DAMPING;
  beginDiagram(width);
}

/**
 * Solves (Laplacian + damping) · solution = target − load by conjugate gradients with Jacobi's preconditioner. The
 * damping (Levenberg, Marquardt) is relative to what a price as large as the way to the next centre could move.
 */
function solveStep(pairs: i32): void {
  const k = territoryCount;
  diagonal.fill(0);
  for (let i = 0; i < pairs; i++) {
    const value = listValue[i];
    diagonal[listA[i]] += value;
    diagonal[listB[i]] += value;
  }
  let rho: f64 = 0;
  for (let t = 0; t < k; t++) {
    diagonal[t] += (damping * massTarget[t]) / reach[t] + 1e-300;
    solution[t] = 0;
    residual[t] = gradient[t];
    direction[t] = residual[t] / diagonal[t];
    rho += residual[t] * direction[t];
  }
  const enough = rho * 1e-8;
  for (let step = 0; step < 60 && rho > enough && rho > 0; step++) {
    for (let t = 0; t < k; t++) product[t] = diagonal[t] * direction[t];
    for (let i = 0; i < pairs; i++) {
      const value = listValue[i];
      product[listA[i]] -= value * direction[listB[i]];
      product[listB[i]] -= value * direction[listA[i]];
    }
    let curvature: f64 = 0;
    for (let t = 0; t < k; t++) curvature += direction[t] * product[t];
    if (curvature <= 0) break;
    const length = rho / curvature;
    let next: f64 = 0;
    for (let t = 0; t < k; t++) {
      solution[t] += length * direction[t];
      residual[t] -= length * product[t];
      next += (residual[t] * residual[t]) / diagonal[t];
    }
    const turn = next / rho;
    rho = next;
    for (let t = 0; t < k; t++) direction[t] = residual[t] / diagonal[t] + turn * direction[t];
  }
}

/** Largest relative distance of a territory's mass from its target. Locked ones do not count. */
function findWorstDeviation(): f64 {
  let worst: f64 = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (!locked[t] && massTarget[t] > 0) worst = max(worst, Math.abs(massLoad[t] - massTarget[t]) / massTarget[t]);
  }
  return worst;
}

/** Dual value of the prices of the pass that has just ended. */
function passDual(): f64 {
  let sum = passValue;
  for (let t = 0; t < territoryCount; t++) if (!locked[t]) sum += price[t] * massTarget[t];
  return sum;
}

/** A territory without units has no border to step by: it bids what wins it its cheapest unit, and some more. */
function feedStarved(): bool {
  let any = false;
  for (let t = 0; t < territoryCount; t++) {
    if (size[t] > 0 || locked[t]) continue;
    if (!any) step.fill(0);
    any = true;
    let least = Infinity;
    for (let u = 0; u < unitCount; u++) {
      if (initial[u] < 0 && assignment[u] >= 0) least = min(least, powerDistance(u, t) - powerDistance(u, assignment[u]));
    }
    step[t] = max(least, 0) + STARVED_BID * reach[t];
  }
  return any;
}

/** Takes the present prices as base, and whether a next step is wanted. */
function acceptPass(value: f64, worst: f64): bool {
  dualValue = value;
  worstDeviation = worst;
  for (let t = 0; t < territoryCount; t++) {
    basePrice[t] = price[t];
    gradient[t] = locked[t] || size[t] == 0 ? 0 : massTarget[t] - massLoad[t];
  }
  if (worst <= closeEnough || steps >= stepLimit) return false;
  pairCount = listPairs();
  starved = feedStarved();
  if (!starved) solveStep(pairCount);
  return true;
}

/**
 * Works on the settling; returns the effort left, more than 0 once it is over. Prices, loads and assignment are then
 * those of the last pass, whose prices were accepted or are a hair's breadth from such.
 */
export function settleSome(effort: i32): i32 {
  while (effort > 0) {
    effort = assignSome(effort);
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
        for (let t = 0; t < territoryCount; t++) price[t] = basePrice[t];
        return effort;
      }
      solveStep(pairCount);
    }
    for (let t = 0; t < territoryCount; t++) {
      const most = STEP_CLIP * reach[t];
      price[t] = basePrice[t] + (starved ? step[t] : min(most, max(-most, solution[t])));
    }
    trying = true;
    beginPass();
  }
  return 0;
}
