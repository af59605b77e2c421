/** What a plan breaks of pins, permits, groups that stay together, and limits on what changes hands. */
import type { Permits, Problem, Violation } from '../../types.js';
import type { Basis } from '../basis.js';
import { percent, show } from '../wording.js';
import type { LimitUse } from './move-limits.js';

/** Of one territory pins, permits of units and of accounts laid over it, in this order. O(units, guests, pinned units). */
export function territoryDemands(
  { problem, pinnedTo }: Basis,
  t: number,
  { units, guests }: { readonly units: Int32Array; readonly guests: Int32Array },
): Violation[] {
  const found: Violation[] = [];
  const territory = problem.territories[t]!.id;
  const add = (kind: 'pinned' | 'permit', amount: number, message: string) => {
    if (amount > 0) found.push({ kind, territory, measure: null, amount, message });
  };
  const name = (u: number | undefined) => problem.ids[u ?? -1];
  const astray = pinnedTo ? without(pinnedTo[t]!, units) : [];
  add(
    'pinned',
    astray.length,
    astray.length === 1
      ? `Unit ${name(astray[0])} is pinned to ${territory}, but is not in it.`
      : `${astray.length} units are pinned to ${territory}, but are not in it; the first is ${name(astray[0])}.`,
  );
  const barredOf = (permits: Permits | null | undefined, things: Int32Array) =>
    things.filter((i) => permits && permits.row[i]! >= 0 && permits.allowed[permits.row[i]! * k + t] === 0);
  const k = problem.territories.length;
  const barred = barredOf(problem.demands?.permits, units);
  add(
    'permit',
    barred.length,
    barred.length === 1
      ? `${territory} may not serve unit ${name(barred[0])}, but has it.`
      : `${territory} may not serve ${barred.length} units that it has; the first is ${name(barred[0])}.`,
  );
  const unfit = barredOf(problem.demands?.accountPermits, guests);
  const account = problem.accountIds?.[unfit[0] ?? -1];
  add(
    'permit',
    unfit.length,
    unfit.length === 1
      ? `${territory} may not serve account ${account}, but has it.`
      : `${territory} may not serve ${unfit.length} accounts that it has; the first is ${account}.`,
  );
  return found;
}

/** Those of `wanted` that are not among `units`; both ascend. */
function without(wanted: Int32Array, units: Int32Array): number[] {
  const missing: number[] = [];
  let i = 0;
  for (const u of wanted) {
    while (i < units.length && units[i]! < u) i++;
    if (units[i] !== u) missing.push(u);
  }
  return missing;
}

/** Groups of units that should be together. `heldBy`: the groups in each territory. */
export function splitViolations({ demands, territories }: Problem, heldBy: readonly Int32Array[]): Violation[] {
  return [...listSplit(demands?.groupIds.length ?? 0, heldBy)].map(([g, holders]) => {
    const names = holders.map((t) => territories[t]!.id);
    const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    const message = `The units of group ${demands!.groupIds[g]} must stay together, but are in ${names.length} territories: ${shown}.`;
    return { kind: 'together', territory: null, measure: null, amount: names.length - 1, message };
  });
}

/** The groups that several territories hold, with these, both ascending. O(k + entries). */
export function listSplit(count: number, heldBy: readonly Int32Array[]): Map<number, number[]> {
  const holders = new Int32Array(count);
  for (const own of heldBy) for (const g of own) holders[g]!++;
  const split = new Map<number, number[]>();
  for (let g = 0; g < count; g++) if (holders[g]! > 1) split.set(g, []);
  if (split.size > 0)
    heldBy.forEach((own, t) => {
      for (const g of own) split.get(g)?.push(t);
    });
  return split;
}

/** Territories beyond the first, over all groups. O(count + entries). */
export function countSplits(count: number, heldBy: readonly Int32Array[]): number {
  const holders = new Int32Array(count);
  for (const own of heldBy) for (const g of own) holders[g]!++;
  return holders.reduce((sum, n) => sum + Math.max(0, n - 1), 0);
}

/** Limits that are exceeded. `movables`: what changes hands, `'accounts'` or `'units'`. */
export function limitViolations(uses: readonly LimitUse[], movables: 'accounts' | 'units'): Violation[] {
  return uses
    .filter(({ excess }) => excess > 0)
    .map((use) => ({
      kind: 'limit',
      territory: null,
      measure: use.limit.measure,
      amount: use.excess,
      message: describeLimit(use, movables),
    }));
}

function describeLimit({ limit, moved, total, excess }: LimitUse, movables: 'accounts' | 'units'): string {
  const what = {
    accounts: movables,
    activity: `${limit.measure}`,
    months: 'months of relationship',
    value: `${limit.measure} at risk`,
  }[limit.kind];
  return (
    `${show(moved)} ${what} of ${show(total)} change hands, ${percent(excess)} of the ` +
    `${limit.max > 0 ? 'limit' : 'whole'} more than the ${show(limit.max)} that may.`
  );
}
