import { afterAll, describe, expect, it } from 'vitest';
import { createOptimizer } from '../../src/node/index.js';
import { gridInput } from './grid.js';

describe('the bound of a result', () => {
  const optimizer = createOptimizer({ workers: 2 });
  afterAll(() => optimizer.dispose());

  it('is below the cost and says what gave it', async () => {
    const { bound, gap, boundKind, evaluation, stats } = await optimizer.optimize(gridInput(9, 5), {
      moveLimit: 20_000,
    });
    const cost = evaluation.cost.total;
    expect(evaluation.violation).toBe(0);
    expect(boundKind).toBe('lagrangian');
    expect(bound).toBeGreaterThan(0.7 * cost);
    expect(bound).toBeLessThanOrEqual(cost);
    expect(gap).toBe((cost - bound!) / cost);
    expect(stats.boundMs).toBeGreaterThan(0);
  });

  it('is that of parted units where centres are fixed, so that good plans come close', async () => {
    const centers = [
      [2, 3],
      [9, 2],
      [3, 9],
      [8.7, 8],
    ] as const;
    const input = gridInput(12, 4);
    const territories = centers.map((center, t) => ({ id: `T${t + 1}`, center }));
    const balance = { hours: { tolerance: 0.03 } };
    const { bound, gap, boundKind, evaluation } = await optimizer.optimize({ ...input, territories, balance });
    expect(evaluation.violation).toBe(0);
    expect(boundKind).toBe('fixed-centers');
    expect(bound).toBeLessThanOrEqual(evaluation.cost.total);
    expect(gap).toBeLessThan(0.01);
  });

  it('does not depend on the number of workers', async () => {
    const alone = createOptimizer({ workers: 1 });
    const options = { moveLimit: 5000 };
    const [one, two] = await Promise.all([alone, optimizer].map((each) => each.optimize(gridInput(7, 3), options)));
    await alone.dispose();
    expect(two!.bound).toBe(one!.bound);
    expect(two!.bound).not.toBeNull();
  });

  it('is the cost where all plans were weighed', async () => {
    const { bound, gap, boundKind, evaluation } = await optimizer.optimize(gridInput(2, 2));
    expect(evaluation.violation).toBe(0);
    expect([bound, gap, boundKind]).toEqual([evaluation.cost.total, 0, 'exact']);
  });

  it('is absent when nobody asks for it, and for a border objective', async () => {
    const options = { moveLimit: 5000 };
    const silent = await optimizer.optimize(gridInput(7, 3), { ...options, bound: false });
    const border = { ...gridInput(7, 3), objective: { inertia: 0, cutEdges: 1 } };
    for (const result of [silent, await optimizer.optimize(border, options)]) {
      expect([result.bound, result.gap, result.boundKind]).toEqual([null, null, null]);
    }
  });

  it('keeps the plan when an abort comes during its proof', async () => {
    const abort = new AbortController();
    let asked = false;
    const result = await optimizer.optimize(gridInput(14, 6), {
      moveLimit: 2000,
      boundTimeLimitMs: 600_000,
      onAbort: 'return-best',
      signal: abort.signal,
      onProgress({ phase }) {
        if (asked || phase === 'prepare') return;
        asked = true;
        setTimeout(() => abort.abort(), 1500);
      },
      progressIntervalMs: 0,
    });
    expect(result.plan.assignment).toHaveLength(result.problem.ids.length);
    expect(result.bound ?? 0).toBeLessThanOrEqual(result.evaluation.cost.total);
  });
});
