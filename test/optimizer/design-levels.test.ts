import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import {
  createOptimizer,
  designLevels,
  evaluate,
  type LevelOptions,
  type LevelsResult,
  rollUp,
} from '../../src/node/index.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { LevelInput, ProblemInput, Progress } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';
import { accountsInput, gridInput } from './grid.js';

const optimizer = createOptimizer({ workers: 2 });
afterAll(() => optimizer.dispose());

const QUICK = { moveLimit: 10_000, starts: 1 };
const ORDERS = ['top-down', 'bottom-up'] as const;

/** Every unit of a level's plan is in the group that its territory is in, and groups nest. */
function expectNested({ plan, levels, evaluation, problem }: LevelsResult): void {
  expect(evaluation).toEqual(evaluate(problem, plan));
  levels.forEach((level, l) => {
    expect(level.evaluation).toEqual(evaluate(level.problem, level.plan));
    expect([...level.plan.assignment]).toEqual([...plan.assignment].map((t) => (t < 0 ? -1 : level.of[t])));
    expect(new Set(level.of)).toEqual(new Set(level.groups.keys()));
    const above = levels[l - 1];
    if (!above) return;
    level.groups.forEach((_, g) => {
      const parents = new Set([...above.of].filter((_, t) => level.of[t] === g));
      expect(parents.size).toBe(1);
    });
  });
}

/** The rows of every level add up to the whole, and each to its parent. */
function expectRolledUp({ problem, plan, levels, evaluation }: LevelsResult): void {
  levels.forEach(({ rows, groups }, l) => {
    expect(rows.map(({ id }) => id)).toEqual(groups);
    expect(rows.flatMap(({ territories }) => territories).sort()).toEqual([...plan.territories].sort());
    for (const measure of problem.measures) {
      const whole = evaluation.territories.reduce((sum, { activity }) => sum + activity[measure]!, 0);
      expect(rows.reduce((sum, { activity }) => sum + activity[measure]!, 0)).toBeCloseTo(whole, 6);
    }
    expect(rows.reduce((sum, { units }) => sum + units, 0)).toBe(plan.assignment.filter((t) => t >= 0).length);
    if (problem.accountIds) {
      expect(rows.reduce((sum, row) => sum + row.accounts!, 0)).toBe(
        evaluation.territories.reduce((sum, { accounts }) => sum + accounts!, 0),
      );
      expect(rows.reduce((sum, row) => sum + row.travelKm!, 0)).toBeCloseTo(evaluation.travelKm!, 3);
    }
    for (const row of rows) {
      if (l === 0) expect(row.parent).toBeNull();
      else
        expect(levels[l - 1]!.rows.find(({ id }) => id === row.parent)!.territories).toEqual(
          expect.arrayContaining([...row.territories]),
        );
    }
  });
}

