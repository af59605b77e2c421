/**
 * Hands the starts 0 … S−1 to the workers one at a time and keeps the best plan by (violation, cost, start).
 * Which worker runs a start, and when, has no bearing on its plan, so neither has the number of workers.
 */
import type { Problem } from '../types.js';
import type { CancelMode, RunResult } from '../worker/protocol.js';
import type { PooledWorker } from './pooled-worker.js';
import type { ProgressMerger } from './progress.js';
import { Stop } from './stop.js';
import { useWorker } from './use-worker.js';
import type { WorkerPool } from './worker-pool.js';

export interface SearchOptions {
  readonly seed: number;
  readonly starts: number;
  readonly moveLimit: number;
  readonly timeLimitMs: number | null;
  readonly progressIntervalMs: number;
  readonly preview: boolean;
}

export interface SearchResult {
  readonly best: RunResult & { readonly assignment: Int32Array };
  readonly moves: number;
  readonly workers: number;
  readonly status: 'move-limit' | 'time-limit' | 'aborted';
}

/** Less than this is no use to a start: the worker's first look at its clock comes later. */
const LEAST_SLICE_MS = 1;

let lastRun = 0;

export class Search {
  readonly #pool: WorkerPool;
  readonly #problem: Problem;
  readonly #problemId: number;
  readonly #options: SearchOptions;
  readonly #progress: ProgressMerger;
  /** Ends the search without a plan. */
  readonly #drop: Stop;
  /** Ends the wait for further workers. */
  readonly #closed = new Stop();
  readonly #lanes: number;
  readonly #running = new Map<number, { readonly worker: PooledWorker; readonly start: number }>();
  readonly #results: RunResult[] = [];
  #next = 0;
  #deadline = Infinity;
  #stopped = false;
  #late = false;
  /** The start whose first plan a stop waits for. */
  #awaited = -1;

  constructor(
    pool: WorkerPool,
    problem: Problem,
    problemId: number,
    options: SearchOptions,
    progress: ProgressMerger,
    drop: Stop,
  ) {
    this.#pool = pool;
    this.#problem = problem;
    this.#problemId = problemId;
    this.#options = options;
    this.#progress = progress;
    this.#drop = drop;
    this.#lanes = Math.min(pool.size, options.starts);
    drop.listen(() => this.#closed.stop(drop.reason));
  }

  /** Whether there is a plan, or a start that will have one. */
  get begun(): boolean {
    return this.#next > 0;
  }

  async run(): Promise<SearchResult> {
    this.#progress.search(this.#options.starts, this.#options.timeLimitMs);
    await Promise.all(Array.from({ length: this.#lanes }, () => this.#lane()));
    let best: RunResult | null = null;
    let moves = 0;
    for (const result of this.#results) {
      moves += result.moves;
      if (result.assignment && (!best || precedes(result, best))) best = result;
      if (result.ended === 'time-limit') this.#late = true;
    }
    return {
      best: best as SearchResult['best'],
      moves,
      workers: this.#lanes,
      status: this.#stopped ? 'aborted' : this.#late ? 'time-limit' : 'move-limit',
    };
  }

  /** Ends the search with the best plan so far; where there is none, with the first that a start constructs. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#closed.stop(null);
    if (!this.#progress.hasPlan) this.#awaited = Math.min(...[...this.#running.values()].map(({ start }) => start));
    for (const [run, { worker, start }] of this.#running) void worker.api.cancel(run, this.#modeOf(start));
  }

  /** One worker's worth of starts. It queues anew for each, so that calls take turns. */
  async #lane(): Promise<void> {
    while (this.#next < this.#options.starts && !this.#stopped) {
      const worker = await this.#acquire();
      if (!worker) return;
      const start = this.#next++;
      const run = ++lastRun;
      await useWorker(
        this.#pool,
        worker,
        this.#drop,
        () => this.#start(worker, run, start),
        () => void worker.api.cancel(run, 'drop'),
      );
    }
  }

  /** null when the search no longer needs the worker. */
  async #acquire(): Promise<PooledWorker | null> {
    try {
      const worker = await this.#pool.acquire(this.#closed, this.#problemId);
      if (this.#next < this.#options.starts && !this.#stopped) return worker;
      this.#pool.release(worker);
      return null;
    } catch (error) {
      if (this.#stopped && !this.#drop.stopped) return null;
      throw error;
    }
  }

  async #start(worker: PooledWorker, run: number, start: number): Promise<void> {
    const { seed, moveLimit, timeLimitMs, progressIntervalMs, preview } = this.#options;
    if (timeLimitMs !== null) this.#deadline = Math.min(this.#deadline, performance.now() + timeLimitMs);
    this.#running.set(run, { worker, start });
    try {
      await worker.hold(this.#problemId, this.#problem);
      this.#drop.throwIfStopped();
      const slice = this.#sliceMs(start);
      if (slice !== null && slice < LEAST_SLICE_MS && start > 0) {
        this.#late = true;
        return;
      }
      worker.onProgress = (message) => {
        if (message.equiterra === 'run' && message.progress.run === run) this.#progress.update(message.progress);
      };
      const answer = worker.call(
        worker.api.run({
          run,
          problem: this.#problemId,
          seed,
          start,
          moveLimit,
          timeLimitMs: slice,
          needsPlan: start === 0,
          progressIntervalMs,
          preview,
        }),
      );
      if (this.#stopped) void worker.api.cancel(run, this.#modeOf(start));
      const result = await answer;
      this.#results.push(result);
      const { assignment, violation, cost, moves } = result;
      const best = assignment && { violation, cost };
      this.#progress.update({ start, phase: 'done', fraction: 1, moves, best, assignment: null });
    } finally {
      this.#running.delete(run);
    }
  }

  #modeOf(start: number): CancelMode {
    return start === this.#awaited ? 'construct' : 'keep';
  }

  /**
   * Time for a start: what is left, divided by the rounds that are still to go on all workers. So the last
   * round ends on time, and time that a start leaves over goes to those after it.
   */
  #sliceMs(start: number): number | null {
    if (this.#options.timeLimitMs === null) return null;
    const rounds = Math.ceil((this.#options.starts - start) / this.#lanes);
    return Math.max(0, this.#deadline - performance.now()) / rounds;
  }
}

function precedes(a: RunResult, b: RunResult): boolean {
  if (a.violation !== b.violation) return a.violation < b.violation;
  if (a.cost !== b.cost) return a.cost < b.cost;
  return a.start < b.start;
}
