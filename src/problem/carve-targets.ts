/** Targets and bounds of a part of a problem. */
import type { BalanceRule, Problem } from '../types.js';
import { sumMeasures } from './targets.js';

type Bounds = Pick<Problem, 'balance' | 'target' | 'lower' | 'upper'>;

/** `activity`: of the part, M × its units; `chosen`: the territories that remain. See `CarveOptions.targets`. O(M n). */
export function carveTargets(
  problem: Problem,
  activity: Float64Array,
  chosen: Int32Array,
  how: 'anew' | 'kept',
): Bounds {
  const { measures, balance } = problem;
  const kept = {
    target: pick(problem, problem.target, chosen),
    lower: pick(problem, problem.lower, chosen),
    upper: pick(problem, problem.upper, chosen),
  };
  if (how === 'kept') return { balance, ...kept };
  const totals = sumMeasures(measures, activity, activity.length / measures.length);
  const base = problem.demands?.baseLoad;
  const k = problem.territories.length;
  const target = kept.target.slice();
  const lower = kept.lower.slice();
  const upper = kept.upper.slice();
  measures.forEach((measure, m) => {
    const rule = Object.hasOwn(balance, measure) ? balance[measure]! : null;
    const first = m * chosen.length;
    const wanted = kept.target.subarray(first, first + chosen.length).reduce((sum, x) => sum + x, 0);
    const total = totals.get(measure)! + (base ? chosen.reduce((sum, t) => sum + base[m * k + t]!, 0) : 0);
    for (let i = first; i < first + chosen.length; i++) {
      target[i] = wanted > 0 ? total * (kept.target[i]! / wanted) : 0;
      if (rule) [lower[i], upper[i]] = anew(rule, target[i]!, kept.target[i]!, kept.upper[i]!);
    }
  });
  // fromEntries defines its keys, so a measure called __proto__ stays a key.
  const held = Object.fromEntries(Object.entries(balance).filter(([measure]) => totals.get(measure)! > 0));
  return { balance: held, target, lower, upper };
}

/** Bounds by the rule; an upper bound that was tighter than the rule's has other reasons, and stays. */
function anew(rule: BalanceRule, target: number, before: number, upperBefore: number): [number, number] {
  const upperOf = (of: number) => (rule.tolerance === undefined ? (rule.upper ?? Infinity) : of * (1 + rule.tolerance));
  const cap = upperBefore < upperOf(before) ? upperBefore : Infinity;
  if (target === 0) return [-Infinity, cap];
  const lower = rule.tolerance === undefined ? (rule.lower ?? -Infinity) : target * (1 - rule.tolerance);
  return [lower, Math.min(cap, upperOf(target))];
}

/** Of M × k values, the columns of the territories that remain. */
function pick({ territories }: Problem, values: Float64Array, chosen: Int32Array): Float64Array {
  const k = territories.length;
  const picked = new Float64Array((values.length / k) * chosen.length);
  for (let i = 0; i < picked.length; i++) {
    picked[i] = values[Math.floor(i / chosen.length) * k + chosen[i % chosen.length]!]!;
  }
  return picked;
}
