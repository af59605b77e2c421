/** Already aggregated cells as checked columns, in ascending order of their ids. */
import { invalid } from '../errors.js';
import { readCellLists } from './cell-list.js';
import { type CellLevel, CellLine, mixCells } from './mixed-cells.js';
import { readNames, readTable } from './table.js';

export interface CellTable {
  /** Ascending. */
  readonly ids: readonly string[];
  /** The same by resolution, coarsest first. */
  readonly levels: readonly CellLevel[];
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
  const at = (row: number) => table.at(row, 'cell');
  const lists = readCellLists(table.column('cell'), count, at);
  const levels = lists.map(({ keys, resolution }) => ({ keys, resolution }));
  const ids = lists.length === 1 ? lists[0]!.ids : lists.flatMap((list) => list.ids);
  const rows = lists.length === 1 ? lists[0]!.rows : Int32Array.from(lists.flatMap((list) => [...list.rows!]));
  if (rows && lists.length > 1) checkApart(levels, ids, (u) => at(rows[u]!));
  const territory = readNames(table, 'territory');
  if (!rows) return { ids, levels, measures, activity: table.activity, territory };
  const activity = new Float64Array(table.activity.length);
  for (let m = 0; m < measures.length; m++) {
    for (let u = 0; u < count; u++) activity[m * count + u] = table.activity[m * count + rows[u]!]!;
  }
  return { ids, levels, measures, activity, territory: territory && pick(territory, rows) };
}

/** Cells must not lie inside one another; `at` gives the path of the cell with this position among the ids. */
function checkApart(levels: readonly CellLevel[], ids: readonly string[], at: (u: number) => string): void {
  const nested = new CellLine(mixCells(levels)).findNested();
  if (nested) throw invalid(at(nested.inner), ids[nested.inner], `must not lie inside the cell ${ids[nested.outer]}`);
}

function pick<T>(values: readonly T[], rows: Int32Array): T[] {
  const picked: T[] = new Array(rows.length);
  for (let u = 0; u < rows.length; u++) picked[u] = values[rows[u]!]!;
  return picked;
}
