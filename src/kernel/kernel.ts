import type { Problem } from '../types.js';

export type KernelPhase = 'construct' | 'repair' | 'improve' | 'done';

export interface KernelStart {
  /** uint32. */
  readonly seed: number;
  /** Number of the run; its generator is seeded by hash(seed, start). */
  readonly start: number;
  /** Moves proposed at most; Infinity when only time limits the run. */
  readonly moveLimit: number;
  /** What to go on from; a plan is built from nothing without it. */
  readonly from?: Incumbent | null;
  /** Plans of other runs, best first, that the run may combine with `from`. */
  readonly others?: readonly Int32Array[];
}

/** A plan of an earlier run on the same problem, and what that run had learned about balance. */
export interface Incumbent {
  readonly assignment: Int32Array;
  readonly lessons: Float64Array;
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
  /** Whether the best plan is known to be an optimum, because all plans were weighed. */
  readonly proven: boolean;
  /** Whether there is a complete plan already. */
  readonly hasPlan: boolean;
  /** Score of the best plan; exact once `phase` is `'done'`, a surrogate before where the objective needs one. */
  readonly violation: number;
  readonly cost: number;
  /** Copy of the best plan, length n. */
  assignment(): Int32Array;
  /** Copy of what goes with the best plan when another run is to continue it; once `phase` is `'done'`. */
  lessons(): Float64Array;
  /**
   * Begins to prove a lower bound on the cost of every plan without violations. `assignment` is one such plan, `cost`
   * its cost and `effortLimit` the work in moves, Infinity when only time limits it. Ends what was searched before.
   * @throws {TerritoryError} OUT_OF_MEMORY when there is no room for it; the kernel is of no use from then on.
   */
  beginBound(assignment: Int32Array, cost: number, effortLimit: number): void;
  /** Works for about `effort` moves; `timeFraction` as in `step`. Without one, the steps do not change the bound. */
  continueBound(effort: number, timeFraction: number): void;
  readonly boundDone: boolean;
  /** The best bound so far; null while nothing is proven. */
  readonly bound: number | null;
}

export type CreateKernel = (module: WebAssembly.Module, problem: Problem) => Kernel;
