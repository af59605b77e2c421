/** `equiterra/node`: the same names as `equiterra`, on the threads of Node. */
import { invalid } from '../errors.js';
import { PooledOptimizer } from '../optimizer/optimizer.js';
import { checkOptimizerOptions, resolveWorkers } from '../options.js';
import type { Optimizer, OptimizerOptions } from '../types.js';
import { nodeHost } from './node-host.js';

export * from '../index.js';

/**
 * As `createOptimizer` of `equiterra`, with `node:worker_threads`. Idle threads do not keep the process alive.
 *
 * @throws {TerritoryError} `INVALID_OPTION`, also for `createWorker`, which only browsers have.
 */
export function createOptimizer(options?: Omit<OptimizerOptions, 'createWorker'>): Optimizer {
  const checked = checkOptimizerOptions(options);
  if (checked.createWorker) {
    throw invalid('createWorker', checked.createWorker, 'is for browsers only', 'INVALID_OPTION');
  }
  const host = nodeHost(checked);
  return new PooledOptimizer(host, resolveWorkers(checked, host.hardwareThreads));
}
