import { afterAll, describe, expect, it } from 'vitest';
import { explainInfeasibility } from '../../src/index.js';
import { createOptimizer } from '../../src/node/index.js';
import type { Optimizer, ProblemInput } from '../../src/types.js';
import { gridInput } from '../optimizer/grid.js';
import { ROW, rowInput } from '../problem/demands/demand-input.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());
const options = { starts: 1, moveLimit: 20_000 };

/** Five units in a row, of which the outer ones and the middle one weigh most: halves need pieces. */
const needsPieces: ProblemInput = {
  units: [3, 1, 2, 1, 3].map((hours, i) => ({ id: `u${i}`, x: i, y: 0, activity: { hours } })),
  edges: [0, 1, 2, 3].map((i) => [i, i + 1] as const),
  territories: 2,
  balance: { hours: { tolerance: 0.05 } },
};

describe('explainInfeasibility', () => {
  it('has nothing to say where there is a plan', async () => {
    const found = await explainInfeasibility(optimizer, gridInput(6, 3), options);
    expect(found).toMatchObject({ feasible: true, conflicts: [], missed: [] });
  });

  it('names what is proven, with the nearest plan and what it misses', async () => {
    const input = rowInput({
      balance: { hours: { tolerance: 0 } },
      pins: [0, 1, 2, 3].map((i) => ({ unit: ROW[i]!, territory: 'Ann' })),
    });
    const { feasible, conflicts, nearest, missed } = await explainInfeasibility(optimizer, input, options);
    expect(feasible).toBe(false);
    expect(conflicts[0]).toMatchObject({ proven: true, demands: ['balance', 'pins'] });
    expect(missed).toEqual(nearest.evaluation.violations);
    expect(missed.length).toBeGreaterThan(0);
  });

  it('finds the demands without one of which there is a plan', async () => {
    const { conflicts } = await explainInfeasibility(optimizer, needsPieces, options);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({ kind: 'search', proven: false, demands: ['balance', 'contiguity'] });
    expect(conflicts[0]!.message).toBe(
      'No plan was found that meets contiguity and balance of hours together; the nearest misses by 30 % in all. Without any one of them one was found.',
    );
  });

  it('rejects with the reason of an abort', async () => {
    const stop = new AbortController();
    stop.abort('enough');
    await expect(explainInfeasibility(optimizer, gridInput(6, 3), { signal: stop.signal })).rejects.toBe('enough');
  });

  /** The optimiser, with an abort as soon as its n-th search is done. */
  function abortAfter(n: number, stop: AbortController): Optimizer {
    let done = 0;
    return {
      ...optimizer,
      async optimize(...args: Parameters<Optimizer['optimize']>) {
        const result = await optimizer.optimize(...args);
        if (++done === n) stop.abort('enough');
        return result;
      },
    } as Optimizer;
  }

  it('rejects where the abort comes between two searches', async () => {
    for (const n of [1, 2]) {
      const stop = new AbortController();
      const asked = explainInfeasibility(abortAfter(n, stop), needsPieces, { ...options, signal: stop.signal });
      await expect(asked).rejects.toBe('enough');
    }
  });

  it('keeps the demands that an abort left unsearched', async () => {
    const explain = (n: number) => {
      const stop = new AbortController();
      const run = { ...options, signal: stop.signal, onAbort: 'return-best' as const };
      return explainInfeasibility(abortAfter(n, stop), needsPieces, run);
    };
    expect(await explain(1)).toMatchObject({ feasible: false, conflicts: [] });
    const { conflicts } = await explain(2);
    expect(conflicts).toMatchObject([{ proven: false, demands: ['balance', 'contiguity'] }]);
    expect(conflicts[0]!.message).toBe(
      'No plan was found that meets contiguity and balance of hours together; the nearest misses by 30 % in all. Without contiguity one was found; the search ended before the others were dropped.',
    );
  });
});
