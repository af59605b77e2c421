/** Accounts as checked columns, in input order. */
import { invalid } from '../errors.js';
import { checkLat, checkLng, checkNotNegative, checkText } from './input-rules.js';
import { readNames, readNumbers, readTable, type Table } from './table.js';

export interface AccountTable {
  readonly count: number;
  readonly ids: readonly string[];
  /** `[lng, lat]` per account, length 2 × count. */
  readonly lngLat: Float64Array;
  readonly measures: readonly string[];
  /** Measures × count, measure-major. */
  readonly activity: Float64Array;
  /** Today's territory by name; null when no account has one. */
  readonly territory: readonly (string | null)[] | null;
  readonly group: readonly (string | null)[] | null;
  readonly class: readonly (string | null)[] | null;
  readonly family: readonly (string | null)[] | null;
  /** Months that today's rep has held the account, 0 where a row does not say; null when none does. */
  readonly months: Float64Array | null;
}

/** @throws {TerritoryError} INVALID_INPUT with the path of the value. */
export function readAccounts(value: unknown): AccountTable {
  const table = readTable(value, {
    path: 'accounts',
    key: 'lat',
    fields: ['id', 'lat', 'lng', 'territory', 'group', 'class', 'family', 'months'],
    activityRequired: false,
  });
  const { count } = table;
  const lat = readNumbers(table, 'lat', checkLat);
  const lng = readNumbers(table, 'lng', checkLng);
  const lngLat = new Float64Array(2 * count);
  for (let a = 0; a < count; a++) {
    lngLat[2 * a] = lng[a]!;
    lngLat[2 * a + 1] = lat[a]!;
  }
  const counted = table.measures.length === 0;
  return {
    count,
    ids: readIds(table),
    lngLat,
    measures: counted ? ['accounts'] : table.measures,
    activity: counted ? new Float64Array(count).fill(1) : table.activity,
    territory: readNames(table, 'territory'),
    group: readNames(table, 'group'),
    class: readNames(table, 'class'),
    family: readNames(table, 'family'),
    months: table.column('months')
      ? readNumbers(table, 'months', (value, path) => (value === undefined ? 0 : checkNotNegative(value, path)))
      : null,
  };
}

function readIds(table: Table): string[] {
  const column = table.column('id');
  const ids: string[] = new Array(table.count);
  const seen = new Set<string>();
  for (let a = 0; a < table.count; a++) {
    const id = column?.[a] === undefined ? String(a) : checkText(column[a], table.at(a, 'id'));
    if (seen.has(id)) throw invalid(table.at(a, 'id'), id, 'must be unique');
    seen.add(id);
    ids[a] = id;
  }
  return ids;
}
