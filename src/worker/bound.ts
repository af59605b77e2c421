/** The proof of a lower bound, cut into quanta like a start, so that a cancel is heard within one. */
import type { Kernel } from '../kernel/kernel.js';
import type { BoundRequest } from './protocol.js';
import { FIRST_EFFORT, nextEffort, type RunControl, type RunHooks } from './run.js';

/** The best bound when the proof, its limits or a cancel ended it; null when nothing was proven by then. */
export async function proveBound(
  kernel: Kernel,
  request: BoundRequest,
  control: RunControl,
  hooks: Pick<RunHooks, 'yield'>,
): Promise<number | null> {
  const { timeLimitMs } = request;
  const began = performance.now();
  kernel.beginBound(request.assignment, request.cost, request.effortLimit);
  let effort = FIRST_EFFORT;
  let now = began;
  while (!kernel.boundDone && control.cancelled === null) {
    const from = now;
    kernel.continueBound(effort, timeLimitMs === null ? 0 : Math.min(1, (now - began) / timeLimitMs));
    effort = nextEffort(effort, performance.now() - from);
    await hooks.yield();
    now = performance.now();
  }
  return kernel.bound;
}
