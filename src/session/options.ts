/** Options of a session and of its edits. */
import { invalid } from '../errors.js';
import type { EditOptions, SessionOptions } from '../types.js';

const DEFAULT_HISTORY_LIMIT = 200;
const MAX_HISTORY_LIMIT = 10_000;

/** @throws {TerritoryError} INVALID_OPTION */
export function resolveHistoryLimit(options: SessionOptions | undefined): number {
  const { historyLimit = DEFAULT_HISTORY_LIMIT } = readOptions(options, ['historyLimit']) as SessionOptions;
  if (!(Number.isInteger(historyLimit) && historyLimit >= 1 && historyLimit <= MAX_HISTORY_LIMIT)) {
    throw invalid('historyLimit', historyLimit, `must be an integer from 1 to ${MAX_HISTORY_LIMIT}`, 'INVALID_OPTION');
  }
  return historyLimit;
}

/** @throws {TerritoryError} INVALID_OPTION */
export function resolveEditOptions(options: EditOptions | undefined): {
  label: string | null;
  mergeKey: string | null;
} {
  const { label, mergeKey } = readOptions(options, ['label', 'mergeKey']) as EditOptions;
  for (const [path, value] of Object.entries({ label, mergeKey })) {
    if (value !== undefined && typeof value !== 'string') throw invalid(path, value, 'must be text', 'INVALID_OPTION');
  }
  return { label: label ?? null, mergeKey: mergeKey ?? null };
}

function readOptions(options: unknown, keys: readonly string[]): object {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid('options', options, 'must be an object', 'INVALID_OPTION');
  }
  for (const [key, value] of Object.entries(options)) {
    if (!keys.includes(key)) throw invalid(key, value, `is not an option (${keys.join(', ')})`, 'INVALID_OPTION');
  }
  return options;
}
