import fc from 'fast-check';
import { cellToLatLng, cellToParent, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Account, AccountColumns, ProblemInput } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';

/** The same accounts as columns; typed arrays where they are numbers. */
function toColumns(rows: readonly Account[]): AccountColumns {
  const measures = [...new Set(rows.flatMap((row) => Object.keys(row.activity ?? {})))];
  const column = (measure: string) => Float64Array.from(rows, (row) => row.activity?.[measure] ?? 0);
  return {
    lat: Float64Array.from(rows, (row) => row.lat),
    lng: Float64Array.from(rows, (row) => row.lng),
    id: rows.map((row, a) => row.id ?? String(a)),
    activity: Object.fromEntries(measures.map((measure) => [measure, column(measure)])),
    territory: rows.map((row) => row.territory ?? null),
    group: rows.map((row) => row.group ?? null),
  };
}

describe('accounts', () => {
  it('give the same problem as rows and as columns', () => {
    fc.assert(
      fc.property(problemInput({ kinds: ['accounts'] }), (input) => {
        const rows = input.accounts as Account[];
        expect(prepareProblem({ ...input, accounts: toColumns(rows) })).toEqual(prepareProblem(input));
      }),
      { numRuns: 40 },
    );
  });

  it('give the same units, graph and sums in any order', () => {
    const shuffled = problemInput({ kinds: ['accounts'] }).chain((input) => {
      const rows = input.accounts as Account[];
      return fc
        .shuffledSubarray([...rows.keys()], { minLength: rows.length, maxLength: rows.length })
        .map((order) => ({ input, order }));
    });
    fc.assert(
      fc.property(shuffled, ({ input, order }) => {
        const rows = input.accounts as Account[];
        const before = prepareProblem(input);
        const after = prepareProblem({ ...input, accounts: order.map((a) => rows[a]!) });
        const { accountIds, accountUnit, accountTerritory, accountActivity, accountLngLat, accountGroup, ...rest } =
          after;
        expect(before).toMatchObject(rest);
        expect(accountIds).toEqual(order.map((a) => before.accountIds![a]));
        expect([...accountUnit!]).toEqual(order.map((a) => before.accountUnit![a]));
        expect(accountGroup && [...accountGroup]).toEqual(
          before.accountGroup && order.map((a) => before.accountGroup![a]),
        );
        expect(accountTerritory && [...accountTerritory]).toEqual(
          before.accountTerritory && order.map((a) => before.accountTerritory![a]),
        );
        expect(accountActivity).toHaveLength(before.accountActivity!.length);
        expect(accountLngLat).toHaveLength(before.accountLngLat!.length);
      }),
      { numRuns: 40 },
    );
  });

  it('lie in the cell that H3 puts them in, and nothing is lost in the sums', () => {
    fc.assert(
      fc.property(problemInput({ kinds: ['accounts'] }), (input) => {
        const rows = input.accounts as Account[];
        const problem = prepareProblem(input);
        const n = problem.ids.length;
        expect(problem.ids).toEqual([...problem.ids].sort());
        expect(problem.accountCount!.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        rows.forEach((row, a) => {
          expect(problem.ids[problem.accountUnit![a]!]).toBe(
            latLngToCell(row.lat, row.lng, problem.resolution as number),
          );
        });
        problem.measures.forEach((_, m) => {
          for (let u = 0; u < n; u++) {
            let sum = 0;
            rows.forEach((_row, a) => {
              if (problem.accountUnit![a] === u) sum += problem.accountActivity![m * rows.length + a]!;
            });
            expect(Math.abs(problem.activity[m * n + u]! - sum)).toBeLessThanOrEqual(1e-12 * sum);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('count 1 each when no row has any activity, and 0 for a measure that a row does not name', () => {
    const places = [
      { lat: 1, lng: 1 },
      { lat: 1, lng: 1 },
    ];
    const counted = prepareProblem({ accounts: places, resolution: 3, territories: 1 });
    expect(counted.measures).toEqual(['accounts']);
    expect([...counted.activity]).toEqual([2]);
    const [first, second] = places;
    const partly = prepareProblem({
      accounts: [first!, { ...second!, activity: { visits: 4 } }],
      resolution: 3,
      territories: 1,
    });
    expect(partly.measures).toEqual(['visits']);
    expect([...partly.accountActivity!]).toEqual([0, 4]);
  });

  it('get row numbers for ids', () => {
    const accounts = [
      { lat: 1, lng: 1, id: 'x' },
      { lat: 1, lng: 2 },
      { lat: -0, lng: 3, id: '7' },
    ];
    expect(prepareProblem({ accounts, resolution: 3, territories: 1 }).accountIds).toEqual(['x', '1', '7']);
  });

  it('are not touched, nor kept', () => {
    const lat = Float64Array.of(1, 2);
    const lng = Float64Array.of(3, 4);
    const hours = Float64Array.of(5, 6);
    const input: ProblemInput = { accounts: { lat, lng, activity: { hours } }, resolution: 4, territories: 2 };
    const problem = prepareProblem(input);
    const copy = structuredClone(problem);
    for (const column of [lat, lng, hours]) column.fill(0);
    expect(problem).toEqual(copy);
  });
});

describe('cells', () => {
  const disk = gridDisk(latLngToCell(39.5, -105.5, 6), 2);

  it('give the same problem as rows, as columns, in capitals and in any order', () => {
    const rows = disk.map((cell, i) => ({ cell, activity: { hours: i + 1 }, territory: i % 2 ? 'T1' : null }));
    const base: Omit<ProblemInput, 'cells'> = { territories: 2 };
    const problem = prepareProblem({ ...base, cells: rows });
    expect(prepareProblem({ ...base, cells: rows.slice().reverse() })).toEqual(problem);
    expect(prepareProblem({ ...base, cells: rows.map((row) => ({ ...row, cell: row.cell.toUpperCase() })) })).toEqual(
      problem,
    );
    const columns = {
      cell: rows.map((row) => row.cell),
      activity: { hours: Int16Array.from(rows, (row) => row.activity.hours) },
      territory: rows.map((row) => row.territory),
    };
    expect(prepareProblem({ ...base, cells: columns })).toEqual(problem);
    const integers = BigUint64Array.from(rows, (row) => BigInt(`0x${row.cell}`));
    expect(prepareProblem({ ...base, cells: { ...columns, cell: integers } })).toEqual(problem);
  });

  it('are checked as 64-bit integers, too', () => {
    const read = (...cell: bigint[]) => {
      const activity = { h: cell.map(() => 1) };
      return () => prepareProblem({ cells: { cell: BigUint64Array.from(cell), activity }, territories: 1 });
    };
    const index = BigInt(`0x${disk[0]}`);
    expect(read(index, index)).toThrow(`cells.cell[1] must be unique, got "${disk[0]}"`);
    expect(read(index, 5n)).toThrow('cells.cell[1] must be a valid H3 cell index, got 5');
    expect(read(index, BigInt(`0x${cellToParent(disk[0]!, 5)}`))).toThrow(
      'cells.cell[0] must not lie inside the cell 85',
    );
  });

  it('have the positions, areas and resolution of H3', () => {
    const problem = prepareProblem({ cells: disk.map((cell) => ({ cell, activity: { h: 1 } })), territories: 1 });
    expect(problem.resolution).toBe(getResolution(disk[0]!));
    problem.ids.forEach((id, u) => {
      const [lat, lng] = cellToLatLng(id);
      expect(problem.lngLat![2 * u]).toBeCloseTo(lng, 9);
      expect(problem.lngLat![2 * u + 1]).toBeCloseTo(lat, 9);
    });
  });
});
