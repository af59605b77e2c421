/** Defaults and rules of every option. Bad options are `INVALID_OPTION` with the path of the option. */
import { invalid, type TerritoryError } from './errors.js';
import type { CallOptions, OptimizeOptions, OptimizerOptions } from './types.js';

const MAX_WORKERS = 64;
const MAX_STARTS = 1024;
const DEFAULT_PROGRESS_INTERVAL_MS = 100;
/** With the step under way when it is over, and the way of the answer, a proof ends within 10 s. */
const MOST_BOUND_MS = 9_900;
/** From so many units on it may take longer, as does the first bound, which never comes sooner than the least. */
const MANY_UNITS = 400_000;
const BOUND_MS_PER_UNIT = 0.025;
const LEAST_BOUND_MS_PER_UNIT = 0.01;
const BOUND_EFFORT_PER_UNIT = 100;

export interface ResolvedCallOptions {
  readonly signal: AbortSignal | null;
  readonly onProgress: CallOptions['onProgress'] | null;
  readonly progressIntervalMs: number;
}

export interface BoundLimits {
  /** null takes the default for the problem's size: `defaultBoundEffort`. */
  readonly effortLimit: number | null;
  readonly timeLimitMs: number | null;
  /** Whether the time limit is the search's own, so that `mostBoundMs` holds as well. */
  readonly capped: boolean;
}

export interface ResolvedOptimizeOptions extends ResolvedCallOptions {
  readonly seed: number;
  /** null takes the default: `defaultStarts`. */
  readonly starts: number | null;
  /** null takes the default for the problem's size. */
  readonly moveLimit: number | null;
  readonly timeLimitMs: number | null;
  /** Limits of the proof of a lower bound; null proves none. */
  readonly bound: BoundLimits | null;
  readonly onAbort: 'reject' | 'return-best';
  readonly preview: boolean;
}

/**
 * Moves proposed per start when neither limit is given: 160 per unit, at least 300,000, at most 40 million.
 * The schedule anneals over the whole limit, so more units need more moves, and small problems end in a blink.
 */
export function defaultMoveLimit(units: number): number {
  return Math.min(40_000_000, Math.max(300_000, 160 * units));
}

/**
 * Starts when the caller names no number. Where only time ends the search, one per worker: a start has uses for all the
 * time that it can get. Else the number of workers must not show in the plan.
 */
export function defaultStarts(moveLimit: number, workers: number): number {
  return moveLimit === Infinity ? workers : 4;
}

/**
 * Work on a lower bound, in moves, when no time limits it: about what a start or two take; on very many units what a first
 * bound takes.
 */
export function defaultBoundEffort(units: number): number {
  return Math.max(Math.min(40_000_000, Math.max(1_000_000, 200 * units)), BOUND_EFFORT_PER_UNIT * units);
}

/** Time for a lower bound at most where the caller limits the search alone: 10 s, on very many units as much as they need. */
export function mostBoundMs(units: number): number {
  return Math.max(MOST_BOUND_MS, BOUND_MS_PER_UNIT * units);
}

/** Time in which a lower bound may come at all: none is tried where the caller leaves less. */
export function leastBoundMs(units: number): number {
  return units > MANY_UNITS ? LEAST_BOUND_MS_PER_UNIT * units : 0;
}

/** All hardware threads but the page's own, at most four: more workers than starts would idle. */
export function defaultWorkers(hardwareThreads: number): number {
  return Math.max(1, Math.min(4, hardwareThreads - 1));
}

export function resolveWorkers(options: OptimizerOptions, hardwareThreads: number): number {
  return options.workers ?? defaultWorkers(hardwareThreads);
}

/** @throws {TerritoryError} `INVALID_OPTION` */
export function checkOptimizerOptions(options: unknown): OptimizerOptions {
  const given = record(options, ['workers', 'workerUrl', 'createWorker']);
  const { workers, workerUrl, createWorker } = given;
  integer(workers, 'workers', 1, MAX_WORKERS);
  if (workerUrl !== undefined && !(typeof workerUrl === 'string' && workerUrl !== '') && !(workerUrl instanceof URL)) {
    throw bad('workerUrl', workerUrl, 'must be a URL or a string that is not empty');
  }
  if (createWorker !== undefined && typeof createWorker !== 'function') {
    throw bad('createWorker', createWorker, 'must be a function');
  }
  return given as OptimizerOptions;
}

/** @throws {TerritoryError} `INVALID_OPTION` */
export function resolveReadyOptions(options: unknown): AbortSignal | null {
  return signalOf(record(options, ['signal']));
}

