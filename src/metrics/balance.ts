/** Balance of a plan: what each territory carries, against its targets and bounds. */
import type { MeasureBalance, Problem } from '../types.js';

/** Excess below this share of a target is rounding, not a broken bound. */
export const BALANCE_EPSILON = 1e-9;

/**
 * Activity per measure and territory, M × k: `loads[m * k + t]`; of the units, and of the accounts that are laid over the
 * map. O(M n).
 */
export function territoryLoads(problem: Problem, assignment: Int32Array): Float64Array {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const loads = problem.demands?.baseLoad?.slice() ?? new Float64Array(problem.measures.length * k);
  for (let m = 0; m < problem.measures.length; m++) {
    for (let u = 0; u < n; u++) {
      const t = assignment[u]!;
      if (t >= 0) loads[m * k + t]! += problem.activity[m * n + u]!;
    }
  }
  return loads;
}

/** (load − target) / target, signed. A target of 0 counts as 1, so that the value stays finite. `i`: index into M × k. */
export function deviationOf({ target }: Problem, load: number, i: number): number {
  return (load - target[i]!) / divisor(target[i]!);
}

/** Amount outside [lower, upper] relative to the target; 0 within the bounds and within `BALANCE_EPSILON` of them. */
export function excessOf({ target, lower, upper }: Problem, load: number, i: number): number {
  const excess = Math.max(load - upper[i]!, lower[i]! - load) / divisor(target[i]!);
  return excess > BALANCE_EPSILON ? excess : 0;
}

/** `deviationOf` every load, M × k. */
export function deviations(problem: Problem, loads: Float64Array): Float64Array {
  return loads.map((load, i) => deviationOf(problem, load, i));
}

/** `excessOf` every load, M × k. */
export function excesses(problem: Problem, loads: Float64Array): Float64Array {
  return loads.map((load, i) => excessOf(problem, load, i));
}

/** Spread of every measure over the territories. O(M k log k), at first with O(M n) for the floors. */
export function measureBalances(problem: Problem, loads: Float64Array): MeasureBalance[] {
  const k = problem.territories.length;
  const deviation = deviations(problem, loads);
  const excess = excesses(problem, loads);
  const floors = deviationFloors(problem);
  return problem.measures.map((measure, m) => {
    const row = (values: Float64Array) => values.subarray(m * k, (m + 1) * k);
    const ratios = row(loads).map((load, t) => load / divisor(problem.target[m * k + t]!));
    return {
      measure,
      maxDeviation: row(deviation).reduce((worst, d) => (Math.abs(d) > Math.abs(worst) ? d : worst), 0),
      beyondBound: row(excess).reduce((worst, x) => Math.max(worst, x), 0),
      cv: coefficientOfVariation(ratios),
      gini: gini(ratios),
      jain: jain(ratios),
      floor: floors[m]!,
    };
  });
}

/** Population standard deviation over mean; 0 when every value is 0. */
export function coefficientOfVariation(values: ArrayLike<number>): number {
  const mean = sum(values) / values.length;
  if (!(mean > 0)) return 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / values.length) / mean;
}

/**
 * Gini coefficient of values ≥ 0: Σᵢ Σⱼ |xᵢ − xⱼ| / (2 k² mean), 0 when all are equal. With the values in ascending
 * order the double sum is 2 Σᵢ Σ_{j<i} (xᵢ − xⱼ), taken gap by gap so that equal values give exactly 0.
 */
export function gini(values: ArrayLike<number>): number {
  const k = values.length;
  const sorted = Float64Array.from(values).sort();
  const total = sum(sorted);
  if (!(total > 0)) return 0;
  let differences = 0;
  for (let i = 1; i < k; i++) differences += (sorted[i]! - sorted[i - 1]!) * i * (k - i);
  return differences / (k * total);
}

/** Jain's fairness index (Σx)² / (k Σx²), 1/k … 1 (Jain, Chiu, Hawe 1984); 1 when every value is 0. */
export function jain(values: ArrayLike<number>): number {
  const k = values.length;
  let largest = 0;
  for (let i = 0; i < k; i++) largest = Math.max(largest, values[i]!);
  if (!(largest > 0)) return 1;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < k; i++) {
    const share = values[i]! / largest;
    total += share;
    squares += share * share;
  }
  return Math.min(1, Math.max(1 / k, (total * total) / (k * squares)));
}

const floorsOf = new WeakMap<Problem, Float64Array>();

/** Derived once per problem: they do not change with the plan. */
function deviationFloors(problem: Problem): Float64Array {
  let floors = floorsOf.get(problem);
  if (!floors)
    floorsOf.set(problem, (floors = Float64Array.from(problem.measures, (_, m) => deviationFloor(problem, m))));
  return floors;
}

/**
 * The heaviest unit must go somewhere, at best to the territory with the largest target: no plan has a smaller
 * largest deviation than this.
 */
function deviationFloor(problem: Problem, m: number): number {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const heaviest = problem.activity.subarray(m * n, (m + 1) * n).reduce((w, x) => Math.max(w, x), 0);
  const target = problem.target.subarray(m * k, (m + 1) * k).reduce((w, x) => Math.max(w, x), 0);
  return target > 0 ? Math.max(0, heaviest / target - 1) : 0;
}

function divisor(target: number): number {
  return target === 0 ? 1 : target;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
