/** `groups` and families that stay together: which units go to one territory. */
import { invalid } from '../../errors.js';
import { checkArray, checkKeys, checkObject, checkText } from '../input-rules.js';
import type { Names } from './names.js';

const KEYS = new Set(['id', 'units', 'accounts']);

export interface NamedGroup {
  readonly id: string;
  readonly path: string;
  readonly units: readonly number[];
}

/** @throws {TerritoryError} INVALID_INPUT */
export function readGroups(value: unknown, names: Names, accountUnit: Int32Array | null): NamedGroup[] {
  if (value === undefined) return [];
  return checkArray(value, 'groups').map((given, i) => {
    const path = `groups[${i}]`;
    const group = checkObject(given, path);
    checkKeys(group, path, KEYS);
    const id = group.id === undefined ? String(i) : checkText(group.id, `${path}.id`);
    if (group.units === undefined && group.accounts === undefined) {
      throw invalid(path, given, 'must have units or accounts');
    }
    const units = group.units === undefined ? [] : names.indicesOf('unit', group.units, `${path}.units`);
    if (group.accounts !== undefined) {
      for (const a of names.indicesOf('account', group.accounts, `${path}.accounts`)) units.push(accountUnit![a]!);
    }
    return { id, path, units };
  });
}

export interface Together {
  /** Group per unit, −1 for none. */
  readonly together: Int32Array | null;
  readonly groupIds: readonly string[];
}

/** What is known of a unit that may not go anywhere: where it stays, or who may serve it. */
export interface UnitBonds {
  /** Territory that the unit is pinned to or locked in, −1 for none. */
  readonly held: (unit: number) => number;
  /** 1 per territory that may serve the unit; null for all. */
  readonly permitted: (unit: number) => Uint8Array | null;
  readonly isLocked: (territory: number) => boolean;
}

/**
 * Groups that share a unit are one, under the name of the first. Groups of one unit are none.
 * @throws {TerritoryError} INVALID_INPUT at the path of a group whose units no one territory may have.
 */
export function joinGroups(groups: readonly NamedGroup[], n: number, territories: number, bonds: UnitBonds): Together {
  const parent = new Map<number, number>();
  const find = (u: number): number => {
    let root = u;
    while ((parent.get(root) ?? root) !== root) root = parent.get(root)!;
    for (let at = u; at !== root; ) {
      const next = parent.get(at)!;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { units } of groups) {
    for (const u of units) {
      if (!parent.has(u)) parent.set(u, u);
      parent.set(find(u), find(units[0]!));
    }
  }
  const members = new Map<number, number[]>();
  for (const u of parent.keys()) {
    const root = find(u);
    const list = members.get(root);
    if (list) list.push(u);
    else members.set(root, [u]);
  }
  const together = new Int32Array(n).fill(-1);
  const groupIds: string[] = [];
  for (const group of groups) {
    const first = group.units[0];
    const units = first === undefined ? [] : members.get(find(first))!;
    if (units.length < 2 || together[units[0]!]! >= 0) continue;
    checkServable(group, units, territories, bonds);
    for (const u of units) together[u] = groupIds.length;
    groupIds.push(group.id);
  }
  return { together: groupIds.length > 0 ? together : null, groupIds };
}

function checkServable(group: NamedGroup, units: readonly number[], territories: number, bonds: UnitBonds): void {
  const homes = new Set(units.map((u) => bonds.held(u)));
  // a locked territory takes nothing that is not its own
  const locks = [...homes].some((t) => t >= 0 && bonds.isLocked(t));
  if (homes.size > (homes.has(-1) && !locks ? 2 : 1)) {
    throw invalid(group.path, group.id, 'must not hold units of several pins or locks');
  }
  const home = Math.max(...homes);
  for (let t = 0; t < territories; t++) {
    if (home >= 0 ? t !== home : bonds.isLocked(t)) continue;
    if (units.every((u) => bonds.held(u) === t || bonds.permitted(u)?.[t] !== 0)) return;
  }
  throw invalid(group.path, group.id, 'must be left with a territory that may serve all of its units');
}
