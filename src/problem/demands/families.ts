/** `families`: what becomes of accounts with one parent. */
import { invalid } from '../../errors.js';
import type { FamilyRule } from '../../types.js';
import { checkObject, checkOneOf, child } from '../input-rules.js';

const RULES = ['together', 'named', 'free'] as const;

/** Accounts by family, in order of the families' names. */
export type FamilyMembers = ReadonlyMap<string, readonly number[]>;

export function listFamilies(family: readonly (string | null)[] | null): FamilyMembers {
  const members = new Map<string, number[]>();
  family?.forEach((name, a) => {
    if (name === null) return;
    const list = members.get(name);
    if (list) list.push(a);
    else members.set(name, [a]);
  });
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rule of each family that is not free. @throws {TerritoryError} INVALID_INPUT */
export function readFamilyRules(value: unknown, members: FamilyMembers): ReadonlyMap<string, FamilyRule> {
  const rules = new Map<string, FamilyRule>();
  if (value === undefined || value === 'free') return rules;
  if (typeof value === 'string') {
    const rule = checkOneOf(value, 'families', RULES);
    for (const name of members.keys()) rules.set(name, rule);
    return rules;
  }
  const given = checkObject(value, 'families');
  for (const name of Object.keys(given)) {
    const path = child('families', name);
    if (!members.has(name)) throw invalid(path, given[name], 'must be a family that accounts have');
    const rule = checkOneOf(given[name] as string, path, RULES);
    if (rule !== 'free') rules.set(name, rule);
  }
  return rules;
}
