// What each part that a spanning tree can be cut into weighs and costs: sums under every place of the tree, so that a
// part is one row of sums less others, and its price as a territory takes no sweep.

import { BALANCE_ROUNDING, pointDistance } from './objective';
import {
  activity,
  cutFactor,
  cutWeight,
  disruptionFactor,
  fixedCenter,
  inertiaFactor,
  initial,
  inverseTarget,
  lower,
  measureCount,
  neighbors,
  offsets,
  place,
  power,
  territoryCount,
  todayOffsets,
  todayTerritory,
  todayValue,
  upper,
} from './problem';
import { treeParent, treePlace, treeSize, treeUnit } from './spanning-tree';

/** Territories that one tree may span. */
export const MOST_PARTS: i32 = 3;

/** Rows: per place of the tree and one of zeros. Columns: loads, W, Σwx, Σwy, Σwz, Σw|x|², cut, then per role its fixed
 *  terms and its fixed units. */
let sum: StaticArray<f64> = new StaticArray<f64>(0);
let stride: i32 = 0;
let momentAt: i32 = 0;
let cutAt: i32 = 0;
let roleAt: i32 = 0;
/** Row of zeros. */
export let NOTHING: i32 = 0;
/** Whether territories differ by more than their units: in targets, centres, today's units or fixed ones. */
export let labelled: bool = false;
/** What imbalance costs per relative amount. */
let penalty: f64 = 0;

/** Mean distance over root mean square distance of an even disc, and nearly that of most territories. */
const MEAN_OVER_RMS: f64 = 0.94;

export function allocateTreeSums(units: i32): void {
  momentAt = measureCount;
  cutAt = momentAt + 5;
  roleAt = cutAt + 1;
  stride = roleAt + 2 * MOST_PARTS;
  NOTHING = units;
  sum = new StaticArray<f64>((units + 1) * stride);
}

/** Looks once at what tells territories apart. */
export function deriveLabels(): void {
  labelled = disruptionFactor != 0;
  const M = measureCount;
  for (let t = 0; t < territoryCount; t++) {
    if (fixedCenter[4 * t + 3] != 0) labelled = true;
    for (let m = 0; m < M; m++) {
      const i = t * M + m;
      if (lower[i] != lower[m] || upper[i] != upper[m]) labelled = true;
    }
  }
  for (let u = 0; u < initial.length; u++) if (initial[u] >= 0) labelled = true;
}

export function setPricePenalty(value: f64): void {
  penalty = value;
}

/** Fills the rows for the present tree, whose territories are territory[0 … parts). O(units + edges · depth). */
export function sumTree(territory: StaticArray<i32>, parts: i32): void {
  const columns = labelled ? stride : cutAt + 1;
  for (let i = 0; i < treeSize; i++) fillRow(i, territory, parts);
  if (cutFactor != 0) for (let i = 0; i < treeSize; i++) addCuts(i);
  for (let i = treeSize - 1; i > 0; i--) {
    const from = i * stride;
    const to = treeParent[i] * stride;
    for (let c = 0; c < columns; c++) sum[to + c] += sum[from + c];
  }
}

function fillRow(i: i32, territory: StaticArray<i32>, parts: i32): void {
  const M = measureCount;
  const u = treeUnit[i];
  const row = i * stride;
  for (let m = 0; m < M; m++) sum[row + m] = activity[u * M + m];
  const w = place[4 * u + 3];
  const x = place[4 * u];
  const y = place[4 * u + 1];
  const z = place[4 * u + 2];
  const at = row + momentAt;
  sum[at] = w;
  sum[at + 1] = w * x;
  sum[at + 2] = w * y;
  sum[at + 3] = w * z;
  sum[at + 4] = w * (x * x + y * y + z * z);
  sum[row + cutAt] = 0;
  if (!labelled) return;
  for (let r = 0; r < parts; r++) {
    sum[row + roleAt + 2 * r] = fixedTerm(u, territory[r]);
    sum[row + roleAt + 2 * r + 1] = initial[u] >= 0 && initial[u] != territory[r] ? 1 : 0;
  }
}

