// The cost that the search follows: full value and the delta of one move, one under the other, so that they stay equal.
// Free centroids under power 2 are exact: Σ w|p − c|² changes by w·W/(W ± w)·|p − c|² when a unit comes or goes
// (Huygens). Power 1 and best-unit centres are held for a while (`held-centers.ts`) and deltas are exact for them;
// `exact-score.ts` gives the true cost with the best centres.

import {
  cutFactor,
  cutWeight,
  disruptionFactor,
  fixedCenter,
  inertiaFactor,
  activity,
  inverseTarget,
  leastWeight,
  lower,
  mass,
  measureCount,
  neighbors,
  offsets,
  place,
  power,
  sphereRadius,
  territoryCount,
  todayOffsets,
  todayTerritory,
  todayValue,
  unitCount,
  upper,
} from './problem';
import { givenCost, hasMatrix } from './cost-matrix';
import { fullMix, mixDelta, mixFactor } from './mix';
import { limitCount, limitExcess, limitExcessDelta } from './move-limits';
import { price } from './power-diagram';
import { assignment, center, centersHeld, chordSquaredTo, load } from './tally';

/** Distance to a point centre from the squared chord: an arc on the sphere, or the chord itself in the plane. */
// @ts-ignore: decorator
@inline
export function pointDistance(squared: f64): f64 {
  const chord = Math.sqrt(squared);
  return sphereRadius > 0 ? 2.0 * sphereRadius * Math.asin(min(1.0, chord / (2.0 * sphereRadius))) : chord;
}

/** What unit `u` costs at the present centre of `t`, for centres that do not follow the unit. */
// @ts-ignore: decorator
@inline
function pointCost(u: i32, t: i32): f64 {
  if (hasMatrix) return place[4 * u + 3] * givenCost(u, t);
  const distance = pointDistance(chordSquaredTo(u, t));
  return place[4 * u + 3] * (power == 2 ? distance * distance : distance);
}

// @ts-ignore: decorator
@inline
function followsCentroid(t: i32): bool {
  return power == 2 && fixedCenter[4 * t + 3] == 0 && !centersHeld;
}

// @ts-ignore: decorator
@inline
function inertiaLeaving(u: i32, t: i32): f64 {
  if (!followsCentroid(t)) return -pointCost(u, t);
  const w = place[4 * u + 3];
  const W = center[4 * t + 3];
  return W > w ? (-w * W * chordSquaredTo(u, t)) / (W - w) : 0;
}

// @ts-ignore: decorator
@inline
function inertiaJoining(u: i32, t: i32): f64 {
  if (!followsCentroid(t)) return pointCost(u, t);
  const w = place[4 * u + 3];
  const W = center[4 * t + 3];
  return (w * W * chordSquaredTo(u, t)) / (W + w);
}

/**
 * What an empty unit saves at `t`. Nothing prices it but its distance, so it would go to the nearest centre while the
 * settled land around it goes by distance less price, and the two would interleave. The diagram's price keeps it with
 * its surroundings.
 */
// @ts-ignore: decorator
@inline
function emptyRebate(u: i32, t: i32): f64 {
  return mass[u] == 0 && place[4 * u + 3] <= leastWeight && power == 2 ? leastWeight * price[t] : 0;
}

/** Today's value of unit `u` that stays when territory `t` serves it. */
function keptToday(u: i32, t: i32): f64 {
  for (let i = todayOffsets[u]; i < todayOffsets[u + 1]; i++) if (todayTerritory[i] == t) return todayValue[i];
  return 0;
}

/** Cost of the whole assignment. Units without a territory have no inertia. O(n + E). */
export function fullCost(): f64 {
  let inertia: f64 = 0;
  let cut: f64 = 0;
  let moved: f64 = 0;
  for (let u = 0; u < unitCount; u++) {
    const t = assignment[u];
    if (t >= 0) {
      inertia += followsCentroid(t) ? place[4 * u + 3] * chordSquaredTo(u, t) : pointCost(u, t);
      inertia -= emptyRebate(u, t);
    }
    if (cutFactor != 0) {
      for (let e = offsets[u]; e < offsets[u + 1]; e++) {
        const v = neighbors[e];
        if (v > u && assignment[v] != t) cut += cutWeight[e];
      }
    }
    for (let i = todayOffsets[u]; i < todayOffsets[u + 1]; i++) if (todayTerritory[i] != t) moved += todayValue[i];
  }
  const cost = inertiaFactor * inertia + cutFactor * cut + disruptionFactor * moved;
  return mixFactor > 0 ? cost + mixFactor * fullMix() : cost;
}

/** Change of `fullCost` when unit `u` moves from `a` to `b`; centres that do not follow units are held. */
export function moveDelta(u: i32, a: i32, b: i32): f64 {
  let delta: f64 = 0;
  if (inertiaFactor != 0) {
    delta += inertiaFactor * (inertiaLeaving(u, a) + inertiaJoining(u, b) + emptyRebate(u, a) - emptyRebate(u, b));
  }
  if (cutFactor != 0) {
    let cut: f64 = 0;
    for (let e = offsets[u], end = offsets[u + 1]; e < end; e++) {
      const t = assignment[neighbors[e]];
      if (t == a) cut += cutWeight[e];
      else if (t == b) cut -= cutWeight[e];
    }
    delta += cutFactor * cut;
  }
  if (disruptionFactor != 0) delta += disruptionFactor * (keptToday(u, a) - keptToday(u, b));
  if (mixFactor > 0) delta += mixFactor * mixDelta(u, a, b);
  return delta;
}

/** Relative amount of one load outside its bounds. */
// @ts-ignore: decorator
@inline
function beyond(i: i32, value: f64): f64 {
  const over = max(value - upper[i], lower[i] - value);
  return over > 0 ? over * inverseTarget[i] : 0;
}

/** Amounts up to this are rounding, not violation. */
export const BALANCE_ROUNDING: f64 = 1e-9;

/** Σ over territories and measures of the relative amount outside [lower, upper], and over limits of that beyond. */
export function fullImbalance(): f64 {
  let sum: f64 = limitCount > 0 ? limitExcess() : 0;
  for (let t = 0; t < territoryCount; t++) sum += territoryImbalance(t);
  return sum;
}

/** Relative amount by which territory `t` misses its bounds, over all measures. */
export function territoryImbalance(t: i32): f64 {
  let sum: f64 = 0;
  for (let i = t * measureCount, end = i + measureCount; i < end; i++) {
    const amount = beyond(i, load[i]);
    if (amount > BALANCE_ROUNDING) sum += amount;
  }
  return sum;
}

/** Change of the imbalance when unit `u` moves from `a` to `b`. */
export function imbalanceDelta(u: i32, a: i32, b: i32): f64 {
  const delta = imbalanceOf(activity, u * measureCount, a, b);
  return limitCount > 0 ? delta + limitExcessDelta(u, a, b) : delta;
}

/** Change of the imbalance when amounts[at … at + measures) move from `a` to `b`. */
// @ts-ignore: decorator
@inline
export function imbalanceOf(amounts: StaticArray<f64>, at: i32, a: i32, b: i32): f64 {
  const M = measureCount;
  let delta: f64 = 0;
  for (let m = 0; m < M; m++) {
    const amount = amounts[at + m];
    const i = a * M + m;
    const j = b * M + m;
    delta += beyond(i, load[i] - amount) - beyond(i, load[i]) + beyond(j, load[j] + amount) - beyond(j, load[j]);
  }
  return delta;
}
