// Power diagram of the centres: unit u goes to the territory t with the least |u − c_t|² − price_t (Aurenhammer 1987).
// Mass is the mean share of all balanced measures: one price per territory keeps territories in one piece, where a price
// per measure would sort border units by their mix and scatter them. Units near a border count towards both sides in
// part, by a soft minimum as wide as the units are apart; `prices.ts` says why.

import { addToPair, clearPairs } from './border-pairs';
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
import { assignment, center, chordSquaredTo, refreshCenters, sumAssignment } from './tally';

let oldCenter: StaticArray<f64> = new StaticArray<f64>(0);
/** Price per territory, km². */
export let price: StaticArray<f64> = new StaticArray<f64>(0);
/** Mass that each territory should have and has, of a problem total of 1. */
export let massTarget: StaticArray<f64> = new StaticArray<f64>(0);
export let massLoad: StaticArray<f64> = new StaticArray<f64>(0);

let nearest: StaticArray<i32> = new StaticArray<i32>(0);
let nearDistance: StaticArray<f64> = new StaticArray<f64>(0);
/** Squared distance from each centre to the nearest other one, km². */
export let reach: StaticArray<f64> = new StaticArray<f64>(0);

/** Centres looked at per unit between full passes. */
const NEAR: i32 = 16;
/** Up to this many territories every pass looks at all centres; beyond, every so many passes do. */
const ALWAYS_FULL: i32 = 64;
const FULL_PASS_EVERY: i32 = 8;
/** Least squared distance of two centres, in squared spacings of the units. */
const LEAST_REACH: f64 = 1e-3;
/** Past this many widths a unit belongs to its cheapest territory alone. */
const SOFT_REACH: f64 = 12;
export function allocatePowerDiagram(): void {
  const k = territoryCount;
  price = new StaticArray<f64>(k);
  massTarget = new StaticArray<f64>(k);
  massLoad = new StaticArray<f64>(k);
  spacing = new StaticArray<f32>(unitCount);
  oldCenter = new StaticArray<f64>(4 * k);
  nearest = new StaticArray<i32>(k * NEAR);
  nearDistance = new StaticArray<f64>(NEAR);
  reach = new StaticArray<f64>(k);
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
/** Σ mass · softmin power distance of the pass under way. */
export let passValue: f64 = 0;

/** Width of soft borders in unit spacings; and each unit's distance to its neighbours, km. */
let softness: f64 = 1;
let spacing: StaticArray<f32> = new StaticArray<f32>(0);
let usualSpacing: f64 = 1;
/** Begins passes for the present centres. `width` is how soft borders are, in spacings of the units. */
export function beginDiagram(width: f64): void {
  softness = width;
  pass = 0;
  listNearest();
  beginPass();
}

/** Begins another pass with the present prices. */
export function beginPass(): void {
  cursor = 0;
  passValue = 0;
  massLoad.fill(0);
  clearPairs();
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
  addToPair(best, other, (m * share * (1 - share)) / width);
}

/** Assigns units from the cursor on; returns the effort left, and more than 0 once the pass is whole. */
export function assignSome(effort: i32): i32 {
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
  if (cursor < unitCount) return 0;
  pass++;
  sumAssignment();
  return max(1, effort);
}

/** One plain pass with the present centres and prices, all at once. */
export function assignAll(): void {
  beginDiagram(softness);
  while (assignSome(i32.MAX_VALUE) == 0) {}
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
