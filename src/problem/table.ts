/** Rows or columns of the input as one table of checked columns. */
import { invalid } from '../errors.js';
import {
  checkArrayLike,
  checkKeys,
  checkNotNegative,
  checkObject,
  checkText,
  child,
  isNotNegative,
  isObject,
} from './input-rules.js';

export interface TableShape {
  /** Where the table stands in the input; the first part of every path. */
  readonly path: string;
  /** The field that every row has; in column form it sets the number of rows. */
  readonly key: string;
  readonly fields: readonly string[];
  readonly activityRequired: boolean;
}

export interface Table {
  /** Rows, at least 1. */
  readonly count: number;
  /** In order of first appearance. */
  readonly measures: readonly string[];
  /** Measures × rows, measure-major; finite and ≥ 0. */
  readonly activity: Float64Array;
  /** The unchecked values of a field; undefined when no row has it. */
  column(field: string): ArrayLike<unknown> | undefined;
  /** Path of a value: `accounts[17].lat` in row form, `accounts.lat[17]` in column form. */
  at(row: number, field: string): string;
}

/**
 * Reads `Account[]`, `Cell[]`, `Unit[]` or their column forms. O(rows × keys).
 * @throws {TerritoryError} INVALID_INPUT for unknown keys, bad activity, unequal lengths, no rows.
 */
export function readTable(value: unknown, shape: TableShape): Table {
  const table = Array.isArray(value) ? readRows(value, shape) : readColumns(value, shape);
  if (table.count === 0) throw invalid(shape.path, value, 'must not be empty');
  return table;
}

function readRows(rows: readonly unknown[], shape: TableShape): Table {
  const known = new Set([...shape.fields, 'activity']);
  const count = rows.length;
  const columns = new Map<string, unknown[]>();
  const measures = new Map<string, Float64Array>();
  for (let i = 0; i < count; i++) {
    // Paths are made for errors only: a million of them would take longer than all checks.
    const path = () => `${shape.path}[${i}]`;
    const given = rows[i];
    const row = isObject(given) ? given : checkObject(given, path());
    for (const key in row) if (!known.has(key) && Object.hasOwn(row, key)) checkKeys(row, path(), known);
    for (const field of shape.fields) {
      const cell = row[field];
      if (cell === undefined) continue;
      let column = columns.get(field);
      if (!column) columns.set(field, (column = new Array(count)));
      column[i] = cell;
    }
    if (row.activity === undefined && !shape.activityRequired) continue;
    const activity = isObject(row.activity) ? row.activity : checkObject(row.activity, child(path(), 'activity'));
    for (const name in activity) {
      const value = activity[name];
      if (value === undefined || !Object.hasOwn(activity, name)) continue;
      let column = measures.get(name);
      if (!column) measures.set(checkMeasureName(name, child(path(), 'activity')), (column = new Float64Array(count)));
      column[i] = isNotNegative(value) ? value + 0 : checkNotNegative(value, child(`${path()}.activity`, name));
    }
  }
  return {
    count,
    ...stack(measures, count),
    column: (field) => columns.get(field),
    at: (row, field) => `${shape.path}[${row}].${field}`,
  };
}

function readColumns(value: unknown, shape: TableShape): Table {
  const source = checkObject(value, shape.path);
  checkKeys(source, shape.path, new Set([...shape.fields, 'activity']));
  const count = checkArrayLike(source[shape.key], child(shape.path, shape.key)).length;
  const columns = new Map<string, ArrayLike<unknown>>();
  for (const field of shape.fields) {
    if (source[field] === undefined) continue;
    columns.set(field, checkLength(source[field], child(shape.path, field), count, shape));
  }
  const measures = new Map<string, Float64Array>();
  if (source.activity !== undefined || shape.activityRequired) {
    const path = child(shape.path, 'activity');
    const activity = checkObject(source.activity, path);
    for (const name of Object.keys(activity)) {
      if (activity[name] === undefined) continue;
      checkMeasureName(name, path);
      const values = checkLength(activity[name], child(path, name), count, shape);
      const column = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const value = values[i];
        column[i] = isNotNegative(value) ? value + 0 : checkNotNegative(value, `${child(path, name)}[${i}]`);
      }
      measures.set(name, column);
    }
  }
  return {
    count,
    ...stack(measures, count),
    column: (field) => columns.get(field),
    at: (row, field) => `${shape.path}.${field}[${row}]`,
  };
}

function checkLength(value: unknown, path: string, count: number, shape: TableShape): ArrayLike<unknown> {
  const column = checkArrayLike(value, path);
  if (column.length !== count) {
    throw invalid(path, value, `must be as long as ${child(shape.path, shape.key)} (${count})`);
  }
  return column;
}

function checkMeasureName(name: string, path: string): string {
  if (name === '') throw invalid(child(path, name), name, 'must not have an empty name');
  return name;
}

function stack(measures: ReadonlyMap<string, Float64Array>, count: number) {
  const [only] = measures;
  if (only && measures.size === 1) return { measures: [only[0]], activity: only[1] };
  const activity = new Float64Array(measures.size * count);
  let m = 0;
  for (const column of measures.values()) activity.set(column, count * m++);
  return { measures: [...measures.keys()], activity };
}

/** A column of optional names; null where a row has none. Null when no row has one. */
export function readNames(table: Table, field: string): (string | null)[] | null {
  const column = table.column(field);
  if (!column) return null;
  const names: (string | null)[] = new Array(table.count);
  let found = false;
  for (let i = 0; i < table.count; i++) {
    const value = column[i] ?? null;
    names[i] =
      value === null || (typeof value === 'string' && value !== '') ? value : checkText(value, table.at(i, field));
    found ||= value !== null;
  }
  return found ? names : null;
}

/** A column of numbers that every row must have. */
export function readNumbers(
  table: Table,
  field: string,
  check: (value: unknown, path: string) => number,
): Float64Array {
  const column = table.column(field);
  const numbers = new Float64Array(table.count);
  for (let i = 0; i < table.count; i++) {
    numbers[i] = check(column?.[i], table.at(i, field));
  }
  return numbers;
}
