import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { createOptimizer as createBrowserOptimizer } from '../../src/index.js';
import { createOptimizer } from '../../src/node/index.js';
import {
  defaultBoundEffort,
  defaultMoveLimit,
  defaultStarts,
  defaultWorkers,
  leastBoundMs,
  mostBoundMs,
  resolveCallOptions,
  resolveOptimizeOptions,
} from '../../src/options.js';
import { gridInput } from './grid.js';
import { outcome } from './settle.js';

function caught(call: () => unknown): TerritoryError {
  try {
    call();
  } catch (error) {
    return error as TerritoryError;
  }
  throw new Error('nothing was thrown');
}

describe('options of a search', () => {
  it('fills in the documented defaults', () => {
    expect(resolveOptimizeOptions(undefined)).toEqual({
      signal: null,
      onProgress: null,
      progressIntervalMs: 100,
      seed: 1,
      starts: null,
      moveLimit: null,
      timeLimitMs: null,
      bound: { effortLimit: null, timeLimitMs: null, capped: true },
      onAbort: 'reject',
      preview: false,
    });
  });

  it('lifts the limit on moves when only a time limit is given', () => {
    expect(resolveOptimizeOptions({ timeLimitMs: 5 }).moveLimit).toBe(Infinity);
    expect(resolveOptimizeOptions({ timeLimitMs: 5, moveLimit: 7 }).moveLimit).toBe(7);
  });

  it('limits the bound by time where the search is, unless told otherwise', () => {
    const timed = { effortLimit: Infinity, timeLimitMs: 5 };
    expect(resolveOptimizeOptions({ timeLimitMs: 5 }).bound).toEqual({ ...timed, capped: true });
    expect(resolveOptimizeOptions({ boundTimeLimitMs: 5 }).bound).toEqual({ ...timed, capped: false });
    expect(resolveOptimizeOptions({ timeLimitMs: 9, boundTimeLimitMs: 5 }).bound).toEqual({ ...timed, capped: false });
    expect(resolveOptimizeOptions({ bound: false, boundTimeLimitMs: 7 }).bound).toBeNull();
  });

  it('takes an option that is undefined for absent', () => {
    const absent = { seed: undefined, signal: undefined, onAbort: undefined, preview: undefined, starts: undefined };
    expect(resolveOptimizeOptions(absent)).toEqual(resolveOptimizeOptions({}));
  });

  it.each([
    ['seed', -1],
    ['seed', 1.5],
    ['seed', 2 ** 32],
    ['seed', '1'],
    ['seed', null],
    ['starts', 0],
    ['starts', 1025],
    ['starts', Number.NaN],
    ['moveLimit', 0],
    ['moveLimit', Infinity],
    ['moveLimit', 2 ** 53],
    ['timeLimitMs', 0],
    ['timeLimitMs', Infinity],
    ['timeLimitMs', Number.NaN],
    ['timeLimitMs', '5'],
    ['progressIntervalMs', -1],
    ['progressIntervalMs', Number.NaN],
    ['onProgress', 'log'],
    ['onAbort', 'keep'],
    ['preview', 1],
    ['signal', {}],
    ['signal', null],
    ['timeLimit', 5],
    ['balance', {}],
  ])('refuses %s: %s by its path', (key, value) => {
    const error = caught(() => resolveOptimizeOptions({ [key]: value }));
    expect(error).toBeInstanceOf(TerritoryError);
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.details.path).toBe(key);
    expect(error.message).toContain(key);
  });

  it.each([[null], [[]], ['fast'], [7], [() => {}]])('refuses %s for the options', (options) => {
    expect(caught(() => resolveOptimizeOptions(options)).code).toBe('INVALID_OPTION');
  });

  it('refuses search options where nothing is searched', () => {
    expect(caught(() => resolveCallOptions({ seed: 1 })).details.path).toBe('seed');
  });

  it('is not fooled by keys that every object inherits', () => {
    const hostile = JSON.parse('{"__proto__": 1}');
    expect(caught(() => resolveOptimizeOptions(hostile)).details.path).toBe('__proto__');
    expect(caught(() => resolveOptimizeOptions({ constructor: 1 })).details.path).toBe('constructor');
  });

  it('rejects the call, rather than throwing from it', async () => {
    const optimizer = createOptimizer();
    const call = optimizer.optimize(gridInput(3, 2), { seed: -1 });
    expect(await outcome(call)).toMatchObject({ code: 'INVALID_OPTION', details: { path: 'seed', value: -1 } });
    expect(await outcome(optimizer.optimize(null as never))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await outcome(optimizer.prepare('file.json' as never))).toMatchObject({ code: 'INVALID_INPUT' });
    await optimizer.dispose();
  });
});

describe('options of an optimizer', () => {
  it.each([
    ['workers', 0],
    ['workers', 65],
    ['workers', 1.5],
    ['workerUrl', ''],
    ['workerUrl', 7],
    ['createWorker', 'worker.js'],
    ['threads', 2],
  ])('refuses %s: %s by its path', (key, value) => {
    for (const create of [createOptimizer, createBrowserOptimizer]) {
      const error = caught(() => create({ [key]: value }));
      expect(error.code).toBe('INVALID_OPTION');
      expect(error.details.path).toBe(key);
    }
  });

  it('leaves one hardware thread to the page and takes at most four', () => {
    expect([0, 1, 2, 3, 5, 64].map(defaultWorkers)).toEqual([1, 1, 1, 2, 4, 4]);
  });

  it('has no createWorker in Node', () => {
    expect(caught(() => createOptimizer({ createWorker: () => 0 } as never)).details.path).toBe('createWorker');
  });
});

describe('the default number of starts', () => {
  it('follows the workers only where time alone ends the search', () => {
    expect([1, 2, 8].map((workers) => defaultStarts(Infinity, workers))).toEqual([1, 2, 8]);
    expect([1, 2, 8].map((workers) => defaultStarts(1000, workers))).toEqual([4, 4, 4]);
  });
});

describe('the default limit on moves', () => {
  it('grows with the number of units between two bounds', () => {
    expect(defaultMoveLimit(1)).toBe(300_000);
    expect(defaultMoveLimit(10_000)).toBe(1_600_000);
    expect(defaultMoveLimit(1_000_000)).toBe(40_000_000);
  });
});

describe('the default limits of a bound', () => {
  it('are those of a start or two, on very many units what these take', () => {
    expect([1, 50_000, 300_000, 1_000_000].map(defaultBoundEffort)).toEqual([1e6, 1e7, 4e7, 1e8]);
    expect([1, 300_000, 1_000_000].map(mostBoundMs)).toEqual([9900, 9900, 25_000]);
    expect([1, 300_000, 1_000_000].map(leastBoundMs)).toEqual([0, 0, 10_000]);
  });
});
