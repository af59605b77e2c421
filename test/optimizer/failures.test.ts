import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';
import { THREAD_URL } from '../../src/node/thread-url.js';
import type { Optimizer, Progress } from '../../src/types.js';
import { VERSION } from '../../src/version.js';
import { gridInput } from './grid.js';
import { errorCode, outcome } from './settle.js';

const ENDLESS = { moveLimit: Number.MAX_SAFE_INTEGER, starts: 4 };
let optimizer: Optimizer;

/** An optimizer whose threads run `code`. */
function running(code: string, workers = 2): Optimizer {
  optimizer = createOptimizer({ workers, workerUrl: new URL(`data:text/javascript,${encodeURIComponent(code)}`) });
  return optimizer;
}

afterEach(async () => {
  vi.useRealTimers();
  await optimizer.dispose();
});

describe('a worker that does not load', () => {
  it.each([
    ['is not there', 'file:///no/such/worker.js', 'no/such/worker.js'],
    ['is no address', 'not a url', 'not a url'],
  ])('rejects every call when it %s', async (_, workerUrl, named) => {
    optimizer = createOptimizer({ workers: 2, workerUrl });
    const calls = [optimizer.ready(), optimizer.prepare(gridInput(3, 2)), optimizer.optimize(gridInput(3, 2))];
    for (const call of calls) {
      const error = await outcome(call);
      expect(error).toMatchObject({ code: 'WORKER_LOAD_FAILED' });
      expect((error as Error).message).toContain(named);
    }
  });

  it.each([
    ['throws at its start', 'throw new Error("no luck")', 'no luck'],
    ['does not parse', 'this is not javascript', 'SyntaxError|Unexpected'],
    ['exits at its start', 'process.exit(3)', 'code 3'],
  ])('rejects when it %s', async (_, code, named) => {
    const error = await outcome(running(code).optimize(gridInput(3, 2)));
    expect(error).toMatchObject({ code: 'WORKER_LOAD_FAILED' });
    expect((error as Error).message).toMatch(new RegExp(named));
  });

  it('rejects when it never answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const call = errorCode(running('setInterval(() => {}, 1000)').ready());
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    vi.advanceTimersByTime(60_000);
    expect(await call).toBe('WORKER_LOAD_FAILED');
  });

  it('rejects when it is of another version', async () => {
    const error = await outcome(
      running(`
        import { parentPort } from 'node:worker_threads';
        parentPort.on('message', ({ id }) =>
          parentPort.postMessage({ id, type: 'RAW', value: { ok: true, value: { version: '9.9.9', module: null } } }));
      `).optimize(gridInput(3, 2)),
    );
    expect(error).toMatchObject({ code: 'WORKER_LOAD_FAILED' });
    expect((error as Error).message).toContain('9.9.9');
    expect((error as Error).message).toContain(VERSION);
  });

  it('is tried again by the next call', async () => {
    running('throw new Error("no luck")', 1);
    for (let call = 0; call < 3; call++) {
      expect(await errorCode(optimizer.optimize(gridInput(3, 2)))).toBe('WORKER_LOAD_FAILED');
    }
  });
});

describe('a worker that stops', () => {
  const DYING = {
    'throws outside of a call': 'throw new Error("boom")',
    exits: 'process.exit(7)',
  };

  /** Starts as ours, and dies when a search has run for a while. */
  function dying(how: string): string {
    return `
      import { parentPort } from 'node:worker_threads';
      import ${JSON.stringify(THREAD_URL.href)};
      parentPort.on('message', ({ path }) => {
        if (path?.[0] === 'run') setTimeout(() => { ${how} }, 50);
      });
    `;
  }

  it.each(Object.entries(DYING))('rejects the search when it %s', async (_, how) => {
    expect(await errorCode(running(dying(how)).optimize(gridInput(20, 5), ENDLESS))).toBe('WORKER_CRASHED');
  });

  it('is replaced for the next call', async () => {
    running(dying(DYING.exits), 1);
    expect(await errorCode(optimizer.optimize(gridInput(20, 5), ENDLESS))).toBe('WORKER_CRASHED');
    expect((await optimizer.prepare(gridInput(5, 2))).ids).toHaveLength(25);
  });

  it('answers the calls that wait behind it too', async () => {
    running(dying(DYING.exits), 1);
    const first = errorCode(optimizer.optimize(gridInput(20, 5), ENDLESS));
    const behind = [optimizer.prepare(gridInput(3, 2)), optimizer.prepare(gridInput(4, 2))].map(outcome);
    expect(await first).toBe('WORKER_CRASHED');
    expect(await Promise.all(behind)).toEqual(['resolved', 'resolved']);
  });

  it('is replaced when it does not let go of a cancelled task', async () => {
    // A worker that is stuck in one long step, as a kernel with a bug would be, and says so before.
    running(
      `
        import { parentPort } from 'node:worker_threads';
        import ${JSON.stringify(THREAD_URL.href)};
        parentPort.on('message', ({ path, argumentList }) => {
          if (path?.[0] !== 'run') return;
          const { run } = argumentList[0].value;
          const progress = { run, index: 0, phase: 'improve', fraction: 0, moves: 123456789, best: null, assignment: null };
          parentPort.postMessage({ equiterra: 'run', progress });
          for (;;);
        });
      `,
      1,
    );
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ moves }: Progress) => moves === 123456789 && controller.abort('enough');
    const call = optimizer.optimize(gridInput(20, 5), { ...ENDLESS, signal, onProgress, progressIntervalMs: 0 });
    expect(await outcome(call)).toBe('enough');
    expect((await optimizer.prepare(gridInput(5, 2))).ids).toHaveLength(25);
  });
});

