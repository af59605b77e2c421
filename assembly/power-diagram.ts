// Balanced power diagram: unit u goes to the territory t with the least |u − c_t|² − price_t, and prices are set so
// that every load meets its target (the dual of the transportation problem; Aurenhammer, Hoffmann, Aronov 1998).
// Prices follow damped Newton steps (Kitagawa, Mérigot, Thibert 2019): the change of a load with a price is the
// density along the shared border over twice the distance of the centres, gathered from the graph's border edges.
// With several measures each has its own price, weighed by the unit's mix of measures. Every step must raise the dual
//   G = Σ_u mass_u · min_t (|u − c_t|² − price_t · mix_u) + Σ_t price_t · target_t,
// which is concave in the prices, or it is cut back: uneven density makes bare Newton steps swing.

import {
  activity,
  initial,
  inverseTarget,
  locked,
  mass,
  measureCount,
  neighbors,
  offsets,
  place,
  target,
  territoryCount,
  unitCount,
} from './problem';
import { assignment, center, chordSquaredTo, load, refreshCenters, size, sumAssignment } from './tally';

/** Total of each balanced measure. */
let total: StaticArray<f64> = new StaticArray<f64>(0);
let oldCenter: StaticArray<f64> = new StaticArray<f64>(0);
/** Price per territory and measure, km². */
export let price: StaticArray<f64> = new StaticArray<f64>(0);
/** Share of each measure in a unit's activity, unit-major; the prices' weights. Empty with one measure. */
let mix: StaticArray<f64> = new StaticArray<f64>(0);

let nearest: StaticArray<i32> = new StaticArray<i32>(0);
let nearDistance: StaticArray<f64> = new StaticArray<f64>(0);
let reach: StaticArray<f64> = new StaticArray<f64>(0);

// Border density per pair of territories: an open-addressing table, then a compact list.
let pairCapacity: i32 = 0;
let pairKey: StaticArray<i64> = new StaticArray<i64>(0);
let pairValue: StaticArray<f64> = new StaticArray<f64>(0);
let listA: StaticArray<i32> = new StaticArray<i32>(0);
let listB: StaticArray<i32> = new StaticArray<i32>(0);
let listValue: StaticArray<f64> = new StaticArray<f64>(0);

// Conjugate gradients.
let diagonal: StaticArray<f64> = new StaticArray<f64>(0);
let solution: StaticArray<f64> = new StaticArray<f64>(0);
let residual: StaticArray<f64> = new StaticArray<f64>(0);
let direction: StaticArray<f64> = new StaticArray<f64>(0);
let product: StaticArray<f64> = new StaticArray<f64>(0);

/** Centres looked at per unit between full passes. */
const NEAR: i32 = 16;
/** Every this many passes looks at all centres. */
const FULL_PASS_EVERY: i32 = 8;
/** On a hexagon lattice a border edge is 2/3 of the cell spacing per cell area. */
const EDGE_PER_SPACING: f64 = 2.0 / 3.0;
/** A step that lowers the dual is cut back by this factor, down to the least length. */
const CUT_BACK: f64 = 0.3;
const LEAST_STEP: f64 = 1e-3;
/** What a starved territory bids beyond its cheapest unit, relative to the squared distance of the nearest centre. */
const STARVED_BID: f64 = 0.1;
/** Most that one step may change a price, relative to the squared distance of the nearest other centre. */
const STEP_CLIP: f64 = 0.4;

export function allocatePowerDiagram(): void {
  const k = territoryCount;
  price = new StaticArray<f64>(k * measureCount);
  basePrice = new StaticArray<f64>(k * measureCount);
  step = new StaticArray<f64>(k * measureCount);
  total = new StaticArray<f64>(measureCount);
  oldCenter = new StaticArray<f64>(4 * k);
  mix = new StaticArray<f64>(measureCount > 1 ? unitCount * measureCount : 0);
  nearest = new StaticArray<i32>(k * NEAR);
  nearDistance = new StaticArray<f64>(NEAR);
  reach = new StaticArray<f64>(k);
  pairCapacity = 64;
  while (pairCapacity < 32 * k) pairCapacity <<= 1;
  pairKey = new StaticArray<i64>(pairCapacity);
  pairValue = new StaticArray<f64>(pairCapacity * measureCount);
  listA = new StaticArray<i32>(pairCapacity);
  listB = new StaticArray<i32>(pairCapacity);
  listValue = new StaticArray<f64>(pairCapacity * measureCount);
  diagonal = new StaticArray<f64>(k);
  solution = new StaticArray<f64>(k);
  residual = new StaticArray<f64>(k);
  direction = new StaticArray<f64>(k);
  product = new StaticArray<f64>(k);
}

