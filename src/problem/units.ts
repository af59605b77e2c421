/** General units as checked columns, in input order. */
import { invalid } from '../errors.js';
import { checkFinite, checkLat, checkLng, checkText } from './input-rules.js';
import { round } from './sphere.js';
import { readNames, readTable, type Table } from './table.js';

export interface GeneralUnits {
  readonly ids: readonly string[];
  readonly measures: readonly string[];
  /** Measures × units, measure-major. */
  readonly activity: Float64Array;
  readonly lngLat: Float64Array | null;
  readonly xy: Float64Array | null;
  readonly territory: readonly (string | null)[] | null;
}

/** @throws {TerritoryError} INVALID_INPUT with the path of the value. */
export function readUnits(value: unknown): GeneralUnits {
  const table = readTable(value, {
    path: 'units',
    key: 'id',
    fields: ['id', 'lat', 'lng', 'x', 'y', 'territory'],
    activityRequired: true,
  });
  if (table.measures.length === 0) throw invalid('units', value, 'must have at least one measure');
  const ids: string[] = new Array(table.count);
  const seen = new Set<string>();
  for (let u = 0; u < table.count; u++) {
    const id = checkText(table.column('id')?.[u], table.at(u, 'id'));
    if (seen.has(id)) throw invalid(table.at(u, 'id'), id, 'must be unique');
    seen.add(id);
    ids[u] = id;
  }
  return {
    ids,
    measures: table.measures,
    activity: table.activity,
    lngLat: readPairs(table, 'lng', checkLng, 'lat', checkLat, 9),
    xy: readPairs(table, 'x', checkFinite, 'y', checkFinite, 6),
    territory: readNames(table, 'territory'),
  };
}

type Check = (value: unknown, path: string) => number;

/** Two coordinates that all units have, or none. */
function readPairs(table: Table, a: string, checkA: Check, b: string, checkB: Check, digits: 6 | 9) {
  const first = table.column(a);
  const second = table.column(b);
  if (!first && !second) return null;
  const pairs = new Float64Array(2 * table.count);
  for (let u = 0; u < table.count; u++) {
    if (first?.[u] === undefined) throw invalid(table.at(u, a), undefined, 'must be given for all units or for none');
    if (second?.[u] === undefined) throw invalid(table.at(u, b), undefined, 'must be given for all units or for none');
    pairs[2 * u] = round(checkA(first[u], table.at(u, a)), digits);
    pairs[2 * u + 1] = round(checkB(second[u], table.at(u, b)), digits);
  }
  return pairs;
}
