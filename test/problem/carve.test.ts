import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { carveProblem } from '../../src/problem/carve.js';
import { joinGraph, labelComponents } from '../../src/problem/components.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { problem as anyProblem, problemInput } from '../arbitraries.js';
import { gridEdges, gridXy, territories, tinyProblem } from '../metrics/tiny-problem.js';
import { countComponents } from '../metrics/whole-map.js';

/** A problem with some of its units, ascending, and some of its territories, none of which are locked. */
const parts = anyProblem()
  .map((problem): Problem => ({ ...problem, territories: problem.territories.map((t) => ({ ...t, locked: false })) }))
  .chain((problem) =>
    fc
      .record({
        units: fc.subarray([...problem.ids.keys()], { minLength: 1 }),
        territories: fc.shuffledSubarray([...problem.territories.keys()], { minLength: 1 }),
      })
      .map(({ units, territories: chosen }) => ({ problem, units, chosen: chosen.slice(0, units.length) })),
  );

const edgesOf = ({ ids, offsets, neighbors }: Problem, among: (id: string) => boolean) =>
  ids.flatMap((id, u) =>
    among(id)
      ? [...neighbors.subarray(offsets[u]!, offsets[u + 1]!)]
          .map((v) => ids[v]!)
          .filter(among)
          .map((to) => `${id} ${to}`)
      : [],
  );

