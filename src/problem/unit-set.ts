/** The units of a problem before they have neighbours, whatever they were read from. */
import { type AccountTable, readAccounts } from './accounts.js';
import { groupByUnit, locateAccounts, sumByUnit, type UnitAccounts } from './aggregate.js';
import { readCells } from './cells.js';
import { type Ground, layGround } from './ground.js';
import { readUnits } from './units.js';
import type { CheckedInput } from './validate-input.js';

export interface UnitSet {
  readonly source: CheckedInput['source'];
  readonly ids: readonly string[];
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
  return { source: 'units', resolution: null, accounts: null, ...readUnits(checked.rows) };
}

function fromAccounts(checked: CheckedInput): UnitSet {
  const accounts = readAccounts(checked.rows);
  const cellOf = locateAccounts(accounts, checked.resolution);
  const ground = layGround(checked.ground, [...new Set(cellOf)].sort(), checked.resolution);
  const ids = ground.cells;
  const indexOf = new Map(ids.map((id, u) => [id, u]));
  const unit = Int32Array.from(cellOf, (cell) => indexOf.get(cell)!);
  const byUnit = groupByUnit(unit, ids.length);
  const activity = new Float64Array(accounts.measures.length * ids.length);
  for (let m = 0; m < accounts.measures.length; m++) {
    const values = accounts.activity.subarray(m * accounts.count, (m + 1) * accounts.count);
    activity.set(sumByUnit(values, byUnit), m * ids.length);
  }
  return {
    source: 'accounts',
    ids,
    resolution: checked.resolution,
    measures: accounts.measures,
    activity,
    lngLat: null,
    xy: null,
    territory: null,
    accounts: { ...accounts, unit, byUnit, outside: listOutside(cellOf, ground) },
  };
}

function listOutside(cellOf: readonly string[], { near }: Ground): Int32Array | null {
  if (!near) return null;
  const outside: number[] = [];
  cellOf.forEach((cell, a) => {
    if (!near.has(cell)) outside.push(a);
  });
  return Int32Array.from(outside);
}

function fromCells(checked: CheckedInput): UnitSet {
  const cells = readCells(checked.rows);
  const { cells: ids } = layGround(checked.ground, cells.ids, cells.resolution);
  const rows = cells.ids.length;
  const activity = new Float64Array(cells.measures.length * ids.length);
  const territory: (string | null)[] = new Array(ids.length).fill(null);
  // Both lists ascend, so one walk over the ground meets every given cell.
  for (let u = 0, row = 0; u < ids.length; u++) {
    if (ids[u] !== cells.ids[row]) continue;
    for (let m = 0; m < cells.measures.length; m++) activity[m * ids.length + u] = cells.activity[m * rows + row]!;
    territory[u] = cells.territory?.[row] ?? null;
    row++;
  }
  return {
    source: 'cells',
    ids,
    resolution: cells.resolution,
    measures: cells.measures,
    activity,
    lngLat: null,
    xy: null,
    territory: cells.territory && territory,
    accounts: null,
  };
}
