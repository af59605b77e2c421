/** Progress of a call that is made of several: each part's own reports, scaled to its share of the whole. */
import type { Progress } from '../types.js';

export class JointProgress<Extra extends object> {
  readonly #began = performance.now();
  readonly #onProgress: ((progress: Progress & Extra) => void) | undefined;
  #before = 0;
  #share = 0;
  #moves = 0;

  constructor(onProgress: ((progress: Progress & Extra) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  get moves(): number {
    return this.#moves;
  }

  /** What the next part reports to, of this share (0 … 1) of the whole; nothing where nobody listens. */
  part(share: number, extra: Extra): { readonly onProgress?: (progress: Progress) => void } {
    this.#share = share;
    const report = this.#onProgress;
    if (!report) return {};
    const before = this.#before;
    const moved = this.#moves;
    return {
      onProgress: (progress) => {
        // The end of a part is not the end.
        const phase = progress.phase === 'done' ? 'improve' : progress.phase;
        const fraction = Math.min(1, before + progress.fraction * share);
        report({ ...progress, ...extra, phase, fraction, moves: moved + progress.moves, elapsedMs: this.elapsedMs });
      },
    };
  }

  /** The part has ended, having proposed so many moves. */
  end(moves: number): void {
    this.#before += this.#share;
    this.#share = 0;
    this.#moves += moves;
  }

  done(best: Progress['best'], extra: Extra): void {
    const { elapsedMs, moves } = this;
    this.#onProgress?.({ phase: 'done', fraction: 1, moves, elapsedMs, best, ...extra });
  }
}
