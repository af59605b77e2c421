import type { Problem } from '../types.js';

export type KernelPhase = 'construct' | 'repair' | 'improve' | 'done';

export interface KernelStart {
  /** uint32. */
  readonly seed: number;
  /** Index of the start; its generator is seeded by hash(seed, start). */
  readonly start: number;
  /** Moves proposed at most; Infinity when only time limits the run. */
  readonly moveLimit: number;
}

/** One kernel instance with one problem loaded. Start it, step it until `phase` is `'done'`, read the best plan. */
export interface Kernel {
  start(options: KernelStart): void;
  /**
   * Works for about `effort` moves and returns. How a run is cut into steps does not change its plan.
   * `timeFraction` 0 … 1 is the share of the time limit that has passed, 0 without one; it only ever speeds the schedule up.
   */
  step(effort: number, timeFraction: number): void;
  /** Ends the run at once; the best plan so far stays readable and its score becomes exact. */
  finish(): void;
  readonly phase: KernelPhase;
  /** Moves proposed since `start`. */
  readonly moves: number;
  /** 0 … 1, share of the move limit. */
  readonly fraction: number;
  /** Whether there is a complete plan already. */
  readonly hasPlan: boolean;
  /** Score of the best plan; exact once `phase` is `'done'`, a surrogate before where the objective needs one. */
  readonly violation: number;
  readonly cost: number;
  /** Copy of the best plan, length n. */
  assignment(): Int32Array;
}

export type CreateKernel = (module: WebAssembly.Module, problem: Problem) => Kernel;
