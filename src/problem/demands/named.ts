/** `named`: accounts, or families of them, that one rep serves wherever they lie. */
import { invalid } from '../../errors.js';
import { checkArray, checkKeys, checkObject } from '../input-rules.js';
import type { FamilyMembers } from './families.js';
import type { Names } from './names.js';

const KEYS = new Set(['account', 'family', 'territory']);

/** Accounts that go to one territory as one. */
export interface NamedSet {
  readonly accounts: readonly number[];
  /** Where the input says so, else null. */
  readonly territory: number | null;
  readonly path: string;
}

/** @throws {TerritoryError} INVALID_INPUT */
export function readNamed(value: unknown, names: Names, families: FamilyMembers): NamedSet[] {
  if (value === undefined) return [];
  return checkArray(value, 'named').map((given, i) => {
    const path = `named[${i}]`;
    const entry = checkObject(given, path);
    checkKeys(entry, path, KEYS);
    if ((entry.account === undefined) === (entry.family === undefined)) {
      throw invalid(path, given, 'must have either an account or a family');
    }
    const territory =
      entry.territory === undefined ? null : names.indexOf('territory', entry.territory, `${path}.territory`);
    if (entry.account !== undefined) {
      return { accounts: [names.indexOf('account', entry.account, `${path}.account`)], territory, path };
    }
    const members = typeof entry.family === 'string' ? families.get(entry.family) : undefined;
    if (!members) throw invalid(`${path}.family`, entry.family, 'must be a family that accounts have');
    return { accounts: members, territory, path };
  });
}
