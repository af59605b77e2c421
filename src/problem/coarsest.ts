/** The resolution that adaptive cells start from, when the input names none. */
import { getHexagonAreaAvg } from 'h3-js';
import { hullAreaKm2 } from './hull.js';
import { isObject } from './input-rules.js';
import { polygonAreaKm2, readPolygon } from './polygon.js';

/** Occupied cells per territory: what is too heavy will be split, so few are enough to begin with, and many are waste. */
const FEW_PER_TERRITORY = 2;
const MANY_PER_TERRITORY = 50;
/** Where more of the occupied cells than this hold a single place, the ground is thin: chains of cells from place to place. */
const THIN = 1 / 3;
/** Where the ground is filled, so many cells per territory in all draw borders well, and more than this are waste. */
const FILLED_PER_TERRITORY = 200;
const MOST_FILLED = 100_000;

export interface CoarsestInput {
  /** Keys at `finest`, ascending, none twice. */
  readonly places: Float64Array;
  readonly finest: number;
  readonly territories: number;
  readonly ground: unknown;
}

/**
 * At least the resolution with 2 occupied cells per territory, or a quarter as many as there are places when that is
 * less. A ground that is filled from there on gets finer until it has 200 cells per territory, empty ones included, and
 * never has more than 100,000. Another gets finer while the cells stay dense, until there are 50 occupied ones per
 * territory: chains of cells through empty land leave a search few ways to balance, while a coarse cell that is split
 * brings its empty children along. Never beyond `finest`. O(places × resolutions).
 * @throws {TerritoryError} INVALID_INPUT for a bad ground.
 */
export function chooseCoarsest({ places, finest, territories, ground }: CoarsestInput): number {
  const occupied = (r: number) => countOccupied(places, finest, r);
  const few = Math.min(FEW_PER_TERRITORY * territories, Math.ceil(places.length / 4));
  let resolution = 0;
  while (resolution < finest && occupied(resolution).cells < few) resolution++;
  const areaKm2 = filledAreaKm2(ground, places, finest);
  if (areaKm2 === null) {
    const isEnough = (r: number) => r === finest || occupied(r).cells >= MANY_PER_TERRITORY * territories;
    const isDense = ({ cells, single }: Occupied) => single <= THIN * cells;
    while (!isEnough(resolution) && isDense(occupied(resolution + 1))) resolution++;
    return resolution;
  }
  const filled = (r: number) => areaKm2 / getHexagonAreaAvg(r, 'km2');
  const wanted = Math.min(FILLED_PER_TERRITORY * territories, MOST_FILLED);
  while (resolution < finest && filled(resolution) < wanted) resolution++;
  while (resolution > 0 && filled(resolution) > MOST_FILLED) resolution--;
  return resolution;
}

interface Occupied {
  readonly cells: number;
  /** Those among them that hold one place only. */
  readonly single: number;
}

function countOccupied(places: Float64Array, finest: number, resolution: number): Occupied {
  const scale = 8 ** (finest - resolution);
  let cells = 0;
  let single = 0;
  for (let first = 0, last = 0; first < places.length; first = last) {
    const end = (Math.floor(places[first]! / scale) + 1) * scale;
    while (last < places.length && places[last]! < end) last++;
    cells++;
    if (last - first === 1) single++;
  }
  return { cells, single };
}

/** Null where the ground is no area. */
function filledAreaKm2(ground: unknown, places: Float64Array, finest: number): number | null {
  if (ground === 'hull') return hullAreaKm2(places, finest);
  return isObject(ground) ? polygonAreaKm2(readPolygon(ground, 'ground')) : null;
}
