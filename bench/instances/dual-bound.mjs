/**
 * The Lagrangian bound of the Hess model that published multipliers prove (Validi, Buchanan, Lykhovyd, Operations Research
 * 70, 2022): Σα plus the k smallest W_j, W_j = ŵ_jj + Σ_{i≠j} min(0, ŵ_ij), with
 * ŵ_ij = w_ij − α_i − λ_j p_i / L + υ_j p_i / U, to which ŵ_jj adds λ_j − υ_j. Valid for any multipliers and any w.
 */
import { paperDistance } from './metric.mjs';

/**
 * @returns {{ paper: number, exact: number }} the bound in the instance's own metric, and what the same multipliers prove
 *   about exact kilometres; both in the instance's scale
 */
export function publishedBound(instance, multipliers) {
  const { units } = instance;
  const kilometre = instance.metric.type.startsWith('planar-km') ? 1000 : 1;
  const exact = (i, j) => Math.hypot(units[i].x - units[j].x, units[i].y - units[j].y) / kilometre;
  return {
    paper: lagrangianBound(instance, multipliers, paperDistance(instance)),
    exact: lagrangianBound(instance, multipliers, exact),
  };
}

/** O(n²). */
function lagrangianBound({ units, k, lower, upper, scale = 1 }, { alpha, lambda, upsilon }, distance) {
  const n = units.length;
  const perCenter = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const price = upsilon[j] / upper - lambda[j] / lower;
    for (let i = 0; i < n; i++) {
      const { weight } = units[i];
      const reduced = weight * distance(i, j) ** 2 * scale - alpha[i] + weight * price;
      if (i === j) perCenter[j] += reduced + lambda[j] - upsilon[j];
      else if (reduced < 0) perCenter[j] += reduced;
    }
  }
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return sum(alpha) + sum([...perCenter.sort()].slice(0, k));
}
