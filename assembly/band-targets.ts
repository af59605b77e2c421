// Targets that give way to the prices within the band of balance. For loads in [low, high] the dual of the
// transportation problem is
//   G = Σ_u mass_u · min_t (|u − c_t|² − price_t) + Σ_t (price_t > 0 ? low_t : high_t) · price_t
// so a territory that must be paid to take land stops at its lower bound and one that pays for it at its upper. The kink
// at price 0 is smoothed over a share of the way to the next centre, which keeps Newton's method in business.

import { goal, massTarget, price, reach } from './power-diagram';
import { lower, measureCount, target, territoryCount, upper } from './problem';

/** Mass by which a load may stay below its goal, and go beyond it. */
let under: StaticArray<f64> = new StaticArray<f64>(0);
let over: StaticArray<f64> = new StaticArray<f64>(0);
/** Whether targets give way; else they are the middle of nothing: the plain targets. */
let giving: bool = false;

/** Share of the band that prices may use: whole units miss what prices aim at by a little. */
const USED: f64 = 0.9;
/** Width of the smoothed kink, relative to the squared distance of the nearest centre. */
const KINK: f64 = 0.01;
/** Most that a band may leave to either side, relative to the target. */
const MOST: f64 = 0.9;

export function allocateBandTargets(): void {
  under = new StaticArray<f64>(territoryCount);
  over = new StaticArray<f64>(territoryCount);
}

/** Bands in mass from the measures' bounds: the narrowest of each territory. Once per problem. */
export function deriveBands(): void {
  const M = measureCount;
  for (let t = 0; t < territoryCount; t++) {
    let below = MOST;
    let above = MOST;
    for (let m = 0; m < M; m++) {
      const i = t * M + m;
      if (target[i] <= 0) continue;
      below = min(below, (target[i] - lower[i]) / target[i]);
      above = min(above, (upper[i] - target[i]) / target[i]);
    }
    under[t] = massTarget[t] * USED * max(0, below);
    over[t] = massTarget[t] * USED * max(0, above);
  }
}

/** Least and most load of the band about the goal, which is less than the target where units are held. */
// @ts-ignore: decorator
@inline
function low(t: i32): f64 {
  return max(0, goal[t] - under[t]);
}
// @ts-ignore: decorator
@inline
function high(t: i32): f64 {
  return goal[t] + over[t];
}

/** From here on targets give way, or are plain again. Prices are brought about 0, where bands are told apart. */
export function useBands(use: bool): void {
  if (use && !giving) {
    let sum: f64 = 0;
    for (let t = 0; t < territoryCount; t++) sum += price[t];
    for (let t = 0; t < territoryCount; t++) price[t] -= sum / <f64>territoryCount;
  }
  giving = use;
}

/** Load that territory `t` should have at its present price. */
export function wantedLoad(t: i32): f64 {
  if (!giving) return goal[t];
  const x = price[t] / (KINK * reach[t]);
  return high(t) - (high(t) - low(t)) / (1 + Math.exp(-x));
}

/** What `wantedLoad` falls by per unit of price. */
export function wantedSlope(t: i32): f64 {
  if (!giving) return 0;
  const width = KINK * reach[t];
  const e = Math.exp(-Math.abs(price[t] / width));
  return ((high(t) - low(t)) * e) / ((1 + e) * (1 + e) * width);
}

/** The most that `wantedSlope` can be. */
export function steepestSlope(t: i32): f64 {
  return giving ? (high(t) - low(t)) / (4 * KINK * reach[t]) : 0;
}

/** What the price of `t` adds to the dual: the integral of the wanted load from 0 on. */
export function targetValue(t: i32): f64 {
  if (!giving) return price[t] * goal[t];
  const width = KINK * reach[t];
  const x = price[t] / width;
  const softplus = max(0, x) + Math.log(1 + Math.exp(-Math.abs(x)));
  return high(t) * price[t] - (high(t) - low(t)) * width * softplus;
}
