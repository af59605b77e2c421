import { afterAll, describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { createOptimizer, evaluate, type SizingOptions, sizeTerritories } from '../../src/node/index.js';
import type { Progress } from '../../src/types.js';
import { accountsInput, gridInput } from './grid.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());

const QUICK = { moveLimit: 3_000, starts: 1 };

describe('sizeTerritories', () => {
  it('gives each number the plan that a run of its own gives, from one preparation', async () => {
    const input = accountsInput(120, 3);
    let prepared = 0;
    const counting: Pick<typeof optimizer, 'prepare' | 'optimize'> = {
      prepare: (...args) => {
        prepared++;
        return optimizer.prepare(...args);
      },
      optimize: (...args) => optimizer.optimize(...args),
    };
    const { rows, status, measure } = await sizeTerritories(counting, input, {
      from: 2,
      to: 6,
      step: 2,
      seed: 5,
      ...QUICK,
    });
    expect(prepared).toBe(1);
    expect([status, measure]).toEqual(['complete', 'hours']);
    expect(rows.map(({ territories }) => territories)).toEqual([2, 4, 6]);
    for (const row of rows) {
      const alone = await optimizer.optimize(
        { ...input, territories: row.territories },
        { seed: 5, bound: false, ...QUICK },
      );
      expect(row.result.plan).toEqual(alone.plan);
      expect(row.result.bound).toBeNull();
      expect(row.result.evaluation).toEqual(evaluate(row.result.problem, row.result.plan));
    }
  });

  it('counts what lies beyond the capacity, and recommends the fewest reps who can carry all', async () => {
    // 36 units of one hour: 4 reps carry 9 each
    const { rows, recommendation } = await sizeTerritories(optimizer, gridInput(6, 1), {
      from: 1,
      to: 5,
      capacity: 9.5,
      ...QUICK,
    });
    for (const row of rows) {
      const loads = row.result.evaluation.territories.map(({ activity }) => activity.hours!);
      expect(row.workload).toBeCloseTo(36 / row.territories, 9);
      expect(row.largestWorkload).toBe(Math.max(...loads));
      expect(row.uncovered).toBeCloseTo(
        loads.reduce((sum, load) => sum + Math.max(0, load - 9.5), 0),
        9,
      );
    }
    expect(rows[0]!.uncovered).toBe(26.5);
    const enough = rows.find(({ feasible, uncovered }) => feasible && uncovered === 0)!;
    expect(enough.territories).toBeGreaterThanOrEqual(4);
    expect(recommendation).toMatchObject({ territories: enough.territories, basis: 'capacity' });
  });

  it('tells travel and its knee when there is no capacity, and cost when there are no accounts', async () => {
    const travel = await sizeTerritories(optimizer, accountsInput(120, 3), { from: 1, to: 5, ...QUICK });
    expect(travel.recommendation.basis).toBe('travelKm');
    expect(travel.rows.map((row) => row.travelKm)).toEqual(travel.rows.map((row) => row.result.evaluation.travelKm));
    expect(travel.rows.every(({ uncovered }) => uncovered === null)).toBe(true);
    const cost = await sizeTerritories(optimizer, gridInput(6, 1), { from: 1, to: 4, ...QUICK });
    expect(cost.recommendation.basis).toBe('cost');
  });

  it('reports one progress over all runs, which ends once', async () => {
    const seen: (Progress & { territories: number })[] = [];
    await sizeTerritories(optimizer, gridInput(6, 1), {
      from: 2,
      to: 4,
      progressIntervalMs: 0,
      onProgress: (progress) => seen.push(progress),
      ...QUICK,
    });
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(seen.filter(({ phase }) => phase === 'done')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ phase: 'done', fraction: 1, territories: 4, moves: 3 * 3_000 });
    expect(new Set(seen.map(({ territories }) => territories))).toEqual(new Set([0, 2, 3, 4]));
    const moves = seen.map((progress) => progress.moves);
    expect(moves).toEqual([...moves].sort((a, b) => a - b));
  });

  it('keeps what is done when it is aborted, or rejects', async () => {
    const abortAt = (onAbort: 'reject' | 'return-best') => {
      const controller = new AbortController();
      return sizeTerritories(optimizer, gridInput(8, 1), {
        from: 2,
        to: 5,
        moveLimit: 4_000,
        starts: 1,
        progressIntervalMs: 0,
        signal: controller.signal,
        onAbort,
        onProgress: ({ territories, best }) => {
          if (territories === 4 && best) controller.abort('enough');
        },
      });
    };
    const { rows, status, recommendation } = await abortAt('return-best');
    expect(status).toBe('aborted');
    expect(rows.map(({ territories }) => territories).slice(0, 2)).toEqual([2, 3]);
    expect(rows.length).toBeLessThan(4);
    for (const row of rows.slice(0, 2)) expect(row.status).toBe('move-limit');
    expect(recommendation.message).toContain('2 feasible plans');
    await expect(abortAt('reject')).rejects.toBe('enough');
  });

  it('rejects when it is aborted before there is a plan', async () => {
    const options = { from: 2, to: 3, onAbort: 'return-best' as const, signal: AbortSignal.abort('never mind') };
    await expect(sizeTerritories(optimizer, gridInput(4, 1), options)).rejects.toBe('never mind');
  });

  it('refuses demands that name the territories of the input', async () => {
    const input = { ...gridInput(4, 2), pins: [{ unit: 'x0y0', territory: 'T1' }] };
    const error = await sizeTerritories(optimizer, input, { from: 1, to: 2, ...QUICK }).catch((reason) => reason);
    expect([error.code, error.details.path]).toEqual(['INVALID_INPUT', 'pins']);
  });

  it('refuses more territories than there are candidates for centres, before any search', async () => {
    const input = { ...gridInput(4, 2), candidates: [[0, 0] as const, [3, 3] as const] };
    let searched = 0;
    const counting: Pick<typeof optimizer, 'prepare' | 'optimize'> = {
      prepare: (...args) => optimizer.prepare(...args),
      optimize: (...args) => {
        searched++;
        return optimizer.optimize(...args);
      },
    };
    const error = await sizeTerritories(counting, input, { from: 2, to: 3, ...QUICK }).catch((reason) => reason);
    expect([error.code, error.details.path, searched]).toEqual(['INVALID_INPUT', 'candidates', 0]);
  });

  it.each<[string, Partial<SizingOptions>]>([
    ['from', { from: 0 }],
    ['to', { from: 3, to: 2 }],
    ['to', { to: 17 }],
    ['step', { step: 0.5 }],
    ['capacity', { capacity: 0 }],
    ['measure', { measure: 'days' }],
    ['seed', { seed: -1 }],
    ['onProgress', { onProgress: 'loud' as never }],
    ['steps', { steps: 2 } as never],
  ])('refuses a bad option: %s', async (path, options) => {
    const call = sizeTerritories(optimizer, gridInput(4, 1), { from: 1, to: 2, ...QUICK, ...options });
    const error = await call.catch((reason) => reason);
    expect(error).toBeInstanceOf(TerritoryError);
    expect([error.code, error.details.path]).toEqual(['INVALID_OPTION', path]);
  });
});
