import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';
import { THREAD_URL } from '../../src/node/thread-url.js';
import type { OptimizeOptions, Optimizer } from '../../src/types.js';
import { accountsInput, gridInput } from './grid.js';
import { outcome } from './settle.js';

/** A thread of ours that dies some time after its `messages`-th message; never when that is 0. */
function mortal(messages: number, delayMs: number, how: string): URL {
  const code = `
    import { parentPort } from 'node:worker_threads';
    import ${JSON.stringify(THREAD_URL.href)};
    let seen = 0;
    parentPort.on('message', () => { if (++seen === ${messages}) setTimeout(() => { ${how} }, ${delayMs}); });
  `;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

const reason = new Error('changed my mind');

const calls = fc.array(
  fc.record({
    kind: fc.constantFrom('prepare' as const, 'optimize' as const, 'ready' as const),
    side: fc.constantFrom(4, 20, 40),
    starts: fc.integer({ min: 1, max: 5 }),
    timeLimitMs: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    onAbort: fc.constantFrom('reject' as const, 'return-best' as const),
    abortMs: fc.option(fc.integer({ min: 0, max: 250 })),
    beginMs: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** Whatever a call may come to when workers die, callers change their minds and the optimizer is disposed of. */
function isKnown(result: unknown): boolean {
  if (result === 'resolved' || result === reason) return true;
  const { code } = result as { code?: string };
  return code === 'WORKER_CRASHED' || code === 'WORKER_LOAD_FAILED' || code === 'DISPOSED';
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function begin(optimizer: Optimizer, call: typeof calls extends fc.Arbitrary<(infer C)[]> ? C : never) {
  const { kind, side, abortMs, beginMs, ...options } = call;
  const controller = new AbortController();
  const { signal } = controller;
  const run = async () => {
    await sleep(beginMs);
    if (abortMs !== null) setTimeout(() => controller.abort(reason), abortMs);
    if (kind === 'ready') return optimizer.ready({ signal });
    const input = side === 20 ? accountsInput(500, 4) : gridInput(side, 4);
    if (kind === 'prepare') return optimizer.prepare(input, { signal });
    return optimizer.optimize(input, { ...options, signal, moveLimit: 30_000 } as OptimizeOptions);
  };
  return outcome(run());
}

describe('in a storm of aborts, deaths and disposals', () => {
  it('every call settles, with what it may come to', async () => {
    const death = fc.record({
      messages: fc.integer({ min: 0, max: 6 }),
      delayMs: fc.integer({ min: 0, max: 120 }),
      how: fc.constantFrom('process.exit(5)', 'throw new Error("boom")'),
    });
    const storm = fc.record({
      death,
      calls,
      workers: fc.integer({ min: 1, max: 3 }),
      disposeMs: fc.option(fc.nat(300)),
    });
    await fc.assert(
      fc.asyncProperty(storm, async ({ death: { messages, delayMs, how }, calls: list, workers, disposeMs }) => {
        const optimizer = createOptimizer({ workers, workerUrl: mortal(messages, delayMs, how) });
        const settled = list.map((call) => begin(optimizer, call));
        if (disposeMs !== null) setTimeout(() => void optimizer.dispose(), disposeMs);
        for (const result of await Promise.all(settled)) expect(isKnown(result), String(result)).toBe(true);
        await optimizer.dispose();
        expect(await outcome(optimizer.ready())).toMatchObject({ code: 'DISPOSED' });
      }),
      { numRuns: 12 },
    );
  });

  it('the optimizer stays of use as long as its workers live', async () => {
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (list, workers) => {
        const optimizer = createOptimizer({ workers });
        const settled = await Promise.all(list.map((call) => begin(optimizer, call)));
        for (const result of settled) expect(result === 'resolved' || result === reason, String(result)).toBe(true);
        const { plan } = await optimizer.optimize(gridInput(4, 2), { starts: 3, moveLimit: 300 });
        expect(plan.assignment).not.toContain(-1);
        await optimizer.dispose();
      }),
      { numRuns: 8 },
    );
  });
});