/** Totals, and each unit's mix of measures for the prices; once per problem. */
export function deriveMix(): void {
  const M = measureCount;
  for (let m = 0; m < M; m++) {
    let sum: f64 = 0;
    for (let u = 0; u < unitCount; u++) sum += activity[u * M + m];
    total[m] = sum > 0 ? sum : 1;
  }
  if (M == 1) return;
  for (let u = 0; u < unitCount; u++) {
    let sum: f64 = 0;
    for (let m = 0; m < M; m++) sum += activity[u * M + m] / total[m];
    for (let m = 0; m < M; m++) {
      mix[u * M + m] = sum > 0 ? activity[u * M + m] / total[m] / sum : 1.0 / <f64>M;
    }
  }
}

export function resetPrices(): void {
  price.fill(0);
}

/** What unit `u` pays for territory `t`: squared distance less the price, km². */
// @ts-ignore: decorator
@inline
export function powerDistance(u: i32, t: i32): f64 {
  const M = measureCount;
  let value = chordSquaredTo(u, t);
  if (M == 1) return value - price[t];
  for (let m = 0; m < M; m++) value -= price[t * M + m] * mix[u * M + m];
  return value;
}

/** Lists the NEAR centres nearest to each, and how far the nearest other one is. O(k²). */
function listNearest(): void {
  const k = territoryCount;
  for (let t = 0; t < k; t++) {
    let count = 0;
    for (let s = 0; s < k; s++) {
      if (locked[s]) continue;
      const dx = center[4 * s] - center[4 * t];
      const dy = center[4 * s + 1] - center[4 * t + 1];
      const dz = center[4 * s + 2] - center[4 * t + 2];
      const d = s == t ? -1 : dx * dx + dy * dy + dz * dz;
      if (count == NEAR && d >= nearDistance[NEAR - 1]) continue;
      let i = count < NEAR ? count++ : NEAR - 1;
      while (i > 0 && nearDistance[i - 1] > d) {
        nearDistance[i] = nearDistance[i - 1];
        nearest[t * NEAR + i] = nearest[t * NEAR + i - 1];
        i--;
      }
      nearDistance[i] = d;
      nearest[t * NEAR + i] = s;
    }
    for (let i = count; i < NEAR; i++) nearest[t * NEAR + i] = -1;
    const other = locked[t] ? 0 : 1;
    reach[t] = count > other ? nearDistance[other] : 1;
  }
}

let cursor: i32 = 0;
let pass: i32 = 0;
/** Σ mass · least power distance of the pass under way. */
let passValue: f64 = 0;

/** Dual value of the prices that were last accepted, and the worst relative distance of a load from its target there. */
export let dualValue: f64 = 0;
export let worstDeviation: f64 = 0;
/** Prices that were last accepted, and the step from them that is being tried. */
let basePrice: StaticArray<f64> = new StaticArray<f64>(0);
let step: StaticArray<f64> = new StaticArray<f64>(0);
let stepLength: f64 = 0;
let steps: i32 = 0;
let stepLimit: i32 = 0;
let closeEnough: f64 = 0;

/**
 * Begins to settle the prices for the present centres: at most `limit` passes, or until every load is within
 * `tolerance` of its target.
 */
export function beginSettling(limit: i32, tolerance: f64): void {
  stepLimit = limit;
  closeEnough = tolerance;
  steps = 0;
  stepLength = 0;
  pass = 0;
  listNearest();
  beginPass();
}

function beginPass(): void {
  cursor = 0;
  passValue = 0;
}

