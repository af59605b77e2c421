/** Weights of the objective: the activity of one measure, or 1 each when `objective.weight` is null. */
import type { Problem } from '../types.js';

/** Weight per unit, length n. A view on the problem's activity where there is one: not to be written to. */
export function unitWeights(problem: Problem): Float64Array {
  const n = problem.ids.length;
  const m = weightMeasure(problem);
  return m < 0 ? new Float64Array(n).fill(1) : problem.activity.subarray(m * n, (m + 1) * n);
}

/** Weight per account, length A; null when the problem has no accounts. Not to be written to. */
export function accountWeights(problem: Problem): Float64Array | null {
  if (!problem.accountUnit || !problem.accountActivity) return null;
  const count = problem.accountUnit.length;
  const m = weightMeasure(problem);
  return m < 0 ? new Float64Array(count).fill(1) : problem.accountActivity.subarray(m * count, (m + 1) * count);
}

function weightMeasure(problem: Problem): number {
  const weight = problem.objective.weight;
  return weight === null ? -1 : problem.measures.indexOf(weight);
}
