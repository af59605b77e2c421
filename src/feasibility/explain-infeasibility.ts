/** Why no plan meets every demand: proofs where there are any, else the demands without one of which a plan was found. */

import { percent } from '../metrics/wording.js';
import type { OptimizeOptions, OptimizeResult, Optimizer, Problem, ProblemInput, Violation } from '../types.js';
import { type Conflict, list } from './conflict.js';
import { proveConflicts } from './prove-conflicts.js';
import { listRelaxations, type Relaxation } from './relaxations.js';

/** Run options of every search that is made; a bound is never proven. */
export type ExplainOptions = Omit<OptimizeOptions, 'bound' | 'boundTimeLimitMs' | 'preview'>;

export interface Infeasibility {
  /** Whether a plan was found that meets everything after all; then there are no conflicts. */
  readonly feasible: boolean;
  /** Sets of demands that cannot be met together, proven ones first. Empty for a feasible problem. */
  readonly conflicts: readonly Conflict[];
  /** The plan that misses the least, of the whole problem. */
  readonly nearest: OptimizeResult;
  /** By how much that plan misses which bound: its violations. */
  readonly missed: readonly Violation[];
}

/**
 * Searches for a plan; where none is found, says which demands stand in its way.
 *
 * What can be proven from sums and from the map comes first. Where nothing can, demands are dropped one at a time (the
 * deletion filter of Chinneck and Dravnieks, ORSA Journal on Computing 3(2), 1991): one without which there is still no
 * plan is left out for good, one without which there is a plan belongs to the conflict. What remains is a set of which
 * every demand is needed for there to be no plan, as far as the searches can tell.
 *
 * Costs one search, and one more per demand where nothing is proven; `moveLimit` and `timeLimitMs` are of each. Bounds on
 * the moves of each search, not on time, make it deterministic.
 *
 * @throws {TerritoryError} as `optimize` does. An abort rejects, or with `'return-best'` ends the explanation with what is
 * known: the conflict then has every demand that was not yet dropped, where at least one of them is known to be needed.
 */
export async function explainInfeasibility(
  optimizer: Optimizer,
  problem: Problem | ProblemInput,
  options: ExplainOptions = {},
): Promise<Infeasibility> {
  const run = { ...options, bound: false };
  const nearest = await optimizer.optimize(problem, run);
  const missed = nearest.evaluation.violations.filter(({ kind }) => kind !== 'group');
  if (nearest.evaluation.violation === 0) return { feasible: true, conflicts: [], nearest, missed };
  const proven = proveConflicts(nearest.problem);
  if (proven.length > 0) return { feasible: false, conflicts: proven, nearest, missed };
  const filtered = await filterDemands(optimizer, nearest.problem, run);
  const conflicts = filtered.needed.length > 0 ? [describe(filtered, nearest)] : [];
  return { feasible: false, conflicts, nearest, missed };
}

interface Filtered {
  /** Demands without each of which a plan was found. */
  readonly needed: readonly Relaxation[];
  /** Demands that an abort left unsearched. */
  readonly unsearched: readonly Relaxation[];
}

async function filterDemands(optimizer: Optimizer, problem: Problem, options: OptimizeOptions): Promise<Filtered> {
  const { signal, onAbort } = options;
  let relaxed = problem;
  const needed: Relaxation[] = [];
  const relaxations = listRelaxations(problem);
  for (let i = 0; i < relaxations.length; i++) {
    if (signal?.aborted) {
      // between two searches none is there to reject
      if (onAbort !== 'return-best') throw signal.reason;
      return { needed, unsearched: relaxations.slice(i) };
    }
    const without = relaxations[i]!.drop(relaxed);
    const { evaluation } = await optimizer.optimize(without, options);
    if (evaluation.violation === 0) needed.push(relaxations[i]!);
    else if (signal?.aborted) return { needed, unsearched: relaxations.slice(i) };
    else relaxed = without;
  }
  return { needed, unsearched: [] };
}

function describe({ needed, unsearched }: Filtered, { evaluation }: OptimizeResult): Conflict {
  const found = [...needed, ...unsearched];
  const names = found.map(({ name }) => name);
  const searched = list(needed.map(({ name }) => name));
  const worst = evaluation.violations.reduce((a, b) => (b.amount > a.amount ? b : a));
  const territories = new Set(evaluation.violations.flatMap(({ territory }) => territory ?? []));
  const without =
    unsearched.length > 0 ? `Without ${searched}` : names.length === 1 ? 'Without it' : 'Without any one of them';
  const rest = unsearched.length > 0 ? '; the search ended before the others were dropped' : '';
  return {
    kind: 'search',
    proven: false,
    demands: [...new Set(found.flatMap(({ demands }) => demands))].sort(),
    territories: [...territories],
    units: [],
    measure: worst.measure,
    excess: worst.amount,
    message: `No plan was found that meets ${list(names)}${names.length === 1 ? '' : ' together'}; the nearest misses by ${percent(evaluation.violation)} in all. ${without} one was found${rest}.`,
  };
}