describe('designLevels', () => {
  it.each(ORDERS)('balances every level of a grid, contiguous and nested: %s', async (order) => {
    const input: ProblemInput = {
      ...gridInput(12, 12),
      levels: [
        { name: 'region', groups: 2, balance: { hours: { tolerance: 0.1 } } },
        { name: 'district', groups: 6 },
      ],
    };
    const result = await designLevels(optimizer, input, { order, moveLimit: 30_000, starts: 2 });
    expectNested(result);
    expectRolledUp(result);
    expect(result.evaluation.feasible).toBe(true);
    for (const { evaluation, groups } of result.levels) {
      expect(evaluation.feasible).toBe(true);
      expect(evaluation.territories.map(({ id }) => id)).toEqual(groups);
    }
    expect(result.levels.map(({ groups }) => groups.length)).toEqual([2, 6]);
    expect(result.status).toBe('move-limit');
    expect(result.stats.moves).toBeGreaterThan(0);
  });

  it('gives groups of unequal size their part, and named groups their own territories', async () => {
    const levels: LevelInput[] = [
      {
        name: 'region',
        groups: [
          { id: 'big', territories: ['T1', 'T3', 'T4'] },
          { id: 'small', territories: ['T2'] },
        ],
      },
    ];
    const result = await designLevels(optimizer, { ...gridInput(8, 4), levels }, QUICK);
    expectNested(result);
    expect(result.levels[0]!.evaluation.feasible).toBe(true);
    expect(result.evaluation.feasible).toBe(true);
    expect(result.levels[0]!.rows.map(({ id, territories }) => [id, territories])).toEqual([
      ['big', ['T1', 'T3', 'T4']],
      ['small', ['T2']],
    ]);
    expect(result.levels[0]!.evaluation.territories.map(({ activity }) => Math.round(activity.hours! / 16))).toEqual([
      3, 1,
    ]);
  });

  it.each(ORDERS)('nests and adds up on problems of every kind: %s', async (order) => {
    await fc.assert(
      fc.asyncProperty(problemInput({ maxTerritories: 6 }), fc.integer({ min: 1, max: 6 }), async (drawn, most) => {
        const k = typeof drawn.territories === 'number' ? drawn.territories : drawn.territories.length;
        const lower = Math.min(most, k);
        const levels = [
          { name: 'region', groups: Math.ceil(lower / 2) },
          { name: 'district', groups: lower },
        ];
        const result = await designLevels(optimizer, { ...drawn, levels }, { order, moveLimit: 300, starts: 1 });
        expectNested(result);
        expectRolledUp(result);
        // what is not locked goes to whoever is not
        const { territories } = result.problem;
        if (territories.some(({ locked }) => !locked)) expect(result.plan.assignment).not.toContain(-1);
      }),
      { numRuns: 40 },
    );
  });

  it('is balanced and contiguous on every level on scattered accounts, both ways', async () => {
    for (const order of ORDERS) {
      const input: ProblemInput = {
        ...accountsInput(400, 8),
        balance: { hours: { tolerance: 0.15 } },
        levels: [
          { name: 'region', groups: 2 },
          { name: 'district', groups: 4 },
        ],
      };
      const result = await designLevels(optimizer, input, { order, moveLimit: 40_000, starts: 2 });
      expectNested(result);
      expectRolledUp(result);
      for (const { evaluation } of [...result.levels, result]) {
        expect(evaluation.extraComponents).toBe(0);
        expect(evaluation.violations.filter(({ kind }) => kind === 'balance')).toEqual([]);
      }
    }
  });

  it.each(ORDERS)('balances every level of random lattices, contiguous: %s', async (order) => {
    const lattice = fc
      .record({
        width: fc.integer({ min: 10, max: 14 }),
        height: fc.integer({ min: 10, max: 14 }),
        counts: fc.constantFrom<[number, number, number][]>([2, 4, 8], [3, 6, 6], [1, 2, 6], [2, 2, 4], [2, 4, 6]),
        weights: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 196, maxLength: 196 }),
      })
      .map(({ width, height, counts: [upper, lower, territories], weights }): ProblemInput => {
        const units = Array.from({ length: width * height }, (_, u) => ({
          id: `u${u}`,
          x: u % width,
          y: Math.floor(u / width),
          activity: { hours: weights[u]! },
        }));
        const edges = units.flatMap(({ x, y }, u): [number, number][] => [
          ...(x + 1 < width ? [[u, u + 1] as [number, number]] : []),
          ...(y + 1 < height ? [[u, u + width] as [number, number]] : []),
        ]);
        const levels = [
          { name: 'region', groups: upper },
          { name: 'district', groups: lower },
        ];
        return { units, edges, territories, balance: { hours: { tolerance: 0.2 } }, levels };
      });
    await fc.assert(
      fc.asyncProperty(lattice, async (input) => {
        const result = await designLevels(optimizer, input, { order, moveLimit: 20_000, starts: 4 });
        expectNested(result);
        for (const { evaluation } of [...result.levels, result]) expect(evaluation.violations).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same plans again, for a prepared problem too, whatever the number of workers', async () => {
    const input: ProblemInput = { ...gridInput(8, 6), levels: [{ name: 'region', groups: 3 }] };
    const one = createOptimizer({ workers: 1 });
    for (const order of ORDERS) {
      const first = await designLevels(optimizer, input, { order, seed: 3, ...QUICK });
      const second = await designLevels(one, prepareProblem(input), { order, seed: 3, ...QUICK });
      expect(second.plan).toEqual(first.plan);
      expect(second.levels).toEqual(first.levels);
    }
    await one.dispose();
  });

  it('groups territories within named regions, bottom-up', async () => {
    const territories = [
      [1, 1],
      [1, 6],
      [6, 1],
      [6, 6],
      [3, 3],
      [4, 4],
    ].map((center, t) => ({
      id: `T${t + 1}`,
      center: center as [number, number],
    }));
    const region = {
      name: 'region',
      groups: [
        { id: 'w', territories: ['T1', 'T2', 'T5'] },
        { id: 'e', territories: ['T3', 'T4', 'T6'] },
      ],
    };
    const levels = [region, { name: 'district', groups: 4 }];
    const result = await designLevels(
      optimizer,
      { ...gridInput(8, 1), territories, levels },
      { order: 'bottom-up', ...QUICK },
    );
    expectNested(result);
    expect(result.levels[0]!.rows.map((row) => row.territories)).toEqual(
      region.groups.map((group) => group.territories),
    );
  });

  it('keeps locked territories, whole groups of them or not', async () => {
    const base = gridInput(4, 1);
    const units = (base.units as readonly { id: string; x: number; y: number }[]).map((unit) => ({
      ...unit,
      activity: { hours: 1 },
      territory: unit.x < 1 ? 'T1' : null,
    }));
    const territories = [{ id: 'T1', locked: true }, { id: 'T2' }, { id: 'T3' }, { id: 'T4' }];
    const alone = [
      { id: 'kept', territories: ['T1'] },
      { id: 'free', territories: ['T2', 'T3', 'T4'] },
    ];
    for (const groups of [2, alone]) {
      for (const order of ORDERS) {
        const input = { ...base, units, territories, levels: [{ name: 'region', groups }] };
        const result = await designLevels(optimizer, input, { order, ...QUICK });
        expectNested(result);
        expect(result.evaluation.violations).toEqual([]);
        expect([...result.plan.assignment].map((t) => t === 0)).toEqual(
          units.map(({ territory }) => territory === 'T1'),
        );
      }
    }
  });

  it('keeps pins and rules of service on every level', async () => {
    const input: ProblemInput = {
      ...gridInput(8, 8),
      balance: { hours: { tolerance: 0.3 } },
      pins: [
        { unit: 'x0y0', territory: 'T8' },
        { unit: 'x7y7', territory: 'T1' },
      ],
      forbid: [{ territories: ['T2', 'T3'], units: ['x3y3', 'x4y4'] }],
      levels: [
        { name: 'region', groups: 2 },
        { name: 'district', groups: 4 },
      ],
    };
    for (const order of ORDERS) {
      const result = await designLevels(optimizer, input, { order, moveLimit: 50_000, starts: 2 });
      expectNested(result);
      expect(result.evaluation.violations).toEqual([]);
      const served = (id: string) => result.plan.territories[result.plan.assignment[result.plan.ids.indexOf(id)]!];
      expect([served('x0y0'), served('x7y7')]).toEqual(['T8', 'T1']);
      if (order === 'top-down') for (const { evaluation } of result.levels) expect(evaluation.violations).toEqual([]);
    }
  });

  it('reports one rising progress that names the levels and ends once', async () => {
    const seen: (Progress & { level: string })[] = [];
    const input = { ...gridInput(8, 4), levels: [{ name: 'region', groups: 2 }] };
    await designLevels(optimizer, input, {
      progressIntervalMs: 0,
      onProgress: (progress) => seen.push(progress),
      ...QUICK,
    });
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(seen.filter(({ phase }) => phase === 'done')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ phase: 'done', fraction: 1 });
    expect(new Set(seen.map(({ level }) => level))).toEqual(new Set(['region', 'territory']));
  });

  it('builds the rest when it is aborted, or rejects', async () => {
    const abortAt = (onAbort: 'reject' | 'return-best') => {
      const controller = new AbortController();
      const input = { ...gridInput(10, 6), levels: [{ name: 'region', groups: 3 }] };
      return designLevels(optimizer, input, {
        moveLimit: 2 ** 40,
        starts: 1,
        progressIntervalMs: 0,
        signal: controller.signal,
        onAbort,
        onProgress: ({ best }) => {
          if (best) controller.abort('enough');
        },
      });
    };
    const result = await abortAt('return-best');
    expect(result.status).toBe('aborted');
    expectNested(result);
    expect(result.plan.assignment.every((t) => t >= 0)).toBe(true);
    await expect(abortAt('reject')).rejects.toBe('enough');
  });

  it.each<[string, string, Partial<ProblemInput>, LevelOptions]>([
    ['INVALID_INPUT', 'levels', {}, {}],
    ['INVALID_INPUT', 'levels[0].groups', { levels: [{ name: 'x', groups: 9 }] }, {}],
    ['INVALID_OPTION', 'order', {}, { order: 'sideways' as 'top-down' }],
    ['INVALID_OPTION', 'seed', {}, { seed: -1 }],
    ['INVALID_OPTION', 'levels', {}, { levels: 2 } as LevelOptions],
  ])('rejects with %s at %s', async (code, path, extra, options) => {
    const error = await designLevels(optimizer, { ...gridInput(4, 2), ...extra }, options).catch((reason) => reason);
    expect(error).toBeInstanceOf(TerritoryError);
    expect([error.code, error.details.path]).toEqual([code, path]);
  });
});

describe('rollUp', () => {
  it('takes groups that are not the problem’s own', async () => {
    const { problem, plan } = await optimizer.optimize(gridInput(4, 2), QUICK);
    const [rows] = rollUp(problem, plan, [{ name: 'all', groups: ['everything', 'nothing'], of: new Int32Array(2) }]);
    expect(rows).toMatchObject([
      {
        id: 'everything',
        parent: null,
        territories: ['T1', 'T2'],
        units: 16,
        activity: { hours: 16 },
        deviation: { hours: 0 },
      },
      { id: 'nothing', territories: [], units: 0, activity: { hours: 0 } },
    ]);
  });
});
