/** The mix of classes: how far the loads of each territory's classes are from their target shares. */
import type { Problem } from '../../types.js';

/**
 * Of one territory ½ Σ_c |load − share_c · S| / S, where S is the sum of the territory's targets of the class measures:
 * total variation distance against a territory that is on target. 0 without a mix. `loads`: length M. O(classes).
 */
export function mixDistance(problem: Problem, t: number, loads: Float64Array): number {
  const mix = problem.demands?.mix;
  const whole = mix ? mixTotal(problem, t) : 0;
  if (!mix || whole <= 0) return 0;
  let off = 0;
  mix.measures.forEach((m, c) => {
    off += Math.abs(loads[m]! - mix.target[c]! * whole);
  });
  return (0.5 * off) / whole;
}

/** Sum of territory `t`'s targets of the class measures. */
export function mixTotal(problem: Problem, t: number): number {
  const k = problem.territories.length;
  return problem.demands!.mix!.measures.reduce((sum, m) => sum + problem.target[m * k + t]!, 0);
}
