import fc from 'fast-check';
import { cellToLatLng, cellToParent, getResolution, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Account, Problem, ProblemInput } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';
import { errorOf } from './bad-input.js';

const input = problemInput({ kinds: ['adaptive'] });
const rowsOf = ({ accounts }: ProblemInput) => accounts as readonly Account[];

/** The most of a balanced measure that a cell may carry unsplit. */
function limitOf({ target, upper, lower, territories }: Problem, m: number, share: number): number {
  const k = territories.length;
  if (upper[m * k] === Infinity && lower[m * k] === -Infinity) return Infinity;
  return share * Math.min(...target.subarray(m * k, (m + 1) * k));
}

describe("resolution 'adaptive'", () => {
  it('keeps every account, and in the unit that its finest cell descends from', () => {
    fc.assert(
      fc.property(input, (document) => {
        const problem = prepareProblem(document);
        const n = problem.ids.length;
        expect(problem.ids).toEqual([...new Set(problem.ids)].sort());
        rowsOf(document).forEach(({ lat, lng }, a) => {
          const unit = problem.ids[problem.accountUnit![a]!]!;
          const finest = latLngToCell(lat, lng, document.adaptive!.finest!);
          expect(cellToParent(finest, getResolution(unit))).toBe(unit);
        });
        problem.measures.forEach((measure, m) => {
          const total = problem.activity.subarray(m * n, (m + 1) * n).reduce((sum, x) => sum + x, 0);
          const given = rowsOf(document).reduce((sum, row) => sum + (row.activity![measure] ?? 0), 0);
          expect(Math.abs(total - given)).toBeLessThanOrEqual(1e-12 * given);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('splits what carries too much, as far as the accounts allow, and nothing else', () => {
    let mixed = 0;
    fc.assert(
      fc.property(input, (document) => {
        const { coarsest, finest, share } = document.adaptive! as Record<'coarsest' | 'finest' | 'share', number>;
        const problem = prepareProblem(document);
        if (problem.resolution === 'mixed') mixed++;
        const places = rowsOf(document).map(({ lat, lng }) => latLngToCell(lat, lng, finest));
        const contents = (cell: string) => {
          const inside = [...places.keys()].filter((a) => cellToParent(places[a]!, getResolution(cell)) === cell);
          const parted = new Set(inside.map((a) => places[a])).size > 1;
          return problem.measures.map((_, m) => {
            const load = inside.reduce((sum, a) => sum + problem.accountActivity![m * places.length + a]!, 0);
            return { parted, load, limit: limitOf(problem, m, share) };
          });
        };
        for (const id of problem.ids) {
          const resolution = getResolution(id);
          expect(resolution).toBeGreaterThanOrEqual(coarsest);
          for (const { parted, load, limit } of contents(id)) {
            if (parted && resolution < finest) expect(load).toBeLessThanOrEqual(limit * (1 + 1e-12));
          }
          if (resolution === coarsest) continue;
          const parent = contents(cellToParent(id, resolution - 1));
          expect(parent.some(({ parted, load, limit }) => parted && load > limit * (1 - 1e-12))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
    expect(mixed).toBeGreaterThan(0);
  });

  it('covers the ground of the coarsest resolution, and hangs together as that does', () => {
    fc.assert(
      fc.property(input, ({ links, barriers, ...rest }) => {
        const document = { ...rest, territories: 1 };
        const { coarsest } = document.adaptive!;
        const fine = prepareProblem(document);
        const coarse = prepareProblem({ ...document, adaptive: { coarsest: coarsest!, finest: coarsest! } });
        const parents = fine.ids.map((id) => cellToParent(id, coarsest!));
        if (document.adaptive!.finest === coarsest) expect(fine).toEqual(coarse);
        // Accounts near borders may lie in another coarse cell than their finest cell does.
        const same = rowsOf(document).every(
          ({ lat, lng }) =>
            cellToParent(latLngToCell(lat, lng, document.adaptive!.finest!), coarsest!) ===
            latLngToCell(lat, lng, coarsest!),
        );
        if (!same) return;
        expect([...new Set(parents)].sort()).toEqual(coarse.ids);
        expect(fine.links).toHaveLength(coarse.links.length);
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the order of the accounts', () => {
    fc.assert(
      fc.property(input, (document) => {
        const { accountIds, accountUnit, accountActivity, accountLngLat, accountTerritory, ...rest } =
          prepareProblem(document);
        expect(prepareProblem({ ...document, accounts: [...rowsOf(document)].reverse() })).toMatchObject(rest);
      }),
      { numRuns: 40 },
    );
  });

  it('stays at one resolution where nothing is heavy', () => {
    const accounts = Array.from({ length: 40 }, (_, a) => ({ lat: 40 + (a % 8) / 2, lng: -100 + Math.floor(a / 8) }));
    const problem = prepareProblem({ accounts, resolution: 'adaptive', adaptive: { coarsest: 4 }, territories: 1 });
    expect(problem.resolution).toBe(4);
    expect(problem.ring!.some((v) => v >= 0)).toBe(true);
  });

  it('goes by the smallest target of each balanced measure, by capacity where that sets it, and by no class', () => {
    const accounts = Array.from({ length: 400 }, (_, a) => ({
      lat: 40 + (a % 20) / 40,
      lng: -100 + Math.floor(a / 20) / 40,
      activity: { hours: 1, potential: a % 7 },
      class: a % 2 === 0 ? 'invest' : 'keep',
    }));
    const document = { accounts, resolution: 'adaptive' as const, adaptive: { coarsest: 4, share: 0.2 } };
    const balance = { hours: { tolerance: 0.1 } };
    const heaviest = (extra: Pick<ProblemInput, 'territories' | 'capacity' | 'mix'>) => {
      const problem = prepareProblem({ ...document, balance, ...extra });
      const k = problem.territories.length;
      return {
        units: problem.ids.length,
        load: problem.activity.subarray(0, problem.ids.length).reduce((most, x) => Math.max(most, x), 0),
        limit: 0.2 * problem.target.subarray(0, k).reduce((least, x) => Math.min(least, x), Infinity),
      };
    };
    const even = heaviest({ territories: 2 });
    const uneven = heaviest({ territories: [{ id: 'a', share: 19 }, { id: 'b' }] });
    const capacity = { a: { hours: 380 }, b: { hours: 20 } };
    const byCapacity = heaviest({
      territories: [
        { id: 'a', capacity: capacity.a },
        { id: 'b', capacity: capacity.b },
      ],
    });
    for (const { load, limit } of [even, uneven, byCapacity]) expect(load).toBeLessThanOrEqual(limit);
    expect(even.limit).toBe(40);
    expect(uneven.limit).toBe(4);
    expect(byCapacity).toEqual(uneven);
    expect(uneven.units).toBeGreaterThan(even.units);
    const byClass = { capacity: [{ class: 'invest', max: 150 }], mix: { tolerance: 0.9 } };
    expect(heaviest({ territories: 2, ...byClass })).toEqual(even);
  });

  it('keeps a cell whose accounts are all in one place', () => {
    const heavy = Array.from({ length: 30 }, () => ({ lat: 40, lng: -100 }));
    const accounts = [...heavy, { lat: 43, lng: -100 }];
    const problem = prepareProblem({ accounts, resolution: 'adaptive', adaptive: { coarsest: 4 }, territories: 2 });
    expect(problem.resolution).toBe(4);
  });

  describe('without a coarsest resolution', () => {
    const spread = (count: number) =>
      Array.from({ length: count }, (_, a) => ({
        lat: 38 + ((a * 0.754877666) % 1) * 4,
        lng: -104 + ((a * 0.569840291) % 1) * 8,
      }));
    const coarsestOf = (accounts: Account[], territories: number, extra: Partial<ProblemInput> = {}) => {
      const problem = prepareProblem({ accounts, resolution: 'adaptive', territories, ...extra });
      return { problem, coarsest: Math.min(...problem.ids.map(getResolution)) };
    };
    const occupied = (accounts: Account[], finest: number, resolution: number) =>
      new Set(accounts.map(({ lat, lng }) => cellToParent(latLngToCell(lat, lng, finest), resolution))).size;

    it('has 2 occupied cells per territory, and up to 50 where they are dense', () => {
      const accounts = spread(20_000);
      for (const territories of [2, 20, 50]) {
        const { coarsest } = coarsestOf(accounts, territories);
        expect(occupied(accounts, 10, coarsest)).toBeGreaterThanOrEqual(2 * territories);
        expect(occupied(accounts, 10, coarsest - 1)).toBeLessThan(50 * territories);
      }
      expect(coarsestOf(accounts, 50).coarsest).toBeGreaterThan(coarsestOf(accounts, 2).coarsest);
    });

    it('leaves no chains of cells from account to account', () => {
      const { problem, coarsest } = coarsestOf(spread(300), 3);
      expect(occupied(spread(300), 10, coarsest)).toBeLessThan(300 / 2);
      expect(problem.accountCount!.filter((count) => count > 0).length).toBeGreaterThan(100);
    });

    it('has 200 cells per territory where the ground is filled, but no more than fit', () => {
      const { problem } = coarsestOf(spread(300), 6, { ground: 'hull' });
      expect(problem.ids.length).toBeGreaterThan(1100);
      expect(problem.ids.length).toBeLessThan(1200 * 8);
      const few = spread(40).map(({ lat, lng }) => ({ lat, lng: lng * 2 + 100 }));
      expect(coarsestOf(few, 20, { ground: 'hull' }).problem.ids.length).toBeLessThan(101_000);
    });

    it('goes no finer than the finest', () => {
      expect(coarsestOf(spread(5000), 20, { adaptive: { finest: 3 } }).problem.resolution).toBe(3);
    });

    it('serves a single account', () => {
      expect(coarsestOf(spread(1), 1).problem.ids).toHaveLength(1);
    });
  });

  it('lays a polygon at the coarsest resolution, and lists the accounts outside', () => {
    const ring = [
      [-105, 39],
      [-104, 39],
      [-104, 40],
      [-105, 40],
      [-105, 39],
    ]; // prettier-ignore
    const inside = Array.from({ length: 50 }, (_, a) => ({ lat: 39.3 + (a % 5) / 100, lng: -104.6 + a / 1000 }));
    const accounts = [...inside, { lat: 44, lng: -104.5 }];
    const ground = { type: 'Polygon' as const, coordinates: [ring] };
    const adaptive = { coarsest: 5, finest: 8 };
    const fine = prepareProblem({ accounts, resolution: 'adaptive', adaptive, ground, territories: 3 });
    const coarse = prepareProblem({ accounts, resolution: 5, ground, territories: 3 });
    expect(fine.resolution).toBe('mixed');
    expect([...fine.outside!]).toEqual([50]);
    expect([...new Set(fine.ids.map((id) => cellToParent(id, 5)))].sort()).toEqual(coarse.ids);
  });
});

describe('bad adaptive options', () => {
  const document = (extra: object) => ({
    accounts: [{ lat: 40, lng: -100 }],
    resolution: 'adaptive',
    territories: 1,
    ...extra,
  });

  it.each([
    ['another word', { resolution: 'adaptative' }, 'resolution'],
    ['options of a fixed resolution', { resolution: 5, adaptive: {} }, 'adaptive'],
    ['no object', { adaptive: 5 }, 'adaptive'],
    ['an unknown key', { adaptive: { coarse: 5 } }, 'adaptive.coarse'],
    ['a coarsest resolution below 0', { adaptive: { coarsest: -1 } }, 'adaptive.coarsest'],
    ['a coarsest resolution that is no integer', { adaptive: { coarsest: 5.5 } }, 'adaptive.coarsest'],
    ['a finest resolution above 15', { adaptive: { finest: 16 } }, 'adaptive.finest'],
    ['a finest resolution as text', { adaptive: { finest: '9' } }, 'adaptive.finest'],
    ['a finest resolution coarser than the coarsest', { adaptive: { coarsest: 7, finest: 6 } }, 'adaptive.coarsest'],
    ['a share of 0', { adaptive: { share: 0 } }, 'adaptive.share'],
    ['a share above 1', { adaptive: { share: 1.01 } }, 'adaptive.share'],
    ['a share that is NaN', { adaptive: { share: Number.NaN } }, 'adaptive.share'],
    ['a bad balance', { balance: { hours: { tolerance: 0.1 } } }, 'balance.hours'],
    ['bad territories', { territories: 0 }, 'territories'],
    ['more territories than units', { territories: 9 }, 'territories'],
    ['a bad ground', { ground: 'sea' }, 'ground'],
  ])('%s', (_, extra, path) => {
    expect(errorOf(document(extra))).toMatchObject({ code: 'INVALID_INPUT', details: { path } });
  });

  it('with cells', () => {
    const [lat, lng] = cellToLatLng('852830d3fffffff');
    const cells = [{ cell: latLngToCell(lat, lng, 5), activity: { h: 1 } }];
    expect(errorOf({ cells, adaptive: {}, territories: 1 })).toMatchObject({ details: { path: 'adaptive' } });
    expect(errorOf({ cells, resolution: 'adaptive', territories: 1 })).toMatchObject({
      details: { path: 'resolution' },
    });
  });
});
