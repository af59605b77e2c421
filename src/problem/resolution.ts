/** How fine the cells of accounts are: one resolution, or adaptive between two. */
import { invalid } from '../errors.js';
import { checkKeys, checkNumber, checkObject } from './input-rules.js';

/** Cells are split from `coarsest` on, at most down to `finest`. */
export interface AdaptiveResolution {
  /** Null: chosen from the accounts and the ground. */
  readonly coarsest: number | null;
  readonly finest: number;
  /** Of the smallest target of each balanced measure; what carries more is split. */
  readonly share: number;
}

const DEFAULT_FINEST = 10;
const DEFAULT_SHARE = 0.05;
const KEYS = new Set(['coarsest', 'finest', 'share']);

/** @throws {TerritoryError} INVALID_INPUT */
export function readResolution(value: unknown, adaptive: unknown): number | AdaptiveResolution {
  if (value === 'adaptive') return readAdaptive(adaptive);
  const resolution = checkResolution(value, 'resolution', "must be an integer from 0 to 15, or 'adaptive'");
  if (adaptive !== undefined) throw invalid('adaptive', adaptive, "is for the resolution 'adaptive'");
  return resolution;
}

function readAdaptive(value: unknown): AdaptiveResolution {
  const input = value === undefined ? {} : checkObject(value, 'adaptive');
  checkKeys(input, 'adaptive', KEYS);
  const bound = (key: 'coarsest' | 'finest') =>
    input[key] === undefined ? null : checkResolution(input[key], `adaptive.${key}`, 'must be an integer from 0 to 15');
  const coarsest = bound('coarsest');
  const finest = bound('finest') ?? Math.max(DEFAULT_FINEST, coarsest ?? 0);
  if (coarsest !== null && coarsest > finest) {
    throw invalid('adaptive.coarsest', coarsest, `must not exceed adaptive.finest (${finest})`);
  }
  const rule = 'must be a number greater than 0 and at most 1';
  const share =
    input.share === undefined ? DEFAULT_SHARE : checkNumber(input.share, 'adaptive.share', Number.MIN_VALUE, 1, rule);
  return { coarsest, finest, share };
}

function checkResolution(value: unknown, path: string, rule: string): number {
  const resolution = checkNumber(value, path, 0, 15, rule);
  if (!Number.isInteger(resolution)) throw invalid(path, value, rule);
  return resolution;
}
