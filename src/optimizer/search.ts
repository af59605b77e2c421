/**
 * Hands the runs of every round to the workers one at a time and keeps the best plan by (violation, cost, index).
 * Which worker has a run, and when, has no bearing on its plan, so neither has the number of workers.
 */

import type { Incumbent } from '../kernel/kernel.js';
import { compareViolations } from '../metrics/compare-scores.js';
import type { Problem } from '../types.js';
import type { CancelMode, RunResult } from '../worker/protocol.js';
import type { PooledWorker } from './pooled-worker.js';
import type { ProgressMerger } from './progress.js';
import { parentOf, planRounds, type Round, splitMoves } from './rounds.js';
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
  readonly assignment: Int32Array;
  /** The start from which the plan came. */
  readonly start: number;
  /** Whether no plan is better. */
  readonly proven: boolean;
  readonly moves: number;
  /** Time from the beginning of the call to the first plan without violation; null when there was none. */
  readonly firstFeasibleMs: number | null;
  readonly workers: number;
  readonly status: 'move-limit' | 'time-limit' | 'aborted';
}

/** A run that has ended with a plan. */
interface Found extends RunResult {
  readonly plan: Incumbent;
  readonly start: number;
}

/** A round under way. */
interface Stage extends Round {
  readonly moveLimit: number;
  /** Share of the time limit at which the round ends. */
  readonly until: number;
  /** Plans to continue, best first; none in the first round. */
  readonly parents: readonly Found[];
  readonly found: Found[];
  /** Runs handed out. */
  next: number;
}

