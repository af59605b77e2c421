import { TerritoryError } from '../errors.js';
import type { PooledWorker } from './pooled-worker.js';
import type { Stop } from './stop.js';
import type { WorkerPool } from './worker-pool.js';

/** A worker that has not let go of a cancelled task by then is in the midst of one long step, and is replaced. */
const ACKNOWLEDGE_MS = 500;

/**
 * Runs one task on a worker lent by the pool and gives the worker back. When `drop` stops, `cancel` tells the
 * worker, which must end the task soon, or it is terminated: either way its place is free again.
 */
export async function useWorker<T>(
  pool: WorkerPool,
  worker: PooledWorker,
  drop: Stop,
  task: () => Promise<T>,
  cancel: () => void = () => {},
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unlisten = drop.listen(() => {
    cancel();
    timer = setTimeout(() => {
      void worker.end(new TerritoryError('WORKER_CRASHED', 'A cancelled task did not end in time'));
    }, ACKNOWLEDGE_MS);
  });
  try {
    drop.throwIfStopped();
    return await task();
  } finally {
    clearTimeout(timer);
    unlisten();
    pool.release(worker);
  }
}
