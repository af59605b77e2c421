import fc from 'fast-check';
import { cellArea, cellToChildren, cellToLatLng, getPentagons, getRes0Cells, getResolution, gridDisk } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import { EARTH_RADIUS_KM } from '../../src/problem/sphere.js';
import type { Account, Problem, ProblemInput } from '../../src/types.js';
import { problemInput } from '../arbitraries.js';
import { borderLengths, outerLengths, touchingPairs } from './mixed-geometry.js';

const input = problemInput({ kinds: ['adaptive'], contiguity: 'off' });

/** The graph as H3 has it. */
function prepare({ links, barriers, ...document }: ProblemInput): Problem {
  return prepareProblem(document);
}

function pairsOf({ offsets, neighbors, ids }: Problem): string[] {
  return ids.flatMap((_, u) =>
    Array.from(neighbors.subarray(offsets[u]!, offsets[u + 1]!)).flatMap((v) => (v > u ? [`${u}:${v}`] : [])),
  );
}

function edgeOf({ offsets, neighbors, edgeKm }: Problem, u: number, v: number): number {
  return edgeKm![offsets[u]! + neighbors.subarray(offsets[u]!, offsets[u + 1]!).indexOf(v)]!;
}

/** Accounts in the middle of every cell of `resolution` that descends from the cell. */
function fill(cell: string, resolution: number): Account[] {
  return cellToChildren(cell, resolution).map((child) => {
    const [lat, lng] = cellToLatLng(child);
    return { lat, lng, activity: { h: 1 } };
  });
}

/** Around every pentagon of a resolution: light cells, and heavy ones that are split twice, the pentagon among them. */
function aroundPentagon(pentagon: string, heavy: (i: number) => boolean): Problem {
  const resolution = getResolution(pentagon);
  const accounts = gridDisk(pentagon, 2).flatMap((cell, i) => fill(cell, resolution + (heavy(i) ? 2 : 0)));
  const adaptive = { coarsest: resolution, finest: resolution + 2, share: 1.5 / accounts.length };
  return prepareProblem({ accounts, resolution: 'adaptive', adaptive, territories: 1 });
}

const pentagons = [0, 1, 2, 5, 9].flatMap((resolution) =>
  getPentagons(resolution).filter((_, i) => resolution < 2 || i % 4 === 1),
);

describe('the graph of cells of several resolutions', () => {
  it('joins the units whose regions share a border, and only those', () => {
    fc.assert(
      fc.property(input, (document) => {
        const problem = prepare(document);
        expect(pairsOf(problem).sort()).toEqual([...touchingPairs(problem.ids)].sort());
      }),
      { numRuns: 60 },
    );
  });

  it('does so around pentagons, whole and split', () => {
    for (const pentagon of pentagons) {
      for (const heavy of [(i: number) => i % 3 === 0, (i: number) => i % 3 === 1]) {
        const problem = aroundPentagon(pentagon, heavy);
        expect(problem.resolution).toBe('mixed');
        expect(pairsOf(problem).sort()).toEqual([...touchingPairs(problem.ids)].sort());
      }
    }
  });

  it('measures each border as fine as the finer of its two units', () => {
    fc.assert(
      fc.property(input, (document) => {
        const problem = prepare(document);
        const expected = borderLengths(problem.ids);
        for (const pair of pairsOf(problem)) {
          const [u, v] = pair.split(':').map(Number) as [number, number];
          expect(Math.abs(edgeOf(problem, u, v) - expected.get(pair)!)).toBeLessThan(1e-5);
          expect(edgeOf(problem, v, u)).toBe(edgeOf(problem, u, v));
        }
        expect(expected.size).toBe(pairsOf(problem).length);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no border outside where the whole globe is ground', () => {
    const accounts = getRes0Cells().flatMap((cell, i) => fill(cell, [0, 1, 2][i % 3]!));
    const adaptive = { coarsest: 0, finest: 2, share: 1.5 / accounts.length };
    const problem = prepareProblem({ accounts, resolution: 'adaptive', adaptive, territories: 1 });
    expect(problem.resolution).toBe('mixed');
    expect(problem.ids.length).toBeGreaterThan(1500);
    problem.ids.forEach((_, u) => {
      expect(problem.outerKm![u]).toBeLessThan(1e-5);
    });
    const sphere = 4 * Math.PI * EARTH_RADIUS_KM ** 2;
    const area = problem.areaKm2!.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(area / sphere - 1)).toBeLessThan(0.01);
  });

  it('measures outside what faces no unit, as fine as what lies along it', () => {
    fc.assert(
      fc.property(input, (document) => {
        const problem = prepare(document);
        outerLengths(problem.ids).forEach((km, u) => {
          expect(Math.abs(problem.outerKm![u]! - km)).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('gives every cell its own area', () => {
    const problem = aroundPentagon(getPentagons(3)[2]!, (i) => i % 2 === 0);
    const scale = (EARTH_RADIUS_KM / 6371.007180918475) ** 2;
    problem.ids.forEach((id, u) => {
      expect(Math.abs(problem.areaKm2![u]! / (cellArea(id, 'km2') * scale) - 1)).toBeLessThan(1e-6);
    });
  });

  it('keeps rings among cells of one resolution, and gives them up beside others', () => {
    fc.assert(
      fc.property(input, (document) => {
        const { ids, offsets, neighbors, ring } = prepare(document);
        ids.forEach((id, u) => {
          const around = Array.from(neighbors.subarray(offsets[u]!, offsets[u + 1]!));
          const own = Array.from(ring!.subarray(6 * u, 6 * u + 6));
          const alike = around.every((v) => getResolution(ids[v]!) === getResolution(id));
          if (own[0] === -2) return;
          expect(alike).toBe(true);
          expect(own.filter((v) => v >= 0).sort((a, b) => a - b)).toEqual(around);
          own.forEach((v, s) => {
            const next = own[(s + 1) % 6]!;
            if (v >= 0 && next >= 0) {
              expect(neighbors.subarray(offsets[v]!, offsets[v + 1]!)).toContain(next);
            }
          });
        });
      }),
      { numRuns: 60 },
    );
  });
});
