// New parts for the pool out of old ones: up to two units of a part's rim go and up to two others come (2-exchanges, as
// Lin 1965 made for tours). A part need not fit its neighbours to be one, so this reaches what no plan at hand leads to.
// What may come is sorted by load, so that only exchanges in balance are looked at.

import { harvestUnits } from './part-harvest';
import { ceiling, unitCeiling } from './part-sieve';
import { elements, findPart, partSet, words } from './part-pool';
import { unitPrice } from './part-prices';
import {
  activity,
  fixedCenter,
  inertiaFactor,
  initial,
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
import { below } from './rng';
import { labelled } from './tree-sums';
import { holdsElement, insertElement, isConnected, removeElement } from './unit-sets';

/** Units of a rim that are tried, and the choices of up to two of them. */
const RIM: i32 = 24;
/** What a unit, a choice and a match take, in looks. */
const LOOKS_PER_UNIT: i32 = 4;
const LOOKS_PER_CHOICE: i32 = 8;
const LOOKS_PER_MATCH: i32 = 4;
const CHOICES: i32 = 1 + RIM + (RIM * (RIM - 1)) / 2;

/** Units of the part's rim, those that may go and those that may come, RIM of each; how many. */
const rim: StaticArray<i32> = new StaticArray<i32>(2 * RIM);
const rimSize: StaticArray<i32> = new StaticArray<i32>(2);
/** Choices that go and that come, CHOICES of each: their units, −1 for none, and how many choices there are. */
const chosenFirst: StaticArray<i32> = new StaticArray<i32>(2 * CHOICES);
const chosenSecond: StaticArray<i32> = new StaticArray<i32>(2 * CHOICES);
const choices: StaticArray<i32> = new StaticArray<i32>(2);
/** Choices that come, by their load in the first measure. */
const order: StaticArray<i32> = new StaticArray<i32>(CHOICES);
/** Rows of sums per choice, and one of the part: loads, then W, Σwx, Σwy, Σwz, Σw|x|², and worth. */
let sums: StaticArray<f64> = new StaticArray<f64>(0);
let stride: i32 = 0;
let own: i32 = 0;
/** Highest ceiling of the part's units. */
let ownCeiling: f64 = 0;
/** The part at hand, and the one that comes of it. */
let part: StaticArray<u64> = new StaticArray<u64>(0);
let next: StaticArray<u64> = new StaticArray<u64>(0);
let list: StaticArray<i32> = new StaticArray<i32>(0);

export function allocatePartExchange(units: i32): void {
  stride = measureCount + 6;
  own = 2 * CHOICES;
  sums = new StaticArray<f64>(words > 0 ? (own + 1) * stride : 0);
  part = new StaticArray<u64>(words);
  next = new StaticArray<u64>(words);
  list = new StaticArray<i32>(words > 0 ? units : 0);
}

/** Tries the exchanges of part `j`; returns the work in looks at one exchange. */
export function exchangePart(j: i32): i32 {
  for (let w = 0; w < words; w++) part[w] = partSet[j * words + w];
  let t = 0;
  if (labelled) for (let e = unitCount; e < elements; e++) if (holdsElement(part, e)) t = e - unitCount;
  if (locked[t]) return 1;
  collectRim();
  sums.fill(0);
  ownCeiling = -Infinity;
  for (let u = 0; u < unitCount; u++) {
    if (!holdsElement(part, u)) continue;
    addUnit(own, u);
    ownCeiling = max(ownCeiling, unitCeiling[u]);
  }
  if (labelled) sums[own * stride + measureCount + 5] += unitPrice[unitCount + t];
  choose(0);
  choose(1);
  sortComing();
  let looked = LOOKS_PER_UNIT * unitCount + LOOKS_PER_CHOICE * (choices[0] + choices[1]);
  for (let g = 0; g < choices[0]; g++) looked += matchGoing(g, t);
  return looked;
}

/** Units inside with a neighbour outside, and units outside with one inside; a random choice where there are many. */
function collectRim(): void {
  rimSize.fill(0);
  let seenInside = 0;
  let seenOutside = 0;
  for (let u = 0; u < unitCount; u++) {
    if (initial[u] >= 0) continue;
    const inside = holdsElement(part, u);
    let touching = false;
    for (let e = offsets[u], end = offsets[u + 1]; e < end && !touching; e++) touching = holdsElement(part, neighbors[e]) != inside;
    if (!touching) continue;
    const side = inside ? 0 : 1;
    const seen = inside ? seenInside++ : seenOutside++;
    const at = seen < RIM ? rimSize[side]++ : below(seen + 1);
    if (at < RIM) rim[side * RIM + at] = u;
  }
}

function addUnit(row: i32, u: i32): void {
  const at = row * stride;
  const M = measureCount;
  for (let m = 0; m < M; m++) sums[at + m] += activity[u * M + m];
  const w = place[4 * u + 3];
  const x = place[4 * u];
  const y = place[4 * u + 1];
  const z = place[4 * u + 2];
  sums[at + M] += w;
  sums[at + M + 1] += w * x;
  sums[at + M + 2] += w * y;
  sums[at + M + 3] += w * z;
  sums[at + M + 4] += w * (x * x + y * y + z * z);
  sums[at + M + 5] += unitPrice[u];
}

/** Lists no unit, each one and each two of one side of the rim. */
function choose(side: i32): void {
  const base = side * CHOICES;
  let count = 0;
  for (let a = -1; a < rimSize[side]; a++) {
    for (let b = -1; b < max(a, 0); b++) {
      const row = base + count++;
      const first = a < 0 ? -1 : rim[side * RIM + a];
      const second = b < 0 ? -1 : rim[side * RIM + b];
      chosenFirst[row] = first;
      chosenSecond[row] = second;
      if (first >= 0) addUnit(row, first);
      if (second >= 0) addUnit(row, second);
    }
  }
  choices[side] = count;
}

/** Sorts what may come by load, by Shell's method. */
function sortComing(): void {
  const count = choices[1];
  for (let i = 0; i < count; i++) order[i] = CHOICES + i;
  for (let gap = count >> 1; gap > 0; gap >>= 1) {
    for (let i = gap; i < count; i++) {
      const row = order[i];
      const load = sums[row * stride];
      let at = i;
      while (at >= gap && sums[order[at - gap] * stride] > load) {
        order[at] = order[at - gap];
        at -= gap;
      }
      order[at] = row;
    }
  }
}

/** Looks at what may come for choice `g` to go, as territory `t`; returns how much that was. */
function matchGoing(g: i32, t: i32): i32 {
  const bound = t * measureCount;
  const left = sums[own * stride] - sums[g * stride];
  let low = 0;
  let high = choices[1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (left + sums[order[middle] * stride] < lower[bound]) low = middle + 1;
    else high = middle;
  }
  let at = low;
  while (at < choices[1] && left + sums[order[at] * stride] <= upper[bound]) exchange(g, order[at++], t);
  return LOOKS_PER_MATCH * (at - low) + 1;
}

/** Offers the part without choice `g` and with choice `c` to the pool. */
function exchange(g: i32, c: i32, t: i32): void {
  const M = measureCount;
  for (let m = 1; m < M; m++) {
    const load = sums[own * stride + m] - sums[g * stride + m] + sums[c * stride + m];
    if (load < lower[t * M + m] || load > upper[t * M + m]) return;
  }
  const least = leastCost(g, c, t);
  const at = M + 5;
  let highest = ownCeiling;
  if (chosenFirst[c] >= 0) highest = max(highest, unitCeiling[chosenFirst[c]]);
  if (chosenSecond[c] >= 0) highest = max(highest, unitCeiling[chosenSecond[c]]);
  if (least > min(highest, ceiling) + sums[own * stride + at] - sums[g * stride + at] + sums[c * stride + at]) return;
  for (let w = 0; w < words; w++) next[w] = part[w];
  if (chosenFirst[c] >= 0) insertElement(next, chosenFirst[c]);
  if (chosenSecond[c] >= 0) insertElement(next, chosenSecond[c]);
  if (chosenFirst[g] >= 0) removeElement(next, chosenFirst[g]);
  if (chosenSecond[g] >= 0) removeElement(next, chosenSecond[g]);
  if (findPart(next, 0) >= 0 || !isConnected(next)) return;
  let count = 0;
  for (let w = 0; w < words; w++) {
    let rest = next[w];
    while (rest != 0) {
      const u = (w << 6) + <i32>ctz(rest);
      rest &= rest - 1;
      if (u < unitCount) list[count++] = u;
    }
  }
  if (count > 0) harvestUnits(list, count, t, least);
}

/** What the exchanged part costs at least: no centre beats the centroid, and distance is all that this looks at. */
function leastCost(g: i32, c: i32, t: i32): f64 {
  if (inertiaFactor == 0 || power != 2 || fixedCenter[4 * t + 3] != 0) return 0;
  const at = measureCount;
  const o = own * stride + at;
  const i = g * stride + at;
  const j = c * stride + at;
  const W = sums[o] - sums[i] + sums[j];
  if (W <= 0) return 0;
  const x = sums[o + 1] - sums[i + 1] + sums[j + 1];
  const y = sums[o + 2] - sums[i + 2] + sums[j + 2];
  const z = sums[o + 3] - sums[i + 3] + sums[j + 3];
  return inertiaFactor * (sums[o + 4] - sums[i + 4] + sums[j + 4] - (x * x + y * y + z * z) / W);
}
