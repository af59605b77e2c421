/** The mix of classes: how far the loads of each territory's classes are from their target shares. */
import type { Problem } from '../../types.js';

/**
 * Σ over territories of ½ Σ_c |load − share_c · S| / S, where S is the sum of the territory's targets of the class
 * measures: total variation distance against a territory that is on target. 0 without a mix. O(k · classes).
 */
export function mixDistance(problem: Problem, loads: Float64Array): number {
  const mix = problem.demands?.mix;
  if (!mix) return 0;
  const k = problem.territories.length;
  let sum = 0;
  for (let t = 0; t < k; t++) {
    const whole = mixTotal(problem, t);
    if (whole <= 0) continue;
    let off = 0;
    mix.measures.forEach((m, c) => {
      off += Math.abs(loads[m * k + t]! - mix.target[c]! * whole);
    });
    sum += (0.5 * off) / whole;
  }
  return sum;
}

/** Sum of territory `t`'s targets of the class measures. */
export function mixTotal(problem: Problem, t: number): number {
  const k = problem.territories.length;
  return problem.demands!.mix!.measures.reduce((sum, m) => sum + problem.target[m * k + t]!, 0);
}
