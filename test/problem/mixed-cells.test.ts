import fc from 'fast-check';
import { cellToChildren, cellToParent, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Cell, ProblemInput } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';
import { CELL, errorOf } from './bad-input.js';
import { touchingPairs } from './mixed-geometry.js';

/** The units of an adaptive problem as given cells, in any order, some of the empty ones left out. */
const given = problemInput({ kinds: ['adaptive'] }).chain(({ links, barriers, territories, ...document }) => {
  const problem = prepareProblem({ ...document, territories: 1 });
  const n = problem.ids.length;
  const rows = problem.ids.map((cell, u): Cell => {
    const activity = Object.fromEntries(problem.measures.map((measure, m) => [measure, problem.activity[m * n + u]!]));
    const today = problem.today?.[u] ?? -1;
    return { cell, activity, territory: today < 0 ? null : problem.todayIds[today]! };
  });
  const needed = rows.filter((_, u) => problem.accountCount![u]! > 0);
  const empty = rows.filter((_, u) => problem.accountCount![u] === 0);
  return fc
    .subarray(empty)
    .chain((some) => {
      const cells = [...needed, ...some];
      return fc.shuffledSubarray(cells, { minLength: cells.length, maxLength: cells.length });
    })
    .map((cells) => ({ cells, whole: cells.length === n, problem }));
});

const total = (input: ProblemInput, measure: string) =>
  (input.cells as Cell[]).reduce((sum, row) => sum + (row.activity[measure] ?? 0), 0);

describe('given cells of several resolutions', () => {
  it('are units, with whatever joins them', () => {
    fc.assert(
      fc.property(given, ({ cells }) => {
        const input = { cells, territories: 1 };
        const problem = prepareProblem(input);
        const n = problem.ids.length;
        expect(problem.ids).toEqual([...new Set(problem.ids)].sort());
        for (const { cell, activity, territory } of cells) {
          const u = problem.ids.indexOf(cell);
          expect(u).toBeGreaterThanOrEqual(0);
          problem.measures.forEach((measure, m) => {
            expect(problem.activity[m * n + u]).toBe(activity[measure]);
          });
          if (problem.today) expect(problem.todayIds[problem.today[u]!] ?? null).toBe(territory);
        }
        problem.measures.forEach((measure, m) => {
          const sum = problem.activity.subarray(m * n, (m + 1) * n).reduce((all, x) => all + x, 0);
          expect(Math.abs(sum - total(input, measure))).toBeLessThanOrEqual(1e-12 * sum);
        });
        // No unit lies inside another, and none is finer than what it was split for.
        const ids = new Set(problem.ids);
        for (const id of ids) {
          for (let r = 0; r < getResolution(id); r++) expect(ids.has(cellToParent(id, r))).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('have the graph of the cells that were split', () => {
    fc.assert(
      fc.property(
        given.filter(({ whole }) => whole),
        ({ cells, problem }) => {
          const again = prepareProblem({ cells, territories: 1 });
          for (const key of ['ids', 'resolution', 'offsets', 'neighbors', 'edgeKm', 'outerKm', 'ring'] as const) {
            expect(again[key]).toEqual(problem[key]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('may be 64-bit indexes', () => {
    const [center, ...rest] = gridDisk(CELL, 2);
    const ids = [...rest, ...cellToChildren(center!, 7)].reverse();
    const activity = { h: ids.map((_, i) => i) };
    const text = prepareProblem({ cells: { cell: ids, activity }, territories: 1 });
    const whole = BigUint64Array.from(ids, (id) => BigInt(`0x${id}`));
    expect(prepareProblem({ cells: { cell: whole, activity }, territories: 1 })).toEqual(text);
    expect(text.resolution).toBe('mixed');
    expect(text.ids).toEqual([...ids].sort());
  });

  it('lie on a ground of the coarsest resolution', () => {
    const far = latLngToCell(36.9, -121.9, 7);
    const cells = [CELL, far].map((cell) => ({ cell, activity: { h: 1 } }));
    const problem = prepareProblem({ cells, territories: 1, ground: 'hull' });
    expect(problem.ids).toContain(far);
    const coarse = [CELL, cellToParent(far, 5)].map((cell) => ({ cell, activity: { h: 1 } }));
    const parents = prepareProblem({ cells: coarse, territories: 1, ground: 'hull' }).ids;
    expect([...new Set(problem.ids.map((id) => cellToParent(id, 5)))].sort()).toEqual(parents);
    expect(touchingPairs(problem.ids).size).toBe(problem.neighbors.length / 2);
  });

  const nested = (...ids: string[]) =>
    errorOf({ cells: ids.map((cell) => ({ cell, activity: { h: 1 } })), territories: 1 });
  const [child] = cellToChildren(CELL, 6).slice(-1);
  const [grandchild] = cellToChildren(CELL, 7);

  it.each([
    ['a cell and its child', [CELL, child!], 'cells[1].cell'],
    ['a cell after its grandchild', [grandchild!, CELL], 'cells[0].cell'],
    ['a cell that stands twice', [child!, latLngToCell(10, 10, 4), child!], 'cells[2].cell'],
    ['what is no cell', [CELL, latLngToCell(10, 10, 4), '8f'], 'cells[2].cell'],
    ['what is no cell, but of the right length', [CELL, latLngToCell(10, 10, 4), '8528fffffffffff'], 'cells[2].cell'],
  ])('must not be %s', (_, ids, path) => {
    expect(nested(...ids)).toMatchObject({ code: 'INVALID_INPUT', details: { path } });
  });
});
