/** What the page and a worker say to each other: Comlink carries the calls, plain messages carry progress. */
import type { WireError } from '../errors.js';
import type { Incumbent, KernelPhase } from '../kernel/kernel.js';
import type { Evaluation, Problem, ProblemInput } from '../types.js';

/** A worker's answer. Errors are values, because Comlink would strip them of code and details. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

export interface Hello {
  readonly version: string;
  /** The compiled kernel, for the workers that start later. */
  readonly module: WebAssembly.Module;
}

/** One run of the search: a start, or one that continues the plan of an earlier run. */
export interface RunRequest {
  /** Id of the run, for progress and cancelling. */
  readonly run: number;
  /** Id of a problem that the worker holds. */
  readonly problem: number;
  readonly seed: number;
  /** Number of the run within the search, 0 …; the starts come first. */
  readonly index: number;
  readonly moveLimit: number;
  /** The plan to continue; null for a start. */
  readonly from: Incumbent | null;
  /** Plans of other runs to combine with it, best first. */
  readonly others: readonly Int32Array[];
  /** Time that this run may take; null without a limit. */
  readonly timeLimitMs: number | null;
  /** Whether the time limit waits until there is a plan. */
  readonly needsPlan: boolean;
  readonly progressIntervalMs: number;
  readonly preview: boolean;
}

export interface RunResult {
  readonly index: number;
  /** null when the run ended before it had a plan. */
  readonly plan: Incumbent | null;
  readonly violation: number;
  readonly cost: number;
  readonly moves: number;
  /** Whether no plan is better. */
  readonly proven: boolean;
  /** Time from the request to the first plan without violation; null when there was none. */
  readonly feasibleMs: number | null;
  readonly ended: 'move-limit' | 'time-limit' | 'cancelled';
}

/** A lower bound on the cost of every plan without violations. */
export interface BoundRequest {
  /** Id for cancelling. */
  readonly run: number;
  readonly problem: number;
  /** A plan without violations, and its cost. */
  readonly assignment: Int32Array;
  readonly cost: number;
  /** Work in moves; Infinity when only time limits it. */
  readonly effortLimit: number;
  readonly timeLimitMs: number | null;
}

/** `'drop'` wants no plan, `'keep'` the best plan if there is one, `'construct'` the first plan if there is none yet. */
export type CancelMode = 'drop' | 'keep' | 'construct';

/** The plan as it is handed out: labels matched to today's, and its figures. */
export interface Settled {
  readonly assignment: Int32Array;
  readonly evaluation: Evaluation;
}

export interface WorkerApi {
  /** Compiles the kernel, or takes the module that another worker compiled. */
  hello(module: WebAssembly.Module | null): Promise<Reply<Hello>>;
  /** Builds a problem, keeps it under `id` and answers with a copy. `drop` lists problems to forget. */
  prepare(id: number, drop: readonly number[], input: ProblemInput, intervalMs: number): Promise<Reply<Problem>>;
  load(id: number, drop: readonly number[], problem: Problem): Promise<Reply<null>>;
  run(request: RunRequest): Promise<Reply<RunResult>>;
  cancel(run: number, mode: CancelMode): Promise<void>;
  /** Runs a search on a problem that goes with the request and is not kept; `request.problem` means nothing. */
  repair(part: Problem, request: RunRequest): Promise<Reply<RunResult>>;
  bound(request: BoundRequest): Promise<Reply<number | null>>;
  settle(problem: number, assignment: Int32Array, seed: number): Promise<Reply<Settled>>;
}

/** State of one run, posted about every `progressIntervalMs` while it runs. */
export interface RunProgress {
  readonly run: number;
  readonly index: number;
  readonly phase: KernelPhase;
  readonly fraction: number;
  readonly moves: number;
  readonly best: { readonly violation: number; readonly cost: number } | null;
  /** With `preview`, when the best plan changed. */
  readonly assignment: Int32Array | null;
}

/** Not a Comlink message. It shares the worker's channel, so it always arrives before the reply that follows it. */
export type ProgressMessage =
  | { readonly equiterra: 'run'; readonly progress: RunProgress }
  | { readonly equiterra: 'prepare'; readonly fraction: number };

export function isProgressMessage(data: unknown): data is ProgressMessage {
  return typeof data === 'object' && data !== null && 'equiterra' in data;
}
