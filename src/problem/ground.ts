/** Which cells are units. */
import { invalid } from '../errors.js';
import { bridgeCells } from './bridge.js';
import { CellModule, lookAround } from './cell-module.js';
import { fillHull } from './hull.js';
import { type IndexedCells, indexCells } from './indexed-cells.js';
import { isObject } from './input-rules.js';
import { mergeKeys, SortedKeys } from './key-sets.js';
import { fillPolygon, readPolygon } from './polygon.js';

export interface Ground {
  /** All units. */
  readonly cells: IndexedCells;
  /** Keys of cells inside the polygon or, by one cell, beside it; null when the ground is no polygon. */
  readonly near: SortedKeys | null;
}

/**
 * - A polygon: every cell whose centre is inside, and every occupied cell.
 * - `'hull'`: every cell whose centre is in the convex hull of the occupied cells, bridged like the next.
 * - `'bridge'`: occupied cells and the empty ones that join them.
 * `occupied`: keys, ascending, no cell twice.
 * @throws {TerritoryError} INVALID_INPUT, also before a ground of more than 2,000,000 cells is filled.
 */
export function layGround(value: unknown, occupied: Float64Array, resolution: number): Ground {
  if (value === undefined || value === 'bridge') {
    return { cells: bridgeCells(indexCells(occupied, resolution)), near: null };
  }
  if (value === 'hull') {
    return { cells: bridgeCells(indexCells(fillHull(occupied, resolution), resolution)), near: null };
  }
  if (!isObject(value)) {
    throw invalid('ground', value, "must be 'bridge', 'hull' or a GeoJSON Polygon or MultiPolygon");
  }
  const filled = fillPolygon(readPolygon(value, 'ground'), resolution);
  const inside = new SortedKeys(filled);
  const outside = occupied.filter((key) => !inside.has(key));
  const around = lookAround(new CellModule(), outside, resolution);
  const beside = outside.filter((_, i) => around.subarray(6 * i, 6 * i + 6).some((other) => inside.has(other)));
  return {
    cells: indexCells(mergeKeys(filled, outside), resolution),
    near: new SortedKeys(mergeKeys(filled, beside)),
  };
}
