/** The optimizer: options in, worker calls raced against abort and disposal, results out. Every call settles. */
import { transfer } from 'comlink';
import { invalid, TerritoryError } from '../errors.js';
import {
  defaultMoveLimit,
  defaultStarts,
  type ResolvedCallOptions,
  type ResolvedOptimizeOptions,
  resolveCallOptions,
  resolveOptimizeOptions,
  resolveReadyOptions,
} from '../options.js';
import { createPlan } from '../plan/plan.js';
import type {
  CallOptions,
  OptimizeOptions,
  OptimizeResult,
  Optimizer,
  Plan,
  Problem,
  ProblemInput,
  RebalanceOptions,
  RebalanceResult,
} from '../types.js';
import { exactProof, NO_PROOF, proveBound } from './bound.js';
import { ProgressMerger } from './progress.js';
import { Search } from './search.js';
import { Stop } from './stop.js';
import { useWorker } from './use-worker.js';
import type { WorkerHost } from './worker-handle.js';
import { WorkerPool } from './worker-pool.js';

export interface Call {
  /** Stops when the call fails, with the reason that it rejects with. Tells the workers to let go. */
  readonly drop: Stop;
  readonly progress: ProgressMerger;
  /** Replaces what an abort of the caller's signal does. */
  onAbort(instead: (reject: () => void) => void): void;
}

export class PooledOptimizer implements Optimizer {
  readonly #pool: WorkerPool;
  /** Ids under which the workers know problems. */
  readonly #ids = new WeakMap<Problem, number>();
  #lastId = 0;
  #disposed: Promise<void> | null = null;

  constructor(host: WorkerHost, workers: number) {
    this.#pool = new WorkerPool(host, workers);
    const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
    if (asyncDispose) Object.defineProperty(this, asyncDispose, { value: () => this.dispose() });
  }

  async ready(options?: { readonly signal?: AbortSignal }): Promise<void> {
    const signal = resolveReadyOptions(options);
    await this.#run({ signal, onProgress: null, progressIntervalMs: 0 }, () => this.#pool.warm());
  }

  async prepare(input: ProblemInput, options?: CallOptions): Promise<Problem> {
    const resolved = resolveCallOptions(options);
    checkObject(input);
    return this.#run(resolved, async (call) => {
      const problem = await this.#prepare(input, call, resolved, true);
      call.progress.done(null);
      return problem;
    });
  }

  async optimize(problem: Problem | ProblemInput, options?: OptimizeOptions): Promise<OptimizeResult> {
    const resolved = resolveOptimizeOptions(options);
    checkObject(problem);
    return this.#run(resolved, async (call) => {
      const own = isProblem(problem) ? problem : await this.#prepare(problem, call, resolved, false);
      return this.#search(own, call, resolved);
    });
  }

  async rebalance(problem: Problem, plan: Plan, options?: RebalanceOptions): Promise<RebalanceResult> {
    checkObject(problem);
    if (this.#disposed) throw disposedError();
    // Most pages never edit: what it takes comes when it is needed.
    const { rebalancePlan, resolveRebalanceOptions } = await import('../rebalance/index.js');
    const resolved = resolveRebalanceOptions(problem, plan, options);
    return this.#run(resolved, (call) => rebalancePlan(this.#pool, problem, plan, resolved, call));
  }

  get disposed(): boolean {
    return this.#disposed !== null;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#pool.dispose(disposedError());
    return this.#disposed;
  }

  /** Runs `work`, and rejects at once when the caller's signal aborts or its `onProgress` throws. */
  async #run<T>(options: ResolvedCallOptions, work: (call: Call) => Promise<T>): Promise<T> {
    const { signal } = options;
    if (signal?.aborted) throw signal.reason;
    const drop = new Stop();
    const progress = new ProgressMerger(options, (error) => drop.stop(error));
    const reject = () => drop.stop(signal?.reason);
    let onAbort = reject;
    const listener = () => onAbort();
    signal?.addEventListener('abort', listener);
    const call: Call = {
      drop,
      progress,
      onAbort(instead) {
        onAbort = () => instead(reject);
      },
    };
    try {
      return await new Promise<T>((resolve, fail) => {
        drop.listen(() => fail(drop.reason));
        // A failure of one start ends the others too.
        work(call).then(resolve, (error) => drop.stop(error));
      });
    } finally {
      progress.close();
      signal?.removeEventListener('abort', listener);
    }
  }

  async #prepare(input: ProblemInput, call: Call, options: ResolvedCallOptions, whole: boolean): Promise<Problem> {
    const id = ++this.#lastId;
    const worker = await this.#pool.acquire(call.drop);
    const problem = await useWorker(this.#pool, worker, call.drop, async () => {
      worker.onProgress = (message) => {
        if (message.equiterra === 'prepare') call.progress.prepare(message.fraction, whole);
      };
      try {
        return await worker.call(worker.api.prepare(id, worker.claim(id, true), input, options.progressIntervalMs));
      } catch (error) {
        worker.unclaim(id);
        throw error;
      }
    });
    this.#ids.set(problem, id);
    call.progress.prepare(1, whole);
    return problem;
  }

  async #search(problem: Problem, call: Call, options: ResolvedOptimizeOptions): Promise<OptimizeResult> {
    const { drop, progress } = call;
    const { seed } = options;
    const id = this.#ids.get(problem) ?? ++this.#lastId;
    this.#ids.set(problem, id);
    const moveLimit = options.moveLimit ?? defaultMoveLimit(problem.ids.length);
    const starts = options.starts ?? defaultStarts(moveLimit, this.#pool.size);
    const search = new Search(this.#pool, problem, id, { ...options, starts, moveLimit }, progress, drop);
    if (options.onAbort === 'return-best') {
      call.onAbort((reject) => (search.begun ? search.stop() : reject()));
    }
    const { start, status, proven, assignment: found, ...counts } = await search.run();
    const worker = await this.#pool.acquire(drop, id);
    const { assignment, evaluation } = await useWorker(this.#pool, worker, drop, async () => {
      await worker.hold(id, problem, true);
      return worker.call(worker.api.settle(id, transfer(found, [found.buffer]), seed));
    });
    const { elapsedMs } = progress;
    const cost = evaluation.cost.total;
    const stopped = status === 'aborted' || options.bound === null || evaluation.violation > 0;
    const proof = stopped
      ? NO_PROOF
      : proven
        ? exactProof(cost)
        : await proveBound(this.#pool, problem, id, assignment, cost, options, call);
    progress.done({ violation: evaluation.violation, cost });
    return {
      problem,
      plan: createPlan(problem, assignment, seed),
      evaluation,
      status,
      bound: proof.bound,
      gap: proof.gap,
      boundKind: proof.boundKind,
      stats: { seed, starts, bestStart: start, ...counts, elapsedMs, boundMs: proof.boundMs },
    };
  }
}

function disposedError(): TerritoryError {
  return new TerritoryError('DISPOSED', 'The optimizer has been disposed');
}

/** Whether it is prepared already. */
export function isProblem(value: Problem | ProblemInput): value is Problem {
  return 'offsets' in value && ArrayBuffer.isView(value.offsets);
}

/** @throws {TerritoryError} INVALID_INPUT */
export function checkObject(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('problem', value, 'must be an object');
  }
}
