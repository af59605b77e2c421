import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { withTerritories } from '../../src/problem/with-territories.js';
import type { BalanceRule } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';
import { units } from './bad-input.js';

describe('withTerritories', () => {
  it('equals preparing the input with these territories', () => {
    fc.assert(
      fc.property(problemInput(), fc.integer({ min: 1, max: 7 }), fc.boolean(), (input, most, named) => {
        // adaptive cells are as fine as the input's own territories ask for
        fc.pre(input.resolution !== 'adaptive');
        const problem = prepareProblem(input);
        const k = Math.min(most, problem.ids.length);
        const territories = named
          ? Array.from({ length: k }, (_, t) => ({ id: t === 0 ? 'ann' : `T${9 - t}`, share: 1 + t }))
          : k;
        const derived = withTerritories(problem, territories);
        expect(derived).toEqual(prepareProblem({ ...input, territories }));
        expect(derived.activity).toBe(problem.activity);
      }),
    );
  });

  it('comes back to the original', () => {
    fc.assert(
      fc.property(problemInput(), (input) => {
        const problem = prepareProblem(input);
        const before = structuredClone(problem);
        const other = withTerritories(problem, 1);
        const { territories } = input;
        expect(withTerritories(other, territories)).toEqual(problem);
        expect(problem).toEqual(before);
      }),
    );
  });

  it('takes other rules of balance', () => {
    const input = units({ balance: { hours: { tolerance: 0.1 } } });
    const balance: Record<string, BalanceRule> = { hours: { lower: 1 } };
    const problem = prepareProblem(input as never);
    expect(withTerritories(problem, 2, balance)).toEqual(
      prepareProblem({ ...input, territories: 2, balance } as never),
    );
    expect(problem.balance).toEqual({ hours: { tolerance: 0.1 } });
  });

  it('refuses demands that name territories, and keeps the others', () => {
    const problem = prepareProblem(units() as never);
    const demands = {
      permits: null,
      accountPermits: null,
      together: Int32Array.of(0, 0),
      groupIds: ['0'],
      overlay: null,
      baseLoad: null,
      limits: [],
      matrix: null,
      mix: null,
      classMeasures: [],
      candidates: null,
    };
    expect(withTerritories({ ...problem, demands }, 2).demands).toBe(demands);
    for (const [path, bad] of [
      ['pins', { pinned: Int32Array.of(0, -1) }],
      ['forbid', { demands: { ...demands, permits: { row: Int32Array.of(0, -1), allowed: Uint8Array.of(1) } } }],
      ['forbid', { demands: { ...demands, accountPermits: { row: Int32Array.of(0, -1), allowed: Uint8Array.of(1) } } }],
      ['named', { demands: { ...demands, overlay: Int32Array.of(0) } }],
      ['matrix', { demands: { ...demands, matrix: Float64Array.of(1, 1) } }],
      ['mix', { demands: { ...demands, classMeasures: [0] } }],
    ] as const) {
      expect(() => withTerritories({ ...problem, ...bad }, 2)).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
      );
    }
  });

  it('needs a candidate for every territory without a centre', () => {
    const three = { id: ['a', 'b', 'c'], lat: [1, 1, 1], lng: [1, 2, 3], activity: { hours: [1, 1, 1] } };
    const candidates = [
      [1, 1],
      [2, 1],
    ];
    const problem = prepareProblem(units({ units: three, edges: [], candidates, territories: 2 }) as never);
    expect(withTerritories(problem, 1).demands!.candidates!.length).toBe(4);
    const fixed = Array.from({ length: 3 }, (_, t) => ({
      id: `T${t}`,
      ...(t === 0 ? { center: [1, 1] as const } : {}),
    }));
    expect(withTerritories(problem, fixed).territories.length).toBe(3);
    expect(() => withTerritories(problem, 3)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path: 'candidates' }) }),
    );
  });

  it.each<[string, unknown, unknown]>([
    ['territories', 3, undefined],
    ['territories', 0, undefined],
    ['territories[0].share', [{ id: 'a', share: 0 }], undefined],
    ['territories[0].locked', [{ id: 'a', locked: true }], undefined],
    ['territories[0].center[1]', [{ id: 'a', center: [0, 91] }], undefined],
    ['balance.hours', 1, { hours: {} }],
    ['balance.days', 1, { days: { tolerance: 1 } }],
  ])('names a bad value: %s', (path, territories, balance) => {
    const problem = prepareProblem(units() as never);
    try {
      withTerritories(problem, territories as number, balance as never);
    } catch (error) {
      expect((error as TerritoryError).code).toBe('INVALID_INPUT');
      expect((error as TerritoryError).details.path).toBe(path);
      expect(error).toBeInstanceOf(TerritoryError);
      return;
    }
    throw new Error('did not throw');
  });
});
