/** The units of a problem before they have neighbours, whatever they were read from. */
import { type AccountTable, readAccounts } from './accounts.js';
import { groupByUnit, locateAccounts, sumByUnit, type UnitAccounts } from './aggregate.js';
import { idsOf } from './cell-keys.js';
import { type CellTable, readCells } from './cells.js';
import { type Ground, layGround } from './ground.js';
import type { IndexedCells } from './indexed-cells.js';
import { dropRepeated, SortedKeys } from './key-sets.js';
import { readUnits } from './units.js';
import type { CheckedInput } from './validate-input.js';

export interface UnitSet {
  readonly source: CheckedInput['source'];
  readonly ids: readonly string[];
  /** Null for general units. */
  readonly cells: IndexedCells | null;
  /** Null for general units. */
  readonly resolution: number | null;
  readonly measures: readonly string[];
  /** Measures × units, measure-major. */
  readonly activity: Float64Array;
  /** Positions of general units; those of cells come with the grid. */
  readonly lngLat: Float64Array | null;
  readonly xy: Float64Array | null;
  /** Today's territory of cells and general units, by name; null without, and with accounts. */
  readonly territory: readonly (string | null)[] | null;
  readonly accounts: UnitSetAccounts | null;
}

export interface UnitSetAccounts extends AccountTable {
  readonly unit: Int32Array;
  readonly byUnit: UnitAccounts;
  /** Indices of accounts more than one cell outside the ground polygon; null without a polygon. */
  readonly outside: Int32Array | null;
}

/**
 * `onRead` is called between reading the rows and laying the ground under them.
 * @throws {TerritoryError} INVALID_INPUT
 */
export function readUnitSet(checked: CheckedInput, onRead: () => void): UnitSet {
  if (checked.source === 'accounts') return fromAccounts(checked, onRead);
  if (checked.source === 'cells') return fromCells(checked, onRead);
  return { source: 'units', cells: null, resolution: null, accounts: null, ...readUnits(checked.rows) };
}

function fromAccounts(checked: CheckedInput, onRead: () => void): UnitSet {
  const accounts = readAccounts(checked.rows);
  const cellOf = locateAccounts(accounts, checked.resolution);
  onRead();
  const ground = layGround(checked.ground, dropRepeated(cellOf.slice().sort()), checked.resolution);
  const { keys } = ground.cells;
  const ids = idsOf(keys, checked.resolution);
  const units = new SortedKeys(keys);
  const unit = new Int32Array(cellOf.length);
  for (let a = 0; a < unit.length; a++) unit[a] = units.indexOf(cellOf[a]!);
  const byUnit = groupByUnit(unit, ids.length);
  const activity = new Float64Array(accounts.measures.length * ids.length);
  for (let m = 0; m < accounts.measures.length; m++) {
    const values = accounts.activity.subarray(m * accounts.count, (m + 1) * accounts.count);
    activity.set(sumByUnit(values, byUnit), m * ids.length);
  }
  return {
    source: 'accounts',
    ids,
    cells: ground.cells,
    resolution: checked.resolution,
    measures: accounts.measures,
    activity,
    lngLat: null,
    xy: null,
    territory: null,
    accounts: { ...accounts, unit, byUnit, outside: listOutside(cellOf, ground) },
  };
}

function listOutside(cellOf: Float64Array, { near }: Ground): Int32Array | null {
  if (!near) return null;
  const outside: number[] = [];
  cellOf.forEach((key, a) => {
    if (!near.has(key)) outside.push(a);
  });
  return Int32Array.from(outside);
}

function fromCells(checked: CheckedInput, onRead: () => void): UnitSet {
  const given = readCells(checked.rows);
  const { resolution, measures } = given;
  onRead();
  const { cells } = layGround(checked.ground, given.keys, resolution);
  const columns = cells.keys.length === given.keys.length ? given : spread(given, cells.keys);
  return { source: 'cells', cells, resolution, measures, lngLat: null, xy: null, accounts: null, ...columns };
}

/** The columns of the given cells among all cells of the ground. Both lists ascend, so one walk meets all. */
function spread({ keys, resolution, measures, activity, territory }: CellTable, ground: Float64Array) {
  const rows = keys.length;
  const n = ground.length;
  const spreadActivity = new Float64Array(measures.length * n);
  const spreadTerritory: (string | null)[] | null = territory && new Array(n).fill(null);
  for (let u = 0, row = 0; u < n; u++) {
    if (ground[u] !== keys[row]) continue;
    for (let m = 0; m < measures.length; m++) spreadActivity[m * n + u] = activity[m * rows + row]!;
    if (spreadTerritory) spreadTerritory[u] = territory![row]!;
    row++;
  }
  return { ids: idsOf(ground, resolution), activity: spreadActivity, territory: spreadTerritory };
}
