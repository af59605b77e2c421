/** Bounds of one territory that leave nothing between them. */

import { show } from '../metrics/wording.js';
import type { Problem } from '../types.js';
import { boundDemands, widened } from './bound-demands.js';
import { type Conflict, list } from './conflict.js';

/** At most one conflict per measure, of all territories that it is about. O(M k). */
export function checkBounds(problem: Problem): Conflict[] {
  const { measures, territories } = problem;
  const k = territories.length;
  const { lower, upper } = widened(problem);
  return measures.flatMap((measure, m): Conflict[] => {
    const found = territories.map((_, t) => t).filter((t) => lower[m * k + t]! > upper[m * k + t]!);
    if (found.length === 0) return [];
    const excessOf = (t: number) => (upper[m * k + t]! > 0 ? lower[m * k + t]! / upper[m * k + t]! - 1 : 1);
    const worst = found.reduce((a, b) => (excessOf(b) > excessOf(a) ? b : a));
    const names = found.map((t) => territories[t]!.id);
    const others = names.length > 1 ? ` (one of ${list(names)})` : '';
    const demands = new Set([...boundDemands(problem, m, 'lower', found), ...boundDemands(problem, m, 'upper', found)]);
    return [
      {
        kind: 'bounds',
        proven: true,
        demands: [...demands].sort(),
        territories: names,
        units: [],
        measure,
        excess: excessOf(worst),
        message: `${territories[worst]!.id}${others} must have at least ${show(problem.lower[m * k + worst]!)} ${measure}, but at most ${show(problem.upper[m * k + worst]!)}.`,
      },
    ];
  });
}
