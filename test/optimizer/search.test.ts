import { afterAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/index.js';
import { createOptimizer } from '../../src/node/index.js';
import type { Progress } from '../../src/types.js';
import { accountsInput, gridInput } from './grid.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());

describe('optimize', () => {
  it('finds a balanced, contiguous plan of a grid', async () => {
    const { problem, plan, evaluation, status, stats } = await optimizer.optimize(gridInput(12, 6), { starts: 2 });
    expect(evaluation.feasible).toBe(true);
    expect(evaluation).toEqual(evaluate(problem, plan));
    expect(new Set(plan.assignment)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(status).toBe('move-limit');
    expect(stats).toMatchObject({ seed: 1, starts: 2, workers: 2, moves: 600_000 });
  });

  it('tells when it first had a plan without violation, if it had one', async () => {
    const { stats } = await optimizer.optimize(gridInput(12, 6), { starts: 3, moveLimit: 50_000 });
    expect(stats.firstFeasibleMs).toBeGreaterThan(0);
    expect(stats.firstFeasibleMs).toBeLessThanOrEqual(stats.elapsedMs);
    // nine units make no two halves within a tenth
    const never = await optimizer.optimize(gridInput(3, 2), { starts: 3, moveLimit: 5_000 });
    expect(never.evaluation.feasible).toBe(false);
    expect(never.stats.firstFeasibleMs).toBeNull();
  });

  it('gives the same plan for 1, 2 and 4 workers', async () => {
    const input = accountsInput(150, 5);
    const options = { starts: 3, moveLimit: 20_000, seed: 42 };
    const results = [];
    for (const workers of [1, 2, 4]) {
      const own = createOptimizer({ workers });
      results.push(await own.optimize(input, options));
      await own.dispose();
    }
    const [one, two, four] = results;
    for (const other of [two, four]) {
      expect(other!.plan).toEqual(one!.plan);
      expect(other!.evaluation).toEqual(one!.evaluation);
      expect(other!.stats.bestStart).toBe(one!.stats.bestStart);
    }
  });

  it('gives the same plan for a prepared problem as for its input', async () => {
    const input = accountsInput(200, 4);
    const problem = await optimizer.prepare(input);
    const options = { starts: 1, moveLimit: 5_000 };
    const direct = await optimizer.optimize(input, options);
    const prepared = await optimizer.optimize(problem, options);
    expect(prepared.problem).toBe(problem);
    expect(prepared.plan).toEqual(direct.plan);
  });

  it('gives the same plan again after other problems went through the workers', async () => {
    const problem = await optimizer.prepare(gridInput(8, 3));
    const options = { starts: 2, moveLimit: 5_000 };
    const before = await optimizer.optimize(problem, options);
    for (const side of [5, 6, 7]) await optimizer.optimize(gridInput(side, 2), options);
    const after = await optimizer.optimize(problem, options);
    expect(after.plan).toEqual(before.plan);
  });

  it('does not detach the buffers of the caller', async () => {
    const lat = Float64Array.from({ length: 50 }, (_, a) => 40 + a / 20);
    const lng = Float64Array.from({ length: 50 }, (_, a) => -100 + ((a * 7) % 11) / 5);
    const problem = await optimizer.prepare({ accounts: { lat, lng }, resolution: 5, territories: 3 });
    await optimizer.optimize(problem, { starts: 3, moveLimit: 1_000 });
    expect(lat.length).toBe(50);
    expect(problem.offsets.length).toBe(problem.ids.length + 1);
    expect(problem.activity.length).toBe(problem.ids.length);
  });

  it('ends on the time limit and says so', async () => {
    const { status, evaluation } = await optimizer.optimize(gridInput(30, 8), { timeLimitMs: 300, starts: 3 });
    expect(status).toBe('time-limit');
    expect(evaluation.feasible).toBe(true);
  });

  it('has a plan even when the time limit leaves no time', async () => {
    const { status, plan } = await optimizer.optimize(gridInput(30, 8), { timeLimitMs: 0.001, starts: 6 });
    expect(status).toBe('time-limit');
    expect(plan.assignment).not.toContain(-1);
  });

  it('ends by moves when they run out before the time', async () => {
    const options = { timeLimitMs: 60_000, moveLimit: 2_000, starts: 2 };
    expect((await optimizer.optimize(gridInput(6, 2), options)).status).toBe('move-limit');
  });

  it('carries a bad value of the input out of the worker with its path', async () => {
    const call = optimizer.optimize({ accounts: [{ lat: 91, lng: 0 }], resolution: 5, territories: 1 });
    await expect(call).rejects.toMatchObject({
      name: 'TerritoryError',
      code: 'INVALID_INPUT',
      details: { path: 'accounts[0].lat', value: 91 },
    });
  });

  it('refuses input that cannot be posted', async () => {
    const accounts = [{ lat: 1, lng: 1, territory: () => 'T1' }] as never;
    const call = optimizer.prepare({ accounts, resolution: 5, territories: 1 });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('progress', () => {
  async function collect(starts: number, preview = false): Promise<Progress[]> {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    const call = optimizer.optimize(gridInput(20, 5), { starts, preview, onProgress, progressIntervalMs: 0 });
    await call;
    const { length } = seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toHaveLength(length);
    return seen;
  }

  it('never goes backwards, and ends with done and 1', async () => {
    const seen = await collect(3);
    expect(seen.length).toBeGreaterThan(5);
    const phases = ['prepare', 'construct', 'repair', 'improve', 'done'];
    for (const [i, now] of seen.entries()) {
      const before = seen[i - 1];
      if (!before) continue;
      expect(now.fraction).toBeGreaterThanOrEqual(before.fraction);
      expect(now.moves).toBeGreaterThanOrEqual(before.moves);
      expect(now.elapsedMs).toBeGreaterThanOrEqual(before.elapsedMs);
      expect(phases.indexOf(now.phase)).toBeGreaterThanOrEqual(phases.indexOf(before.phase));
    }
    expect(seen.filter(({ phase }) => phase === 'done')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ phase: 'done', fraction: 1, best: { violation: 0 } });
  });

  it('counts every start towards the whole', async () => {
    const seen: Progress[] = [];
    const [starts, moveLimit] = [3, 200_000];
    const onProgress = (progress: Progress) => seen.push(progress);
    await optimizer.optimize(gridInput(20, 5), { starts, moveLimit, onProgress, progressIntervalMs: 0 });
    const searching = seen.filter(({ phase, moves }) => phase === 'improve' && moves > 0);
    expect(searching.length).toBeGreaterThan(0);
    // building the problem comes first and takes a twentieth of the bar
    for (const { fraction, moves } of searching) expect(fraction).toBeLessThan(0.06 + moves / (starts * moveLimit));
  });

  it('reports at the end even when it has no time to report before', async () => {
    const seen: Progress[] = [];
    const { evaluation } = await optimizer.optimize(gridInput(4, 2), {
      onProgress: (progress) => seen.push(progress),
      progressIntervalMs: 1e9,
      moveLimit: 100,
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      phase: 'done',
      fraction: 1,
      best: { violation: evaluation.violation, cost: evaluation.cost.total },
    });
  });

  it('carries the incumbent only with preview, and whole', async () => {
    expect((await collect(1)).some(({ assignment }) => assignment)).toBe(false);
    const shown = (await collect(2, true)).flatMap(({ assignment }) => (assignment ? [assignment] : []));
    expect(shown.length).toBeGreaterThan(0);
    for (const assignment of shown) {
      expect(assignment).toHaveLength(400);
      expect(Math.min(...assignment)).toBeGreaterThanOrEqual(0);
    }
  });

  it('reports the building of a problem', async () => {
    const seen: Progress[] = [];
    await optimizer.prepare(accountsInput(300, 4), { onProgress: (p) => seen.push(p), progressIntervalMs: 0 });
    expect(seen.at(-1)).toMatchObject({ phase: 'done', fraction: 1, best: null });
    expect(seen.slice(0, -1).every(({ phase }) => phase === 'prepare')).toBe(true);
  });

  it('ends the call with what onProgress throws', async () => {
    const boom = new Error('the page is gone');
    const call = optimizer.optimize(gridInput(20, 5), {
      progressIntervalMs: 0,
      onProgress() {
        throw boom;
      },
    });
    await expect(call).rejects.toBe(boom);
    await expect(optimizer.optimize(gridInput(4, 2), { moveLimit: 100 })).resolves.toBeDefined();
  });
});
