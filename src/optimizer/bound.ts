/** The lower bound of a result: asks a worker for it, and says how far the plan may be from the best. */
import { defaultBoundEffort, leastBoundMs, mostBoundMs, type ResolvedOptimizeOptions } from '../options.js';
import type { BoundKind, Problem } from '../types.js';
import type { Call } from './optimizer.js';
import { useWorker } from './use-worker.js';
import type { WorkerPool } from './worker-pool.js';

export interface Proof {
  readonly bound: number | null;
  readonly gap: number | null;
  readonly boundKind: BoundKind | null;
  readonly boundMs: number;
}

export const NO_PROOF: Proof = { bound: null, gap: null, boundKind: null, boundMs: 0 };

/** The bound of a plan that none is better than. */
export function exactProof(cost: number): Proof {
  return { bound: cost, gap: 0, boundKind: 'exact', boundMs: 0 };
}

/** A bound this close to the cost differs by the rounding of sums only. */
const EXACT = 1e-12;

/** On more units no bound comes in a time that anyone would wait. */
const MOST_UNITS = 2_000_000;

/** Ids of proofs are negative, those of starts positive. */
let lastProof = 0;

/** Bounds the cost of every plan without violations, of which `assignment` is one. An abort keeps the bound so far. */
export async function proveBound(
  pool: WorkerPool,
  problem: Problem,
  id: number,
  assignment: Int32Array,
  cost: number,
  { bound: limits, onAbort }: ResolvedOptimizeOptions,
  call: Call,
): Promise<Proof> {
  const units = problem.ids.length;
  if (limits === null || units > MOST_UNITS) return NO_PROOF;
  if (cost === 0) return exactProof(0);
  const { capped } = limits;
  const timeLimitMs = limits.timeLimitMs && Math.min(limits.timeLimitMs, capped ? mostBoundMs(units) : Infinity);
  if (timeLimitMs !== null && timeLimitMs < leastBoundMs(units)) return NO_PROOF;
  const began = performance.now();
  const run = --lastProof;
  const worker = await pool.acquire(call.drop, id);
  const cancel = () => void worker.api.cancel(run, 'keep');
  if (onAbort === 'return-best') call.onAbort(cancel);
  const found = await useWorker(
    pool,
    worker,
    call.drop,
    async () => {
      await worker.hold(id, problem, false);
      const effortLimit = limits.effortLimit ?? defaultBoundEffort(units);
      return worker.call(worker.api.bound({ run, problem: id, assignment, cost, effortLimit, timeLimitMs }));
    },
    cancel,
  );
  const boundMs = performance.now() - began;
  // No cost is negative: a bound that says no more says nothing.
  if (found === null || found <= 0) return { ...NO_PROOF, boundMs };
  if (found >= cost * (1 - EXACT)) return { ...exactProof(cost), boundMs };
  return { bound: found, gap: (cost - found) / cost, boundKind: kindOf(problem), boundMs };
}

function kindOf({ territories }: Problem): BoundKind {
  return territories.every(({ center, locked }) => center !== null || locked) ? 'fixed-centers' : 'lagrangian';
}
