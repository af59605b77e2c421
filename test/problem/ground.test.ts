import fc from 'fast-check';
import type { Polygon } from 'geojson';
import {
  cellToLatLng,
  getResolution,
  gridDisk,
  gridDistance,
  gridPathCells,
  latLngToCell,
  polygonToCells,
} from 'h3-js';
import { describe, expect, it } from 'vitest';
import * as bridge from '../../src/problem/bridge.js';
import { idOf, keyOf } from '../../src/problem/cell-keys.js';
import * as hull from '../../src/problem/hull.js';
import { indexCells } from '../../src/problem/indexed-cells.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';
import { cellBlob } from '../arbitraries.js';

const { MAX_BRIDGE_CELLS } = bridge;
const neighborsOf = (cell: string) => gridDisk(cell, 1).filter((other) => other !== cell);
const toKeys = (cells: readonly string[]) => Float64Array.from(cells, keyOf).sort();
const toIds = (keys: Float64Array, resolution: number) => Array.from(keys, (key) => idOf(key, resolution));

function bridgeCells(cells: readonly string[]): string[] {
  const resolution = getResolution(cells[0]!);
  return toIds(bridge.bridgeCells(indexCells(toKeys(cells), resolution)).keys, resolution);
}

function fillHull(cells: readonly string[], resolution: number): string[] {
  return toIds(hull.fillHull(toKeys(cells), resolution), resolution);
}

function isConnected(cells: readonly string[]): boolean {
  const left = new Set(cells);
  const stack = [cells[0]!];
  left.delete(cells[0]!);
  for (let cell = stack.pop(); cell; cell = stack.pop()) {
    for (const other of neighborsOf(cell)) if (left.delete(other)) stack.push(other);
  }
  return left.size === 0;
}

const at = (lat: number, lng: number, resolution = 5) => latLngToCell(lat, lng, resolution);
const occupy = (cells: readonly string[]) => cells.map((cell) => ({ cell, activity: { h: 1 } }));

