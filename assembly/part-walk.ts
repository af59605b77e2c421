// New parts for the pool by annealing one part alone against the prices of its units, out of balance and back into it
// (pricing by local search, in column generation for districting: Mehrotra, Johnson, Nemhauser 1998). Walks begin at
// parts of the pool, and reach what no few exchanges that keep balance lead to.

import { harvestUnits } from './part-harvest';
import { elements, partSet, words } from './part-pool';
import { unitPrice } from './part-prices';
import {
  activity,
  fixedCenter,
  inertiaFactor,
  initial,
  inverseTarget,
  locked,
  lower,
  measureCount,
  neighbors,
  offsets,
  place,
  power,
  unitCount,
  upper,
} from './problem';
import { below, nextU32, unitInterval } from './rng';
import { labelled } from './tree-sums';
import { BALANCE_ROUNDING } from './objective';
import { holdsElement, insertElement, isConnected, removeElement } from './unit-sets';

/** Cost of imbalance per relative amount, and the temperature, in costs of a territory. */
const PENALTY: f64 = 3;
const HEAT: f64 = 0.04;
export const WALK_STEPS: i32 = 256;

let set: StaticArray<u64> = new StaticArray<u64>(0);
let member: StaticArray<i32> = new StaticArray<i32>(0);
let placeOf: StaticArray<i32> = new StaticArray<i32>(0);
let size: i32 = 0;
/** Loads, then W, Σwx, Σwy, Σwz, Σw|x|², worth. */
let sums: StaticArray<f64> = new StaticArray<f64>(0);
let imbalance: f64 = 0;

export function allocatePartWalk(units: i32): void {
  set = new StaticArray<u64>(words);
  member = new StaticArray<i32>(words > 0 ? units : 0);
  placeOf = new StaticArray<i32>(words > 0 ? units : 0);
  sums = new StaticArray<f64>(measureCount + 6);
}

/** Walks from part `j`, where a territory costs about `scale`. */
export function walkPart(j: i32, scale: f64): void {
  for (let w = 0; w < words; w++) set[w] = partSet[j * words + w];
  let t = 0;
  if (labelled) for (let e = unitCount; e < elements; e++) if (holdsElement(set, e)) t = e - unitCount;
  if (locked[t]) return;
  size = 0;
  sums.fill(0);
  for (let u = 0; u < unitCount; u++) if (holdsElement(set, u)) join(u);
  if (labelled) sums[measureCount + 5] += unitPrice[unitCount + t];
  let energy = energyAs(t, scale);
  for (let s = 0; s < WALK_STEPS; s++) {
    const u = member[below(size)];
    if (offsets[u + 1] == offsets[u]) continue;
    const v = neighbors[offsets[u] + below(offsets[u + 1] - offsets[u])];
    if (holdsElement(set, v)) continue;
    // one unit comes, one goes, or both
    const kind = nextU32() >>> 30;
    const comes = kind != 1 && initial[v] < 0;
    const goes = kind != 0 && initial[u] < 0 && size > 1;
    if (!comes && !goes) continue;
    // the unit that makes room lies anywhere on the rim
    let out = u;
    if (comes && goes) {
      out = member[below(size)];
      if (initial[out] >= 0 || !onRim(out)) continue;
    }
    if (comes) join(v);
    if (goes) leave(out);
    const next = energyAs(t, scale);
    const accepted = next - energy <= -scale * HEAT * Math.log(unitInterval() + 1e-10) && (!goes || isConnected(set));
    if (!accepted) {
      if (goes) join(out);
      if (comes) leave(v);
      continue;
    }
    energy = next;
    if (imbalance <= BALANCE_ROUNDING) harvestUnits(member, size, t, lastCost);
  }
}

function onRim(u: i32): bool {
  for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) if (!holdsElement(set, neighbors[e])) return true;
  return false;
}

function join(u: i32): void {
  placeOf[u] = size;
  member[size++] = u;
  insertElement(set, u);
  account(u, 1);
}

function leave(u: i32): void {
  const last = member[--size];
  member[placeOf[u]] = last;
  placeOf[last] = placeOf[u];
  removeElement(set, u);
  account(u, -1);
}

function account(u: i32, sign: f64): void {
  const M = measureCount;
  for (let m = 0; m < M; m++) sums[m] += sign * activity[u * M + m];
  const w = sign * place[4 * u + 3];
  const x = place[4 * u];
  const y = place[4 * u + 1];
  const z = place[4 * u + 2];
  sums[M] += w;
  sums[M + 1] += w * x;
  sums[M + 2] += w * y;
  sums[M + 3] += w * z;
  sums[M + 4] += w * (x * x + y * y + z * z);
  sums[M + 5] += sign * unitPrice[u];
}

let lastCost: f64 = 0;
/** Excess of the part about its centroid, and what its imbalance costs. */
function energyAs(t: i32, scale: f64): f64 {
  const M = measureCount;
  imbalance = 0;
  for (let m = 0; m < M; m++) {
    const bound = t * M + m;
    const over = max(sums[m] - upper[bound], lower[bound] - sums[m]) * inverseTarget[bound];
    if (over > 0) imbalance += over;
  }
  lastCost = 0;
  if (inertiaFactor != 0 && power == 2 && fixedCenter[4 * t + 3] == 0 && sums[M] > 0) {
    const x = sums[M + 1];
    const y = sums[M + 2];
    const z = sums[M + 3];
    lastCost = inertiaFactor * (sums[M + 4] - (x * x + y * y + z * z) / sums[M]);
  }
  return lastCost - sums[M + 5] + PENALTY * scale * imbalance;
}
