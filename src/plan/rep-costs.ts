/** What it would cost that a rep serves a territory: the way from home, what he gives up, the skills he lacks. */
import { todayHoldings } from '../metrics/disruption.js';
import { groupUnits } from '../metrics/members.js';
import { arcKm, EARTH_RADIUS_KM, positionsKm } from '../metrics/positions.js';
import { weightedMean } from '../metrics/weighted-mean.js';
import { unitWeights } from '../metrics/weights.js';
import { planePointsKm, round, toPointsKm } from '../problem/sphere.js';
import type { Plan, Problem } from '../types.js';
import { accountTerritoryOf } from './plan.js';
import type { CheckedReps } from './read-reps.js';

/**
 * Weight · km from each rep's home to what each territory carries, R × k, rounded to 1e-6; 0 for a rep without a home.
 * `'center'` takes each territory's weight to its weighted centre, `'units'` every unit's weight to the unit.
 * O(n + R k), or O(R n).
 */
export function homeDistances(
  problem: Problem,
  plan: Plan,
  homes: CheckedReps['homes'],
  from: 'center' | 'units',
): Float64Array {
  const k = problem.territories.length;
  const planar = problem.objective.distance === 'planar';
  const costs = new Float64Array(homes.length * k);
  if (homes.every((home) => home === null)) return costs;
  const points = positionsKm(problem);
  const weights = unitWeights(problem);
  const ends = from === 'units' ? { points, weights, of: plan.assignment } : centers(problem, plan, points, weights);
  homes.forEach((home, r) => {
    if (!home) return;
    const place = Float64Array.from(home);
    const [x, y, z] = planar ? planePointsKm(place) : toPointsKm(place);
    for (let i = 0; i < ends.of.length; i++) {
      const t = ends.of[i]!;
      if (t < 0) continue;
      const dx = ends.points[3 * i]! - x!;
      const dy = ends.points[3 * i + 1]! - y!;
      const dz = ends.points[3 * i + 2]! - z!;
      const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
      costs[r * k + t]! += ends.weights[i]! * (planar ? chord : arcKm(chord));
    }
  });
  return costs.map((x) => round(x, 6));
}

/** The weighted centre of every territory that has units, brought back to the sphere. */
function centers(problem: Problem, plan: Plan, points: Float64Array, weights: Float64Array) {
  const k = problem.territories.length;
  const members = groupUnits(plan.assignment, k);
  const places = new Float64Array(3 * k);
  const loads = new Float64Array(k);
  for (let t = 0; t < k; t++) {
    const units = members.units.subarray(members.offsets[t]!, members.offsets[t + 1]!);
    if (units.length === 0) continue;
    const mean = weightedMean(points, weights, units);
    const length = Math.sqrt(mean[0]! ** 2 + mean[1]! ** 2 + mean[2]! ** 2);
    const sphere = problem.objective.distance === 'great-circle' && length > 0;
    places.set(sphere ? mean.map((x) => (x / length) * EARTH_RADIUS_KM) : mean, 3 * t);
    for (const u of units) loads[t]! += weights[u]!;
  }
  return { points: places, weights: loads, of: Int32Array.from({ length: k }, (_, t) => t) };
}

/** Weight that each rep holds today, length R, and how much of it lies in each territory, R × k. O(A + n). */
export function heldWeights(
  problem: Problem,
  plan: Plan,
  { todayIndex, accounts }: CheckedReps,
): { readonly total: Float64Array; readonly kept: Float64Array } {
  const k = problem.territories.length;
  const total = new Float64Array(todayIndex.length);
  const kept = new Float64Array(todayIndex.length * k);
  const repsOf = new Map<number, number[]>();
  todayIndex.forEach((today, r) => {
    if (today >= 0 && !accounts[r]) repsOf.set(today, [...(repsOf.get(today) ?? []), r]);
  });
  const territoryOf = problem.accountUnit?.map((_, a) => accountTerritoryOf(problem, plan, a));
  const holdings = todayHoldings(problem);
  holdings?.today.forEach((today, i) => {
    const t = holdings.unit ? territoryOf![i]! : plan.assignment[i]!;
    for (const r of repsOf.get(today) ?? []) hold(r, t, holdings.weights[i]!);
  });
  accounts.forEach((own, r) => {
    for (const [a, weight] of own ?? []) hold(r, territoryOf![a]!, weight);
  });
  return { total, kept };

  function hold(r: number, t: number, weight: number): void {
    total[r]! += weight;
    if (t >= 0) kept[r * k + t]! += weight;
  }
}
