/** What edits must not touch: locked territories and pinned units. */
import { TerritoryError } from '../errors.js';
import type { Changes, PlanTally } from '../metrics/plan-tally.js';
import { usualServer } from '../metrics/served-accounts.js';
import type { Problem } from '../types.js';

export interface Holds {
  /** Indices of locked territories. */
  readonly locks: ReadonlySet<number>;
  /** Territory that each unit is pinned to, −1 for none; null when none is. */
  readonly pins: Int32Array | null;
}

/** Ids that an error names at most. */
const MOST_NAMED = 100;

/** Those that the problem itself demands. */
export function holdsOf({ territories, pinned }: Problem): Holds {
  const locks = territories.flatMap(({ locked }, t) => (locked ? [t] : []));
  return { locks: new Set(locks), pins: pinned?.some((t) => t >= 0) ? pinned : null };
}

/** @throws {TerritoryError} LOCKED or PINNED when the changes touch what is held. O(changed). */
export function checkHolds(tally: PlanTally, holds: Holds, changes: Changes): void {
  const { problem } = tally.basis;
  const locked = findLocked(tally, holds, changes);
  if (locked >= 0) {
    const { units, accounts } = changes;
    const own = Array.from(units).filter((u, i) => tally.assignment[u] === locked || changes.unitTo[i] === locked);
    const { id } = problem.territories[locked]!;
    throw new TerritoryError('LOCKED', `${id} is locked: nothing may leave or enter it`, {
      territory: id,
      units: own.slice(0, MOST_NAMED).map((u) => problem.ids[u]!),
      ...(accounts.length > 0 && { accounts: accounts.length }),
    });
  }
  const { pins } = holds;
  if (!pins) return;
  const moving = Array.from(changes.units).filter((u, i) => pins[u]! >= 0 && changes.unitTo[i] !== pins[u]);
  if (moving.length === 0) return;
  const first = moving[0]!;
  const rest = moving.length > 1 ? `, and ${moving.length - 1} more units are pinned` : '';
  const home = problem.territories[pins[first]!]!.id;
  throw new TerritoryError('PINNED', `Unit ${problem.ids[first]} is pinned to ${home}${rest}`, {
    units: moving.slice(0, MOST_NAMED).map((u) => problem.ids[u]!),
  });
}

/** The first locked territory that would change; −1 when none would. */
function findLocked({ assignment, accounts, basis }: PlanTally, { locks }: Holds, changes: Changes): number {
  if (locks.size === 0) return -1;
  for (let i = 0; i < changes.units.length; i++) {
    for (const t of [assignment[changes.units[i]!]!, changes.unitTo[i]!]) if (locks.has(t)) return t;
  }
  for (let i = 0; i < changes.accounts.length; i++) {
    const a = changes.accounts[i]!;
    const own = usualServer(basis, assignment, a);
    const before = accounts?.[a] ?? -1;
    const after = changes.accountTo[i]!;
    for (const t of [before < 0 ? own : before, after < 0 ? own : after]) if (locks.has(t)) return t;
  }
  return -1;
}
