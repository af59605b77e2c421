/** The resolution that adaptive cells start from, when the input names none. */
import { getHexagonAreaAvg } from 'h3-js';
import { hullAreaKm2 } from './hull.js';
import { isObject } from './input-rules.js';
import { polygonAreaKm2, readPolygon } from './polygon.js';
import { coarsen } from './split-cells.js';

/** So many occupied cells per territory leave a choice of borders. */
const OCCUPIED_PER_TERRITORY = 50;
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
 * The coarsest resolution with 50 occupied cells per territory, or with half as many as there are finest cells when
 * that is less. Where the ground is filled it has also 200 cells per territory, empty ones included, but never more
 * than 100,000. Never beyond `finest`. O(places × resolutions).
 * @throws {TerritoryError} INVALID_INPUT for a bad ground.
 */
export function chooseCoarsest({ places, finest, territories, ground }: CoarsestInput): number {
  const wanted = Math.min(OCCUPIED_PER_TERRITORY * territories, Math.ceil(places.length / 2));
  let resolution = 0;
  while (resolution < finest && coarsen(places, finest, resolution).length < wanted) resolution++;
  const areaKm2 = filledAreaKm2(ground, places, finest);
  if (areaKm2 === null) return resolution;
  const filled = (r: number) => areaKm2 / getHexagonAreaAvg(r, 'km2');
  const wantedFilled = Math.min(FILLED_PER_TERRITORY * territories, MOST_FILLED);
  while (resolution < finest && filled(resolution) < wantedFilled) resolution++;
  while (resolution > 0 && filled(resolution) > MOST_FILLED) resolution--;
  return resolution;
}

/** Null where the ground is no area. */
function filledAreaKm2(ground: unknown, places: Float64Array, finest: number): number | null {
  if (ground === 'hull') return hullAreaKm2(places, finest);
  return isObject(ground) ? polygonAreaKm2(readPolygon(ground, 'ground')) : null;
}
