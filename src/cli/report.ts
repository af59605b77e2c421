import type { Conflict } from '../feasibility/conflict.js';
import type { OptimizeResult, Progress } from '../types.js';

/** The result as the one line of JSON that scripts read. Numbers are not rounded. */
export function resultLine(
  { problem, evaluation, status, bound, gap, boundKind, stats }: OptimizeResult,
  conflicts: readonly Conflict[] = [],
): string {
  const { measures, territories, lower, upper } = problem;
  const k = territories.length;
  const isBalanced = (m: number): boolean => {
    for (let i = m * k; i < (m + 1) * k; i++) if (lower[i]! > -Infinity || upper[i]! < Infinity) return true;
    return false;
  };
  const balanced = new Set(measures.filter((_, m) => isBalanced(m)));
  return JSON.stringify({
    name: problem.name,
    units: problem.ids.length,
    territories: k,
    feasible: evaluation.feasible,
    // what was proven to stand in the way; absent where nothing was
    ...(conflicts.length > 0 ? { conflicts: conflicts.map(({ kind, message }) => ({ kind, message })) } : {}),
    // fromEntries defines its keys, so a measure called __proto__ stays a key.
    maxDeviation: Object.fromEntries(
      evaluation.balance
        .filter(({ measure }) => balanced.has(measure))
        .map(({ measure, maxDeviation }) => [measure, maxDeviation]),
    ),
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
  });
}

/** One line for a person to watch. */
export function progressLine({ phase, fraction, moves, elapsedMs, best }: Progress): string {
  const plan = best === null ? '' : `  violation ${best.violation.toPrecision(4)}  cost ${best.cost.toPrecision(8)}`;
  return `${phase.padEnd(9)} ${(fraction * 100).toFixed(0).padStart(3)} %  ${(elapsedMs / 1000).toFixed(1)} s  ${moves} moves${plan}`;
}
