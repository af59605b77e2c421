/** The units of a problem before they have neighbours, whatever they were read from. */
import { type AccountTable, readAccounts } from './accounts.js';
import { groupByUnit, locateAccounts, sumByUnit, type UnitAccounts } from './aggregate.js';
import { idOf, indexKeys } from './cell-keys.js';
import { readCells } from './cells.js';
import { type Ground, layGround } from './ground.js';
import { readUnits } from './units.js';
import type { CheckedInput } from './validate-input.js';

export interface UnitSet {
  readonly source: CheckedInput['source'];
  readonly ids: readonly string[];
  /** Keys of the cells; null for general units. */
  readonly keys: Float64Array | null;
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

/** @throws {TerritoryError} INVALID_INPUT */
export function readUnitSet(checked: CheckedInput): UnitSet {
  if (checked.source === 'accounts') return fromAccounts(checked);
  if (checked.source === 'cells') return fromCells(checked);
  return { source: 'units', keys: null, resolution: null, accounts: null, ...readUnits(checked.rows) };
}

function fromAccounts(checked: CheckedInput): UnitSet {
  const accounts = readAccounts(checked.rows);
  const cellOf = locateAccounts(accounts, checked.resolution);
  const ground = layGround(checked.ground, Float64Array.from(new Set(cellOf)).sort(), checked.resolution);
  const { keys } = ground;
  const ids = Array.from(keys, (key) => idOf(key, checked.resolution));
  const indexOf = indexKeys(keys);
  const unit = Int32Array.from(cellOf, (key) => indexOf.get(key)!);
  const byUnit = groupByUnit(unit, ids.length);
  const activity = new Float64Array(accounts.measures.length * ids.length);
  for (let m = 0; m < accounts.measures.length; m++) {
    const values = accounts.activity.subarray(m * accounts.count, (m + 1) * accounts.count);
    activity.set(sumByUnit(values, byUnit), m * ids.length);
  }
  return {
    source: 'accounts',
    ids,
    keys,
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

function fromCells(checked: CheckedInput): UnitSet {
  const cells = readCells(checked.rows);
  const { resolution } = cells;
  const { keys } = layGround(checked.ground, cells.keys, resolution);
  const rows = cells.ids.length;
  const n = keys.length;
  const ids: string[] = new Array(n);
  const activity = new Float64Array(cells.measures.length * n);
  const territory: (string | null)[] = new Array(n).fill(null);
  // Both lists ascend, so one walk over the ground meets every given cell.
  for (let u = 0, row = 0; u < n; u++) {
    if (keys[u] !== cells.keys[row]) {
      ids[u] = idOf(keys[u]!, resolution);
      continue;
    }
    ids[u] = cells.ids[row]!;
    for (let m = 0; m < cells.measures.length; m++) activity[m * n + u] = cells.activity[m * rows + row]!;
    territory[u] = cells.territory?.[row] ?? null;
    row++;
  }
  return {
    source: 'cells',
    ids,
    keys,
    resolution,
    measures: cells.measures,
    activity,
    lngLat: null,
    xy: null,
    territory: cells.territory && territory,
    accounts: null,
  };
}
