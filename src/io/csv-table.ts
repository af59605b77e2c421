import Papa from 'papaparse';
import { invalid, TerritoryError } from '../errors.js';
import { matchLat, matchLng } from './csv-names.js';
import { MAX_DOCUMENT_BYTES } from './document-bytes.js';

/** A CSV file as text cells under unique column names. */
export interface CsvTable {
  readonly delimiter: string;
  /** Trimmed and unique: a column without a name is `column 3`, a second `hours` is `hours (2)`. */
  readonly header: readonly string[];
  /** Cells as they stand in the file, without blank rows. A short row lacks its last cells. */
  readonly rows: readonly (readonly string[])[];
  /** Line of the file, from 1, on which each row starts. Line ends inside quotes count. */
  readonly lines: readonly number[];
  /** What the quotes of a row break, by the row's index. */
  readonly broken: ReadonlyMap<number, string>;
}

export interface CsvTableOptions {
  /** @default the one of `,` `;` tab `|` that cuts the header best */
  readonly delimiter?: string;
  /** Most rows that the file may have, blank ones among them included. ≥ 1. @default 1_000_000 */
  readonly maxRows?: number;
}

const MAX_ROWS = 1_000_000;
const MAX_COLUMNS = 2_000;
const DELIMITERS = [',', ';', '\t', '|'];
/** The header is looked for in this many characters, so that a guess costs the same in any file. */
const HEAD_LENGTH = 65_536;

/**
 * Cuts CSV text into rows. Any line end, a byte order mark and the `sep=;` line of spreadsheets are understood.
 * O(text length).
 * @throws {TerritoryError} INVALID_INPUT when there is no row below a header, or when the file exceeds a cap;
 * INVALID_OPTION when an option is out of range.
 */
export function readCsvTable(text: string, options: CsvTableOptions = {}): CsvTable {
  const { maxRows = MAX_ROWS } = options;
  if (!(Number.isInteger(maxRows) && maxRows >= 1)) {
    throw invalid('options.maxRows', maxRows, 'must be an integer of at least 1', 'INVALID_OPTION');
  }
  if (options.delimiter !== undefined && !/^[^\r\n"\uFEFF]$/.test(options.delimiter)) {
    throw invalid('options.delimiter', options.delimiter, 'must be one character other than a quote', 'INVALID_OPTION');
  }
  if (text.length > MAX_DOCUMENT_BYTES) {
    throw invalid('csv.length', text.length, `must be at most ${MAX_DOCUMENT_BYTES} characters`);
  }
  const whole = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lead = /^(?:[ \t]*\n)*(?:sep=(.)\n)?/i.exec(whole)!;
  const body = whole.slice(lead[0].length);
  const delimiter = options.delimiter ?? lead[1] ?? guessDelimiter(body);
  // Beyond the cap: the header, the blank row behind the last line end, and one that shows that there are too many.
  const preview = maxRows + 3;
  const parsed = Papa.parse<string[]>(body, { delimiter, newline: '\n', preview });

  const quoteErrors = new Map<number, string>();
  for (const { type, code, row } of parsed.errors) {
    if (type !== 'Quotes' || row === undefined || quoteErrors.has(row)) continue;
    quoteErrors.set(
      row,
      code === 'MissingQuotes' ? 'has a quote that is never closed' : 'has text behind a closing quote',
    );
  }
  let header: string[] | null = null;
  const rows: string[][] = [];
  const lines: number[] = [];
  const broken = new Map<number, string>();
  let line = 1 + countLineEnds(lead[0]);
  parsed.data.forEach((row, index) => {
    const start = line;
    line++;
    for (const cell of row) line += countLineEnds(cell);
    if (row.every((cell) => cell.trim() === '')) return;
    if (header === null) {
      header = row;
      return;
    }
    const reason = quoteErrors.get(index);
    if (reason !== undefined) broken.set(rows.length, reason);
    rows.push(row);
    lines.push(start);
  });
  if (rows.length > maxRows || parsed.data.length === preview) {
    const rule = `must be at most ${maxRows}`;
    throw new TerritoryError('INVALID_INPUT', `csv.rows ${rule}, got more`, { path: 'csv.rows', rule });
  }
  if (header === null || rows.length === 0)
    throw invalid('csv', text, 'must have a header line and at least one row below it');
  return { delimiter, header: nameColumns(header), rows, lines, broken };
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++;
  return count;
}

/** The delimiter under which the header has both coordinates, then the one that gives it most columns. */
function guessDelimiter(body: string): string {
  const head = body.slice(0, HEAD_LENGTH);
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const fields = Papa.parse<string[]>(head, { delimiter, newline: '\n', preview: 1 }).data[0] ?? [];
    // The sum of the ranks, because a header that is cut at the wrong sign still holds the words in one field.
    const known = Math.max(0, ...fields.map(matchLat)) + Math.max(0, ...fields.map(matchLng));
    const score = known * (MAX_COLUMNS + 1) + Math.min(fields.length, MAX_COLUMNS);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function nameColumns(cells: readonly string[]): string[] {
  if (cells.length > MAX_COLUMNS) throw invalid('csv.columns', cells.length, `must be at most ${MAX_COLUMNS}`);
  const taken = new Set<string>();
  return cells.map((cell, c) => {
    const name = cell.trim() || `column ${c + 1}`;
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name} (${i})`;
    taken.add(unique);
    return unique;
  });
}
