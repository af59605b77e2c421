/**
 * One start of the search, cut into quanta. Between two quanta the worker reads its messages, so a cancel is
 * heard within a quantum. The cuts follow the clock but do not change the plan: the kernel's state is all there is.
 */
import type { Kernel } from '../kernel/kernel.js';
import type { CancelMode, RunProgress, RunRequest, RunResult } from './protocol.js';

/** What a quantum aims at. Measured quanta vary by about half, and must stay below 15 ms. */
const QUANTUM_MS = 8;
const FIRST_EFFORT = 64;
/**
 * Cheap quanta (the end of a stage, a phase that changes within the step) must not raise the effort without bound:
 * the next quantum could cost the full price. This many moves take a few milliseconds, so more would gain nothing.
 */
const MAX_EFFORT = 2 ** 14;

export interface RunControl {
  /** How the run was cancelled, if it was. Read after every quantum. */
  cancelled: CancelMode | null;
}

export interface RunHooks {
  /** Resolves after the messages that wait have been read. */
  readonly yield: () => Promise<void>;
  readonly report: (progress: RunProgress) => void;
  /** The best assignment as a preview shows it. */
  readonly preview: (assignment: Int32Array) => Int32Array;
}

export async function runStart(
  kernel: Kernel,
  request: RunRequest,
  control: RunControl,
  hooks: RunHooks,
): Promise<RunResult> {
  const { start, timeLimitMs } = request;
  const began = performance.now();
  kernel.start({ seed: request.seed, start, moveLimit: request.moveLimit });
  const report = createReporter(kernel, request, hooks);
  let effort = FIRST_EFFORT;
  let phase = kernel.phase;
  let now = began;

  for (;;) {
    const from = now;
    kernel.step(effort, timeLimitMs === null ? 0 : Math.min(1, (now - began) / timeLimitMs));
    now = performance.now();
    // A phase has its own price per move, so its first quantum is small again.
    effort = kernel.phase === phase ? nextEffort(effort, now - from) : FIRST_EFFORT;
    phase = kernel.phase;
    if (phase === 'done') return withPlan(kernel, start, 'move-limit');

    report(now);
    await hooks.yield();
    now = performance.now();
    const late = timeLimitMs !== null && now - began >= timeLimitMs;
    const { cancelled } = control;
    if (cancelled === 'drop') return withoutPlan(kernel, start, 'cancelled');
    if (cancelled === null && !late) continue;
    const ended = cancelled === null ? 'time-limit' : 'cancelled';
    if (kernel.hasPlan) {
      kernel.finish();
      return withPlan(kernel, start, ended);
    }
    const waits = cancelled === null ? request.needsPlan : cancelled === 'construct';
    if (!waits) return withoutPlan(kernel, start, ended);
  }
}

function createReporter(kernel: Kernel, request: RunRequest, hooks: RunHooks): (now: number) => void {
  const { run, start } = request;
  let reported = performance.now();
  let shown: { violation: number; cost: number } | null = null;
  return (now) => {
    if (now - reported < request.progressIntervalMs) return;
    reported = now;
    const best = kernel.hasPlan ? { violation: kernel.violation, cost: kernel.cost } : null;
    let assignment: Int32Array | null = null;
    if (request.preview && best && (best.violation !== shown?.violation || best.cost !== shown.cost)) {
      shown = best;
      assignment = hooks.preview(kernel.assignment());
    }
    hooks.report({ run, start, phase: kernel.phase, fraction: kernel.fraction, moves: kernel.moves, best, assignment });
  };
}

function withPlan(kernel: Kernel, start: number, ended: RunResult['ended']): RunResult {
  const { violation, cost, moves } = kernel;
  return { start, assignment: kernel.assignment(), violation, cost, moves, ended };
}

function withoutPlan(kernel: Kernel, start: number, ended: RunResult['ended']): RunResult {
  return { start, assignment: null, violation: Infinity, cost: Infinity, moves: kernel.moves, ended };
}

/** Grows at most twofold, so that one quick quantum does not make the next one long. */
function nextEffort(effort: number, tookMs: number): number {
  const factor = tookMs > 0 ? QUANTUM_MS / tookMs : 2;
  return Math.max(1, Math.min(MAX_EFFORT, Math.round(effort * Math.min(2, Math.max(0.1, factor)))));
}
