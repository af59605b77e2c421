import fc from 'fast-check';
import {
  cellToBoundary,
  cellToChildren,
  cellToParent,
  getHexagonEdgeLengthAvg,
  getResolution,
  gridDisk,
  latLngToCell,
} from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellGeometry } from '../../src/layers/cell-geometry.js';
import { locateUnit } from '../../src/layers/locate-unit.js';
import { territoryBorders } from '../../src/layers/territory-borders.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { problem } from '../arbitraries.js';

const RADIANS = Math.PI / 180;

function arcKm(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const sinLat = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const sinLng = Math.sin(((lng2 - lng1) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * sinLng * sinLng;
  return 2 * 6371.0072 * Math.asin(Math.sqrt(h));
}

function borderLengthKm(of: Problem, assignment: Int32Array): number {
  const { length, sources, targets } = territoryBorders(of, assignment);
  let sum = 0;
  for (let s = 0; s < length; s++) {
    sum += arcKm(sources[2 * s]!, sources[2 * s + 1]!, targets[2 * s]!, targets[2 * s + 1]!);
  }
  return sum;
}

describe('cellGeometry', () => {
  it('holds the outline of every cell without a jump at the antimeridian', () => {
    fc.assert(
      fc.property(problem({ kinds: ['accounts', 'cells'] }), (cells) => {
        const geometry = cellGeometry(cells)!;
        cells.ids.forEach((id, u) => {
          const boundary = cellToBoundary(id);
          expect(geometry.starts[u + 1]! - geometry.starts[u]!).toBe(boundary.length);
          boundary.forEach(([lat, lng], corner) => {
            const vertex = geometry.starts[u]! + corner;
            expect(geometry.positions[2 * vertex + 1]).toBe(lat);
            expect((geometry.positions[2 * vertex]! - lng) % 360).toBeCloseTo(0, 9);
            const first = geometry.positions[2 * geometry.starts[u]!]!;
            expect(Math.abs(geometry.positions[2 * vertex]! - first)).toBeLessThanOrEqual(180);
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  it('covers every cell with triangles of its own vertices', () => {
    fc.assert(
      fc.property(problem({ kinds: ['cells'] }), (cells) => {
        const { starts, triangles } = cellGeometry(cells)!;
        let next = 0;
        for (let u = 0; u + 1 < starts.length; u++) {
          for (let triangle = 0; triangle < starts[u + 1]! - starts[u]! - 2; triangle++) {
            const corners = [triangles[next++]!, triangles[next++]!, triangles[next++]!];
            expect(new Set(corners).size).toBe(3);
            for (const corner of corners) {
              expect(corner).toBeGreaterThanOrEqual(starts[u]!);
              expect(corner).toBeLessThan(starts[u + 1]!);
            }
          }
        }
        expect(next).toBe(triangles.length);
      }),
      { numRuns: 40 },
    );
  });

  it('draws cells of several resolutions side by side, without gaps', () => {
    fc.assert(
      fc.property(problem({ kinds: ['adaptive'] }), (mixed) => {
        const { starts, positions } = cellGeometry(mixed)!;
        mixed.ids.forEach((_, u) => {
          let outlineKm = 0;
          for (let a = starts[u]!; a < starts[u + 1]!; a++) {
            const b = a + 1 < starts[u + 1]! ? a + 1 : starts[u]!;
            outlineKm += arcKm(positions[2 * a]!, positions[2 * a + 1]!, positions[2 * b]!, positions[2 * b + 1]!);
          }
          // A link is a neighbour without a border; a barrier's border is outside.
          let expected = mixed.outerKm![u]!;
          for (let slot = mixed.offsets[u]!; slot < mixed.offsets[u + 1]!; slot++) expected += mixed.edgeKm![slot]!;
          expect(Math.abs(outlineKm - expected)).toBeLessThan(1e-4 * expected);
        });
      }),
      { numRuns: 60 },
    );
  });

  /** Checks the triangles of every bent outline; returns how many there are. */
  function checkTriangles(mixed: Problem): number {
    const { starts, positions, triangles } = cellGeometry(mixed)!;
    const [x, y] = [(v: number) => positions[2 * v]!, (v: number) => positions[2 * v + 1]!];
    const area = (a: number, b: number, c: number) => (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));
    let bent = 0;
    let next = 0;
    mixed.ids.forEach((id, u) => {
      const first = starts[u]!;
      const corners = starts[u + 1]! - first;
      let whole = 0;
      for (let v = first + 1; v + 1 < first + corners; v++) whole += area(first, v, v + 1);
      let covered = 0;
      for (let triangle = 0; triangle < corners - 2; triangle++) {
        const [a, b, c] = triangles.subarray(next, (next += 3)) as unknown as [number, number, number];
        for (const v of [a, b, c]) expect(Math.floor((v - first) / corners)).toBe(0);
        covered += Math.abs(area(a, b, c));
      }
      // Around a pole the plane of degrees tears outlines.
      if (corners === cellToBoundary(id).length || Math.abs(y(first)) > 85) return;
      bent++;
      expect(Math.abs(covered - whole)).toBeLessThanOrEqual(1e-9 * whole);
    });
    expect(next).toBe(triangles.length);
    return bent;
  }

  it('cuts bent outlines into triangles that cover them once', () => {
    fc.assert(
      fc.property(problem({ kinds: ['adaptive'] }), (mixed) => {
        checkTriangles(mixed);
      }),
      { numRuns: 60 },
    );
    // A city in the middle of coarse cells: sides of 3, 9, 27 and 81 pieces.
    const cells = gridDisk(latLngToCell(47, 8, 3), 1).flatMap((cell, i) => (i === 0 ? cellToChildren(cell, 7) : cell));
    const activity = { hours: 1 };
    const city = prepareProblem({ cells: cells.map((cell) => ({ cell, activity })), territories: 1 });
    expect(checkTriangles(city)).toBe(6);
    expect(cellGeometry(city)!.starts[1]).toBeGreaterThan(80);
  });

  it('is null for general units', () => {
    fc.assert(
      fc.property(problem({ kinds: ['units'] }), (units) => {
        expect(cellGeometry(units)).toBeNull();
        expect(territoryBorders(units, new Int32Array(units.ids.length)).length).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('territoryBorders', () => {
  it('has the length of the common borders of the problem, at pentagons and the antimeridian too', () => {
    fc.assert(
      fc.property(
        problem({ kinds: ['accounts', 'cells', 'adaptive'] }),
        fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 70, maxLength: 70 }),
        (cells, wish) => {
          const assignment = Int32Array.from(cells.ids, (_, u) => wish[u % wish.length]!);
          let expected = 0;
          for (let u = 0; u < assignment.length; u++) {
            for (let slot = cells.offsets[u]!; slot < cells.offsets[u + 1]!; slot++) {
              const v = cells.neighbors[slot]!;
              if (v > u && assignment[u] !== assignment[v]) expected += cells.edgeKm![slot]!;
            }
          }
          const scale = getHexagonEdgeLengthAvg(getResolution(cells.ids[0]!), 'km');
          expect(Math.abs(borderLengthKm(cells, assignment) - expected)).toBeLessThan(1e-4 * (scale + expected));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('locateUnit', () => {
  const cells = prepareProblem({
    cells: gridDisk(latLngToCell(-16.8, 179.99, 5), 4).map((cell) => ({ cell, activity: { hours: 1 } })),
    territories: 2,
  });

  it('finds every cell from its centre, whichever way the longitude is written', () => {
    cells.ids.forEach((_, u) => {
      const [lng, lat] = [cells.lngLat![2 * u]!, cells.lngLat![2 * u + 1]!];
      expect(locateUnit(cells, lng, lat)).toBe(u);
      expect(locateUnit(cells, lng < 0 ? lng + 360 : lng - 360, lat)).toBe(u);
    });
  });

  it('finds the cell of every account, whatever its resolution', () => {
    fc.assert(
      fc.property(problem({ kinds: ['adaptive'] }), (mixed) => {
        const finest = Math.max(...mixed.ids.map(getResolution));
        mixed.accountUnit!.forEach((unit, a) => {
          const [lng, lat] = [mixed.accountLngLat![2 * a]!, mixed.accountLngLat![2 * a + 1]!];
          const id = mixed.ids[unit]!;
          // Accounts are located as fine as was asked for, which may be finer than any cell there is.
          if (cellToParent(latLngToCell(lat, lng, finest), getResolution(id)) !== id) return;
          expect(locateUnit(mixed, lng, lat)).toBe(unit);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing elsewhere or at impossible places', () => {
    expect(locateUnit(cells, 0, 0)).toBe(-1);
    expect(locateUnit(cells, Number.NaN, 0)).toBe(-1);
    expect(locateUnit(cells, 0, 91)).toBe(-1);
  });

  it('finds the nearest general unit within reach', () => {
    const units = prepareProblem({
      units: [
        { id: 'a', lat: 10, lng: 179.9, activity: { hours: 1 } },
        { id: 'b', lat: 10, lng: -179.9, activity: { hours: 1 } },
      ],
      edges: [[0, 1]],
      territories: 1,
    });
    expect(units.ids[locateUnit(units, 179.99, 10, 1)]).toBe('a');
    expect(units.ids[locateUnit(units, -179.99, 10, 1)]).toBe('b');
    expect(locateUnit(units, 170, 10, 1)).toBe(-1);
  });
});