describe('a worker without memory', () => {
  it('says so, and serves again when there is room', async () => {
    // The first kernel meets what engines throw when they have no memory left.
    running(
      `
        const { Instance } = WebAssembly;
        WebAssembly.Instance = function () {
          WebAssembly.Instance = Instance;
          throw new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance');
        };
        await import(${JSON.stringify(THREAD_URL.href)});
      `,
      1,
    );
    const problem = await optimizer.prepare(gridInput(6, 2));
    expect(await errorCode(optimizer.optimize(problem, { moveLimit: 1000 }))).toBe('OUT_OF_MEMORY');
    expect((await optimizer.optimize(problem, { moveLimit: 1000 })).plan.assignment).toHaveLength(36);
  });
});

describe('dispose', () => {
  it('rejects what is under way and all that comes after', async () => {
    optimizer = createOptimizer({ workers: 2 });
    const calls = [
      optimizer.optimize(gridInput(20, 5), ENDLESS),
      optimizer.optimize(gridInput(20, 5), { ...ENDLESS, onAbort: 'return-best' }),
      optimizer.prepare(gridInput(3, 2)),
      optimizer.ready(),
    ].map(errorCode);
    expect(optimizer.disposed).toBe(false);
    await optimizer.dispose();
    expect(optimizer.disposed).toBe(true);
    expect(await Promise.all(calls)).toEqual(calls.map(() => 'DISPOSED'));
    expect(await errorCode(optimizer.ready())).toBe('DISPOSED');
    expect(await errorCode(optimizer.prepare(gridInput(3, 2)))).toBe('DISPOSED');
    expect(await errorCode(optimizer.optimize(gridInput(3, 2)))).toBe('DISPOSED');
  });

  it('ends a search in mid-run', async () => {
    optimizer = createOptimizer({ workers: 2 });
    let dispose: Promise<void> | undefined;
    const call = optimizer.optimize(gridInput(20, 5), {
      ...ENDLESS,
      progressIntervalMs: 0,
      onProgress: () => {
        dispose ??= optimizer.dispose();
      },
    });
    expect(await errorCode(call)).toBe('DISPOSED');
    await dispose;
  });

  it('may be called again, and before anything has started', async () => {
    optimizer = createOptimizer();
    await Promise.all([optimizer.dispose(), optimizer.dispose()]);
    await optimizer.dispose();
  });

  it('is what `await using` calls where the runtime knows it', async () => {
    const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
    expect(asyncDispose).toBeDefined();
    optimizer = createOptimizer();
    await (optimizer as unknown as Record<symbol, () => Promise<void>>)[asyncDispose!]!();
    expect(optimizer.disposed).toBe(true);
  });
});

describe('many workers', () => {
  it('raise no warning of a leak', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on('warning', listener);
    optimizer = createOptimizer({ workers: 12 });
    await optimizer.optimize(gridInput(4, 2), { starts: 13, moveLimit: 10 });
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });
});

describe('calls at the same time', () => {
  it('all settle, each with its own result', async () => {
    optimizer = createOptimizer({ workers: 2 });
    const sides = [3, 4, 5, 6, 7, 8];
    const options = { starts: 3, moveLimit: 500 };
    const results = await Promise.all(sides.map((side) => optimizer.optimize(gridInput(side, 2), options)));
    expect(results.map(({ plan }) => plan.assignment.length)).toEqual(sides.map((side) => side * side));
    const alone = await optimizer.optimize(gridInput(6, 2), options);
    expect(alone.plan).toEqual(results[3]!.plan);
  });
});