describe("ground 'bridge'", () => {
  it('keeps every occupied cell and joins them all', () => {
    fc.assert(
      fc.property(cellBlob(), (cells) => {
        const ground = bridgeCells(cells);
        expect(ground).toEqual([...new Set(ground)].sort());
        expect(ground).toEqual(expect.arrayContaining(cells));
        expect(isConnected(ground)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('adds nothing to what is joined', () => {
    const disk = gridDisk(at(39.5, -105.5), 3).sort();
    expect(bridgeCells(disk)).toEqual(disk);
    expect(bridgeCells([disk[0]!])).toEqual([disk[0]]);
  });

  it('joins two cells by as few cells as there are between them', () => {
    const from = at(39.5, -105.5);
    for (const to of [...gridDisk(from, 12)].filter((_, i) => i % 29 === 7)) {
      expect(bridgeCells([from, to].sort())).toHaveLength(gridDistance(from, to) + 1);
    }
  });

  it('joins across the antimeridian and across a pentagon', () => {
    expect(isConnected(bridgeCells([at(-16.8, 179.7), at(-16.8, -179.7)].sort()))).toBe(true);
    const ring = gridDisk('85080003fffffff', 6);
    const ends = [ring.at(-1)!, ring.at(-16)!].sort();
    expect(isConnected(bridgeCells(ends))).toBe(true);
  });

  it('leaves oceans to links', () => {
    const [hawaii, california] = [at(21.3, -157.9), at(37.7, -122.4)];
    const p = prepareProblem({ cells: occupy([hawaii, california]), territories: 1 });
    expect(p.ids).toHaveLength(2);
    expect(p.links).toEqual([[hawaii, california].sort()]);
  });

  it('bridges gaps up to its limit and no further', () => {
    const from = at(39.5, -105.5, 7);
    const path = gridPathCells(from, at(39.5, -103, 7));
    expect(path.length).toBeGreaterThan(MAX_BRIDGE_CELLS + 3);
    const within = bridgeCells([from, path[MAX_BRIDGE_CELLS + 1]!].sort());
    expect(within).toHaveLength(MAX_BRIDGE_CELLS + 2);
    expect(bridgeCells([from, path[MAX_BRIDGE_CELLS + 2]!].sort())).toHaveLength(2);
  });
});

describe("ground 'hull'", () => {
  it('fills a triangle with the cells whose centres lie inside', () => {
    const corners = [at(39, -106, 6), at(39, -104, 6), at(40.5, -105, 6)];
    const filled = new Set(fillHull(corners.slice().sort(), 6));
    const ring = corners.map((cell) => cellToLatLng(cell));
    const reference = new Set(polygonToCells(ring, 6));
    const inBoth = [...filled].filter((cell) => reference.has(cell)).length;
    expect(filled.size).toBeGreaterThan(350);
    // The reference draws its sides on the map, the hull along great circles: they part by a strip of cells.
    expect(inBoth / Math.max(filled.size, reference.size)).toBeGreaterThan(0.97);
  });

  it('has the same size at the pole, at the antimeridian and elsewhere', () => {
    const hexagon = (lat: number, lng: number) =>
      gridDisk(at(lat, lng, 4), 8).filter((_, i, all) => i >= all.length - 48);
    for (const [lat, lng] of [
      [39.5, -105.5],
      [-16.8, 179.9],
      [89.5, 0],
    ] as const) {
      const ring = hexagon(lat, lng).sort();
      expect(fillHull(ring, 4).length / gridDisk(at(lat, lng, 4), 8).length).toBeCloseTo(1, 1);
    }
  });

  it('is bridged where it is too thin to hold cells', () => {
    const line = gridPathCells(at(39.5, -105.5), at(39.9, -103));
    const p = prepareProblem({ cells: occupy([line[0]!, line.at(-1)!]), ground: 'hull', territories: 1 });
    expect(p.links).toEqual([]);
    expect(isConnected(p.ids)).toBe(true);
    expect(prepareProblem({ cells: occupy([line[0]!]), ground: 'hull', territories: 1 }).ids).toEqual([line[0]]);
  });
});

describe('ground as a polygon', () => {
  const colorado: Polygon = {
    type: 'Polygon',
    coordinates: [
      [
        [-109.05, 37],
        [-102.05, 37],
        [-102.05, 41],
        [-109.05, 41],
        [-109.05, 37],
      ],
    ],
  };
  const denver = { lat: 39.7, lng: -105 };
  const base: ProblemInput = { accounts: [denver], resolution: 5, ground: colorado, territories: 1 };

  it('makes every cell whose centre is inside a unit', () => {
    const p = prepareProblem(base);
    const inside = p.ids.filter((_, u) => {
      const [lng, lat] = [p.lngLat![2 * u]!, p.lngLat![2 * u + 1]!];
      return lng > -109.05 && lng < -102.05 && lat > 37 && lat < 41;
    });
    expect(p.ids).toEqual(inside);
    // 269,600 km², but for the ragged edge.
    const areaKm2 = p.areaKm2!.reduce((sum, km2) => sum + km2, 0);
    expect(areaKm2 / 269_600).toBeCloseTo(1, 1);
    expect([...p.outside!]).toEqual([]);
  });

  it('closes rings that are open, and leaves holes out', () => {
    const open: Polygon = { type: 'Polygon', coordinates: [colorado.coordinates[0]!.slice(0, 4)] };
    expect(prepareProblem({ ...base, ground: open })).toEqual(prepareProblem(base));
    const hole = [
      [-107, 38],
      [-106, 38],
      [-106, 39],
      [-107, 39],
      [-107, 38],
    ];
    const holed: Polygon = { type: 'Polygon', coordinates: [colorado.coordinates[0]!, hole] };
    const p = prepareProblem({ ...base, ground: holed });
    expect(p.ids).not.toContain(at(38.5, -106.5));
    expect(p.ids).toContain(at(38.5, -105.5));
  });

  it('serves accounts outside all the same, and lists those more than a cell away', () => {
    const inside = new Set(prepareProblem(base).ids);
    const edge = [...inside].flatMap(neighborsOf).find((cell) => !inside.has(cell))!;
    const [lat, lng] = cellToLatLng(edge);
    const accounts = [denver, { lat, lng }, { lat: 35, lng: -105 }];
    const p = prepareProblem({ ...base, accounts });
    expect([...p.outside!]).toEqual([2]);
    expect(p.ids).toHaveLength(inside.size + 2);
    expect(p.ids[p.accountUnit![1]!]).toBe(edge);
    expect(p.ids[p.accountUnit![2]!]).toBe(at(35, -105));
  });

  it('joins several polygons, also on both sides of the antimeridian', () => {
    const west = [
      [179, -17],
      [180, -17],
      [180, -16],
      [179, -16],
      [179, -17],
    ];
    const east = [
      [-180, -17],
      [-179, -17],
      [-179, -16],
      [-180, -16],
      [-180, -17],
    ];
    const across = [
      [179, -17],
      [-179, -17],
      [-179, -16],
      [179, -16],
      [179, -17],
    ];
    const fiji = { accounts: [{ lat: -16.5, lng: 179.99 }], resolution: 5, territories: 1 };
    const cut = prepareProblem({ ...fiji, ground: { type: 'MultiPolygon', coordinates: [[west], [east]] } });
    const whole = prepareProblem({ ...fiji, ground: { type: 'Polygon', coordinates: [across] } });
    expect(cut.ids).toEqual(whole.ids);
    expect(cut.links).toEqual([]);
    expect(whole.ids.length).toBeGreaterThan(60);
  });

  it('adds empty cells to cells', () => {
    const cell = at(39.7, -105);
    const p = prepareProblem({ cells: [{ cell, activity: { h: 5 } }], ground: colorado, territories: 3 });
    expect(p.ids).toEqual(prepareProblem(base).ids);
    expect(p.activity.filter((value) => value > 0)).toEqual(Float64Array.of(5));
    expect(p.activity[p.ids.indexOf(cell)]).toBe(5);
    expect(p.outside).toBeNull();
  });
});

describe('progress', () => {
  it('rises from 0 to 1', () => {
    const fractions: number[] = [];
    const cells = occupy(gridDisk(at(39.5, -105.5), 5));
    prepareProblem({ cells, territories: 2 }, { onStage: (fraction) => fractions.push(fraction) });
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.slice().sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(4);
  });
});
