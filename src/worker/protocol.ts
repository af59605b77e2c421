/** What the page and a worker say to each other: Comlink carries the calls, plain messages carry progress. */
import type { WireError } from '../errors.js';
import type { KernelPhase } from '../kernel/kernel.js';
import type { Evaluation, Problem, ProblemInput } from '../types.js';

/** A worker's answer. Errors are values, because Comlink would strip them of code and details. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

export interface Hello {
  readonly version: string;
  /** The compiled kernel, for the workers that start later. */
  readonly module: WebAssembly.Module;
}

/** One start of the search. */
export interface RunRequest {
  /** Id of the run, for progress and cancelling. */
  readonly run: number;
  /** Id of a problem that the worker holds. */
  readonly problem: number;
  readonly seed: number;
  readonly start: number;
  readonly moveLimit: number;
  /** Time that this start may take; null without a limit. */
  readonly timeLimitMs: number | null;
  /** Whether the time limit waits until there is a plan. */
  readonly needsPlan: boolean;
  readonly progressIntervalMs: number;
  readonly preview: boolean;
}

export interface RunResult {
  readonly start: number;
  /** null when the run ended before it had a plan. */
  readonly assignment: Int32Array | null;
  readonly violation: number;
  readonly cost: number;
  readonly moves: number;
  readonly ended: 'move-limit' | 'time-limit' | 'cancelled';
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
  settle(problem: number, assignment: Int32Array, seed: number): Promise<Reply<Settled>>;
}

/** State of one start, posted about every `progressIntervalMs` while it runs. */
export interface RunProgress {
  readonly run: number;
  readonly start: number;
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
