import { parseArgs } from 'node:util';
import { invalid, TerritoryError } from '../errors.js';

export const USAGE = `usage: npm run solve -- FILE [options]

Solves the problem document FILE (.json or .json.gz). Progress goes to standard error; the last line of
standard output is the result as one JSON object. Ctrl-C ends the search and keeps the best plan.

  --seconds S   limit on the search in seconds; 10 when neither limit is given
  --moves N     limit on the moves proposed per start; alone it makes the plan reproducible
  --seed N      random seed, 0 to 4294967295; 1 by default
  --starts N    independent starts, 1 to 1024
  --workers W   worker threads, 1 to 64
  --bound S     limit on the proof of a lower bound in seconds; 0 for none; by default the search's, at most 10 s
  --levels ORDER  how the levels of a document that has some are designed: top-down, the default, or bottom-up
  --out FILE    writes the plan document
  --help        prints this text

exit status: 0 with a plan, feasible or not; 1 for a bad document or a failure; 2 for bad arguments
`;

export interface SolveArguments {
  readonly file: string;
  /** Limit on the search; null when only moves limit it. */
  readonly seconds: number | null;
  readonly moves: number | null;
  readonly seed: number;
  readonly starts: number | null;
  readonly workers: number | null;
  /** Limit on the proof of a lower bound; 0 for none, null for the default. */
  readonly bound: number | null;
  /** How levels are designed, if the document has some. */
  readonly levels: 'top-down' | 'bottom-up';
  readonly out: string | null;
}

const DEFAULT_SECONDS = 10;
const SECONDS = /^(?:\d+\.?\d*|\.\d+)$/;
/** A week: what timers can count in milliseconds ends at 24 days. */
const MAX_SECONDS = 604_800;

const OPTIONS = {
  seconds: { type: 'string' },
  moves: { type: 'string' },
  seed: { type: 'string' },
  starts: { type: 'string' },
  workers: { type: 'string' },
  bound: { type: 'string' },
  levels: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the arguments of the command line; null asks for the usage.
 * @throws {TerritoryError} INVALID_OPTION naming the argument.
 */
export function parseArguments(argv: readonly string[]): SolveArguments | null {
  const { values, positionals } = split(argv);
  if (values.help) return null;
  if (positionals.length !== 1) {
    throw invalid('FILE', positionals.join(' '), 'must be exactly one problem document', 'INVALID_OPTION');
  }
  if (values.out === '') throw invalid('--out', '', 'must name a file', 'INVALID_OPTION');
  const seconds = readNumber('--seconds', values.seconds, SECONDS, Number.MIN_VALUE, MAX_SECONDS);
  const moves = readInteger('--moves', values.moves, 1, Number.MAX_SAFE_INTEGER);
  return {
    file: positionals[0]!,
    seconds: seconds ?? (moves === null ? DEFAULT_SECONDS : null),
    moves,
    seed: readInteger('--seed', values.seed, 0, 2 ** 32 - 1) ?? 1,
    starts: readInteger('--starts', values.starts, 1, 1024),
    workers: readInteger('--workers', values.workers, 1, 64),
    bound: values.bound === '0' ? 0 : readNumber('--bound', values.bound, SECONDS, Number.MIN_VALUE, MAX_SECONDS),
    levels: readOrder(values.levels),
    out: values.out ?? null,
  };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new TerritoryError('INVALID_OPTION', (error as Error).message);
  }
}

function readOrder(text: string | undefined): SolveArguments['levels'] {
  if (text === undefined || text === 'top-down') return 'top-down';
  if (text === 'bottom-up') return text;
  throw invalid('--levels', text, 'must be top-down or bottom-up', 'INVALID_OPTION');
}

function readInteger(name: string, text: string | undefined, least: number, most: number): number | null {
  return readNumber(name, text, /^\d+$/, least, most);
}

function readNumber(name: string, text: string | undefined, form: RegExp, least: number, most: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (form.test(text) && value >= least && value <= most) return value;
  const range =
    least === Number.MIN_VALUE ? `a number above 0, at most ${most}` : `an integer from ${least} to ${most}`;
  throw invalid(name, text, `must be ${range}`, 'INVALID_OPTION');
}
