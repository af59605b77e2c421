// Balanced power diagram: unit u goes to the territory t with the least |u − c_t|² − price_t, and prices are set so
// that every load meets its target (the dual of the transportation problem; Aurenhammer, Hoffmann, Aronov 1998).
// Prices follow damped Newton steps (Kitagawa, Mérigot, Thibert 2019): the change of a load with a price is the
// density along the shared border over twice the distance of the centres, gathered from the graph's border edges.
// With several measures each has its own price, weighed by the unit's mix of measures.

import {
  activity,
  initial,
  inverseTarget,
  locked,
  measureCount,
  neighbors,
  offsets,
  place,
  target,
  territoryCount,
  unitCount,
} from './problem';
import { assignment, center, chordSquaredTo, load, recount, size } from './tally';

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
/** Most that one step may change a price, relative to the squared distance of the nearest other centre. */
const STEP_CLIP: f64 = 0.4;

export function allocatePowerDiagram(): void {
  const k = territoryCount;
  price = new StaticArray<f64>(k * measureCount);
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

/** Each unit's mix of measures, for the prices; once per problem. */
export function deriveMix(): void {
  const M = measureCount;
  if (M == 1) return;
  for (let u = 0; u < unitCount; u++) {
    let sum: f64 = 0;
    for (let m = 0; m < M; m++) sum += activity[u * M + m] * inverseTarget[m];
    for (let m = 0; m < M; m++) {
      mix[u * M + m] = sum > 0 ? (activity[u * M + m] * inverseTarget[m]) / sum : 1.0 / <f64>M;
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

export function beginDiagram(): void {
  pass = 0;
  beginPass();
}

function beginPass(): void {
  cursor = 0;
  listNearest();
}

/** Assigns units from the cursor on; returns the effort left, and more than 0 once the pass is whole. */
export function assignSome(effort: i32): i32 {
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
function worstDeviation(): f64 {
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

/** Ends a pass: sums, moves free centres to their centroids, steps the prices. Returns the worst deviation seen. */
export function finishPass(): f64 {
  const k = territoryCount;
  const M = measureCount;
  recount();
  const worst = worstDeviation();
  const pairs = gatherBorders();
  for (let m = 0; m < M; m++) {
    solveStep(m, pairs);
    for (let t = 0; t < k; t++) {
      const most = STEP_CLIP * reach[t];
      price[t * M + m] += min(most, max(-most, solution[t])) / <f64>M;
    }
  }
  // a territory that starved bids for the land around its centre
  for (let t = 0; t < k; t++) {
    if (size[t] > 0 || locked[t]) continue;
    for (let m = 0; m < M; m++) price[t * M + m] += 0.5 * reach[t];
  }
  pass++;
  beginPass();
  return worst;
}
