// What the search pays for loads outside their bounds: an augmented Lagrangian (Powell; Hestenes; Rockafellar 1973).
// Per territory, measure and side, with g the relative amount beyond the bound (negative inside):
//   ψ(g) = (max(0, λ + ρ g)² − λ²) / 2ρ,   λ ← max(0, λ + rate · ρ g)
// The multipliers λ become the prices of balance: a territory out of balance raises the price until its neighbours give
// way, they raise theirs in turn, and so imbalance travels over many territories, in several measures at once.

import { beyondLimit, keptAmount, limitCount, moved } from './move-limits';
import { activity, inverseTarget, lower, measureCount, territoryCount, upper } from './problem';
import { load } from './tally';

let multiplierUp: StaticArray<f64> = new StaticArray<f64>(0);
let multiplierDown: StaticArray<f64> = new StaticArray<f64>(0);
/** The same for the limits on what changes hands. */
let multiplierMoved: StaticArray<f64> = new StaticArray<f64>(0);
/** ρ: cost per squared relative amount. */
let stiffness: f64 = 1;
let leastStiffness: f64 = 1;
/** How far inside the bounds the pressure begins, relative to the target. */
let margin: f64 = 0;

/** Share of the full step that multipliers take. */
const RATE: f64 = 0.3;
const RAISE: f64 = 1.1;
const EASE: f64 = 0.95;
/** Range of the stiffness, relative to where it begins. */
const LEAST: f64 = 0.2;
const MOST: f64 = 1e4;

export function allocateBalancePressure(): void {
  multiplierUp = new StaticArray<f64>(territoryCount * measureCount);
  multiplierDown = new StaticArray<f64>(territoryCount * measureCount);
  multiplierMoved = new StaticArray<f64>(limitCount);
}

/** Forgets the multipliers and the stiffness; the next `scaleBalancePressure` sets it anew. */
export function resetBalancePressure(): void {
  multiplierUp.fill(0);
  multiplierDown.fill(0);
  multiplierMoved.fill(0);
  stiffness = 0;
}

/** Numbers that `readPressure` writes: the multipliers of both sides, the stiffness, and the multipliers of limits. */
export function pressureLength(): i32 {
  return 2 * territoryCount * measureCount + 1 + limitCount;
}

/** Copies what has been learned to `into[at]` and on. */
export function readPressure(into: StaticArray<f64>, at: i32): void {
  const length = territoryCount * measureCount;
  for (let i = 0; i < length; i++) {
    into[at + i] = multiplierUp[i];
    into[at + length + i] = multiplierDown[i];
  }
  into[at + 2 * length] = stiffness;
  for (let l = 0; l < limitCount; l++) into[at + 2 * length + 1 + l] = multiplierMoved[l];
}

/** Takes back what `readPressure` wrote. */
export function writePressure(from: StaticArray<f64>, at: i32): void {
  const length = territoryCount * measureCount;
  for (let i = 0; i < length; i++) {
    multiplierUp[i] = from[at + i];
    multiplierDown[i] = from[at + length + i];
  }
  stiffness = from[at + 2 * length];
  for (let l = 0; l < limitCount; l++) multiplierMoved[l] = from[at + 2 * length + 1 + l];
}

/**
 * Sets the scale: the slope at `amount` beyond a bound is `slope`. Bounds are felt `inside` before they are reached, for
 * loads hover about the place where the pressure begins. Keeps what has been learned so far.
 */
export function scaleBalancePressure(slope: f64, amount: f64, inside: f64): void {
  margin = inside;
  leastStiffness = slope / amount;
  if (stiffness <= 0) stiffness = leastStiffness;
}

/** ψ of one load, both sides. */
// @ts-ignore: decorator
@inline
function psi(i: i32, value: f64): f64 {
  const up = multiplierUp[i] + stiffness * ((value - upper[i]) * inverseTarget[i] + margin);
  const down = multiplierDown[i] + stiffness * ((lower[i] - value) * inverseTarget[i] + margin);
  return (up > 0 ? up * up : 0) + (down > 0 ? down * down : 0);
}

/** Change of the pressure when unit `u` moves from `a` to `b`, in cost. */
export function pressureDelta(u: i32, a: i32, b: i32): f64 {
  const delta = pressureOf(activity, u * measureCount, a, b);
  return limitCount > 0 ? delta + movedPressureDelta(u, a, b) : delta;
}

/** ψ of what moves under limit `l`. */
// @ts-ignore: decorator
@inline
function psiMoved(l: i32, amount: f64): f64 {
  const up = multiplierMoved[l] + stiffness * beyondLimit(l, amount);
  return up > 0 ? up * up : 0;
}

function movedPressureDelta(u: i32, a: i32, b: i32): f64 {
  let delta: f64 = 0;
  for (let l = 0; l < limitCount; l++) {
    const change = keptAmount(u, a, l) - keptAmount(u, b, l);
    if (change != 0) delta += psiMoved(l, moved[l] + change) - psiMoved(l, moved[l]);
  }
  return (0.5 * delta) / stiffness;
}

/** Change of the pressure when amounts[at … at + measures) move from `a` to `b`, in cost. */
// @ts-ignore: decorator
@inline
export function pressureOf(amounts: StaticArray<f64>, at: i32, a: i32, b: i32): f64 {
  const M = measureCount;
  let delta: f64 = 0;
  for (let m = 0; m < M; m++) {
    const amount = amounts[at + m];
    if (amount == 0) continue;
    const i = a * M + m;
    const j = b * M + m;
    delta += psi(i, load[i] - amount) - psi(i, load[i]) + psi(j, load[j] + amount) - psi(j, load[j]);
  }
  return (0.5 * delta) / stiffness;
}

/** Steps the multipliers towards the prices that hold every bound, and the stiffness with how often balance was missed. */
export function adaptBalancePressure(unbalanced: bool): void {
  for (let i = 0, end = territoryCount * measureCount; i < end; i++) {
    const rate = RATE * stiffness;
    multiplierUp[i] = max(0, multiplierUp[i] + rate * ((load[i] - upper[i]) * inverseTarget[i] + margin));
    multiplierDown[i] = max(0, multiplierDown[i] + rate * ((lower[i] - load[i]) * inverseTarget[i] + margin));
  }
  for (let l = 0; l < limitCount; l++) {
    multiplierMoved[l] = max(0, multiplierMoved[l] + RATE * stiffness * beyondLimit(l, moved[l]));
  }
  stiffness = unbalanced ? min(stiffness * RAISE, MOST * leastStiffness) : max(stiffness * EASE, LEAST * leastStiffness);
}