export const CALL_KEYS = ['signal', 'onProgress', 'progressIntervalMs'];
const OPTIMIZE_KEYS = [
  ...CALL_KEYS,
  'seed',
  'starts',
  'moveLimit',
  'timeLimitMs',
  'bound',
  'boundTimeLimitMs',
  'onAbort',
  'preview',
];

/** @throws {TerritoryError} `INVALID_OPTION` */
export function resolveCallOptions(options: unknown): ResolvedCallOptions {
  return callOptions(record(options, CALL_KEYS));
}

/** @throws {TerritoryError} `INVALID_OPTION` */
export function resolveOptimizeOptions(options: unknown): ResolvedOptimizeOptions {
  const given = record(options, OPTIMIZE_KEYS) as { [key in keyof OptimizeOptions]?: unknown };
  const { onAbort = 'reject', preview = false, bound = true } = given;
  const timeLimitMs = duration(given.timeLimitMs, 'timeLimitMs');
  const boundTimeLimitMs = duration(given.boundTimeLimitMs, 'boundTimeLimitMs');
  if (typeof bound !== 'boolean') throw bad('bound', bound, 'must be true or false');
  if (onAbort !== 'reject' && onAbort !== 'return-best') {
    throw bad('onAbort', onAbort, "must be 'reject' or 'return-best'");
  }
  if (typeof preview !== 'boolean') throw bad('preview', preview, 'must be true or false');
  const moveLimit = integer(given.moveLimit, 'moveLimit', 1, Number.MAX_SAFE_INTEGER);
  return {
    ...callOptions(given),
    seed: integer(given.seed, 'seed', 0, 2 ** 32 - 1) ?? 1,
    starts: integer(given.starts, 'starts', 1, MAX_STARTS) ?? null,
    moveLimit: moveLimit ?? (timeLimitMs === undefined ? null : Infinity),
    timeLimitMs: timeLimitMs ?? null,
    bound: bound ? boundLimits(timeLimitMs, boundTimeLimitMs) : null,
    onAbort,
    preview,
  };
}

/** A search that is limited by time gets a bound that is, too: by the same time where that is short. */
function boundLimits(searchMs: number | undefined, boundMs: number | undefined): BoundLimits {
  const timeLimitMs = boundMs ?? searchMs ?? null;
  return { effortLimit: timeLimitMs === null ? null : Infinity, timeLimitMs, capped: boundMs === undefined };
}

function duration(value: unknown, path: string): number | undefined {
  if (value === undefined || (typeof value === 'number' && value > 0 && value < Infinity)) return value;
  throw bad(path, value, 'must be a finite number above 0');
}

export function callOptions(given: { [key in keyof CallOptions]?: unknown }): ResolvedCallOptions {
  const { onProgress, progressIntervalMs = DEFAULT_PROGRESS_INTERVAL_MS } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw bad('onProgress', onProgress, 'must be a function');
  }
  if (!(typeof progressIntervalMs === 'number' && progressIntervalMs >= 0 && progressIntervalMs < Infinity)) {
    throw bad('progressIntervalMs', progressIntervalMs, 'must be a finite number of at least 0');
  }
  return {
    signal: signalOf(given),
    onProgress: (onProgress as CallOptions['onProgress']) ?? null,
    progressIntervalMs,
  };
}

function signalOf(given: { readonly signal?: unknown }): AbortSignal | null {
  const { signal } = given;
  if (signal === undefined) return null;
  // By shape, because a signal may come from another realm or a polyfill.
  const shape = signal as Partial<AbortSignal> | null;
  if (typeof shape?.aborted !== 'boolean' || typeof shape.addEventListener !== 'function') {
    throw bad('signal', signal, 'must be an AbortSignal');
  }
  return signal as AbortSignal;
}

export function integer(value: unknown, path: string, from: number, to: number): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || (value as number) < from || (value as number) > to) {
    throw bad(path, value, `must be an integer from ${from} to ${to}`);
  }
  return value as number;
}

export function record(options: unknown, keys: readonly string[]): Record<string, unknown> {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw bad('options', options, 'must be an object');
  }
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) {
      throw bad(key, (options as Record<string, unknown>)[key], `is not an option (${keys.join(', ')})`);
    }
  }
  return options as Record<string, unknown>;
}

function bad(path: string, value: unknown, rule: string): TerritoryError {
  return invalid(path, value, rule, 'INVALID_OPTION');
}
