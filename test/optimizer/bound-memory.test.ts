import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import { createService } from '../../src/worker/service.js';
import { gridInput } from './grid.js';

/** The service of a worker whose kernels throw `error` when they are asked for a bound. */
async function serviceThatThrows(error: Error) {
  const service = createService({
    createKernel: () =>
      ({
        beginBound: () => {
          throw error;
        },
      }) as unknown as Kernel,
    compile: async () => ({}) as WebAssembly.Module,
    post: () => {},
    yield: async () => {},
  });
  await service.prepare(1, [], gridInput(3, 2), 1000);
  const request = { run: -1, problem: 1, assignment: new Int32Array(9), cost: 1, effortLimit: 1000, timeLimitMs: null };
  return service.bound(request);
}

describe('a bound for which there is no memory', () => {
  it('is absent, so that the plan is not lost', async () => {
    expect(await serviceThatThrows(new TerritoryError('OUT_OF_MEMORY', 'no room'))).toEqual({ ok: true, value: null });
  });

  it('does not hide any other failure', async () => {
    expect((await serviceThatThrows(new Error('a bug'))).ok).toBe(false);
  });
});
