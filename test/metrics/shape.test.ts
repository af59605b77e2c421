import {
  cellArea,
  cellsToMultiPolygon,
  cellToChildren,
  cellToLatLng,
  getBaseCellNumber,
  getPentagons,
  getRes0Cells,
  gridDisk,
  isPentagon as h3IsPentagon,
  latLngToCell,
} from 'h3-js';
import { describe, expect, it } from 'vitest';
import { isPentagon } from '../../src/metrics/pentagon.js';
import { hexCompactness, meanCompactness } from '../../src/metrics/shape.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';
import { territories, tinyProblem } from './tiny-problem.js';
import { measureShapes } from './whole-map.js';

function cellProblem(cells: readonly string[], k: number): Problem {
  return prepareProblem({ cells: cells.map((cell) => ({ cell, activity: { hours: 1 } })), territories: k });
}

const whole = (problem: Problem) => measureShapes(problem, new Int32Array(problem.ids.length))[0]!;

/** Sides that cells show to cells outside the set, asked of H3. */
function sidesShown(cells: readonly string[]): number {
  const own = new Set(cells);
  return cells.flatMap((cell) => gridDisk(cell, 1)).filter((cell) => !own.has(cell)).length;
}

describe('pentagons', () => {
  it('are told from the index as H3 tells them, at every resolution', () => {
    for (let resolution = 0; resolution <= 15; resolution++) {
      const pentagons = getPentagons(resolution);
      for (const cell of pentagons) {
        expect(isPentagon(cell)).toBe(true);
        for (const near of gridDisk(cell, 1)) expect(isPentagon(near)).toBe(h3IsPentagon(near));
      }
      const lat = 90 - resolution * 11.3;
      const cell = latLngToCell(lat, resolution * 23.7 - 180, resolution);
      expect(isPentagon(cell)).toBe(h3IsPentagon(cell));
    }
    for (const cell of getRes0Cells()) {
      expect(isPentagon(cell)).toBe(h3IsPentagon(cell));
      expect(getBaseCellNumber(cell)).toBeGreaterThanOrEqual(0);
      for (const child of cellToChildren(cell, 2)) expect(isPentagon(child)).toBe(h3IsPentagon(child));
    }
  });
});

describe('hex compactness', () => {
  it('is 1 for the roundest shapes', () => {
    for (let rings = 0; rings <= 6; rings++) {
      const cells = gridDisk(latLngToCell(48, 10, 6), rings);
      expect(whole(cellProblem(cells, 1)).compactness).toBe(1);
    }
  });

  it('is the fewest sides over the sides shown', () => {
    // a row of four shows 18 sides, four cells can do with 2 ⌈√45⌉ = 14
    expect(hexCompactness(4, 18)).toBe(14 / 18);
    const middle = latLngToCell(48, 10, 6);
    const ring = gridDisk(middle, 2).filter((cell) => cell !== middle);
    const problem = cellProblem(ring, 1);
    expect(problem.ids).toHaveLength(18);
    expect(whole(problem).compactness).toBeCloseTo((2 * Math.ceil(Math.sqrt(12 * 18 - 3))) / sidesShown(ring), 12);
  });

  it('counts five sides for a pentagon, wherever it lies', () => {
    const pentagon = getPentagons(4)[3]!;
    expect(whole(cellProblem([pentagon], 1)).compactness).toBe(1);
    const cells = [...gridDisk(pentagon, 1), ...gridDisk(gridDisk(pentagon, 2).at(-1)!, 1)];
    const blob = [...new Set(cells)];
    const fewest = 2 * Math.ceil(Math.sqrt(12 * blob.length - 3));
    expect(whole(cellProblem(blob, 1)).compactness).toBeCloseTo(Math.min(1, fewest / sidesShown(blob)), 12);
  });

  it('does not take a link for a shared side', () => {
    const a = latLngToCell(48, 10, 6);
    const b = latLngToCell(48, 30, 6);
    const problem = prepareProblem({
      cells: [
        { cell: a, activity: { hours: 1 } },
        { cell: b, activity: { hours: 1 } },
      ],
      territories: 1,
      links: [[a, b]],
    });
    const own = Int32Array.from(problem.ids, (id) => (id === a || id === b ? 0 : -1));
    const shape = measureShapes(problem, own)[0]!;
    expect(shape.compactness).toBe(10 / 12);
    expect(shape.areaKm2).toBeCloseTo(cellArea(a, 'km2') + cellArea(b, 'km2'), 3);
  });

  it('averages over the territories that have units', () => {
    const cells = gridDisk(latLngToCell(48, 10, 6), 1);
    const problem = cellProblem(cells, 3);
    const shapes = measureShapes(
      problem,
      Int32Array.from(problem.ids, (_, u) => (u === 0 ? 1 : 0)),
    );
    expect(shapes[2]!.compactness).toBeNull();
    expect(meanCompactness(shapes)).toBe((shapes[0]!.compactness! + shapes[1]!.compactness!) / 2);
  });
});

