// How to build the next plan of a population: from new centres, which gives the compact plans that many territories
// need, or grown from random units, which gives the long and bent ones that a few territories may be best as. Which of
// them pays depends on the map, so the way that led to the better plan so far is taken more often, never always.

import { nextU32 } from '../rng';

let leastByCenters: f64 = Infinity;
let leastByGrowth: f64 = Infinity;

/** Share of plans built the better way, of 2³². */
const FAVOR: u32 = 0xc0000000;
/** Cost of imbalance in this comparison: what is out of balance is worse than anything that is not. */
const OUT_OF_BALANCE: f64 = 1e12;

export function forgetBuilds(): void {
  leastByCenters = Infinity;
  leastByGrowth = Infinity;
}

/** Learns what became of a plan built one way or the other. */
export function learnBuild(grown: bool, violation: f64, cost: f64): void {
  const score = cost + OUT_OF_BALANCE * violation;
  if (grown) leastByGrowth = min(leastByGrowth, score);
  else leastByCenters = min(leastByCenters, score);
}

/** Whether to grow the next plan. */
export function choosesGrowth(): bool {
  return nextU32() < FAVOR == leastByGrowth <= leastByCenters;
}
