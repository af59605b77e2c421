/** Who serves whom today, by index. */
import { invalid } from '../errors.js';
import type { Territory } from '../types.js';
import type { UnitAccounts } from './aggregate.js';

/** The problem's own territories, then today's other ids in ascending order. */
export function listTodayIds(
  territories: readonly Pick<Territory, 'id'>[],
  names: readonly (string | null)[] | null,
): string[] {
  const own = territories.map((territory) => territory.id);
  const known = new Set(own);
  const others = new Set<string>();
  for (const name of names ?? []) if (name !== null && !known.has(name)) others.add(name);
  return [...own, ...[...others].sort()];
}

/**
 * Today's ids after the territories have changed, and the new index of each old id; −1 where nobody is held by it
 * (`held`: indices into the old ids). O(held).
 */
export function renameToday(
  oldIds: readonly string[],
  held: Int32Array | null,
  territories: readonly Pick<Territory, 'id'>[],
): { readonly todayIds: string[]; readonly index: Int32Array } {
  const used = new Set(held ?? []);
  const todayIds = listTodayIds(
    territories,
    oldIds.filter((_, t) => used.has(t)),
  );
  const indexOf = new Map(todayIds.map((id, t) => [id, t]));
  return { todayIds, index: Int32Array.from(oldIds, (id) => indexOf.get(id) ?? -1) };
}

/** Index of each name; −1 for null. */
export function indexNames(names: readonly (string | null)[], ids: readonly string[]): Int32Array {
  const indexOf = new Map(ids.map((id, i) => [id, i]));
  return Int32Array.from(names, (name) => (name === null ? -1 : indexOf.get(name)!));
}

/**
 * The territory with the largest sum of `weights` in each unit, the lower index among equals; −1 where no account has
 * one. Sums in ascending order of weight, so that the order of accounts in the input does not decide.
 */
export function chooseByWeight(
  accountTerritory: Int32Array,
  weights: Float64Array | null,
  { offsets, order }: UnitAccounts,
): Int32Array {
  const units = offsets.length - 1;
  const today = new Int32Array(units).fill(-1);
  for (let u = 0; u < units; u++) {
    const sums = new Map<number, number>();
    const own = Array.from(order.subarray(offsets[u]!, offsets[u + 1]!));
    if (weights) own.sort((a, b) => weights[a]! - weights[b]!);
    for (const a of own) {
      const t = accountTerritory[a]!;
      if (t >= 0) sums.set(t, (sums.get(t) ?? 0) + (weights ? weights[a]! : 1));
    }
    let most = -1;
    for (const [t, sum] of sums) {
      if (sum > most || (sum === most && t < today[u]!)) {
        most = sum;
        today[u] = t;
      }
    }
  }
  return today;
}

/** A locked territory keeps what it has today, so it must have something. */
export function checkLocked(territories: readonly Territory[], today: Int32Array | null): void {
  const owns = new Set(today ?? []);
  territories.forEach((territory, t) => {
    if (territory.locked && !owns.has(t)) {
      throw invalid(`territories[${t}].locked`, true, 'needs units that are its own today');
    }
  });
}
