/** From rules on units and accounts to one set of territories per unit. */
import type { Permits } from '../../types.js';
import type { Locks } from './locks.js';
import type { PermitSets } from './permit-sets.js';
import type { ServiceSets } from './service-rules.js';

/**
 * Narrows the units' sets by those of their accounts, the heaviest first, by id among equals. Accounts with which a unit would be left
 * without a territory are returned: they are to be laid over the map. `skip` says which accounts are so already, `openTo`
 * which territories may have a unit at all.
 */
export function bindUnits(
  { units, accounts }: ServiceSets,
  { ids, unit: accountUnit }: { readonly ids: readonly string[]; readonly unit: Int32Array },
  weights: ArrayLike<number>,
  skip: (account: number) => boolean,
  openTo: Locks['openTo'],
): number[] {
  const bound = [...accounts.things].filter((a) => !skip(a));
  bound.sort((a, b) => weights[b]! - weights[a]! || (ids[a]! < ids[b]! ? -1 : 1));
  return bound.filter((a) => !units.narrow(accountUnit[a]!, accounts.of(a)!, openTo(accountUnit[a]!)));
}

/** One row per set that occurs; null where everything is free. Things that `held` says are pinned or locked need none. */
export function collectPermits(things: PermitSets, n: number, held: (unit: number) => boolean): Permits | null {
  const row = new Int32Array(n).fill(-1);
  // units that one rule names share their set; a key is as long as there are territories
  const rows = new Map<Uint8Array | string, number>();
  const sets: Uint8Array[] = [];
  for (const u of [...things.things].sort((a, b) => a - b)) {
    const set = things.of(u)!;
    if (held(u)) continue;
    let index = rows.get(set);
    if (index === undefined) {
      const key = set.join('');
      index = rows.get(key) ?? (set.includes(0) ? sets.push(set) - 1 : -1);
      rows.set(key, index);
      rows.set(set, index);
    }
    row[u] = index;
  }
  if (sets.length === 0) return null;
  const k = sets[0]!.length;
  const allowed = new Uint8Array(sets.length * k);
  for (let i = 0; i < sets.length; i++) allowed.set(sets[i]!, i * k);
  return { row, allowed };
}
