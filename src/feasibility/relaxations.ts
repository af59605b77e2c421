/** A problem with one of its demands dropped. */
import type { Demands, Problem } from '../types.js';
import { boundDemands } from './bound-demands.js';
import type { DemandName } from './conflict.js';

/** One demand of a problem that can be dropped. */
export interface Relaxation {
  readonly demands: readonly DemandName[];
  /** For messages: `balance of hours`, `pins`. */
  readonly name: string;
  readonly drop: (problem: Problem) => Problem;
}

/** Every demand that the problem makes, those that most plans can do without first. */
export function listRelaxations(problem: Problem): Relaxation[] {
  const { demands, pinned, territories, measures, lower, upper } = problem;
  const k = territories.length;
  const relaxations: Relaxation[] = [];
  const without = (demand: DemandName, given: unknown, change: Partial<Demands>) => {
    if (!given) return;
    const drop = (from: Problem): Problem => ({ ...from, demands: from.demands && { ...from.demands, ...change } });
    relaxations.push({ demands: [demand], name: demand, drop });
  };
  without('permits', demands?.permits, { permits: null });
  without('groups', demands?.together, { together: null });
  without('limits', demands?.limits.length, { limits: [] });
  if (pinned) relaxations.push({ demands: ['pins'], name: 'pins', drop: (from) => ({ ...from, pinned: null }) });
  if (territories.some(({ locked }) => locked)) {
    relaxations.push({
      demands: ['locked'],
      name: 'locked territories',
      drop: (from) => ({
        ...from,
        territories: from.territories.map((territory) => ({ ...territory, locked: false })),
      }),
    });
  }
  if (territories.some(({ contiguous }) => contiguous)) {
    relaxations.push({
      demands: ['contiguity'],
      name: 'contiguity',
      drop: (from) => ({
        ...from,
        contiguity: 'off',
        territories: from.territories.map((territory) => ({ ...territory, contiguous: false })),
      }),
    });
  }
  measures.forEach((measure, m) => {
    const bounded = (bounds: Float64Array) => bounds.subarray(m * k, (m + 1) * k).some(Number.isFinite);
    if (!bounded(lower) && !bounded(upper)) return;
    const ofClass = demands?.classMeasures.includes(m) ?? false;
    const below = bounded(lower) ? boundDemands(problem, m, 'lower') : [];
    relaxations.push({
      demands: [...new Set([...below, ...boundDemands(problem, m, 'upper')])],
      name: `${ofClass ? 'bounds' : 'balance'} of ${measure}`,
      drop: (from) => ({
        ...from,
        lower: from.lower.slice().fill(-Infinity, m * k, (m + 1) * k),
        upper: from.upper.slice().fill(Infinity, m * k, (m + 1) * k),
      }),
    });
  });
  return relaxations;
}
