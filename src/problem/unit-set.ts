/** The units of a problem before they have neighbours, whatever they were read from. */
import { type AccountTable, readAccounts } from './accounts.js';
import { groupByUnit, locateAccounts, sumByUnit, type UnitAccounts } from './aggregate.js';
import { idsOf } from './cell-keys.js';
import { type CellTable, readCells } from './cells.js';
import { addClassMeasures, type ClassRules, NO_CLASS_RULES, readClassRules } from './demands/class-measures.js';
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
  /** Measures after the first ones that count classes of accounts. */
  readonly classes: ClassRules;
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
  return {
    source: 'units',
    cells: null,
    resolution: null,
    accounts: null,
    classes: NO_CLASS_RULES,
    ...readUnits(checked.rows),
  };
}

function fromAccounts(checked: CheckedInput, onRead: () => void): UnitSet {
  const given = readAccounts(checked.rows);
  const classes = readClassRules(checked.capacity, checked.mix, given);
  const accounts = addClassMeasures(given, classes);
  const cellOf = locateAccounts(accounts, checked.resolution);
  onRead();
  const ground = layGround(checked.ground, dropRepeated(cellOf.slice().sort()), checked.resolution);
  const { keys } = ground.cells;
  const ids = idsOf(keys, checked.resolution);
  const units = new SortedKeys(keys);
  const unit = new Int32Array(cellOf.length);
  for (let a = 0; a < unit.length; a++) unit[a] = units.indexOf(cellOf[a]!);
  const byUnit = groupByUnit(unit, ids.length);
  return {
    source: 'accounts',
    ids,
    cells: ground.cells,
    resolution: checked.resolution,
    measures: accounts.measures,
    activity: sumActivity(accounts, byUnit),
    lngLat: null,
    xy: null,
    territory: null,
    accounts: { ...accounts, unit, byUnit, outside: listOutside(cellOf, ground) },
    classes,
  };
}

/** Sums per unit, measures × units. `skip` leaves accounts out. O(A log A) per measure. */
export function sumActivity(
  { measures, count, activity }: AccountTable,
  byUnit: UnitAccounts,
  skip: (account: number) => boolean = () => false,
): Float64Array {
  const n = byUnit.offsets.length - 1;
  const sums = new Float64Array(measures.length * n);
  for (let m = 0; m < measures.length; m++) {
    const values = activity.slice(m * count, (m + 1) * count);
    for (let a = 0; a < count; a++) if (skip(a)) values[a] = 0;
    sums.set(sumByUnit(values, byUnit), m * n);
  }
  return sums;
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
  return {
    source: 'cells',
    cells,
    resolution,
    measures,
    lngLat: null,
    xy: null,
    accounts: null,
    classes: NO_CLASS_RULES,
    ...columns,
  };
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
