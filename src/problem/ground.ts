/** Which cells are units. */
import { invalid } from '../errors.js';
import { bridgeCells } from './bridge.js';
import { Around } from './cell-keys.js';
import { fillHull } from './hull.js';
import { isObject } from './input-rules.js';
import { fillPolygon, readPolygon } from './polygon.js';

export interface Ground {
  /** Keys of all units, ascending. */
  readonly keys: Float64Array;
  /** Keys of cells inside the polygon or, by one cell, beside it; null when the ground is no polygon. */
  readonly near: ReadonlySet<number> | null;
}

/**
 * - A polygon: every cell whose centre is inside, and every occupied cell.
 * - `'hull'`: every cell whose centre is in the convex hull of the occupied cells, bridged like the next.
 * - `'bridge'`: occupied cells and the empty ones that join them.
 * `occupied`: keys, ascending, no cell twice.
 * @throws {TerritoryError} INVALID_INPUT, also before a ground of more than 2,000,000 cells is filled.
 */
export function layGround(value: unknown, occupied: Float64Array, resolution: number): Ground {
  if (value === undefined || value === 'bridge') return { keys: bridgeCells(occupied, resolution), near: null };
  if (value === 'hull') return { keys: bridgeCells(fillHull(occupied, resolution), resolution), near: null };
  if (!isObject(value)) {
    throw invalid('ground', value, "must be 'bridge', 'hull' or a GeoJSON Polygon or MultiPolygon");
  }
  const cells = fillPolygon(readPolygon(value, 'ground'), resolution);
  const outside = occupied.filter((key) => !cells.has(key));
  const around = new Around();
  const beside = outside.filter((key) => {
    const { keys, count } = around.look(key, resolution);
    return keys.subarray(0, count).some((other) => cells.has(other));
  });
  const all = new Float64Array(cells.size + outside.length);
  all.set([...cells]);
  all.set(outside, cells.size);
  for (const key of beside) cells.add(key);
  return { keys: all.sort(), near: cells };
}
