/** GeoJSON polygons: their form, their size, and the cells inside. */
import { getHexagonAreaAvg } from 'h3-js';
import { invalid } from '../errors.js';
import { CellModule } from './cell-module.js';
import { fillRings } from './fill.js';
import { checkArray, checkKeys, checkLat, checkLng } from './input-rules.js';
import { KeyList } from './key-sets.js';
import { EARTH_RADIUS_KM } from './sphere.js';

/** More cells would not fit the memory of a page. */
export const MAX_GROUND_CELLS = 2_000_000;

/** Closed rings of `[lng, lat]`, the outer one first. */
export type Rings = readonly (readonly [number, number][])[];

const KEYS = new Set(['type', 'coordinates', 'bbox']);

/** Rings that are not closed are closed. @throws {TerritoryError} INVALID_INPUT */
export function readPolygon(value: Record<string, unknown>, path: string): Rings[] {
  if (value.type !== 'Polygon' && value.type !== 'MultiPolygon') {
    throw invalid(`${path}.type`, value.type, 'must be "Polygon" or "MultiPolygon"');
  }
  checkKeys(value, path, KEYS);
  const at = `${path}.coordinates`;
  const coordinates = checkArray(value.coordinates, at);
  if (coordinates.length === 0) throw invalid(at, coordinates, 'must not be empty');
  if (value.type === 'Polygon') return [readRings(coordinates, at)];
  return coordinates.map((rings, i) => readRings(rings, `${at}[${i}]`));
}

function readRings(value: unknown, path: string): Rings {
  const rings = checkArray(value, path);
  if (rings.length === 0) throw invalid(path, value, 'must have an outer ring');
  return rings.map((ring, i) => readRing(ring, `${path}[${i}]`));
}

function readRing(value: unknown, path: string): [number, number][] {
  const ring = checkArray(value, path).map((point, i): [number, number] => {
    const at = `${path}[${i}]`;
    const pair = checkArray(point, at);
    if (pair.length < 2) throw invalid(at, point, 'must be [longitude, latitude]');
    return [checkLng(pair[0], `${at}[0]`), checkLat(pair[1], `${at}[1]`)];
  });
  const first = ring[0];
  const last = ring.at(-1);
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push([first[0], first[1]]);
  if (ring.length < 4) throw invalid(path, value, 'must have at least 4 points, the last equal to the first');
  return ring;
}

/** @throws {TerritoryError} INVALID_INPUT when the cells would be more than `MAX_GROUND_CELLS`. */
export function checkGroundSize(areaKm2: number, resolution: number): void {
  const cells = areaKm2 / getHexagonAreaAvg(resolution, 'km2');
  if (cells > MAX_GROUND_CELLS) throw tooLarge(`about ${Math.round(cells)}`, resolution);
}

function tooLarge(cells: string, resolution: number) {
  return invalid(
    'ground',
    `${cells} cells at resolution ${resolution}`,
    `must not have more than ${MAX_GROUND_CELLS} cells; choose a coarser resolution or a smaller ground`,
  );
}

/**
 * Keys of the cells whose centres are inside, ascending; rings may cross the antimeridian. O(cells along the outline + inside).
 */
export function fillPolygon(polygons: readonly Rings[], resolution: number): Float64Array {
  checkGroundSize(polygonAreaKm2(polygons), resolution);
  const module = new CellModule();
  const inside = new KeyList();
  // Rings that cross themselves hold more than their area tells, and thin ones more outline.
  let looks = 0;
  for (const rings of polygons) {
    fillRings(module, rings, resolution, {
      take: (key) => {
        inside.push(key);
        // Polygons may overlap, so what is there twice is dropped before it counts.
        if (inside.size > 2 * MAX_GROUND_CELLS) checkCount(inside.dropRepeated(), resolution);
      },
      look: () => {
        if (++looks > 2 * MAX_GROUND_CELLS) throw tooLarge(`an outline through ${MAX_GROUND_CELLS}`, resolution);
      },
    });
  }
  checkCount(inside.dropRepeated(), resolution);
  return inside.keys.slice();
}

function checkCount({ size }: KeyList, resolution: number): void {
  if (size > MAX_GROUND_CELLS) throw tooLarge(`more than ${MAX_GROUND_CELLS}`, resolution);
}

/** Holes left out; where polygons overlap, both count. */
export function polygonAreaKm2(polygons: readonly Rings[]): number {
  let areaKm2 = 0;
  for (const [outer, ...holes] of polygons) {
    areaKm2 += ringAreaKm2(outer!);
    for (const hole of holes) areaKm2 -= ringAreaKm2(hole);
  }
  return areaKm2;
}

/**
 * Area between a ring and its side of the sphere. Chamberlain and Duquette, Some Algorithms for Polygons on a Sphere,
 * JPL 2007; steps of more than 180° of longitude are taken the short way round.
 */
function ringAreaKm2(ring: readonly (readonly [number, number])[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [lng0, lat0] = ring[i]!;
    const [lng1, lat1] = ring[i + 1]!;
    let step = lng1 - lng0;
    if (step > 180) step -= 360;
    if (step < -180) step += 360;
    const radians = Math.PI / 180;
    sum += step * radians * (2 + Math.sin(lat0 * radians) + Math.sin(lat1 * radians));
  }
  return Math.abs((sum * EARTH_RADIUS_KM * EARTH_RADIUS_KM) / 2);
}
