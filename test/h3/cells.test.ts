import {
  cellArea,
  cellToLatLng,
  edgeLength,
  getDirectedEdgeDestination,
  getPentagons,
  gridDisk,
  gridRingUnsafe,
  originToDirectedEdges,
} from 'h3-js';
import { describe, expect, it } from 'vitest';
import { idOf, keyOf } from '../../src/problem/cell-keys.js';
import { type CellModule, lookAround, placeCells } from '../../src/problem/cell-module.js';
import { indexCells } from '../../src/problem/indexed-cells.js';
import { EARTH_RADIUS_KM } from '../../src/problem/sphere.js';
import { cellModule, sampleCells, vectorOf } from './cell-samples.js';

const resolutions = Array.from({ length: 16 }, (_, resolution) => resolution);
/** h3-js measures on a sphere of another radius. */
const SCALE = EARTH_RADIUS_KM / 6371.007180918475;

function ringOf(cell: string): string[] | null {
  try {
    return gridRingUnsafe(cell, 1);
  } catch {
    return null;
  }
}

/** H3 computes with angles of up to π, so it cannot tell lengths apart that differ by less than this. */
const UNSURE_KM = 2e-14 * EARTH_RADIUS_KM;

function measureByH3(cell: string) {
  const sides = originToDirectedEdges(cell).map(
    (edge) => [keyOf(getDirectedEdgeDestination(edge)), edgeLength(edge, 'km') * SCALE] as const,
  );
  const outlineKm = sides.reduce((sum, [, km]) => sum + km, 0);
  return { cell, sides, outlineKm, areaKm2: cellArea(cell, 'km2') * SCALE * SCALE };
}

/** Sides and areas of the cells, as the module measures them. */
function measure(module: CellModule, keys: Float64Array, resolution: number) {
  module.groundKeys(keys.length, resolution).set(keys);
  module.exports.indexGround();
  return Array.from(keys, (_, u) => {
    module.exports.measureUnits(u, 1, EARTH_RADIUS_KM);
    const { sidesKm, areaKm2, perimeterKm } = module.chunk;
    return { sidesKm: sidesKm.slice(0, 6), areaKm2: areaKm2[0]!, perimeterKm: perimeterKm[0]! };
  });
}

describe.each(resolutions)('cells of resolution %i', (resolution) => {
  const cells = sampleCells(resolution);
  const keys = Float64Array.from(cells, keyOf).sort();
  const ids = Array.from(keys, (key) => idOf(key, resolution));
  // The debug module checks every index and assertion, but would be slow for all.
  const parts = [
    ['release', 1],
    ['debug', 8],
  ] as const;

  it('have the neighbours that H3 knows, in its order, a ring where H3 has one', () => {
    const rings = ids.map(ringOf);
    for (const [target, step] of parts) {
      const part = keys.filter((_, c) => c % step === 0);
      const module = cellModule(target);
      const around = lookAround(module, part, resolution);
      const wrong = Array.from(part).filter((key, c) => {
        const found = Array.from(around.subarray(6 * c, 6 * c + 6), (other) =>
          other < 0 ? '' : idOf(other, resolution),
        );
        const ring = rings[step * c];
        if (ring) return found.join() !== ring.join();
        const cell = idOf(key, resolution);
        const disk = gridDisk(cell, 1).filter((other) => other !== cell);
        return found.filter(Boolean).sort().join() !== disk.sort().join();
      });
      expect(wrong).toEqual([]);
      const { ordered } = indexCells(part, resolution, module);
      expect(Array.from(part, (_, c) => rings[step * c] !== null)).toEqual(Array.from(ordered, Boolean));
    }
  });

  it('lie where H3 places them, to 1e-12', () => {
    const there = ids.map((cell) => vectorOf(...cellToLatLng(cell)));
    for (const [target, step] of parts) {
      const part = keys.filter((_, c) => c % step === 0);
      const lngLat = placeCells(cellModule(target), part, resolution);
      let farthest = 0;
      part.forEach((_, c) => {
        const here = vectorOf(lngLat[2 * c + 1]!, lngLat[2 * c]!);
        const other = there[step * c]!;
        farthest = Math.max(farthest, Math.hypot(here[0] - other[0], here[1] - other[1], here[2] - other[2]));
      });
      expect(farthest).toBeLessThan(1e-12);
    }
  });

  it('have the sides and areas that H3 measures, to 1e-9', () => {
    // Pentagons and the cells around them, and some of all others.
    const near = new Set(
      getPentagons(resolution)
        .flatMap((cell) => gridDisk(cell, 2))
        .map(keyOf),
    );
    const step = Math.ceil(keys.length / 800);
    const picked = keys.filter((key, c) => c % step === 0 || near.has(key));
    const expected = Array.from(picked, (key) => measureByH3(idOf(key, resolution)));
    for (const target of ['release', 'debug'] as const) {
      const module = cellModule(target);
      const measured = measure(module, picked, resolution);
      const around = lookAround(module, picked, resolution);
      const wrong: string[] = [];
      expected.forEach(({ cell, sides, outlineKm, areaKm2 }, u) => {
        const own = measured[u]!;
        for (const [neighbor, km] of sides) {
          const s = around.subarray(6 * u, 6 * u + 6).indexOf(neighbor);
          if (!(Math.abs(own.sidesKm[s]! - km) <= 1e-9 * km + UNSURE_KM)) wrong.push(`${cell} side ${s}`);
        }
        if (!(Math.abs(own.perimeterKm - outlineKm) <= 1e-9 * outlineKm + 6 * UNSURE_KM)) wrong.push(`${cell} outline`);
        // Areas are rounded to 1e-6 km².
        const unsureKm2 = 5.1e-7 + outlineKm * UNSURE_KM;
        if (!(Math.abs(own.areaKm2 - areaKm2) <= 1e-9 * areaKm2 + unsureKm2)) wrong.push(`${cell} area`);
      });
      expect(wrong).toEqual([]);
    }
  });
});
