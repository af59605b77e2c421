import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import {
  cellToChildren,
  cellToLatLng,
  getHexagonEdgeLengthAvg,
  getRes0Cells,
  greatCircleDistance,
  polygonToCells,
} from 'h3-js';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/problem/cell-keys.js';
import { fillPolygon, type Rings, readPolygon } from '../../src/problem/polygon.js';
import { EARTH_RADIUS_KM } from '../../src/problem/sphere.js';

const require = createRequire(import.meta.url);

function readOutlines(file: string, object: string): Map<string, Rings[]> {
  const topology = JSON.parse(readFileSync(require.resolve(file), 'utf8')) as Topology;
  const features = feature(topology, topology.objects[object] as GeometryCollection<{ name: string }>);
  return new Map(
    (features as FeatureCollection<Polygon | MultiPolygon, { name: string }>).features.map(
      ({ properties, geometry }) => [
        properties.name,
        readPolygon({ type: geometry.type, coordinates: geometry.coordinates }, 'ground'),
      ],
    ),
  );
}

function expectAsH3(polygons: readonly Rings[], resolution: number): number {
  const expected = new Set<string>();
  for (const rings of polygons) {
    for (const cell of polygonToCells(rings as [number, number][][], resolution, true)) expected.add(cell);
  }
  const filled = Array.from(fillPolygon(polygons, resolution), (key) => idOf(key, resolution));
  expect(filled.sort()).toEqual([...expected].sort());
  return filled.length;
}

describe('the cells in a polygon are those that H3 finds', () => {
  const states = readOutlines('us-atlas/states-10m.json', 'states');
  const countries = readOutlines('world-atlas/countries-50m.json', 'countries');

  it.each([
    ['Colorado', 6],
    ['Florida', 6],
    ['Maryland', 6],
    ['Michigan', 5],
    ['Hawaii', 7],
    ['Alaska', 4],
    ['Rhode Island', 8],
  ])('in %s at resolution %i', (name, resolution) => {
    expect(expectAsH3(states.get(name)!, resolution)).toBeGreaterThan(100);
  });

  it.each([
    ['Fiji', 6],
    ['Russia', 3],
    ['Norway', 4],
    ['South Africa', 4],
    ['Lesotho', 6],
    ['Indonesia', 4],
    ['New Zealand', 4],
    ['Greenland', 3],
    ['Kiribati', 7],
  ])('in %s at resolution %i', (name, resolution) => {
    expect(expectAsH3(countries.get(name)!, resolution)).toBeGreaterThan(30);
  });

  const disk = (lng: number, lat: number, radii: readonly number[], turn = 0): [number, number][] => {
    const ring = radii.map((radius, i): [number, number] => {
      const angle = turn + (2 * Math.PI * i) / radii.length;
      const x = lng + (radius * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180);
      return [
        x > 180 ? x - 360 : x < -180 ? x + 360 : x,
        Math.max(-89.9, Math.min(89.9, lat + radius * Math.sin(angle))),
      ];
    });
    return [...ring, ring[0]!];
  };
  const places = fc.record({
    lng: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(180, -179.9, 179.5, 0)),
    lat: fc.double({ min: -75, max: 75, noNaN: true }),
  });
  const radii = fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 });

  it('in random stars, large and smaller than a cell, with and without a hole', () => {
    fc.assert(
      fc.property(
        places,
        radii,
        fc.double({ min: -2, max: 1.2, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        ({ lng, lat }, shape, magnitude, resolution, hole) => {
          const size = 10 ** magnitude / 7 ** ((resolution - 3) / 2);
          // H3 tells which way round a ring goes by its span, so one over half of the circle has no certain inside
          fc.pre((size * Math.max(...shape)) / Math.cos((lat * Math.PI) / 180) < 89);
          const rings = [
            disk(
              lng,
              lat,
              shape.map((radius) => radius * size),
            ),
          ];
          if (hole) rings.push(disk(lng, lat, [0.1 * size, 0.12 * size, 0.1 * size], 1));
          expectAsH3([rings], resolution);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('where polygons overlap, once each', () => {
    const [a, b] = [disk(10, 50, [2, 2, 2, 2, 2]), disk(11, 51, [2, 1, 2, 1, 2, 1])];
    expect(expectAsH3([[a], [b]], 5)).toBeGreaterThan(100);
  });
});

describe('limits', () => {
  it('stops at rings that hold more than their area tells', () => {
    const bow: [number, number][] = [
      [0, 0],
      [20, 20],
      [20, 0],
      [0, 20],
      [0, 0],
    ];
    expect(() => fillPolygon([[bow]], 8)).toThrow(/ground must not have more than 2000000 cells/);
  });
});

describe('all that descends from a cell', () => {
  it('stays as near as the fill counts on', () => {
    for (const cell of getRes0Cells()) {
      const edgeKm = getHexagonEdgeLengthAvg(0, 'km');
      const center = cellToLatLng(cell);
      for (const child of cellToChildren(cell, 3)) {
        const km = greatCircleDistance(center, cellToLatLng(child), 'km');
        expect(((km / edgeKm) * EARTH_RADIUS_KM) / 6371.007180918475).toBeLessThan(1.1);
      }
    }
  });
});
