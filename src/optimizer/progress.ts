/** One call's progress: merges what its runs report, throttles it, and never goes backwards. */
import { compareViolations } from '../metrics/compare-scores.js';
import type { ResolvedCallOptions } from '../options.js';
import type { Progress } from '../types.js';
import type { RunProgress } from '../worker/protocol.js';

/** Share of the whole that building the problem takes when it is part of a search. */
const PREPARE_SHARE = 0.05;

type Phase = Progress['phase'];
const PHASES: readonly Phase[] = ['prepare', 'construct', 'repair', 'improve', 'done'];

/** State of one run; `share` is its share of the whole search. */
export interface RunState extends Omit<RunProgress, 'run'> {
  readonly share: number;
}

export class ProgressMerger {
  readonly #options: ResolvedCallOptions;
  readonly #onThrow: (error: unknown) => void;
  readonly #began = performance.now();
  #sent = this.#began;
  #open = true;
  #phase: Phase = 'prepare';
  #fraction = 0;
  /** Fraction at which the search began. */
  #base = 0;
  #timeLimitMs: number | null = null;
  #searchBegan = this.#began;
  /** Latest state per run; a missing assignment keeps the one before. */
  readonly #states = new Map<number, RunState>();
  #shown: Int32Array | null = null;

  /** `onThrow` gets what the caller's own `onProgress` throws. */
  constructor(options: ResolvedCallOptions, onThrow: (error: unknown) => void) {
    this.#options = options;
    this.#onThrow = onThrow;
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  get moves(): number {
    let moves = 0;
    for (const state of this.#states.values()) moves += state.moves;
    return moves;
  }

  /** Whether some run has a plan. */
  get hasPlan(): boolean {
    return this.#best() !== null;
  }

  /** The problem is being built; `whole` when that is all the call does. */
  prepare(fraction: number, whole: boolean): void {
    this.#advance('prepare', fraction * (whole ? 1 : PREPARE_SHARE));
    this.#report();
  }

  /** The search begins. Its fraction follows the moves, or the time when that runs out first. */
  search(timeLimitMs: number | null): void {
    this.#base = this.#fraction;
    this.#timeLimitMs = timeLimitMs;
    this.#searchBegan = performance.now();
  }

  /** News of one run. */
  update(state: RunState): void {
    const assignment = state.assignment ?? this.#states.get(state.index)?.assignment ?? null;
    this.#states.set(state.index, { ...state, assignment });
    let sum = 0;
    for (const { fraction, share } of this.#states.values()) sum += share * Math.min(1, fraction);
    const byTime = this.#timeLimitMs === null ? 0 : (performance.now() - this.#searchBegan) / this.#timeLimitMs;
    const share = Math.min(1, Math.max(sum, byTime));
    this.#advance(state.phase === 'done' ? this.#phase : state.phase, this.#base + (1 - this.#base) * share);
    this.#report();
  }

  /** The last report. Nothing is reported after it. */
  done(best: Progress['best']): void {
    this.#phase = 'done';
    this.#fraction = 1;
    this.#emit(best, null);
    this.close();
  }

  close(): void {
    this.#open = false;
  }

  #advance(phase: Phase, fraction: number): void {
    if (PHASES.indexOf(phase) > PHASES.indexOf(this.#phase)) this.#phase = phase;
    this.#fraction = Math.max(this.#fraction, fraction);
  }

  #best(): RunState | null {
    let winner: RunState | null = null;
    for (const state of this.#states.values()) if (state.best && (!winner || better(state, winner))) winner = state;
    return winner;
  }

  #report(): void {
    const now = performance.now();
    if (now - this.#sent < this.#options.progressIntervalMs) return;
    this.#sent = now;
    const best = this.#best();
    const assignment = best && best.assignment !== this.#shown ? best.assignment : null;
    this.#shown = assignment ?? this.#shown;
    this.#emit(best?.best ?? null, assignment);
  }

  #emit(best: Progress['best'], assignment: Int32Array | null): void {
    const { onProgress } = this.#options;
    if (!this.#open || !onProgress) return;
    const progress: Progress = {
      phase: this.#phase,
      fraction: this.#fraction,
      moves: this.moves,
      elapsedMs: this.elapsedMs,
      best,
      ...(assignment && { assignment }),
    };
    try {
      onProgress(progress);
    } catch (error) {
      this.#onThrow(error);
    }
  }
}

/** Earlier runs win ties, as they do in the result. */
function better(a: RunState, b: RunState): boolean {
  const byViolation = compareViolations(a.best!.violation, b.best!.violation);
  const byCost = a.best!.cost - b.best!.cost;
  return byViolation < 0 || (byViolation === 0 && (byCost < 0 || (byCost === 0 && a.index < b.index)));
}
