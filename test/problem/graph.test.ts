import fc from 'fast-check';
import {
  areNeighborCells,
  cellArea,
  cellToBoundary,
  getPentagons,
  greatCircleDistance,
  gridDisk,
  isPentagon,
  latLngToCell,
  UNITS,
} from 'h3-js';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import { EARTH_RADIUS_KM } from '../../src/problem/sphere.js';
import type { Problem, ProblemInput } from '../../src/types.js';
import { problem, problemInput } from '../arbitraries.js';

function neighborsOf(p: Problem, u: number): number[] {
  return [...p.neighbors.subarray(p.offsets[u]!, p.offsets[u + 1]!)];
}

function slotOf(p: Problem, u: number, v: number): number {
  return p.offsets[u]! + neighborsOf(p, u).indexOf(v);
}

function perimeterKm(cell: string): number {
  const corners = cellToBoundary(cell);
  const radius = EARTH_RADIUS_KM / 6371.007180918475;
  return corners.reduce(
    (sum, corner, i) => sum + radius * greatCircleDistance(corner, corners[(i + 1) % corners.length]!, UNITS.km),
    0,
  );
}

function without(input: ProblemInput, ...keys: (keyof ProblemInput)[]): ProblemInput {
  return Object.fromEntries(Object.entries(input).filter(([key]) => !keys.includes(key as never))) as never;
}

const ofCells = (cells: readonly string[], extra: object = {}) =>
  prepareProblem({ cells: cells.map((cell) => ({ cell, activity: { h: 1 } })), territories: 1, ...extra });

describe('the neighbour graph', () => {
  it('is symmetric and ascending, with the same border seen from both sides', () => {
    fc.assert(
      fc.property(problem(), (p) => {
        for (let u = 0; u < p.ids.length; u++) {
          const around = neighborsOf(p, u);
          expect(around).toEqual([...new Set(around)].sort((a, b) => a - b));
          for (const v of around) {
            expect(v).not.toBe(u);
            expect(neighborsOf(p, v)).toContain(u);
            if (p.edgeKm) expect(p.edgeKm[slotOf(p, u, v)]).toBe(p.edgeKm[slotOf(p, v, u)]);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('joins exactly the cells that H3 calls neighbours, when nothing is declared', () => {
    fc.assert(
      fc.property(problemInput({ kinds: ['cells', 'accounts'], contiguity: 'off' }), (input) => {
        const p = prepareProblem(without(input, 'links', 'barriers'));
        p.ids.forEach((id, u) => {
          const expected = p.ids.flatMap((other, v) => (v !== u && areNeighborCells(id, other) ? [v] : []));
          expect(neighborsOf(p, u)).toEqual(expected);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('splits the outline of every cell into borders and outside', () => {
    fc.assert(
      fc.property(problem({ kinds: ['cells', 'accounts'] }), (p) => {
        p.ids.forEach((id, u) => {
          let sum = p.outerKm![u]!;
          for (let slot = p.offsets[u]!; slot < p.offsets[u + 1]!; slot++) sum += p.edgeKm![slot]!;
          expect(Math.abs(sum - perimeterKm(id))).toBeLessThan(1e-5);
          expect(p.outerKm![u]).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 2, 3, 4, 5, 8, 15])(
    'measures distorted cells right: around every pentagon at resolution %i',
    (resolution) => {
      for (const pentagon of getPentagons(resolution)) {
        const p = ofCells(gridDisk(pentagon, 2));
        const center = p.ids.indexOf(pentagon);
        expect(neighborsOf(p, center)).toHaveLength(5);
        p.ids.forEach((id, u) => {
          const around = neighborsOf(p, u);
          for (const v of around) {
            expect(areNeighborCells(id, p.ids[v]!)).toBe(true);
            // No border vanishes, none swallows the outline.
            expect(p.edgeKm![slotOf(p, u, v)]! / perimeterKm(id)).toBeGreaterThan(0.1);
            expect(p.edgeKm![slotOf(p, u, v)]! / perimeterKm(id)).toBeLessThan(0.27);
          }
          const whole = around.length === (isPentagon(id) ? 5 : 6);
          if (whole) expect(p.outerKm![u]).toBe(0);
          else expect(p.outerKm![u]! / perimeterKm(id)).toBeGreaterThan(0.1);
        });
      }
    },
  );

  it('has the areas of H3', () => {
    for (const resolution of [0, 3, 7]) {
      const p = ofCells(gridDisk(getPentagons(resolution)[0]!, 2));
      for (const [u, id] of p.ids.entries()) expect(p.areaKm2![u]! / cellArea(id, UNITS.km2)).toBeCloseTo(1, 6);
    }
  });

  it('covers the sphere at resolution 0', () => {
    const all = new Set(gridDisk(latLngToCell(0, 0, 0), 12));
    const p = ofCells([...all]);
    expect(p.ids).toHaveLength(122);
    expect(p.neighbors).toHaveLength(12 * 5 + 110 * 6);
    expect(p.outerKm!.every((km) => km === 0)).toBe(true);
    const sphere = 4 * Math.PI * EARTH_RADIUS_KM ** 2;
    expect(p.areaKm2!.reduce((sum, area) => sum + area, 0) / sphere).toBeCloseTo(1, 9);
  });
});

describe('rings', () => {
  it('list the H3 neighbours in cyclic order, and nothing else', () => {
    fc.assert(
      fc.property(problem({ kinds: ['cells', 'accounts'] }), (p) => {
        for (let u = 0; u < p.ids.length; u++) {
          const ring = [...p.ring!.subarray(6 * u, 6 * u + 6)];
          if (ring[0] === -2) {
            expect(ring.slice(1)).toEqual([-1, -1, -1, -1, -1]);
            continue;
          }
          const listed = ring.filter((v) => v >= 0).sort((a, b) => a - b);
          expect(listed).toEqual(neighborsOf(p, u));
          for (let s = 0; s < 6; s++) {
            const [v, w] = [ring[s]!, ring[(s + 1) % 6]!];
            if (v >= 0 && w >= 0) expect(neighborsOf(p, v)).toContain(w);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('tell most hexagons and no pentagon', () => {
    const plain = ofCells(gridDisk(latLngToCell(39.5, -105.5, 6), 4));
    expect(plain.ring!.includes(-2)).toBe(false);
    const pentagon = getPentagons(4)[7]!;
    const p = ofCells(gridDisk(pentagon, 4));
    expect(p.ring![6 * p.ids.indexOf(pentagon)]).toBe(-2);
    const masked = p.ids.filter((_, u) => p.ring![6 * u] === -2);
    expect(masked.sort()).toEqual(gridDisk(pentagon, 1).sort());
  });

  it('are given up beside links and barriers only', () => {
    const disk = gridDisk(latLngToCell(39.5, -105.5, 6), 3);
    const [center, other] = [disk[0]!, disk[1]!];
    const barred = ofCells(disk, { barriers: [[center, other]] });
    const beside = gridDisk(center, 1).filter((cell) => gridDisk(other, 1).includes(cell));
    expect(beside).toHaveLength(4);
    expect(barred.ids.filter((_, u) => barred.ring![6 * u] === -2).sort()).toEqual(beside.sort());
    const linked = ofCells(disk, { links: [[center, disk.at(-1)!]] });
    expect(linked.ids.filter((_, u) => linked.ring![6 * u] === -2).sort()).toEqual([center, disk.at(-1)!].sort());
  });
});
