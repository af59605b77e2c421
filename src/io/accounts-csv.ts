import { invalid, TerritoryError } from '../errors.js';
import type { AccountColumns, MeasureName } from '../types.js';
import { collectAccounts, MAX_VALUE_LENGTH, type SkippedRow } from './account-rows.js';
import { type CsvGuess, guessColumns } from './csv-guess.js';
import type { Decimal } from './csv-number.js';
import { type CsvTable, readCsvTable } from './csv-table.js';

/** Every option overrides a guess; a column is named as in the header, and `null` means none. */
export interface AccountsCsvOptions {
  readonly delimiter?: string;
  readonly decimal?: Decimal;
  readonly id?: string | null;
  readonly lat?: string;
  readonly lng?: string;
  readonly territory?: string | null;
  /** Never guessed, because it forbids plans. @default null */
  readonly group?: string | null;
  readonly measures?: readonly string[];
  /** Most rows that the file may have. ≥ 1. @default 1_000_000 */
  readonly maxRows?: number;
}

export interface AccountsCsv {
  /** Accounts in file order, for `ProblemInput.accounts`. `territory` and `group` are there only when some row has one. */
  readonly columns: AccountColumns;
  /** Line of the file on which each account starts. */
  readonly lines: readonly number[];
  /** The columns that were used, guessed or given. */
  readonly guess: CsvGuess;
  readonly measures: readonly MeasureName[];
  /** Rows that gave no account, in file order. Blank rows are not listed. */
  readonly skipped: readonly SkippedRow[];
}

/** What a form needs to let a person correct the guesses. */
export interface CsvPreview {
  readonly header: readonly string[];
  /** The first rows, as text, as long as the header. */
  readonly rows: readonly (readonly string[])[];
  readonly rowCount: number;
  readonly guess: CsvGuess;
}

const OPTION_KEYS = ['delimiter', 'decimal', 'id', 'lat', 'lng', 'territory', 'group', 'measures', 'maxRows'];

/**
 * Header, first rows and guesses of a CSV text. O(text length).
 * @throws {TerritoryError} INVALID_INPUT when there is no row below a header, or when the file exceeds a cap.
 */
export function previewCsv(
  text: string,
  options: { readonly rows?: number; readonly delimiter?: string } = {},
): CsvPreview {
  const { rows = 5, ...tableOptions } = options;
  const table = readCsvTable(text, tableOptions);
  const { header } = table;
  return {
    header,
    rows: table.rows.slice(0, rows).map((row) => header.map((_, c) => row[c] ?? '')),
    rowCount: table.rows.length,
    guess: guessColumns(table),
  };
}

/**
 * Reads accounts from CSV text. The delimiter, the decimal sign and the columns are guessed from names in several
 * languages and from the values; every guess can be overridden. A row whose coordinates or amounts cannot be read, whose
 * id was there before, or that lies at 0°, 0° (how exports write a missing place) is listed in `skipped` with its line.
 * A blank amount is 0; a row without an id is called `line 17`. Places are never looked up by address. O(text length).
 * @throws {TerritoryError} INVALID_INPUT naming the columns found when there are no coordinates or no usable row, or when
 * the file exceeds a cap; INVALID_OPTION when an option names no column.
 */
export function parseAccountsCsv(text: string, options: AccountsCsvOptions = {}): AccountsCsv {
  for (const key of Object.keys(options)) {
    if (!OPTION_KEYS.includes(key)) {
      throw invalid(`options.${key}`, options[key as keyof AccountsCsvOptions], 'is not an option', 'INVALID_OPTION');
    }
  }
  const table = readCsvTable(text, options);
  const guess = applyOptions(table, guessColumns(table), options);
  const { header } = table;
  const columnOf = (name: string | null | undefined): number => (name == null ? -1 : header.indexOf(name));
  const [lat, lng] = [columnOf(guess.lat), columnOf(guess.lng)];
  if (lat < 0) throw noColumn(table, 'latitudes', 'lat');
  if (lng < 0) throw noColumn(table, 'longitudes', 'lng');
  const accounts = collectAccounts(table, guess.decimal, {
    id: columnOf(guess.id),
    lat,
    lng,
    territory: columnOf(guess.territory),
    group: columnOf(options.group),
    measures: guess.measures.map(columnOf),
  });
  if (accounts.lines.length === 0) throw noAccount(table, accounts.skipped);
  return { ...accounts, guess, measures: guess.measures };
}

function noAccount(table: CsvTable, skipped: readonly SkippedRow[]): TerritoryError {
  const { line, column, value, reason } = skipped[0]!;
  const first =
    column === null ? `line ${line} ${reason}` : `line ${line}: ${column} ${JSON.stringify(value)} ${reason}`;
  const rule = 'must have at least one row that can be used';
  return new TerritoryError('INVALID_INPUT', `csv ${rule}; ${first}; ${listColumns(table)}`, {
    path: 'csv',
    rule,
    columns: table.header,
    skipped: skipped.slice(0, 100),
  });
}

function applyOptions(table: CsvTable, guess: CsvGuess, options: AccountsCsvOptions): CsvGuess {
  const check = (path: string, name: string | null): void => {
    if (name === null || table.header.includes(name)) return;
    throw invalid(`options.${path}`, name, `must name a column; ${listColumns(table)}`, 'INVALID_OPTION');
  };
  for (const key of ['id', 'lat', 'lng', 'territory', 'group'] as const) check(key, options[key] ?? null);
  options.measures?.forEach((name, m) => {
    check(`measures[${m}]`, name);
    if (options.measures!.indexOf(name) < m) {
      throw invalid(`options.measures[${m}]`, name, 'must not be there twice', 'INVALID_OPTION');
    }
  });
  const {
    decimal = guess.decimal,
    id = guess.id,
    lat = guess.lat,
    lng = guess.lng,
    territory = guess.territory,
  } = options;
  if (decimal !== '.' && decimal !== ',')
    throw invalid('options.decimal', decimal, `must be '.' or ','`, 'INVALID_OPTION');
  if (lat !== null && lat === lng) {
    throw invalid('options.lng', lng, 'must not be the column of latitudes', 'INVALID_OPTION');
  }
  const used = [id, lat, lng, territory, options.group];
  const measures = options.measures ?? guess.measures.filter((name) => !used.includes(name));
  return { delimiter: table.delimiter, decimal, id, lat, lng, territory, measures };
}

function noColumn(table: CsvTable, what: string, path: string): TerritoryError {
  const rule = `must have a column of ${what} in degrees`;
  return new TerritoryError('INVALID_INPUT', `csv ${rule}; ${listColumns(table)}`, {
    path: `csv.${path}`,
    rule,
    columns: table.header,
  });
}

function listColumns({ header }: CsvTable): string {
  const shown = header.slice(0, 20).map((name) => JSON.stringify(name.slice(0, MAX_VALUE_LENGTH)));
  return `its columns are ${shown.join(', ')}${header.length > shown.length ? ', …' : ''}`;
}
