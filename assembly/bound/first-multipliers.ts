// Multipliers for many territories to start from: every unit is worth, per weight, what the cheapest territory about it
// costs per weight. No map needs to be known for that, and it is nearly the best where land is even. Where it is not, it
// is at most twice too much: with V(p) the cost of the cheapest territory about p, any territory S of weight W costs
//   Σ_{i in S} w_i d(i, c)² = Σ_{p, q in S} w_p w_q d(p, q)² / 2W ≥ Σ_{p in S} w_p V(p) / 2W.
// V is taken at the means of small groups and carried to their units by its slope, 2W · (p − centroid of the cheapest).

import { firstSample, sampleCount, setPoolPrice } from './candidates';
import {
  classCount,
  classLower,
  classTerritories,
  classUpper,
  freeTerritories,
  itemCount,
  point,
  SQUARE,
  worth,
} from './items';
import { clearCover, cover, coveredWorth, coveredX, coveredY, coveredZ, coverItems, multiplier, refreshTree } from './item-tree';
import { knapsackPart, knapsackPrice, knapsackValue, solveKnapsack } from './knapsack';
import { work } from './work';

let kind: i32 = 0;
let scale: f64 = 1;
let usual: i32 = 0;
let sample: i32 = 0;
let lastPrice: f64 = 0;

/** Begins to price the samples of the pool. `typical` is a usual distance term. O(n). */
export function beginFirstMultipliers(distances: i32, typical: f64): void {
  kind = distances;
  scale = typical;
  sample = 0;
  lastPrice = 0;
  usual = 0;
  for (let seen = classTerritories[0]; 2 * seen < freeTerritories; seen += classTerritories[usual]) usual++;
  multiplier.fill(0);
  clearCover();
  refreshTree();
}

/** Works until the work amounts to `until`; whether all units are priced. */
export function findFirstMultipliersSome(until: f64): bool {
  while (sample < sampleCount) {
    if (work >= until) return false;
    priceAbout(sample++);
  }
  for (let i = 0; i < itemCount; i++) multiplier[i] = worth[i] * cover[i];
  return true;
}

/** Prices the units that stand in tree order from sample `s` to the next one, by the territory about their mean. */
function priceAbout(s: i32): void {
  const from = sampleFrom(s);
  const to = sampleFrom(s + 1);
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  let w: f64 = 0;
  for (let i = from; i < to; i++) {
    w += worth[i];
    x += worth[i] * point[3 * i];
    y += worth[i] * point[3 * i + 1];
    z += worth[i] * point[3 * i + 2];
  }
  x /= w;
  y /= w;
  z /= w;
  solveKnapsack(x, y, z, classLower[usual], classUpper[usual], lastPrice, scale, kind);
  lastPrice = knapsackPrice;
  coverItems(x, y, z, knapsackPrice, knapsackPart, 0, kind);
  if (coveredWorth <= 0) return;
  // once units are worth as much, a territory ends where the distance is beyond it
  const guess = classLower[usual] > 0 ? knapsackPrice - knapsackValue / classLower[usual] : knapsackPrice;
  for (let c = 0; c < classCount; c++) setPoolPrice(firstSample + s, c, guess);
  const value = knapsackValue / coveredWorth;
  const steep: f64 = kind == SQUARE ? 2 : 0;
  const slopeX = steep * (x - coveredX / coveredWorth);
  const slopeY = steep * (y - coveredY / coveredWorth);
  const slopeZ = steep * (z - coveredZ / coveredWorth);
  for (let i = from; i < to; i++) {
    const there = slopeX * (point[3 * i] - x) + slopeY * (point[3 * i + 1] - y) + slopeZ * (point[3 * i + 2] - z);
    cover[i] = max(0, value + there);
  }
}

// @ts-ignore: decorator
@inline
function sampleFrom(s: i32): i32 {
  return <i32>((<i64>s * <i64>itemCount) / <i64>sampleCount);
}
