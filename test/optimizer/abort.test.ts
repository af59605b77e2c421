import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';
import type { Progress } from '../../src/types.js';
import { accountsInput, gridInput } from './grid.js';
import { outcome } from './settle.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());

/** Far more than any test waits for. */
const ENDLESS = { moveLimit: Number.MAX_SAFE_INTEGER, starts: 4 };
const reason = new Error('changed my mind');

/** Aborts at the first progress report for which `when` holds. */
function abortWhen(when: (progress: Progress) => boolean) {
  const controller = new AbortController();
  const onProgress = (progress: Progress) => {
    if (when(progress)) controller.abort(reason);
  };
  return { signal: controller.signal, onProgress, progressIntervalMs: 0 };
}

async function expectUsable(): Promise<void> {
  expect(await outcome(optimizer.optimize(gridInput(4, 2), { moveLimit: 100 }))).toBe('resolved');
}

describe('abort', () => {
  it('rejects at once with the reason when the signal has aborted before', async () => {
    const signal = AbortSignal.abort(reason);
    expect(await outcome(optimizer.ready({ signal }))).toBe(reason);
    expect(await outcome(optimizer.prepare(gridInput(3, 2), { signal }))).toBe(reason);
    expect(await outcome(optimizer.optimize(gridInput(3, 2), { signal, onAbort: 'return-best' }))).toBe(reason);
  });

  it('rejects with the platform reason when none is given', async () => {
    const error = await outcome(optimizer.prepare(gridInput(3, 2), { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  it('rejects while the problem is being built, and the worker is free again', async () => {
    const controller = new AbortController();
    const call = optimizer.optimize(accountsInput(20_000, 5), { ...ENDLESS, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    expect(await outcome(call)).toBe(reason);
    await expectUsable();
  });

  it('rejects while it searches', async () => {
    expect(await outcome(optimizer.optimize(gridInput(20, 5), { ...ENDLESS, ...abortWhen(() => true) }))).toBe(reason);
    const improving = abortWhen(({ phase }) => phase === 'improve');
    expect(await outcome(optimizer.optimize(gridInput(20, 5), { ...ENDLESS, ...improving }))).toBe(reason);
    await expectUsable();
  });

  it('rejects while it waits for a worker that others have', async () => {
    const busy = new AbortController();
    const others = [0, 1].map(() => optimizer.optimize(gridInput(20, 5), { ...ENDLESS, signal: busy.signal }));
    const controller = new AbortController();
    const call = optimizer.prepare(gridInput(3, 2), { signal: controller.signal });
    controller.abort(reason);
    expect(await outcome(call)).toBe(reason);
    busy.abort('enough');
    expect(await Promise.all(others.map(outcome))).toEqual(['enough', 'enough']);
  });

  it('returns the best plan so far when asked to', async () => {
    const improving = abortWhen(({ phase }) => phase === 'improve');
    const result = await optimizer.optimize(gridInput(20, 5), { ...ENDLESS, ...improving, onAbort: 'return-best' });
    expect(result.status).toBe('aborted');
    expect(result.plan.assignment).not.toContain(-1);
    expect(result.evaluation.violations.filter(({ kind }) => kind === 'contiguity')).toEqual([]);
  });

  it('finishes the first plan when there is none yet', async () => {
    const constructing = abortWhen(({ phase, best }) => phase === 'construct' && best === null);
    const result = await optimizer.optimize(gridInput(30, 8), { ...ENDLESS, ...constructing, onAbort: 'return-best' });
    expect(result.status).toBe('aborted');
    expect(result.plan.assignment).not.toContain(-1);
  });

  it('rejects under return-best as long as no search runs', async () => {
    const controller = new AbortController();
    const options = { ...ENDLESS, signal: controller.signal, onAbort: 'return-best' } as const;
    const call = optimizer.optimize(gridInput(20, 5), options);
    controller.abort(reason);
    expect(await outcome(call)).toBe(reason);
  });

  it('reports done a last time with the plan that it returns, and nothing after a rejection', async () => {
    const seen: Progress[] = [];
    const { signal, onProgress } = abortWhen(({ best }) => best !== null);
    const watch = (progress: Progress) => {
      seen.push(progress);
      onProgress(progress);
    };
    const options = { ...ENDLESS, signal, onProgress: watch, progressIntervalMs: 0 };
    await optimizer.optimize(gridInput(20, 5), { ...options, onAbort: 'return-best' });
    expect(seen.at(-1)).toMatchObject({ phase: 'done', fraction: 1 });

    const rejected = abortWhen(({ best }) => best !== null);
    let after = 0;
    const count = (progress: Progress) => {
      if (rejected.signal.aborted) after++;
      rejected.onProgress(progress);
    };
    await outcome(optimizer.optimize(gridInput(20, 5), { ...ENDLESS, ...rejected, onProgress: count }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(after).toBe(0);
  });

  it('settles whenever it comes, and leaves the optimizer usable', async () => {
    const moments = fc.record({
      delayMs: fc.integer({ min: 0, max: 400 }),
      onAbort: fc.constantFrom('reject' as const, 'return-best' as const),
      side: fc.constantFrom(5, 20, 40),
    });
    await fc.assert(
      fc.asyncProperty(moments, async ({ delayMs, onAbort, side }) => {
        const controller = new AbortController();
        const { signal } = controller;
        const timer = setTimeout(() => controller.abort(reason), delayMs);
        const settled = await outcome(optimizer.optimize(gridInput(side, 4), { signal, onAbort, starts: 3 }));
        clearTimeout(timer);
        expect(settled === reason || settled === 'resolved').toBe(true);
      }),
      { numRuns: 12, seed: 7 },
    );
    await expectUsable();
  });
});
