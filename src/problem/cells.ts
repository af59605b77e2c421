/** Already aggregated cells as checked columns, in ascending order of their ids. */
import { isValidCell } from 'h3-js';
import { invalid } from '../errors.js';
import { keyOf, resolutionOf } from './cell-keys.js';
import { readNames, readTable } from './table.js';

export interface CellTable {
  /** Ascending. */
  readonly ids: readonly string[];
  readonly keys: Float64Array;
  readonly resolution: number;
  readonly measures: readonly string[];
  /** Measures × cells, measure-major. */
  readonly activity: Float64Array;
  readonly territory: readonly (string | null)[] | null;
}

/** @throws {TerritoryError} INVALID_INPUT with the path of the value. */
export function readCells(value: unknown): CellTable {
  const table = readTable(value, {
    path: 'cells',
    key: 'cell',
    fields: ['cell', 'territory'],
    activityRequired: true,
  });
  const { count, measures } = table;
  if (measures.length === 0) throw invalid('cells', value, 'must have at least one measure');
  const column = table.column('cell');
  const given: string[] = new Array(count);
  const rowOf = new Map<number, number>();
  let resolution = -1;
  for (let i = 0; i < count; i++) {
    const id = checkCell(column?.[i], table.at(i, 'cell'));
    const own = resolutionOf(id);
    if (resolution < 0) resolution = own;
    else if (own !== resolution) {
      throw invalid(table.at(i, 'cell'), id, `must be of resolution ${resolution} like the first cell`);
    }
    const key = keyOf(id);
    if (rowOf.has(key)) throw invalid(table.at(i, 'cell'), id, 'must be unique');
    rowOf.set(key, i);
    given[i] = id;
  }
  const territory = readNames(table, 'territory');
  const keys = Float64Array.from(rowOf.keys()).sort();
  const rows = Int32Array.from(keys, (key) => rowOf.get(key)!);
  const activity = new Float64Array(table.activity.length);
  for (let m = 0; m < measures.length; m++) {
    for (let u = 0; u < count; u++) activity[m * count + u] = table.activity[m * count + rows[u]!]!;
  }
  return {
    ids: Array.from(rows, (row) => given[row]!),
    keys,
    resolution,
    measures,
    activity,
    territory: territory && Array.from(rows, (row) => territory[row]!),
  };
}

/** Other spellings of the same index (leading zeros, `0x`) would hide duplicates, so there is one spelling only. */
function checkCell(value: unknown, path: string): string {
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  if (!/^8[0-9a-f]{14}$/.test(id) || !isValidCell(id)) throw invalid(path, value, 'must be a valid H3 cell index');
  return id;
}
