/** The accounts of a part of a problem. */
import type { Problem } from '../types.js';
import { NO_ACCOUNTS } from './no-accounts.js';

/**
 * Accounts whose units remain (`at`: new index per unit, −1 for none), in their order; without those laid over the map
 * for a territory that does not remain. null when the problem has no accounts. O(A).
 */
export function listKeptAccounts(
  { accountUnit, demands }: Problem,
  at: Int32Array,
  chosen: Int32Array,
): Int32Array | null {
  if (!accountUnit) return null;
  const overlay = demands?.overlay;
  const remains = new Set(chosen);
  return Int32Array.from(accountUnit.keys()).filter(
    (a) => at[accountUnit[a]!]! >= 0 && (!overlay || overlay[a]! < 0 || remains.has(overlay[a]!)),
  );
}

/** Everything that a problem knows of the accounts in `kept`, for a part of so many units. O(M A). */
export function carveAccounts(problem: Problem, at: Int32Array, kept: Int32Array | null, units: number) {
  const { accountIds, accountUnit, accountTerritory, accountActivity, accountLngLat, accountMonths, outside } = problem;
  if (!accountUnit || !accountIds || !kept) return NO_ACCOUNTS;
  const count = accountUnit.length;
  const M = problem.measures.length;
  const activity = accountActivity && new Float64Array(M * kept.length);
  for (let m = 0; activity && m < M; m++) {
    for (let i = 0; i < kept.length; i++) activity[m * kept.length + i] = accountActivity![m * count + kept[i]!]!;
  }
  const unit = kept.map((a) => at[accountUnit[a]!]!);
  const perUnit = new Int32Array(units);
  for (const u of unit) perUnit[u]!++;
  const place = new Map(outside ? Array.from(kept, (a, i) => [a, i]) : []);
  const lngLat = accountLngLat && new Float64Array(2 * kept.length);
  for (let i = 0; lngLat && i < kept.length; i++) {
    lngLat[2 * i] = accountLngLat![2 * kept[i]!]!;
    lngLat[2 * i + 1] = accountLngLat![2 * kept[i]! + 1]!;
  }
  const [accountGroup, groups] = pickNames(problem.accountGroup, problem.groups, kept);
  const [accountClass, classes] = pickNames(problem.accountClass, problem.classes, kept);
  const [accountFamily, families] = pickNames(problem.accountFamily, problem.families, kept);
  return {
    accountCount: perUnit,
    accountIds: Array.from(kept, (a) => accountIds[a]!),
    accountUnit: unit,
    accountTerritory: accountTerritory && kept.map((a) => accountTerritory[a]!),
    accountActivity: activity,
    accountLngLat: lngLat,
    accountGroup,
    groups,
    accountClass,
    classes,
    accountFamily,
    families,
    accountMonths: accountMonths && Float64Array.from(kept, (a) => accountMonths[a]!),
    outside: outside && Int32Array.from([...outside].flatMap((a) => place.get(a) ?? [])),
  };
}

/** Indices into names, and the names that are left. */
function pickNames(
  indices: Int32Array | null,
  names: readonly string[],
  kept: Int32Array,
): readonly [Int32Array | null, readonly string[]] {
  if (!indices) return [null, names];
  const picked = kept.map((a) => indices[a]!);
  const used = [...new Set(picked)].filter((i) => i >= 0).sort((a, b) => a - b);
  const at = new Map(used.map((i, j) => [i, j]));
  return [picked.map((i) => at.get(i) ?? -1), used.map((i) => names[i]!)];
}
