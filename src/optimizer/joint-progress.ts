/** Progress of a call that is made of several: each part's own reports, scaled to its share of the whole. */
import type { Progress } from '../types.js';

export class JointProgress<Extra extends object> {
  readonly #began = performance.now();
  readonly #onProgress: ((progress: Progress & Extra) => void) | undefined;
  readonly #shares: readonly number[];
  #moves = 0;

  /** `shares`: of the parts, > 0, in any unit. */
  constructor(onProgress: ((progress: Progress & Extra) => void) | undefined, shares: readonly number[]) {
    this.#onProgress = onProgress;
    const total = shares.reduce((sum, share) => sum + share, 0);
    this.#shares = shares.map((share) => share / total);
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  get moves(): number {
    return this.#moves;
  }

  /** What part `i` reports to; nothing where nobody listens. */
  part(i: number, extra: Extra): { readonly onProgress?: (progress: Progress) => void } {
    const report = this.#onProgress;
    const before = this.#shares.slice(0, i).reduce((sum, share) => sum + share, 0);
    const moved = this.#moves;
    if (!report) return {};
    return {
      onProgress: (progress) => {
        // The end of a part is not the end.
        const phase = progress.phase === 'done' ? 'improve' : progress.phase;
        const fraction = Math.min(1, before + progress.fraction * this.#shares[i]!);
        report({ ...progress, ...extra, phase, fraction, moves: moved + progress.moves, elapsedMs: this.elapsedMs });
      },
    };
  }

  /** A part has ended, having proposed so many moves. */
  end(moves: number): void {
    this.#moves += moves;
  }

  done(best: Progress['best'], extra: Extra): void {
    this.#onProgress?.({
      phase: 'done',
      fraction: 1,
      moves: this.#moves,
      elapsedMs: this.elapsedMs,
      best,
      ...extra,
    });
  }
}
