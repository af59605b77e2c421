/** Already aggregated cells as checked columns, in ascending order of their ids. */
import { invalid } from '../errors.js';
import { readCellList } from './cell-list.js';
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
  const { ids, keys, resolution, rows } = readCellList(table.column('cell'), count, (row) => table.at(row, 'cell'));
  const territory = readNames(table, 'territory');
  if (!rows) return { ids, keys, resolution, measures, activity: table.activity, territory };
  const activity = new Float64Array(table.activity.length);
  for (let m = 0; m < measures.length; m++) {
    for (let u = 0; u < count; u++) activity[m * count + u] = table.activity[m * count + rows[u]!]!;
  }
  return { ids, keys, resolution, measures, activity, territory: territory && pick(territory, rows) };
}

function pick<T>(values: readonly T[], rows: Int32Array): T[] {
  const picked: T[] = new Array(rows.length);
  for (let u = 0; u < rows.length; u++) picked[u] = values[rows[u]!]!;
  return picked;
}