/** Less than this is no use to a run: the worker's first look at its clock comes later. */
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
  readonly #running = new Map<number, { readonly worker: PooledWorker; readonly index: number }>();
  #best: Found | null = null;
  #moves = 0;
  #proven = false;
  #firstFeasibleMs: number | null = null;
  #begun = false;
  #began = 0;
  #stopped = false;
  #late = false;
  /** The run whose first plan a stop waits for. */
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
    return this.#begun;
  }

  async run(): Promise<SearchResult> {
    const { starts, moveLimit, timeLimitMs } = this.#options;
    const rounds = planRounds(starts, this.#lanes, timeLimitMs !== null);
    const moveLimits = splitMoves(moveLimit, rounds);
    this.#progress.search(timeLimitMs);
    let parents: readonly Found[] = [];
    let until = 0;
    for (const [r, round] of rounds.entries()) {
      until += round.share;
      if (this.#stopped || moveLimits[r] === 0) break;
      const stage: Stage = { ...round, moveLimit: moveLimits[r]!, until, parents, found: [], next: 0 };
      await Promise.all(Array.from({ length: Math.min(this.#lanes, round.runs) }, () => this.#lane(stage)));
      stage.found.sort(compare);
      parents = stage.found.length > 0 ? stage.found : parents;
    }
    const { plan, start } = this.#best!;
    return {
      assignment: plan.assignment,
      start,
      proven: this.#proven,
      moves: this.#moves,
      firstFeasibleMs: this.#firstFeasibleMs,
      workers: this.#lanes,
      status: this.#stopped ? 'aborted' : this.#late ? 'time-limit' : 'move-limit',
    };
  }

  /** Ends the search with the best plan so far; where there is none, with the first that a start constructs. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#closed.stop(null);
    if (!this.#progress.hasPlan) this.#awaited = Math.min(...[...this.#running.values()].map(({ index }) => index));
    for (const [run, { worker, index }] of this.#running) void worker.api.cancel(run, this.#modeOf(index));
  }

  /** One worker's worth of runs. It queues anew for each, so that calls take turns. */
  async #lane(stage: Stage): Promise<void> {
    while (stage.next < stage.runs && !this.#stopped) {
      const worker = await this.#acquire(stage);
      if (!worker) return;
      this.#begun = true;
      const i = stage.next++;
      const run = ++lastRun;
      await useWorker(
        this.#pool,
        worker,
        this.#drop,
        () => this.#run(worker, run, stage, i),
        () => void worker.api.cancel(run, 'drop'),
      );
    }
  }

  /** null when the round no longer needs the worker. */
  async #acquire(stage: Stage): Promise<PooledWorker | null> {
    try {
      const worker = await this.#pool.acquire(this.#closed, this.#problemId);
      if (stage.next < stage.runs && !this.#stopped) return worker;
      this.#pool.release(worker);
      return null;
    } catch (error) {
      if (this.#stopped && !this.#drop.stopped) return null;
      throw error;
    }
  }

  async #run(worker: PooledWorker, run: number, stage: Stage, i: number): Promise<void> {
    const { seed, timeLimitMs, progressIntervalMs, preview } = this.#options;
    const index = stage.firstIndex + i;
    const share = stage.share / stage.runs;
    const parent = stage.parents.length > 0 ? parentOf(stage.parents, i) : null;
    this.#began ||= performance.now();
    this.#running.set(run, { worker, index });
    try {
      // One worker has to judge the plan in the end; the others need not have all of the problem.
      await worker.hold(this.#problemId, this.#problem, !this.#pool.holdsWhole(this.#problemId));
      this.#drop.throwIfStopped();
      const slice = timeLimitMs === null ? null : this.#sliceMs(stage, i, timeLimitMs);
      if (slice !== null && slice < LEAST_SLICE_MS && index > 0) {
        this.#late = true;
        return;
      }
      worker.onProgress = (message) => {
        if (message.equiterra !== 'run' || message.progress.run !== run) return;
        this.#progress.update({ ...message.progress, share });
      };
      const askedMs = this.#progress.elapsedMs;
      const answer = worker.call(
        worker.api.run({
          run,
          problem: this.#problemId,
          seed,
          index,
          moveLimit: stage.moveLimit,
          from: parent?.plan ?? null,
          others: combines(this.#problem) ? stage.parents.filter((found) => found !== parent).map(assignmentOf) : [],
          timeLimitMs: slice,
          needsPlan: index === 0,
          progressIntervalMs,
          preview,
        }),
      );
      if (this.#stopped) void worker.api.cancel(run, this.#modeOf(index));
      const result = await answer;
      this.#take(result, stage, parent ? parent.start : index, askedMs);
      const { plan, violation, cost, moves } = result;
      const best = plan && { violation, cost };
      this.#progress.update({ index, phase: 'done', fraction: 1, moves, best, assignment: null, share });
    } finally {
      this.#running.delete(run);
    }
  }

  #take(result: RunResult, stage: Stage, start: number, askedMs: number): void {
    this.#moves += result.moves;
    if (result.ended === 'time-limit') this.#late = true;
    if (result.feasibleMs !== null) {
      this.#firstFeasibleMs = Math.min(this.#firstFeasibleMs ?? Infinity, askedMs + result.feasibleMs);
    }
    if (!result.plan) return;
    // The best of all results is as good as one that is proven.
    if (result.proven) this.#proven = true;
    const found: Found = { ...result, plan: result.plan, start };
    stage.found.push(found);
    if (!this.#best || compare(found, this.#best) < 0) this.#best = found;
  }

  #modeOf(index: number): CancelMode {
    return index === this.#awaited ? 'construct' : 'keep';
  }

  /**
   * Time for a run: what is left of the round, divided by the turns that are still to go on all workers. So the last
   * turn ends on time, and time that a run leaves over goes to those after it.
   */
  #sliceMs(stage: Stage, i: number, timeLimitMs: number): number {
    const turns = Math.ceil((stage.runs - i) / this.#lanes);
    return Math.max(0, this.#began + timeLimitMs * stage.until - performance.now()) / turns;
  }
}

/** Whether runs make use of other plans than the one that they continue: where the border alone counts. */
function combines({ objective }: Problem): boolean {
  return objective.inertia === 0;
}

function assignmentOf({ plan }: Found): Int32Array {
  return plan.assignment;
}

/** Better plans first; earlier runs win ties. */
function compare(a: Found, b: Found): number {
  return compareViolations(a.violation, b.violation) || a.cost - b.cost || a.index - b.index;
}
