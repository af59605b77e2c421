import { ID_NAMES, isCodeName, matchLat, matchLng, NAME_NAMES, normalizeName, TERRITORY_NAMES } from './csv-names.js';
import { type Decimal, decimalVote, parseDegrees, parseNumber } from './csv-number.js';
import type { CsvTable } from './csv-table.js';

/** What the columns of a file hold, by name; null where no column fits. */
export interface CsvGuess {
  readonly delimiter: string;
  readonly decimal: Decimal;
  readonly id: string | null;
  readonly lat: string | null;
  readonly lng: string | null;
  readonly territory: string | null;
  /** Columns of amounts, in file order, at most 8. */
  readonly measures: readonly string[];
}

/** As many measures as a problem may balance. */
const MAX_MEASURES = 8;
/** Values that a guess looks at, per column. Ids are compared over all rows. */
const SAMPLE_ROWS = 1_000;
/** Share of a sample that must be amounts: the rest is listed as bad rows rather than costing the column. */
const MEASURE_SHARE = 0.75;

/** Guesses what each column holds from its name and its values. O(rows + columns · sample). */
export function guessColumns(table: CsvTable): CsvGuess {
  const { header, delimiter } = table;
  const lat = guessCoordinate(table, matchLat, 90);
  const lng = guessCoordinate(table, matchLng, 180);
  const decimal = guessDecimal(table, lat, lng);
  const id = guessId(table);
  const territory = guessByName(table, TERRITORY_NAMES, (c) => c !== id && sample(table, c).length > 0);
  const used = new Set([lat, lng, id, territory]);
  const measures: string[] = [];
  header.forEach((name, c) => {
    if (measures.length < MAX_MEASURES && !used.has(c) && !isCodeName(name) && holdsAmounts(table, c, decimal)) {
      measures.push(name);
    }
  });
  const nameOf = (c: number): string | null => header[c] ?? null;
  return {
    delimiter,
    decimal,
    id: nameOf(id),
    lat: nameOf(lat),
    lng: nameOf(lng),
    territory: nameOf(territory),
    measures,
  };
}

/** Values of a column that are not blank, trimmed, from the first rows. */
function sample({ rows }: CsvTable, c: number): string[] {
  return rows.slice(0, SAMPLE_ROWS).flatMap((row) => row[c]?.trim() || []);
}

function guessCoordinate(table: CsvTable, match: (name: string) => number, limit: number): number {
  let best = -1;
  let bestRank = 0;
  table.header.forEach((name, c) => {
    const rank = match(name);
    if (rank <= bestRank) return;
    if (rank < 3) {
      const values = sample(table, c);
      const fitting = values.filter((text) => Math.abs(parseDegrees(text)) <= limit).length;
      if (fitting === 0 || fitting < values.length / 2) return;
    }
    best = c;
    bestRank = rank;
  });
  return best;
}

/** Coordinates tell the decimal sign best, other cells next; without any evidence a semicolon file has commas. */
function guessDecimal(table: CsvTable, lat: number, lng: number): Decimal {
  const vote = (columns: readonly number[]): number =>
    columns.flatMap((c) => sample(table, c)).reduce((sum, text) => sum + decimalVote(text), 0);
  const votes = vote([lat, lng]) || vote(table.header.map((_, c) => c));
  return votes > 0 || (votes === 0 && table.delimiter === ';') ? ',' : '.';
}

function guessByName({ header }: CsvTable, names: readonly string[], fits: (c: number) => boolean): number {
  const normal = header.map(normalizeName);
  for (const name of names) {
    const c = normal.findIndex((candidate, i) => candidate === name && fits(i));
    if (c >= 0) return c;
  }
  return -1;
}

function guessId(table: CsvTable): number {
  const strict = guessByName(table, ID_NAMES, (c) => sample(table, c).length > 0);
  return strict >= 0 ? strict : guessByName(table, NAME_NAMES, (c) => isUnique(table, c));
}

function isUnique({ rows }: CsvTable, c: number): boolean {
  const seen = new Set<string>();
  for (const row of rows) {
    const value = row[c]?.trim();
    if (!value) continue;
    if (seen.has(value)) return false;
    seen.add(value);
  }
  return seen.size > 0;
}

function holdsAmounts(table: CsvTable, c: number, decimal: Decimal): boolean {
  const values = sample(table, c);
  // A leading zero is the mark of a code, e.g. a postcode.
  if (values.length === 0 || values.some((text) => /^0\d/.test(text))) return false;
  const amounts = values.filter((text) => parseNumber(text, decimal) >= 0).length;
  return amounts >= values.length * MEASURE_SHARE;
}
