import type { AccountColumns, TerritoryId } from '../types.js';
import { type Decimal, parseDegrees, parseNumber } from './csv-number.js';
import type { CsvTable } from './csv-table.js';

/** One row that gave no account. */
export interface SkippedRow {
  /** Line of the file, from 1, on which the row starts. */
  readonly line: number;
  /** Column of the bad value; null when the row as a whole is bad. */
  readonly column: string | null;
  /** The bad value, at most 80 characters of it. */
  readonly value: string;
  /** What is wrong with it, to be read behind column and value. */
  readonly reason: string;
}

/** Column index of each part of an account; −1 for none. */
export interface AccountLayout {
  readonly id: number;
  readonly lat: number;
  readonly lng: number;
  readonly territory: number;
  readonly group: number;
  readonly measures: readonly number[];
}

export interface CollectedAccounts {
  readonly columns: AccountColumns;
  readonly lines: readonly number[];
  readonly skipped: readonly SkippedRow[];
}

/** Characters of a file's text that go into a message. */
export const MAX_VALUE_LENGTH = 80;

/** Accounts of a table, in file order: a row is taken whole or listed as skipped. O(cells). */
export function collectAccounts(table: CsvTable, decimal: Decimal, layout: AccountLayout): CollectedAccounts {
  const ids: string[] = [];
  const lines: number[] = [];
  const lat: number[] = [];
  const lng: number[] = [];
  const amounts: number[][] = layout.measures.map(() => []);
  const territory: (TerritoryId | null)[] = [];
  const group: (string | null)[] = [];
  const skipped: SkippedRow[] = [];
  const lineOf = new Map<string, number>();
  table.rows.forEach((row, r) => {
    const line = table.lines[r]!;
    const cell = (c: number): string => row[c]?.trim() ?? '';
    const account = readAccount(table, r, decimal, layout);
    const id = cell(layout.id) || `line ${line}`;
    const before = lineOf.get(id);
    if ('reason' in account || before !== undefined) {
      const { column, reason } =
        'reason' in account ? account : { column: layout.id, reason: `is also the id on line ${before}` };
      skipped.push({
        line,
        column: table.header[column] ?? null,
        value: shorten(row[Math.max(column, 0)] ?? ''),
        reason,
      });
      return;
    }
    lineOf.set(id, line);
    ids.push(id);
    lines.push(line);
    lat.push(account.lat);
    lng.push(account.lng);
    for (let m = 0; m < amounts.length; m++) amounts[m]!.push(account.amounts[m]!);
    territory.push(cell(layout.territory) || null);
    group.push(cell(layout.group) || null);
  });
  // fromEntries defines its keys, so a measure called __proto__ stays a key.
  const activity = Object.fromEntries(
    layout.measures.map((c, m) => [table.header[c]!, Float64Array.from(amounts[m]!)] as const),
  );
  const columns: AccountColumns = {
    id: ids,
    lat: Float64Array.from(lat),
    lng: Float64Array.from(lng),
    ...(amounts.length > 0 ? { activity } : {}),
    ...(territory.some((id) => id !== null) ? { territory } : {}),
    ...(group.some((id) => id !== null) ? { group } : {}),
  };
  return { columns, lines, skipped };
}

interface Numbers {
  readonly lat: number;
  readonly lng: number;
  readonly amounts: readonly number[];
}

interface Fault {
  /** Column of the bad value; −1 when the row as a whole is bad. */
  readonly column: number;
  readonly reason: string;
}

function readAccount(table: CsvTable, r: number, decimal: Decimal, layout: AccountLayout): Numbers | Fault {
  const row = table.rows[r]!;
  const width = table.header.length;
  const broken = table.broken.get(r);
  if (broken !== undefined) return { column: -1, reason: broken };
  if (row.length > width && row.slice(width).some((text) => text.trim() !== '')) {
    return { column: -1, reason: `has ${row.length} cells under ${width} columns` };
  }
  const lat = readDegrees(row, layout.lat, 90);
  if (typeof lat !== 'number') return lat;
  const lng = readDegrees(row, layout.lng, 180);
  if (typeof lng !== 'number') return lng;
  if (lat === 0 && lng === 0) return { column: layout.lat, reason: 'is missing: latitude and longitude are both 0' };
  const amounts: number[] = [];
  for (const c of layout.measures) {
    const text = row[c]?.trim() ?? '';
    const amount = text === '' ? 0 : parseNumber(text, decimal);
    if (!Number.isFinite(amount)) {
      return { column: c, reason: `is not a number with a decimal ${decimal === '.' ? 'point' : 'comma'}` };
    }
    if (amount < 0) return { column: c, reason: 'is negative' };
    amounts.push(amount);
  }
  return { lat, lng, amounts };
}

function readDegrees(row: readonly string[], c: number, limit: number): number | Fault {
  const text = row[c]?.trim() ?? '';
  if (text === '') return { column: c, reason: 'is missing' };
  const degrees = parseDegrees(text);
  if (Number.isNaN(degrees)) return { column: c, reason: 'is not a number of degrees' };
  return Math.abs(degrees) <= limit ? degrees : { column: c, reason: `is not between -${limit} and ${limit}` };
}

function shorten(text: string): string {
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}