/** Assigns units from the cursor on; returns the effort left, and more than 0 once the pass is whole. */
function assignSome(effort: i32): i32 {
  const k = territoryCount;
  const all = pass % FULL_PASS_EVERY == 0 || k <= NEAR;
  const perUnit = 1 + ((all ? k : NEAR) >> 4);
  while (cursor < unitCount && effort > 0) {
    const u = cursor++;
    effort -= perUnit;
    const held = initial[u];
    if (held >= 0) {
      assignment[u] = held;
      continue;
    }
    const before = assignment[u];
    let best = -1;
    let least = Infinity;
    if (all || before < 0 || locked[before]) {
      for (let t = 0; t < k; t++) {
        if (locked[t]) continue;
        const d = powerDistance(u, t);
        if (d < least) {
          least = d;
          best = t;
        }
      }
    } else {
      for (let i = before * NEAR, end = i + NEAR; i < end; i++) {
        const t = nearest[i];
        if (t < 0) break;
        const d = powerDistance(u, t);
        if (d < least || (d == least && t < best)) {
          least = d;
          best = t;
        }
      }
    }
    assignment[u] = best;
    passValue += mass[u] * least;
  }
  return cursor < unitCount ? 0 : max(1, effort);
}

/** Slot of the pair (a, b), a < b, in the table. */
function pairSlot(a: i32, b: i32): i32 {
  const wanted = (<i64>a << 32) | <i64>b;
  let i = (a * 73856093 ^ b * 19349663) & (pairCapacity - 1);
  for (let probe = 0; probe < 64; probe++) {
    if (pairKey[i] == wanted || pairKey[i] < 0) break;
    i = (i + 1) & (pairCapacity - 1);
  }
  if (pairKey[i] < 0) pairKey[i] = wanted;
  // a table this crowded shares the slot: the step is a little off, the balance it leads to is not
  return i;
}

/** Gathers the border density per pair of territories and measure into the lists; returns how many pairs. */
function gatherBorders(): i32 {
  const M = measureCount;
  pairKey.fill(-1);
  pairValue.fill(0);
  for (let u = 0; u < unitCount; u++) {
    const a = assignment[u];
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const v = neighbors[e];
      const b = assignment[v];
      if (v <= u || b == a || locked[a] || locked[b]) continue;
      const dx = place[4 * u] - place[4 * v];
      const dy = place[4 * u + 1] - place[4 * v + 1];
      const dz = place[4 * u + 2] - place[4 * v + 2];
      const spacing = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (spacing <= 0) continue;
      const i = a < b ? pairSlot(a, b) : pairSlot(b, a);
      for (let m = 0; m < M; m++) {
        // half the density at hand, half the territories' mean: empty border cells must not make a step endless
        const here = 0.25 * (activity[u * M + m] + activity[v * M + m]);
        const mean = 0.25 * (load[a * M + m] / <f64>size[a] + load[b * M + m] / <f64>size[b]);
        const share = M == 1 ? 1.0 : 0.5 * (mix[u * M + m] + mix[v * M + m]);
        pairValue[i * M + m] += ((here + mean) * share * EDGE_PER_SPACING) / spacing;
      }
    }
  }
  let count = 0;
  for (let i = 0; i < pairCapacity; i++) {
    const found = pairKey[i];
    if (found < 0) continue;
    const a = <i32>(found >> 32);
    const b = <i32>(found & 0xffffffff);
    const dx = center[4 * a] - center[4 * b];
    const dy = center[4 * a + 1] - center[4 * b + 1];
    const dz = center[4 * a + 2] - center[4 * b + 2];
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
    listA[count] = a;
    listB[count] = b;
    for (let m = 0; m < M; m++) listValue[count * M + m] = pairValue[i * M + m] / (2.0 * max(distance, 1e-9));
    count++;
  }
  return count;
}