describe('carveProblem', () => {
  it('is the problem itself when nothing is left out', () => {
    fc.assert(
      fc.property(problemInput(), (input) => {
        const problem = prepareProblem(input);
        const { ids, territories: all } = problem;
        const kept = carveProblem(problem, [...ids.keys()], [...all.keys()], { targets: 'kept' });
        expect(kept).toEqual(problem);
        const { target, lower, upper, ...rest } = carveProblem(problem, [...ids.keys()], [...all.keys()]);
        expect(rest).toEqual({ ...problem, target: undefined, lower: undefined, upper: undefined });
        for (const [anew, old] of [
          [target, problem.target],
          [lower, problem.lower],
          [upper, problem.upper],
        ] as const) {
          anew.forEach((x, i) => {
            expect(x === old[i] || Math.abs(x - old[i]!) <= 1e-9 * Math.abs(old[i]!)).toBe(true);
          });
        }
      }),
    );
  });

  it('keeps units, neighbours, positions and activity as they are, and adds no edges but its links', () => {
    fc.assert(
      fc.property(parts, ({ problem, units, chosen }) => {
        const carved = carveProblem(problem, units, chosen);
        const n = problem.ids.length;
        const own = units.length;
        expect(carved.ids).toEqual(units.map((u) => problem.ids[u]));
        units.forEach((u, i) => {
          for (let m = 0; m < problem.measures.length; m++) {
            expect(carved.activity[m * own + i]).toBe(problem.activity[m * n + u]);
          }
          for (const key of ['lngLat', 'xy'] as const) {
            expect(carved[key]?.[2 * i + 1]).toBe(problem[key]?.[2 * u + 1]);
          }
        });
        const within = new Set(carved.ids);
        const added = carved.links.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]);
        const before = edgesOf(problem, (id) => within.has(id));
        const after = edgesOf(carved, () => true);
        expect(after.filter((edge) => !added.includes(edge))).toEqual(before.filter((edge) => !added.includes(edge)));
        for (const edge of before) expect(after).toContain(edge);
        for (const edge of added) expect(after).toContain(edge);
      }),
    );
  });

  it('hangs together where contiguity is required, by as few links as it takes', () => {
    fc.assert(
      fc.property(parts, ({ problem, units, chosen }) => {
        const carved = carveProblem(problem, units, chosen);
        const whole = new Int32Array(units.length);
        const one = { ...carved, territories: carved.territories.slice(0, 1) };
        const old = carved.links.filter(([a, b]) =>
          problem.links.some(([c, d]) => (a === c && b === d) || (a === d && b === c)),
        );
        const added = carved.links.length - old.length;
        if (problem.contiguity === 'off') {
          expect(added).toBe(0);
          return;
        }
        // what the whole keeps apart, for barriers, stays apart
        const parts = labelComponents(joinGraph(problem)).of;
        const least = new Set(units.map((u) => parts[u])).size;
        expect(countComponents(one, whole)[0]).toBe(least);
        const at = new Map(units.map((u, i) => [u, i]));
        const rows = units.map((u) =>
          [...problem.neighbors.subarray(problem.offsets[u]!, problem.offsets[u + 1]!)].flatMap((v) => at.get(v) ?? []),
        );
        const bare = {
          ...one,
          offsets: Int32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]),
          neighbors: Int32Array.from(rows.flat()),
        };
        expect(added).toBe(countComponents(bare, whole)[0]! - least);
      }),
    );
  });

  it('keeps the outline of every unit: what was a border to a neighbour becomes an outer one', () => {
    fc.assert(
      fc.property(parts, ({ problem, units, chosen }) => {
        const carved = carveProblem(problem, units, chosen);
        expect(carved.outerKm === null).toBe(problem.outerKm === null);
        if (!problem.outerKm) return;
        const outline = (p: Problem, u: number) =>
          p.outerKm![u]! + p.edgeKm!.subarray(p.offsets[u]!, p.offsets[u + 1]!).reduce((sum, km) => sum + km, 0);
        units.forEach((u, i) => {
          expect(outline(carved, i)).toBeCloseTo(outline(problem, u), 4);
        });
      }),
    );
  });

  it('tells rings that are those of a problem of the same cells', () => {
    fc.assert(
      fc.property(parts, ({ problem, units, chosen }) => {
        const carved = carveProblem(problem, units, chosen);
        expect(carved.ring === null).toBe(problem.ring === null);
        if (!problem.ring) return;
        units.forEach((u, i) => {
          const neighbors = [...carved.neighbors.subarray(carved.offsets[i]!, carved.offsets[i + 1]!)];
          const ring = [...carved.ring!.subarray(6 * i, 6 * i + 6)];
          if (ring[0] === -2) return;
          expect(problem.ring![6 * u]).not.toBe(-2);
          expect(ring.filter((v) => v >= 0).sort((a, b) => a - b)).toEqual(neighbors);
        });
      }),
    );
  });

  it('keeps the accounts of its units, with their rep of today by name', () => {
    fc.assert(
      fc.property(parts, ({ problem, units, chosen }) => {
        const carved = carveProblem(problem, units, chosen);
        const rows = (p: Problem) =>
          (p.accountIds ?? []).map((id, a) => ({
            id,
            unit: p.ids[p.accountUnit![a]!],
            today: p.todayIds[p.accountTerritory?.[a] ?? -1],
            group: p.groups[p.accountGroup?.[a] ?? -1],
            lat: p.accountLngLat![2 * a + 1],
            activity: p.measures.map((_, m) => p.accountActivity![m * p.accountIds!.length + a]),
          }));
        const within = new Set(carved.ids);
        expect(rows(carved)).toEqual(rows(problem).filter(({ unit }) => within.has(unit!)));
        const todayOf = (p: Problem, u: number) => p.todayIds[p.today?.[u] ?? -1];
        units.forEach((u, i) => {
          expect(todayOf(carved, i)).toBe(todayOf(problem, u));
          expect(carved.accountCount?.[i]).toBe(problem.accountCount?.[u]);
        });
        expect(carved.todayIds.slice(0, chosen.length)).toEqual(chosen.map((t) => problem.territories[t]!.id));
      }),
    );
  });

  it('shares what it holds, or keeps the bounds of the whole', () => {
    const problem = tinyProblem({
      activity: [[1, 2, 3, 4]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: territories(3).map((t, i) => ({ ...t, share: i + 1 })),
      tolerance: 0.5,
    });
    const anew = carveProblem(problem, [1, 3], [2, 0]);
    expect([...anew.target]).toEqual([4.5, 1.5]);
    expect([...anew.lower]).toEqual([2.25, 0.75]);
    const kept = carveProblem(problem, [1, 3], [2, 0], { targets: 'kept' });
    expect([...kept.target]).toEqual([problem.target[2], problem.target[0]]);
    expect([...kept.upper]).toEqual([problem.upper[2], problem.upper[0]]);
    expect(anew.links).toEqual([['u1', 'u3']]);
  });

  it('takes demands along as far as they speak of the part', () => {
    const whole = tinyProblem({
      activity: [[1, 1, 1, 1]],
      edges: gridEdges(4, 1),
      xy: gridXy(4, 1),
      territories: territories(3),
      todayIds: ['T1', 'T2', 'T3', 'old'],
      today: [0, 1, 2, 1],
      accounts: [
        { unit: 0, today: 0, activity: [1] },
        { unit: 1, today: 1, activity: [1] },
        { unit: 1, today: 3, activity: [1] },
        { unit: 2, today: 2, activity: [1] },
        { unit: 3, today: 1, activity: [1] },
        { unit: 3, today: 1, activity: [2] },
      ],
    });
    const problem: Problem = {
      ...whole,
      pinned: Int32Array.of(-1, 0, -1, 2),
      demands: {
        permits: { row: Int32Array.of(-1, 0, 1, 2), allowed: Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 0, 1) },
        accountPermits: {
          row: Int32Array.of(2, -1, 1, -1, 0, 2),
          allowed: Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 0, 1),
        },
        together: Int32Array.of(0, 1, 0, 1),
        groupIds: ['x', 'y'],
        overlay: Int32Array.of(-1, 0, -1, -1, 2, -1),
        baseLoad: Float64Array.of(1, 0, 1),
        limits: [{ kind: 'accounts', measure: null, max: 3, amount: new Float64Array(6).fill(1) }],
        matrix: Float64Array.from({ length: 12 }, (_, i) => i),
        mix: null,
        classMeasures: [],
        candidates: Float64Array.of(0, 1, 3, 1, 3, 2, 1, 1),
      },
    };
    const { pinned, demands, accountIds, accountCount } = carveProblem(problem, [1, 3], [2, 1]);
    expect(pinned).toEqual(Int32Array.of(-1, 0));
    // the account at T1 wherever it lies is not of the part
    expect(accountIds).toEqual(['a2', 'a4', 'a5']);
    expect(accountCount).toEqual(Int32Array.of(1, 2));
    expect(demands).toEqual({
      ...problem.demands,
      permits: { row: Int32Array.of(-1, 0), allowed: Uint8Array.of(1, 0) },
      accountPermits: { row: Int32Array.of(0, -1, 1), allowed: Uint8Array.of(0, 1, 1, 0) },
      together: Int32Array.of(0, 0),
      groupIds: ['y'],
      overlay: Int32Array.of(-1, 0, -1),
      baseLoad: Float64Array.of(1, 0),
      // two of six accounts may still stay or go
      limits: [{ kind: 'accounts', measure: null, max: 1, amount: Float64Array.of(0, 1, 1) }],
      matrix: Float64Array.of(5, 4, 11, 10),
      candidates: Float64Array.of(3, 1, 3, 2, 1, 1),
    });
  });

  it('does not balance what the part has nothing of', () => {
    const problem = tinyProblem({
      activity: [
        [1, 1, 1],
        [0, 0, 1],
      ],
      edges: gridEdges(3, 1),
      xy: gridXy(3, 1),
      territories: territories(2),
    });
    const carved = carveProblem(problem, [0, 1], [0, 1]);
    expect(Object.keys(carved.balance)).toEqual(['m0']);
    expect([...carved.upper]).toEqual([1.05, 1.05, Infinity, Infinity]);
  });

  it.each<[string, number[], number[], object?]>([
    ['units', [], [0]],
    ['units[1]', [1, 1], [0]],
    ['units[1]', [1, 0], [0]],
    ['units[0]', [4], [0]],
    ['units[0]', [0.5], [0]],
    ['territories', [0], []],
    ['territories[1]', [0, 1], [1, 1]],
    ['territories[0]', [0, 1], [2]],
    ['territories.length', [0], [0, 1]],
    ['targets', [0], [0], { targets: 'old' }],
  ])('refuses bad indices: %s', (path, units, chosen, options = {}) => {
    const problem = tinyProblem({ activity: [[1, 1, 1, 1]], edges: gridEdges(4, 1), territories: territories(2) });
    try {
      carveProblem(problem, units, chosen, options);
    } catch (error) {
      expect(error).toBeInstanceOf(TerritoryError);
      expect((error as TerritoryError).details.path).toBe(path);
      return;
    }
    throw new Error('did not throw');
  });
});
