/** The units of a problem before they have neighbours, whatever they were read from. */
import { type AccountTable, readAccounts } from './accounts.js';
import { layAdaptiveCells } from './adaptive-cells.js';
import { groupByUnit, locateAccounts, sumByUnit, type UnitAccounts } from './aggregate.js';
import { idsOf } from './cell-keys.js';
import { type CellTable, readCells } from './cells.js';
import { addClassMeasures, type ClassRules, NO_CLASS_RULES, readClassRules } from './demands/class-measures.js';
import { layGivenLevels } from './given-levels.js';
import { layGround } from './ground.js';
import { type IndexedCells, indexCells } from './indexed-cells.js';
import { dropRepeated, SortedKeys } from './key-sets.js';
import { type CellLevel, type MixedCells, mixCells, mixedIds } from './mixed-cells.js';
import { readUnits } from './units.js';
import type { CheckedInput } from './validate-input.js';

export interface UnitSet {
  readonly source: CheckedInput['source'];
  readonly ids: readonly string[];
  /** Null for general units. */
  readonly cells: IndexedCells | MixedCells | null;
  /** Null for general units. */
  readonly resolution: number | 'mixed' | null;
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
  const { unit, outside, ...place } = layAccounts(accounts, classes, checked, onRead);
  const byUnit = groupByUnit(unit, place.ids.length);
  return {
    source: 'accounts',
    ...place,
    measures: accounts.measures,
    activity: sumActivity(accounts, byUnit),
    lngLat: null,
    xy: null,
    territory: null,
    accounts: { ...accounts, unit, byUnit, outside },
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

/** The cells under the accounts, and which account is in which. */
function layAccounts(accounts: AccountTable, classes: ClassRules, checked: CheckedInput, onRead: () => void) {
  const resolution = checked.resolution!;
  if (typeof resolution !== 'number') {
    const { levels, unit, outside } = layAdaptiveCells(accounts, { resolution, classes, checked }, onRead);
    return { ...joinLevels(levels), unit, outside };
  }
  const cellOf = locateAccounts(accounts, resolution);
  onRead();
  const { cells, near } = layGround(checked.ground, dropRepeated(cellOf.slice().sort()), resolution);
  const units = new SortedKeys(cells.keys);
  return {
    cells,
    ids: idsOf(cells.keys, resolution),
    resolution,
    unit: Int32Array.from(cellOf, (key) => units.indexOf(key)),
    outside: near && Int32Array.from(cellOf.keys()).filter((a) => !near.has(cellOf[a]!)),
  };
}

/** Cells of one resolution know more of each other. */
function joinLevels(levels: readonly CellLevel[]) {
  const [{ keys, resolution }, ...finer] = levels as [CellLevel, ...CellLevel[]];
  if (finer.length === 0) return { cells: indexCells(keys, resolution), ids: idsOf(keys, resolution), resolution };
  const cells = mixCells(levels);
  return { cells, ids: mixedIds(cells), resolution: 'mixed' as const };
}

function fromCells(checked: CheckedInput, onRead: () => void): UnitSet {
  const given = readCells(checked.rows);
  onRead();
  const place = layCells(given, checked.ground);
  const columns = place.ids.length === given.ids.length ? given : spread(given, place.ids);
  const { activity, territory } = columns;
  return {
    source: 'cells',
    ...place,
    measures: given.measures,
    activity,
    territory,
    lngLat: null,
    xy: null,
    accounts: null,
    classes: NO_CLASS_RULES,
  };
}

/** The ground of cells of several resolutions is laid in the coarsest, and split as far as the given ones ask for. */
function layCells({ levels, ids }: CellTable, ground: unknown) {
  const [{ keys, resolution }] = levels as [CellLevel];
  if (levels.length > 1) return joinLevels(layGivenLevels(levels, ground));
  const { cells } = layGround(ground, keys, resolution);
  return { cells, ids: cells.keys.length === keys.length ? ids : idsOf(cells.keys, resolution), resolution };
}

/** The columns of the given cells among all cells of the ground. Both lists ascend, so one walk meets all. */
function spread({ ids, measures, activity, territory }: CellTable, ground: readonly string[]) {
  const rows = ids.length;
  const n = ground.length;
  const spreadActivity = new Float64Array(measures.length * n);
  const spreadTerritory: (string | null)[] | null = territory && new Array(n).fill(null);
  for (let u = 0, row = 0; u < n; u++) {
    if (ground[u] !== ids[row]) continue;
    for (let m = 0; m < measures.length; m++) spreadActivity[m * n + u] = activity[m * rows + row]!;
    if (spreadTerritory) spreadTerritory[u] = territory![row]!;
    row++;
  }
  return { activity: spreadActivity, territory: spreadTerritory };
}
