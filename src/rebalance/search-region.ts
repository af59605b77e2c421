/** One search of a part, in a worker that keeps nothing of it. */
import type { Call } from '../optimizer/optimizer.js';
import { useWorker } from '../optimizer/use-worker.js';
import type { WorkerPool } from '../optimizer/worker-pool.js';
import type { RunResult } from '../worker/protocol.js';
import { joinPieces } from './join-pieces.js';
import type { ResolvedRebalanceOptions } from './options.js';
import type { PartProblem } from './part-problem.js';

/** Moves proposed per unit of the part, and the least and most of a usual search. */
const MOVES_PER_UNIT = 20;
const FEWEST_MOVES = 40_000;
const MOST_MOVES = 1_000_000;
/** What a search is taken for in the progress of the whole: how many there will be, no one knows. */
const ATTEMPT_SHARE = 1 / 6;

/** Ids of repairs are fractions, so that they meet neither those of starts nor those of proofs. */
let lastRun = 0.5;

/** `patience`: how many times as long as usual. Rejects with the reason of the call's end. */
export async function searchRegion(
  pool: WorkerPool,
  part: PartProblem,
  index: number,
  patience: number,
  options: ResolvedRebalanceOptions,
  call: Call,
): Promise<RunResult> {
  const run = ++lastRun;
  const worker = await pool.acquire(call.drop);
  const { progressIntervalMs, seed } = options;
  const empty = part.problem.territories.some((_, t) => !part.assignment.includes(t));
  const usual = Math.min(MOST_MOVES, Math.max(FEWEST_MOVES, MOVES_PER_UNIT * part.units.length));
  return useWorker(
    pool,
    worker,
    call.drop,
    () => {
      worker.onProgress = (message) => {
        if (message.equiterra !== 'run' || message.progress.run !== run) return;
        call.progress.update({ ...message.progress, share: ATTEMPT_SHARE });
      };
      return worker.call(
        worker.api.repair(part.problem, {
          run,
          problem: 0,
          seed,
          index,
          moveLimit: options.moveLimit ?? patience * usual,
          // A territory without units has nothing to go on from: then the part is planned anew.
          from: empty ? null : { assignment: joinPieces(part), lessons: new Float64Array(0) },
          others: [],
          timeLimitMs: null,
          needsPlan: true,
          progressIntervalMs,
          preview: false,
        }),
      );
    },
    () => void worker.api.cancel(run, 'drop'),
  );
}
