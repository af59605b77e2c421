/** What cannot be parted and weighs more than any territory that may serve it can carry. */

import { percent, show } from '../metrics/wording.js';
import type { Problem } from '../types.js';
import { boundDemands, widened } from './bound-demands.js';
import { type Conflict, type DemandName, ROUNDING } from './conflict.js';
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
  const { upper } = widened(problem);
  problem.measures.forEach((measure, m) => {
    let worst: Heavy | null = null;
    for (const [part, units] of members) {
      const weight = units.reduce((sum, u) => sum + problem.activity[m * n + u]!, 0);
      if (weight === 0) continue;
      let bound = -Infinity;
      for (let t = 0; t < k && bound < weight; t++) {
        if (!units.every((u) => mayServe(servers, u, t))) continue;
        bound = Math.max(bound, upper[m * k + t]! - (problem.demands?.baseLoad?.[m * k + t] ?? 0));
      }
      if (bound === -Infinity || weight - bound <= ROUNDING * weight) continue;
      const excess = bound > 0 ? weight / bound - 1 : 1;
      if (!worst || excess > worst.excess) worst = { part, units, weight, bound, excess };
    }
    if (worst) found.push(describe(problem, m, measure, worst, upper));
  });
  return found;
}

/** A unit, or the units of a group, with what of a measure fits on no territory. */
interface Heavy {
  /** The unit, or n and the group. */
  readonly part: number;
  readonly units: readonly number[];
  readonly weight: number;
  readonly bound: number;
  readonly excess: number;
}

function describe(problem: Problem, m: number, measure: string, heavy: Heavy, upper: Float64Array): Conflict {
  const n = problem.ids.length;
  const { part, units, weight, bound, excess } = heavy;
  const group = part >= n;
  const what = group
    ? `Group ${problem.demands!.groupIds[part - n]} of ${units.length} units`
    : `Unit ${problem.ids[part]}`;
  const demands = heavyDemands(problem, m, weight, group, upper);
  const share = bound > 0 ? percent(weight / bound) : 'more than all';
  const beside = demands.includes('named') ? ' beside the accounts laid over the map' : '';
  return {
    kind: 'heavy',
    proven: true,
    demands,
    territories: [],
    units: units.slice(0, 10).map((u) => problem.ids[u]!),
    measure,
    excess,
    message: `${what} weighs ${show(weight)} ${measure}, ${share} of the highest upper bound of a territory that may serve it${beside} (${show(bound)}).`,
  };
}

/** What it takes for the weight to fit nowhere: the bounds alone, else with accounts over the map, locks and permits. */
function heavyDemands(problem: Problem, m: number, weight: number, group: boolean, upper: Float64Array): DemandName[] {
  const { territories, demands } = problem;
  const k = territories.length;
  const base = (t: number) => demands?.baseLoad?.[m * k + t] ?? 0;
  const fits = (room: (t: number) => number) => territories.some((_, t) => weight - room(t) <= ROUNDING * weight);
  const found = new Set<DemandName>(boundDemands(problem, m, 'upper'));
  if (group) found.add('groups');
  if (!fits((t) => upper[m * k + t]!)) return [...found].sort();
  if (territories.some((_, t) => base(t) > 0)) found.add('named');
  if (!fits((t) => upper[m * k + t]! - base(t))) return [...found].sort();
  if (territories.some(({ locked }) => locked)) found.add('locked');
  if (!fits((t) => (territories[t]!.locked ? -Infinity : upper[m * k + t]! - base(t)))) return [...found].sort();
  return [...found.add('permits')].sort();
}
