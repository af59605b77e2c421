/** What a plan breaks of pins, permits, groups that stay together, and limits on what changes hands. */
import type { Problem, Violation } from '../../types.js';
import { type LimitUse, measureLimits } from './move-limits.js';

/** Per territory pins and permits, in this order; see `findBrokenWholes` for the rest. O(n). */
export function findBrokenByTerritory(problem: Problem, assignment: Int32Array): (t: number) => Violation[] {
  const k = problem.territories.length;
  const astray = new Int32Array(k);
  const firstAstray = new Int32Array(k).fill(-1);
  const barred = new Int32Array(k);
  const firstBarred = new Int32Array(k).fill(-1);
  const { pinned } = problem;
  const permits = problem.demands?.permits;
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    const home = pinned ? pinned[u]! : -1;
    if (home >= 0 && t !== home) {
      if (astray[home]!++ === 0) firstAstray[home] = u;
    }
    const row = permits && t >= 0 ? permits.row[u]! : -1;
    if (row >= 0 && !permits!.allowed[row * k + t]) {
      if (barred[t]!++ === 0) firstBarred[t] = u;
    }
  }
  return (t) => {
    const found: Violation[] = [];
    const territory = problem.territories[t]!.id;
    const add = (kind: 'pinned' | 'permit', amount: number, message: string) => {
      if (amount > 0) found.push({ kind, territory, measure: null, amount, message });
    };
    const name = (first: number) => problem.ids[first];
    const lost = astray[t]!;
    const held = barred[t]!;
    add(
      'pinned',
      lost,
      lost === 1
        ? `Unit ${name(firstAstray[t]!)} is pinned to ${territory}, but is not in it.`
        : `${lost} units are pinned to ${territory}, but are not in it; the first is ${name(firstAstray[t]!)}.`,
    );
    add(
      'permit',
      held,
      held === 1
        ? `${territory} may not serve unit ${name(firstBarred[t]!)}, but has it.`
        : `${territory} may not serve ${held} units that it has; the first is ${name(firstBarred[t]!)}.`,
    );
    return found;
  };
}

/** Groups of units that should be together, then limits. O(n + A · limits). */
export function findBrokenWholes(problem: Problem, assignment: Int32Array): Violation[] {
  return [...findSplit(problem, assignment), ...findExceeded(problem, assignment)];
}

function findSplit(problem: Problem, assignment: Int32Array): Violation[] {
  const { together, groupIds } = problem.demands ?? { together: null, groupIds: [] };
  if (!together) return [];
  const holders = groupIds.map(() => new Set<number>());
  for (let u = 0; u < together.length; u++) {
    if (together[u]! >= 0 && assignment[u]! >= 0) holders[together[u]!]!.add(assignment[u]!);
  }
  return holders.flatMap((holder, g): Violation[] => {
    if (holder.size < 2) return [];
    const names = [...holder].sort((a, b) => a - b).map((t) => problem.territories[t]!.id);
    const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    const message = `The units of group ${groupIds[g]} must stay together, but are in ${names.length} territories: ${shown}.`;
    return [{ kind: 'together', territory: null, measure: null, amount: names.length - 1, message }];
  });
}

function findExceeded(problem: Problem, assignment: Int32Array): Violation[] {
  return measureLimits(problem, assignment)
    .filter(({ excess }) => excess > 0)
    .map((use) => ({
      kind: 'limit',
      territory: null,
      measure: use.limit.measure,
      amount: use.excess,
      message: describeLimit(use),
    }));
}

function describeLimit({ limit, moved, total, excess }: LimitUse): string {
  const what = {
    accounts: 'accounts or units',
    activity: `${limit.measure}`,
    months: 'months of relationship',
    value: `${limit.measure} at risk`,
  }[limit.kind];
  const beyond = `${Number((100 * excess).toPrecision(3))} %`;
  return (
    `${show(moved)} ${what} of ${show(total)} change hands, ${beyond} of the ` +
    `${limit.max > 0 ? 'limit' : 'whole'} more than the ${show(limit.max)} that may.`
  );
}

/** Six significant digits, the same in every engine and language. */
function show(value: number): string {
  return String(Number(value.toPrecision(6)));
}
