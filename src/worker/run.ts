/**
 * One run of the search, cut into quanta. Between two quanta the worker reads its messages, so a cancel is
 * heard within a quantum. The cuts follow the clock but do not change the plan: the kernel's state is all there is.
 */
import type { Kernel } from '../kernel/kernel.js';
import type { CancelMode, RunProgress, RunRequest, RunResult } from './protocol.js';

/** What a quantum aims at. Measured quanta vary by about half, and must stay below 15 ms. */
const QUANTUM_MS = 8;
export const FIRST_EFFORT = 64;
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
  /** When the request came, by `performance.now()`. */
  readonly received: number;
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
  const { index, timeLimitMs } = request;
  const began = performance.now();
  const { seed, moveLimit, from, others } = request;
  kernel.start({ seed, start: index, moveLimit, from, others });
  const report = createReporter(kernel, request, hooks);
  let effort = FIRST_EFFORT;
  let phase = kernel.phase;
  let now = began;
  let feasibleMs: number | null = null;
  const isLate = (at: number) => timeLimitMs !== null && at - began >= timeLimitMs;
  const end = (withPlan: boolean, ended: RunResult['ended']) =>
    resultOf(kernel, { index, feasibleMs, ended }, withPlan);

  for (;;) {
    const stepBegan = now;
    kernel.step(effort, timeLimitMs === null ? 0 : Math.min(1, (now - began) / timeLimitMs));
    now = performance.now();
    if (feasibleMs === null && kernel.violation === 0) feasibleMs = now - hooks.received;
    // A phase has its own price per move, so its first quantum is small again.
    effort = kernel.phase === phase ? nextEffort(effort, now - stepBegan) : FIRST_EFFORT;
    phase = kernel.phase;
    if (phase === 'done') return end(true, isLate(now) ? 'time-limit' : 'move-limit');

    report(now);
    await hooks.yield();
    now = performance.now();
    const late = isLate(now);
    const { cancelled } = control;
    if (cancelled === 'drop') return end(false, 'cancelled');
    if (cancelled === null && !late) continue;
    const ended = cancelled === null ? 'time-limit' : 'cancelled';
    if (kernel.hasPlan) {
      kernel.finish();
      return end(true, ended);
    }
    const waits = cancelled === null ? request.needsPlan : cancelled === 'construct';
    if (!waits) return end(false, ended);
  }
}

function createReporter(kernel: Kernel, request: RunRequest, hooks: RunHooks): (now: number) => void {
  const { run, index } = request;
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
    hooks.report({ run, index, phase: kernel.phase, fraction: kernel.fraction, moves: kernel.moves, best, assignment });
  };
}

function resultOf(
  kernel: Kernel,
  known: Pick<RunResult, 'index' | 'feasibleMs' | 'ended'>,
  withPlan: boolean,
): RunResult {
  const { moves } = kernel;
  if (!withPlan) return { ...known, plan: null, violation: Infinity, cost: Infinity, moves, proven: false };
  const { violation, cost, proven } = kernel;
  const plan = { assignment: kernel.assignment(), lessons: kernel.lessons() };
  return { ...known, plan, violation, cost, moves, proven };
}

/** Grows at most twofold, so that one quick quantum does not make the next one long. */
export function nextEffort(effort: number, tookMs: number): number {
  const factor = tookMs > 0 ? QUANTUM_MS / tookMs : 2;
  return Math.max(1, Math.min(MAX_EFFORT, Math.round(effort * Math.min(2, Math.max(0.1, factor)))));
}
