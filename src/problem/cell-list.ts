/** A column of H3 indexes, as text or as 64-bit integers: checked, sorted, and made keys. */
import { invalid } from '../errors.js';
import { idsOf } from './cell-keys.js';
import { CellModule, LIST_FAULTS } from './cell-module.js';

export interface CellList {
  /** Ascending, in lower case. */
  readonly ids: readonly string[];
  readonly keys: Float64Array;
  readonly resolution: number;
  /** Row of each cell in the input; null when the input was in ascending order. */
  readonly rows: Int32Array | null;
}

/**
 * One list per resolution, coarsest first. `at` gives the path of a row. O(rows): about 0.1 µs each, of one resolution.
 * @throws {TerritoryError} INVALID_INPUT for what is not an index, or there twice.
 */
export function readCellLists(
  column: ArrayLike<unknown> | undefined,
  count: number,
  at: (row: number) => string,
): CellList[] {
  const list = readCellList(column, count, at);
  if (list) return [list];
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const resolution = resolutionAt(column![row]);
    const rows = rowsOf.get(resolution);
    if (rows) rows.push(row);
    else rowsOf.set(resolution, [row]);
  }
  return [...rowsOf]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => {
      const own =
        column instanceof BigUint64Array
          ? BigUint64Array.from(rows, (row) => column[row]!)
          : Array.from(rows, (row) => column![row]);
      const list = readCellList(own, rows.length, (i) => at(rows[i]!))!;
      return { ...list, rows: Int32Array.from(rows, (_, u) => rows[list.rows ? list.rows[u]! : u]!) };
    });
}

/** Anything for what is no index: the list that it is put into finds it. */
function resolutionAt(value: unknown): number {
  if (typeof value === 'bigint') return Number(value >> 52n) & 15;
  return typeof value === 'string' ? Number.parseInt(value[1] ?? '0', 16) || 0 : 0;
}

/** Null when the cells are valid as far as the first that is of another resolution. */
function readCellList(
  column: ArrayLike<unknown> | undefined,
  count: number,
  at: (row: number) => string,
): CellList | null {
  const module = new CellModule();
  const halves = module.listHalves(count);
  const whole = column instanceof BigUint64Array;
  if (whole) halves.set(new Uint32Array(column.buffer, column.byteOffset, 2 * count));
  else for (let row = 0; row < count; row++) writeIndex(halves, 2 * row, column?.[row]);

  const bad = module.exports.checkList(count);
  const fault = LIST_FAULTS[module.exports.getFault()];
  const resolution = module.exports.getResolution();
  if (fault === 'resolution') return null;
  const repeated = module.exports.sortList(bad < 0 ? count : bad);
  if (repeated >= 0) throw invalid(at(repeated), nameOf(column![repeated]), 'must be unique');
  if (bad >= 0) throw invalid(at(bad), column?.[bad], 'must be a valid H3 cell index');

  const keys = module.listKeys(count).slice();
  const rows = module.listRows(count);
  const ids: string[] = whole ? idsOf(keys, resolution) : new Array(count);
  let ascending = true;
  for (let u = 0; u < count; u++) {
    const row = rows[u]!;
    if (row !== u) ascending = false;
    if (!whole) ids[u] = nameOf(column![row]);
  }
  return { ids, keys, resolution, rows: ascending ? null : rows.slice() };
}

/** Digits in an index, the leading zero left out: other spellings of the same index would hide repetitions. */
const ID_LENGTH = 15;

/** Value of each hexadecimal digit by its character; 255 for other characters. */
const HEX = /* @__PURE__ */ hexValues();

function hexValues(): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let digit = 0; digit < 16; digit++) {
    const text = digit.toString(16);
    values[text.charCodeAt(0)] = digit;
    values[text.toUpperCase().charCodeAt(0)] = digit;
  }
  return values;
}

/** Writes 0, which is no index, for a value that is no text of one. */
function writeIndex(halves: Uint32Array, at: number, value: unknown): void {
  halves[at] = 0;
  halves[at + 1] = 0;
  if (typeof value !== 'string' || value.length !== ID_LENGTH) return;
  let high = 0;
  let low = 0;
  for (let i = 0; i < 7; i++) {
    const digit = HEX[value.charCodeAt(i)] ?? 255;
    if (digit === 255) return;
    high = high * 16 + digit;
  }
  for (let i = 7; i < ID_LENGTH; i++) {
    const digit = HEX[value.charCodeAt(i)] ?? 255;
    if (digit === 255) return;
    low = low * 16 + digit;
  }
  halves[at] = low;
  halves[at + 1] = high;
}

/** Name of a valid index. */
function nameOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : (value as bigint).toString(16);
}