/** What unit `u` costs in territory `t` whatever else is there. */
function fixedTerm(u: i32, t: i32): f64 {
  let term: f64 = 0;
  if (inertiaFactor != 0 && fixedCenter[4 * t + 3] != 0) {
    const dx = place[4 * u] - fixedCenter[4 * t];
    const dy = place[4 * u + 1] - fixedCenter[4 * t + 1];
    const dz = place[4 * u + 2] - fixedCenter[4 * t + 2];
    const d = pointDistance(dx * dx + dy * dy + dz * dz);
    term += inertiaFactor * place[4 * u + 3] * (power == 2 ? d * d : d);
  }
  if (disruptionFactor != 0) {
    for (let i = todayOffsets[u]; i < todayOffsets[u + 1]; i++) {
      if (todayTerritory[i] != t) term += disruptionFactor * todayValue[i];
    }
  }
  return term;
}

/** Enters the edges from place `i` to earlier places so that the sum under a place is the cut of its edge. */
function addCuts(i: i32): void {
  const u = treeUnit[i];
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
    const v = neighbors[e];
    let j = treePlace[v];
    if (j < 0 || j >= i || treeUnit[j] != v) continue;
    const w = cutFactor * cutWeight[e];
    sum[i * stride + cutAt] += w;
    sum[j * stride + cutAt] += w;
    // both ends lie under every place above the one where their paths meet
    let k = i;
    while (k != j) {
      if (k > j) k = treeParent[k];
      else j = treeParent[j];
    }
    sum[k * stride + cutAt] -= 2 * w;
  }
}

/** Border within the tree of the part under place `i`, weighted. */
// @ts-ignore: decorator
@inline
export function cutOf(i: i32): f64 {
  return sum[i * stride + cutAt];
}

/** Whether the part row i − row j is within the bounds of territory `t`. */
export function partBalanced(i: i32, j: i32, t: i32): bool {
  const M = measureCount;
  for (let m = 0; m < M; m++) {
    const load = sum[i * stride + m] - sum[j * stride + m];
    const bound = t * M + m;
    if (max(load - upper[bound], lower[bound] - load) * inverseTarget[bound] > BALANCE_ROUNDING) return false;
  }
  return true;
}

/**
 * Price as territory `t` of role `r` of the part row i − row j − row l, but for borders: inertia about the centroid,
 * fixed terms, penalty of imbalance. Infinite where a unit of it is fixed elsewhere.
 */
export function partPrice(i: i32, j: i32, l: i32, r: i32, t: i32): f64 {
  const M = measureCount;
  const a = i * stride;
  const b = j * stride;
  const c = l * stride;
  let price: f64 = 0;
  for (let m = 0; m < M; m++) {
    const load = sum[a + m] - sum[b + m] - sum[c + m];
    const bound = t * M + m;
    const over = max(load - upper[bound], lower[bound] - load);
    if (over > 0) price += over * inverseTarget[bound];
  }
  price *= penalty;
  if (labelled) {
    const at = roleAt + 2 * r;
    if (sum[a + at + 1] - sum[b + at + 1] - sum[c + at + 1] > 0.5) return Infinity;
    price += sum[a + at] - sum[b + at] - sum[c + at];
  }
  if (inertiaFactor == 0 || fixedCenter[4 * t + 3] != 0) return price;
  const W = sum[a + momentAt] - sum[b + momentAt] - sum[c + momentAt];
  if (W <= 0) return price;
  const x = sum[a + momentAt + 1] - sum[b + momentAt + 1] - sum[c + momentAt + 1];
  const y = sum[a + momentAt + 2] - sum[b + momentAt + 2] - sum[c + momentAt + 2];
  const z = sum[a + momentAt + 3] - sum[b + momentAt + 3] - sum[c + momentAt + 3];
  const q = sum[a + momentAt + 4] - sum[b + momentAt + 4] - sum[c + momentAt + 4];
  const inertia = max(0, q - (x * x + y * y + z * z) / W);
  return price + inertiaFactor * (power == 2 ? inertia : MEAN_OVER_RMS * Math.sqrt(W * inertia));
}
