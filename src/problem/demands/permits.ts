/** From rules on units and accounts to one set of territories per unit. */
import type { Permits } from '../../types.js';
import type { PermitSets } from './permit-sets.js';
import type { ServiceSets } from './service-rules.js';

/**
 * Narrows the units' sets by those of their accounts, the heaviest first. Accounts with which a unit would be left
 * without a territory are returned: they are to be laid over the map. `skip` says which accounts are so already.
 */
export function bindUnits(
  { units, accounts }: ServiceSets,
  accountUnit: Int32Array,
  weights: ArrayLike<number>,
  skip: (account: number) => boolean,
): number[] {
  const bound = [...accounts.things].filter((a) => !skip(a));
  bound.sort((a, b) => weights[b]! - weights[a]! || a - b);
  return bound.filter((a) => !units.narrow(accountUnit[a]!, accounts.of(a)!));
}

/** One row per set that occurs; null where everything is free. Things that `held` says are pinned or locked need none. */
export function collectPermits(things: PermitSets, n: number, held: (unit: number) => boolean): Permits | null {
  const row = new Int32Array(n).fill(-1);
  const rows = new Map<string, number>();
  const sets: Uint8Array[] = [];
  for (const u of [...things.things].sort((a, b) => a - b)) {
    const set = things.of(u)!;
    if (!set.includes(0) || held(u)) continue;
    const key = set.join('');
    let index = rows.get(key);
    if (index === undefined) {
      index = sets.push(set) - 1;
      rows.set(key, index);
    }
    row[u] = index;
  }
  if (sets.length === 0) return null;
  const k = sets[0]!.length;
  const allowed = new Uint8Array(sets.length * k);
  for (let i = 0; i < sets.length; i++) allowed.set(sets[i]!, i * k);
  return { row, allowed };
}
