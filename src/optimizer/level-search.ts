/** The searches that one design of levels is made of: one after the other, under common limits and one progress. */
import type { OptimizeOptions, OptimizeResult, Optimizer, Problem } from '../types.js';
import type { LevelProgress } from './design-levels.js';
import type { JointProgress } from './joint-progress.js';

/** After an abort that keeps the best plan, what is left is built and no more. */
const FINISH = { moveLimit: 1, starts: 1, bound: false } as const;

export class LevelSearch {
  readonly progress: JointProgress<Pick<LevelProgress, 'level'>>;
  readonly #optimizer: Pick<Optimizer, 'optimize'>;
  readonly #options: Omit<OptimizeOptions, 'onProgress'>;
  readonly #work: number;
  #status: OptimizeResult['status'] = 'move-limit';
  #searched = false;

  /** `work`: of all searches together; each takes its part of the time limit and of the progress. */
  constructor(
    optimizer: Pick<Optimizer, 'optimize'>,
    options: Omit<OptimizeOptions, 'onProgress'>,
    work: number,
    progress: JointProgress<Pick<LevelProgress, 'level'>>,
  ) {
    this.#optimizer = optimizer;
    this.#options = options;
    this.#work = work;
    this.progress = progress;
  }

  get status(): OptimizeResult['status'] {
    return this.#status;
  }

  /** Territory per unit. A single territory takes no search. `work`: of the work of all searches. @default its units */
  async run(problem: Problem, level: string, work: number = problem.ids.length): Promise<Int32Array> {
    const share = work / this.#work;
    const report = this.progress.part(share, { level });
    if (problem.territories.length > 1) return this.#search(problem, share, report);
    this.progress.end(0);
    return new Int32Array(problem.ids.length);
  }

  async #search(problem: Problem, share: number, report: Pick<OptimizeOptions, 'onProgress'>): Promise<Int32Array> {
    const { signal, onAbort, timeLimitMs, seed } = this.#options;
    const keeps = onAbort === 'return-best' && this.#searched;
    if (this.#status !== 'aborted' && !(keeps && signal?.aborted)) {
      try {
        const limit = timeLimitMs === undefined ? {} : { timeLimitMs: timeLimitMs * share };
        return this.#take(
          await this.#optimizer.optimize(problem, { bound: false, ...this.#options, ...limit, ...report }),
        );
      } catch (error) {
        if (!keeps || !signal?.aborted) throw error;
      }
    }
    this.#status = 'aborted';
    return this.#take(await this.#optimizer.optimize(problem, { ...FINISH, ...(seed === undefined ? {} : { seed }) }));
  }

  #take({ plan, status, stats }: OptimizeResult): Int32Array {
    this.#searched = true;
    this.progress.end(stats.moves);
    if (status === 'aborted' || (status === 'time-limit' && this.#status === 'move-limit')) this.#status = status;
    return plan.assignment;
  }
}
