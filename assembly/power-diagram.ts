// Balanced power diagram: unit u goes to the territory t with the least |u − c_t|² − price_t, and prices are set so
// that every territory's mass meets its target (the dual of the transportation problem; Aurenhammer, Hoffmann, Aronov
// 1998). Mass is the mean share of all balanced measures: one price per territory keeps territories in one piece,
// where a price per measure would sort border units by their mix and scatter them.
//
// Units near a border belong to both sides in part: a soft minimum over the two cheapest territories, as wide as the
// units are apart. That makes the dual
//   G = Σ_u mass_u · softmin_t (|u − c_t|² − price_t) + Σ_t price_t · target_t
// smooth and concave in the prices even where a few units hold most of the mass, and its Hessian (mass · share ·
// share / width per pair of territories) comes with the pass. Newton steps (Kitagawa, Mérigot, Thibert 2019) follow it
// and are cut back until G rises.

import {
  initial,
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
import { assignment, center, chordSquaredTo, refreshCenters, size, sumAssignment } from './tally';

let oldCenter: StaticArray<f64> = new StaticArray<f64>(0);
/** Price per territory, km². */
export let price: StaticArray<f64> = new StaticArray<f64>(0);
/** Mass that each territory should have and has, of a problem total of 1. */
let massTarget: StaticArray<f64> = new StaticArray<f64>(0);
let massLoad: StaticArray<f64> = new StaticArray<f64>(0);

let nearest: StaticArray<i32> = new StaticArray<i32>(0);
let nearDistance: StaticArray<f64> = new StaticArray<f64>(0);
let reach: StaticArray<f64> = new StaticArray<f64>(0);

// Second derivative of the dual per pair of territories: an open-addressing table, then a compact list.
let pairCapacity: i32 = 0;
let pairKey: StaticArray<i64> = new StaticArray<i64>(0);
let pairValue: StaticArray<f64> = new StaticArray<f64>(0);
let listA: StaticArray<i32> = new StaticArray<i32>(0);
let listB: StaticArray<i32> = new StaticArray<i32>(0);
let listValue: StaticArray<f64> = new StaticArray<f64>(0);

// Conjugate gradients.
let diagonal: StaticArray<f64> = new StaticArray<f64>(0);
let solution: StaticArray<f64> = new StaticArray<f64>(0);
/** target − load where the prices were last accepted, and how many pairs the lists hold from there. */
let gradient: StaticArray<f64> = new StaticArray<f64>(0);
let pairCount: i32 = 0;
let starved: bool = false;
let residual: StaticArray<f64> = new StaticArray<f64>(0);
let direction: StaticArray<f64> = new StaticArray<f64>(0);
let product: StaticArray<f64> = new StaticArray<f64>(0);

/** Centres looked at per unit between full passes. */
const NEAR: i32 = 16;
/** Up to this many territories every pass looks at all centres; beyond, every so many passes do. */
const ALWAYS_FULL: i32 = 64;
const FULL_PASS_EVERY: i32 = 8;
/** Least squared distance of two centres, in squared spacings of the units. */
const LEAST_REACH: f64 = 1e-3;
/** Past this many widths a unit belongs to its cheapest territory alone. */
const SOFT_REACH: f64 = 12;
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

export function allocatePowerDiagram(): void {
  const k = territoryCount;
  price = new StaticArray<f64>(k);
  basePrice = new StaticArray<f64>(k);
  step = new StaticArray<f64>(k);
  massTarget = new StaticArray<f64>(k);
  massLoad = new StaticArray<f64>(k);
  spacing = new StaticArray<f32>(unitCount);
  oldCenter = new StaticArray<f64>(4 * k);
  nearest = new StaticArray<i32>(k * NEAR);
  nearDistance = new StaticArray<f64>(NEAR);
  reach = new StaticArray<f64>(k);
  pairCapacity = 64;
  while (pairCapacity < 32 * k) pairCapacity <<= 1;
  pairKey = new StaticArray<i64>(pairCapacity);
  pairValue = new StaticArray<f64>(pairCapacity);
  listA = new StaticArray<i32>(pairCapacity);
  listB = new StaticArray<i32>(pairCapacity);
  listValue = new StaticArray<f64>(pairCapacity);
  diagonal = new StaticArray<f64>(k);
  solution = new StaticArray<f64>(k);
  gradient = new StaticArray<f64>(k);
  residual = new StaticArray<f64>(k);
  direction = new StaticArray<f64>(k);
  product = new StaticArray<f64>(k);
}

/** Mass targets from the measures' targets; once per problem. */
export function deriveMassTargets(): void {
  const M = measureCount;
  massTarget.fill(0);
  for (let m = 0; m < M; m++) {
    let total: f64 = 0;
    for (let t = 0; t < territoryCount; t++) total += target[t * M + m];
    if (total <= 0) continue;
    for (let t = 0; t < territoryCount; t++) massTarget[t] += target[t * M + m] / (total * <f64>M);
  }
}

/** Mean distance to the neighbours per unit; the mean over all where a unit has none. Once per problem. */
export function deriveSpacing(): void {
  let sum: f64 = 0;
  let count = 0;
  for (let u = 0; u < unitCount; u++) {
    let mean: f64 = 0;
    const degree = offsets[u + 1] - offsets[u];
    for (let e = offsets[u]; e < offsets[u + 1]; e++) {
      const v = neighbors[e];
      const dx = place[4 * u] - place[4 * v];
      const dy = place[4 * u + 1] - place[4 * v + 1];
      const dz = place[4 * u + 2] - place[4 * v + 2];
      mean += Math.sqrt(dx * dx + dy * dy + dz * dz) / <f64>degree;
    }
    spacing[u] = <f32>mean;
    if (mean > 0) {
      sum += mean;
      count++;
    }
  }
  usualSpacing = count > 0 ? sum / <f64>count : 1;
  for (let u = 0; u < unitCount; u++) if (spacing[u] <= 0) spacing[u] = <f32>usualSpacing;
}

export function resetPrices(): void {
  price.fill(0);
}

/** What unit `u` pays for territory `t`: squared distance less the price, km². */
// @ts-ignore: decorator
@inline
export function powerDistance(u: i32, t: i32): f64 {
  return chordSquaredTo(u, t) - price[t];
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
    // centres that fell into one place still need a scale to step by
    reach[t] = max(count > other ? nearDistance[other] : 1, LEAST_REACH * usualSpacing * usualSpacing);
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
/** 0 before the first step of a settling, 1 while one is tried. */
let trying: bool = false;
let damping: f64 = 0;
/** Width of soft borders in unit spacings; and each unit's distance to its neighbours, km. */
let softness: f64 = 1;
let spacing: StaticArray<f32> = new StaticArray<f32>(0);
let usualSpacing: f64 = 1;
let steps: i32 = 0;
let stepLimit: i32 = 0;
let closeEnough: f64 = 0;

/**
 * Begins to settle the prices for the present centres: at most `limit` passes, or until every load is within
 * `tolerance` of its target. `width` is how soft borders are, in spacings of the units.
 */
export function beginSettling(limit: i32, tolerance: f64, width: f64): void {
  softness = width;
  stepLimit = limit;
  closeEnough = tolerance;
  steps = 0;
  trying = false;
  damping = FIRST_DAMPING;
  pass = 0;
  listNearest();
  beginPass();
}

function beginPass(): void {
  cursor = 0;
  passValue = 0;
  massLoad.fill(0);
  pairKey.fill(-1);
  pairValue.fill(0);
}

/** Counts unit `u` towards its cheapest territory, and in part towards the next where the two cost nearly the same. */
// @ts-ignore: decorator
@inline
function shareOut(u: i32, best: i32, least: f64, other: i32, next: f64): void {
  const m = mass[u];
  passValue += m * least;
  massLoad[best] += m;
  if (other < 0) return;
  const width = softness * <f64>spacing[u] * Math.sqrt(max(reach[best], reach[other]));
  const apart = (next - least) / width;
  if (apart >= SOFT_REACH) return;
  const e = Math.exp(-apart);
  const share = e / (1 + e);
  passValue -= m * width * Math.log(1 + e);
  massLoad[best] -= m * share;
  massLoad[other] += m * share;
  const i = best < other ? pairSlot(best, other) : pairSlot(other, best);
  pairValue[i] += (m * share * (1 - share)) / width;
}

/** Assigns units from the cursor on; returns the effort left, and more than 0 once the pass is whole. */
function assignSome(effort: i32): i32 {
  const k = territoryCount;
  const all = pass % FULL_PASS_EVERY == 0 || k <= ALWAYS_FULL;
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
    let other = -1;
    let next = Infinity;
    const whole = all || before < 0 || locked[before];
    for (let i = 0, end = whole ? k : NEAR; i < end; i++) {
      const t = whole ? i : nearest[before * NEAR + i];
      if (t < 0) break;
      if (locked[t]) continue;
      const d = powerDistance(u, t);
      if (d < least) {
        next = least;
        other = best;
        least = d;
        best = t;
      } else if (d < next) {
        next = d;
        other = t;
      }
    }
    assignment[u] = best;
    // nobody may take it: every territory is locked
    if (best < 0) continue;
    shareOut(u, best, least, other, next);
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

/** Packs the pairs of the pass into the lists; returns how many there are. */
function listPairs(): i32 {
  let count = 0;
  for (let i = 0; i < pairCapacity; i++) {
    const found = pairKey[i];
    if (found < 0) continue;
    const a = <i32>(found >> 32);
    const b = <i32>(found & 0xffffffff);
    listA[count] = a;
    listB[count] = b;
    listValue[count] = pairValue[i];
    count++;
  }
  return count;
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

/** Sums what each territory holds and returns the largest relative distance from its target. Locked ones do not count. */
function weighTerritories(): f64 {
  sumAssignment();
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
    pass++;
    steps++;
    const worst = weighTerritories();
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