describe('area and perimeter', () => {
  it('match the outline that H3 draws', () => {
    const cells = gridDisk(latLngToCell(48, 10, 5), 3);
    const shape = whole(cellProblem(cells, 1));
    expect(shape.areaKm2).toBeCloseTo(
      cells.reduce((sum, cell) => sum + cellArea(cell, 'km2'), 0),
      2,
    );
    const ring = cellsToMultiPolygon(cells, true)[0]![0]!;
    const length = ring.slice(1).reduce((sum, point, i) => sum + planarKm(ring[i]!, point), 0);
    expect(Math.abs(shape.perimeterKm! / length - 1)).toBeLessThan(1e-3);
  });

  it('gives a disc of hexagons about 0.68 on Polsby–Popper', () => {
    const [lat, lng] = cellToLatLng(latLngToCell(48, 10, 5));
    const shape = whole(cellProblem(gridDisk(latLngToCell(lat, lng, 5), 8), 1));
    expect(shape.polsbyPopper).toBeCloseTo((4 * Math.PI * shape.areaKm2!) / shape.perimeterKm! ** 2, 12);
    expect(shape.polsbyPopper).toBeGreaterThan(0.6);
    expect(shape.polsbyPopper).toBeLessThan(0.75);
  });

  it('counts the border between two territories for both', () => {
    const cells = gridDisk(latLngToCell(48, 10, 5), 4);
    const problem = cellProblem(cells, 2);
    const split = Int32Array.from(problem.ids, (_, u) => (problem.lngLat![2 * u]! < 10 ? 0 : 1));
    const [a, b] = measureShapes(problem, split);
    let border = 0;
    for (let u = 0; u < split.length; u++) {
      for (let e = problem.offsets[u]!; e < problem.offsets[u + 1]!; e++) {
        if (split[u] === 0 && split[problem.neighbors[e]!] === 1) border += problem.edgeKm![e]!;
      }
    }
    expect(border).toBeGreaterThan(0);
    expect(a!.perimeterKm! + b!.perimeterKm!).toBeCloseTo(whole(problem).perimeterKm! + 2 * border, 4);
  });

  it('is absent for general units', () => {
    const problem = tinyProblem({ activity: [[1, 1]], territories: territories(1) });
    expect(whole(problem)).toEqual({ areaKm2: null, perimeterKm: null, compactness: null, polsbyPopper: null });
  });
});

/** Good to a few parts in ten thousand over one cell side; points are `[lng, lat]`. */
function planarKm(a: readonly number[], b: readonly number[]): number {
  const degree = (Math.PI / 180) * 6371.0072;
  const dx = (b[0]! - a[0]!) * Math.cos((((a[1]! + b[1]!) / 2) * Math.PI) / 180);
  return degree * Math.hypot(dx, b[1]! - a[1]!);
}
