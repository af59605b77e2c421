import type { Conflict } from '../feasibility/conflict.js';
import type { LevelPlan } from '../optimizer/design-levels.js';
import type { Evaluation, OptimizeResult, Problem, Progress } from '../types.js';

/** What `solve` tells of a search: one result, with the levels above its territories if there are any. */
export interface Solved extends Pick<OptimizeResult, 'problem' | 'plan' | 'evaluation' | 'status'> {
  readonly bound: OptimizeResult['bound'];
  readonly gap: OptimizeResult['gap'];
  readonly boundKind: OptimizeResult['boundKind'];
  readonly stats: Pick<OptimizeResult['stats'], 'seed' | 'moves' | 'elapsedMs'>;
  /** The topmost first; empty for a document without levels. */
  readonly levels: readonly LevelPlan[];
}

/** The result as the one line of JSON that scripts read. Numbers are not rounded. */
export function resultLine(
  { problem, evaluation, status, bound, gap, boundKind, stats, levels }: Solved,
  conflicts: readonly Conflict[] = [],
): string {
  return JSON.stringify({
    name: problem.name,
    units: problem.ids.length,
    territories: problem.territories.length,
    feasible: evaluation.feasible,
    // what was proven to stand in the way; absent where nothing was
    ...(conflicts.length > 0 ? { conflicts: conflicts.map(({ kind, message }) => ({ kind, message })) } : {}),
    maxDeviation: balancedDeviations(problem, evaluation),
    extraComponents: evaluation.extraComponents,
    cost: evaluation.cost,
    cutEdges: evaluation.cutEdges,
    borderKm: evaluation.borderKm,
    bound,
    gap,
    boundKind,
    seconds: stats.elapsedMs / 1000,
    moves: stats.moves,
    seed: stats.seed,
    status,
    ...(levels.length === 0
      ? {}
      : {
          levels: levels.map((level) => ({
            name: level.name,
            groups: level.groups.length,
            feasible: level.evaluation.feasible,
            maxDeviation: balancedDeviations(level.problem, level.evaluation),
            extraComponents: level.evaluation.extraComponents,
          })),
        }),
  });
}

/** The signed worst of every measure that has bounds. */
function balancedDeviations({ measures, territories, lower, upper }: Problem, { balance }: Evaluation) {
  const k = territories.length;
  const isBalanced = (m: number): boolean => {
    for (let i = m * k; i < (m + 1) * k; i++) if (lower[i]! > -Infinity || upper[i]! < Infinity) return true;
    return false;
  };
  const balanced = new Set(measures.filter((_, m) => isBalanced(m)));
  // fromEntries defines its keys, so a measure called __proto__ stays a key.
  return Object.fromEntries(
    balance.filter(({ measure }) => balanced.has(measure)).map(({ measure, maxDeviation }) => [measure, maxDeviation]),
  );
}

/** What a person should know of the map before the search: accounts off the ground, links that nobody declared. */
export function mapRemarks({ outside, accountUnit, links }: Problem): string[] {
  const remarks: string[] = [];
  if (outside && outside.length > 0) {
    const lie = outside.length === 1 ? 'lies outside the ground and is' : 'lie outside the ground and are';
    remarks.push(`${outside.length} of ${accountUnit!.length} accounts ${lie} served all the same.`);
  }
  if (links.length > 0) {
    const [first] = links;
    const what = links.length === 1 ? '1 link was' : `${links.length} links were`;
    remarks.push(`${what} added to join parts of the map that no border joins; the first is ${first!.join(' to ')}.`);
  }
  return remarks;
}

/** One line for a person to watch. */
export function progressLine({ phase, fraction, moves, elapsedMs, best }: Progress): string {
  const plan = best === null ? '' : `  violation ${best.violation.toPrecision(4)}  cost ${best.cost.toPrecision(8)}`;
  return `${phase.padEnd(9)} ${(fraction * 100).toFixed(0).padStart(3)} %  ${(elapsedMs / 1000).toFixed(1)} s  ${moves} moves${plan}`;
}
