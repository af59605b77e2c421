/** Running a search, and what comes of it. Types only. */
import type { RebalanceOptions, RebalanceResult } from './editing.js';
import type { Evaluation } from './evaluation.js';
import type { ProblemInput } from './input.js';
import type { Plan } from './plan.js';
import type { Problem } from './problem.js';

export interface Progress {
  readonly phase: 'prepare' | 'construct' | 'repair' | 'improve' | 'done';
  /** Monotone, 0 … 1. */
  readonly fraction: number;
  /** Moves proposed so far, over all starts. */
  readonly moves: number;
  readonly elapsedMs: number;
  /** Best plan so far; null until there is one. */
  readonly best: { readonly violation: number; readonly cost: number } | null;
  /** The best plan's assignment, only with `preview: true` and when it changed. */
  readonly assignment?: Int32Array;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Called about every `progressIntervalMs`, and always a last time before the call settles with a result. */
  readonly onProgress?: (progress: Progress) => void;
  /** ≥ 0. @default 100 */
  readonly progressIntervalMs?: number;
}

export interface OptimizeOptions extends CallOptions {
  /** Integer 0 … 2³² − 1. @default 1 */
  readonly seed?: number;
  /**
   * Independent starts, 1 … 1024. They take half of the limits; the better half of their plans goes on, twice over, and
   * the best plan wins. A single start takes all. @default 4; with a time limit alone, one per worker
   */
  readonly starts?: number;
  /** Limit on moves proposed per start, all rounds together. @default grows with the number of units */
  readonly moveLimit?: number;
  /** Wall-clock limit. The run ends at whichever limit comes first; the plan then depends on the machine. @default none */
  readonly timeLimitMs?: number;
  /** Whether a lower bound on the cost is proven after the search; beyond 2,000,000 units none is. @default true */
  readonly bound?: boolean;
  /**
   * Wall-clock limit of that proof; the bound then depends on the machine. @default as long as the search may take, at
   * most 10 s, or 25 s per million units where that is more, with `timeLimitMs`; else none, and the proof ends after a
   * work that grows with the number of units
   */
  readonly boundTimeLimitMs?: number;
  /** What an abort does once the search runs: reject with `signal.reason`, or resolve with the best plan so far. @default 'reject' */
  readonly onAbort?: 'reject' | 'return-best';
  /** Adds the incumbent assignment to progress reports. @default false */
  readonly preview?: boolean;
}

/**
 * `'lagrangian'`: that every unit is served once is relaxed, the rest is solved (Hess model). `'fixed-centers'`: the same
 * where every centre is fixed, so that nothing is relaxed but that units are whole and territories of one piece: the dual
 * of a transportation problem. `'exact'`: the plan is known to be the best.
 */
export type BoundKind = 'lagrangian' | 'fixed-centers' | 'exact';

export interface OptimizeResult {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  readonly status: 'move-limit' | 'time-limit' | 'aborted';
  /**
   * A proven lower bound on the cost of every plan without violations; null when none was proven, and for plans with
   * violations, which may cost less.
   */
  readonly bound: number | null;
  /** (cost − bound) / cost, 0 for a plan that costs nothing; null without a bound. */
  readonly gap: number | null;
  /** What gave the bound; null without one. */
  readonly boundKind: BoundKind | null;
  readonly stats: {
    readonly seed: number;
    readonly starts: number;
    /** The start from which the plan came. */
    readonly bestStart: number;
    readonly moves: number;
    /** Time to the first plan without violation, from the beginning of the call; null when there was none. */
    readonly firstFeasibleMs: number | null;
    /** Time until the plan, without the proof of the bound. */
    readonly elapsedMs: number;
    /** Time of the proof. */
    readonly boundMs: number;
    readonly workers: number;
  };
}

export interface OptimizerOptions {
  /** 1 … 64. @default min(4, hardware threads − 1), at least 1 */
  readonly workers?: number;
  /** Same-origin URL of `equiterra/worker`, for pages whose policy forbids `blob:` workers. */
  readonly workerUrl?: string | URL;
  /** Full control over how a worker is made; wins over `workerUrl`. Browser only. */
  readonly createWorker?: () => Worker;
}

/** A pool of workers that prepares problems and searches for plans. */
export interface Optimizer {
  /** Starts the workers and compiles the kernel; optional, every call does it on demand. */
  ready(options?: { readonly signal?: AbortSignal }): Promise<void>;
  prepare(input: ProblemInput, options?: CallOptions): Promise<Problem>;
  optimize(problem: Problem | ProblemInput, options?: OptimizeOptions): Promise<OptimizeResult>;
  /** Repairs a plan by changing few territories: those that it must, and neighbours that can take or give what they need. */
  rebalance(problem: Problem, plan: Plan, options?: RebalanceOptions): Promise<RebalanceResult>;
  readonly disposed: boolean;
  /** Ends the workers; pending calls reject with `DISPOSED`. Idempotent. */
  dispose(): Promise<void>;
}