/** Solves (Laplacian of measure `m` + a whisper of its diagonal) · solution = target − load. Jacobi-preconditioned CG. */
function solveStep(m: i32, pairs: i32): void {
  const k = territoryCount;
  const M = measureCount;
  diagonal.fill(0);
  let mean: f64 = 0;
  for (let i = 0; i < pairs; i++) {
    const value = listValue[i * M + m];
    diagonal[listA[i]] += value;
    diagonal[listB[i]] += value;
    mean += 2 * value;
  }
  mean /= <f64>k;
  let rho: f64 = 0;
  for (let t = 0; t < k; t++) {
    // territories without borders take no step of their own
    diagonal[t] = diagonal[t] * (1.0 + 1e-6) + 1e-9 * mean + 1e-300;
    solution[t] = 0;
    residual[t] = locked[t] || size[t] == 0 ? 0 : target[t * M + m] - load[t * M + m];
    direction[t] = residual[t] / diagonal[t];
    rho += residual[t] * direction[t];
  }
  const enough = rho * 1e-8;
  for (let step = 0; step < 60 && rho > enough && rho > 0; step++) {
    for (let t = 0; t < k; t++) product[t] = diagonal[t] * direction[t];
    for (let i = 0; i < pairs; i++) {
      const value = listValue[i * M + m];
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

/** Largest relative distance of a load from its target, over territories that are not locked. */
function findWorstDeviation(): f64 {
  const M = measureCount;
  let worst: f64 = 0;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t]) continue;
    for (let m = 0; m < M; m++) {
      worst = max(worst, Math.abs(load[t * M + m] - target[t * M + m]) * inverseTarget[t * M + m]);
    }
  }
  return worst;
}

/** Dual value of the prices of the pass that has just ended. */
function passDual(): f64 {
  const M = measureCount;
  let sum = passValue;
  for (let t = 0; t < territoryCount; t++) {
    if (locked[t]) continue;
    for (let m = 0; m < M; m++) sum += (price[t * M + m] * target[t * M + m]) / (total[m] * <f64>M);
  }
  return sum;
}

/** Newton step of every measure from the present borders, clipped by how far the nearest other centre is. */
function findStep(): void {
  if (feedStarved()) return;
  const k = territoryCount;
  const M = measureCount;
  const pairs = gatherBorders();
  for (let m = 0; m < M; m++) {
    solveStep(m, pairs);
    for (let t = 0; t < k; t++) {
      const most = STEP_CLIP * reach[t];
      step[t * M + m] = min(most, max(-most, solution[t])) / <f64>M;
    }
  }
}

/** A territory without units has no border to step by: it bids what wins it its cheapest unit, and some more. */
function feedStarved(): bool {
  const M = measureCount;
  let any = false;
  for (let t = 0; t < territoryCount; t++) {
    if (size[t] > 0 || locked[t]) continue;
    if (!any) step.fill(0);
    any = true;
    let least = Infinity;
    for (let u = 0; u < unitCount; u++) {
      if (initial[u] < 0) least = min(least, powerDistance(u, t) - powerDistance(u, assignment[u]));
    }
    for (let m = 0; m < M; m++) step[t * M + m] = max(least, 0) + STARVED_BID * reach[t];
  }
  return any;
}

/** Takes the present prices as base, and whether a next step is wanted. */
function acceptPass(value: f64): bool {
  dualValue = value;
  worstDeviation = findWorstDeviation();
  for (let i = 0; i < price.length; i++) basePrice[i] = price[i];
  if (worstDeviation <= closeEnough || steps >= stepLimit) return false;
  findStep();
  stepLength = 1;
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
    sumAssignment();
    pass++;
    steps++;
    const value = passDual();
    if (stepLength == 0 || value >= dualValue) {
      if (!acceptPass(value)) return effort;
    } else {
      stepLength *= CUT_BACK;
      if (stepLength < LEAST_STEP || steps >= stepLimit) {
        for (let i = 0; i < price.length; i++) price[i] = basePrice[i];
        return effort;
      }
    }
    for (let i = 0; i < price.length; i++) price[i] = basePrice[i] + stepLength * step[i];
    beginPass();
  }
  return 0;
}

/** One plain pass with the present centres and prices, all at once. */
export function assignAll(): void {
  pass = 0;
  listNearest();
  beginPass();
  while (assignSome(i32.MAX_VALUE) == 0) {}
  sumAssignment();
}

/** Moves the centres to the centroids of the last pass; returns the largest move relative to the way to the next centre. */
export function moveCenters(): f64 {
  for (let i = 0; i < center.length; i++) oldCenter[i] = center[i];
  refreshCenters();
  let most: f64 = 0;
  for (let t = 0; t < territoryCount; t++) {
    const dx = center[4 * t] - oldCenter[4 * t];
    const dy = center[4 * t + 1] - oldCenter[4 * t + 1];
    const dz = center[4 * t + 2] - oldCenter[4 * t + 2];
    most = max(most, (dx * dx + dy * dy + dz * dz) / reach[t]);
  }
  return Math.sqrt(most);
}
