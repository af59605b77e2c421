/** What a worker does for the page. The page gives a worker one task at a time; only `cancel` comes in between. */
import { transfer } from 'comlink';
import { TerritoryError, toWire, type WireError } from '../errors.js';
import type { CreateKernel, Kernel } from '../kernel/kernel.js';
import { evaluate } from '../metrics/evaluate.js';
import { matchTerritories } from '../plan/match-territories.js';
import { createPlan } from '../plan/plan.js';
import { prepareProblem } from '../problem/prepare.js';
import type { Problem } from '../types.js';
import { VERSION } from '../version.js';
import { proveBound } from './bound.js';
import type { ProgressMessage, Reply, WorkerApi } from './protocol.js';
import { type RunControl, runStart } from './run.js';
import { warmUp } from './warm-up.js';

interface Held {
  readonly problem: Problem;
  /** Made at the first run and started anew for each start; dropped when it traps. */
  kernel: Kernel | null;
}

export interface ServiceHost {
  readonly createKernel: CreateKernel;
  /** Compiles the kernel that is part of the worker's file. */
  readonly compile: () => Promise<WebAssembly.Module>;
  readonly post: (message: ProgressMessage, transfer: Transferable[]) => void;
  readonly yield: () => Promise<void>;
}

export function createService(host: ServiceHost): WorkerApi {
  const problems = new Map<number, Held>();
  let module: WebAssembly.Module | null = null;
  let current: { readonly run: number; readonly control: RunControl } | null = null;

  function held(id: number): Held {
    const found = problems.get(id);
    if (!found) throw new Error(`problem ${id} is not loaded`);
    return found;
  }

  return {
    hello: (shared) =>
      reply(async () => {
        module = shared ?? (await compile(host));
        void warmUp(host.yield);
        return { version: VERSION, module };
      }),

    prepare: (id, drop, input, intervalMs) =>
      reply(() => {
        for (const old of drop) problems.delete(old);
        let posted = performance.now();
        const problem = prepareProblem(input, {
          onStage(fraction) {
            const now = performance.now();
            if (now - posted < intervalMs) return;
            posted = now;
            host.post({ equiterra: 'prepare', fraction }, []);
          },
        });
        problems.set(id, { problem, kernel: null });
        return problem;
      }),

    load: (id, drop, problem) =>
      reply(() => {
        for (const old of drop) problems.delete(old);
        problems.set(id, { problem, kernel: problems.get(id)?.kernel ?? null });
        return null;
      }),

    run: (request) =>
      reply(
        async () => {
          const received = performance.now();
          const own = held(request.problem);
          const control: RunControl = { cancelled: null };
          current = { run: request.run, control };
          try {
            own.kernel ??= host.createKernel(module!, own.problem);
            return await runStart(own.kernel, request, control, {
              received,
              yield: host.yield,
              preview: (assignment) => labelled(own.problem, assignment),
              report: (progress) =>
                host.post({ equiterra: 'run', progress }, progress.assignment ? [progress.assignment.buffer] : []),
            });
          } catch (error) {
            own.kernel = null;
            throw error;
          } finally {
            current = null;
          }
        },
        ({ plan }) => (plan ? [plan.assignment.buffer, plan.lessons.buffer] : []),
      ),

    repair: (part, request) =>
      reply(
        async () => {
          const received = performance.now();
          const control: RunControl = { cancelled: null };
          current = { run: request.run, control };
          try {
            return await runStart(host.createKernel(module!, part), request, control, {
              received,
              yield: host.yield,
              preview: (assignment) => assignment,
              report: (progress) => host.post({ equiterra: 'run', progress }, []),
            });
          } finally {
            current = null;
          }
        },
        ({ plan }) => (plan ? [plan.assignment.buffer, plan.lessons.buffer] : []),
      ),

    bound: (request) =>
      reply(async () => {
        const own = held(request.problem);
        const control: RunControl = { cancelled: null };
        current = { run: request.run, control };
        try {
          own.kernel ??= host.createKernel(module!, own.problem);
          return await proveBound(own.kernel, request, control, { yield: host.yield });
        } catch (error) {
          own.kernel = null;
          // the plan is there all the same
          if (error instanceof TerritoryError && error.code === 'OUT_OF_MEMORY') return null;
          throw error;
        } finally {
          current = null;
        }
      }),

    async cancel(run, mode) {
      if (current?.run === run) current.control.cancelled = mode;
    },

    settle: (id, assignment, seed) =>
      reply(
        () => {
          const { problem } = held(id);
          const plan = createPlan(problem, labelled(problem, assignment), seed);
          return { assignment: plan.assignment, evaluation: evaluate(problem, plan) };
        },
        ({ assignment: settled }) => [settled.buffer],
      ),
  };
}

/** Labels are chance without today's plan; with it they are chosen so that the most stays where it is. */
function labelled(problem: Problem, assignment: Int32Array): Int32Array {
  return problem.today ? matchTerritories(problem, assignment) : assignment;
}

async function compile(host: ServiceHost): Promise<WebAssembly.Module> {
  try {
    return await host.compile();
  } catch (error) {
    throw new TerritoryError(
      'WASM_LOAD_FAILED',
      `The kernel could not be compiled: ${error instanceof Error ? error.message : String(error)}. A content-security policy must allow 'wasm-unsafe-eval' in script-src`,
    );
  }
}

/** Never rejects. `give` lists what of the answer is handed over rather than copied. */
async function reply<T>(work: () => T | Promise<T>, give: (value: T) => Transferable[] = () => []): Promise<Reply<T>> {
  try {
    const value = await work();
    return transfer({ ok: true, value }, give(value));
  } catch (error) {
    return { ok: false, error: wireError(error) };
  }
}

/** Engines report exhausted memory as a RangeError of varying words. */
function wireError(error: unknown): WireError {
  if (error instanceof RangeError && /alloc|memory|array length|buffer length/i.test(error.message)) {
    return { code: 'OUT_OF_MEMORY', message: `The problem does not fit in memory: ${error.message}`, details: {} };
  }
  return toWire(error);
}
