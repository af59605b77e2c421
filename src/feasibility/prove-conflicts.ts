/** Everything that can be proven to conflict without a search. */
import type { Problem } from '../types.js';
import { checkBounds } from './check-bounds.js';
import { checkHeavy } from './check-heavy.js';
import { checkLand } from './check-land.js';
import { checkLimits } from './check-limits.js';
import { checkService } from './check-service.js';
import type { Conflict } from './conflict.js';
import { listServers } from './servers.js';

/**
 * Sets of demands that no plan can meet together, the plainest first: each is proven from sums and from the map alone.
 * Empty when nothing was found, which does not mean that there is a plan. O((n + A log A) M + k × flow).
 */
export function proveConflicts(problem: Problem): Conflict[] {
  const servers = listServers(problem);
  return [
    ...checkBounds(problem),
    ...checkService(problem, servers),
    ...checkHeavy(problem, servers),
    ...checkLand(problem, servers),
    ...checkLimits(problem),
  ];
}
