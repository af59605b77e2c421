/** What cannot be parted and weighs more than any territory that may serve it can carry. */
import type { Problem } from '../types.js';
import { type Conflict, percent, ROUNDING, show } from './conflict.js';
import { mayServe, type Servers } from './servers.js';

/** The worst unit or group of each measure. O((n + groups × k) M). */
export function checkHeavy(problem: Problem, servers: Servers): Conflict[] {
  const n = problem.ids.length;
  const k = problem.territories.length;
  const together = problem.demands?.together ?? null;
  const members = new Map<number, number[]>();
  for (let u = 0; u < n; u++) {
    const part = together && together[u]! >= 0 ? n + together[u]! : u;
    if (servers.held[u]! >= 0) continue;
    const list = members.get(part);
    if (list) list.push(u);
    else members.set(part, [u]);
  }
  const found: Conflict[] = [];
  problem.measures.forEach((measure, m) => {
    let worst: Conflict | null = null;
    for (const [part, units] of members) {
      const weight = units.reduce((sum, u) => sum + problem.activity[m * n + u]!, 0);
      if (weight === 0) continue;
      let bound = -Infinity;
      for (let t = 0; t < k && bound < weight; t++) {
        if (!units.every((u) => mayServe(servers, u, t))) continue;
        bound = Math.max(bound, problem.upper[m * k + t]! - (problem.demands?.baseLoad?.[m * k + t] ?? 0));
      }
      if (bound === -Infinity || weight - bound <= ROUNDING * weight) continue;
      const excess = bound > 0 ? weight / bound - 1 : 1;
      if (worst && worst.excess >= excess) continue;
      const group = part >= n;
      const what = group
        ? `Group ${problem.demands!.groupIds[part - n]} of ${units.length} units`
        : `Unit ${problem.ids[part]}`;
      const share = bound > 0 ? percent(weight / bound) : 'more than all';
      worst = {
        kind: 'heavy',
        proven: true,
        demands: group ? ['balance', 'groups'] : ['balance'],
        territories: [],
        units: units.slice(0, 10).map((u) => problem.ids[u]!),
        measure,
        excess,
        message: `${what} weighs ${show(weight)} ${measure}, ${share} of the highest upper bound of a territory that may serve it (${show(bound)}).`,
      };
    }
    if (worst) found.push(worst);
  });
  return found;
}
