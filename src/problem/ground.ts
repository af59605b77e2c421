/** Which cells are units. */
import { gridDisk } from 'h3-js';
import { invalid } from '../errors.js';
import { bridgeCells } from './bridge.js';
import { fillHull } from './hull.js';
import { isObject } from './input-rules.js';
import { fillPolygon, readPolygon } from './polygon.js';

export interface Ground {
  /** All units, ascending. */
  readonly cells: readonly string[];
  /** Cells inside the polygon or, by one cell, beside it; null when the ground is no polygon. */
  readonly near: ReadonlySet<string> | null;
}

/**
 * - A polygon: every cell whose centre is inside, and every occupied cell.
 * - `'hull'`: every cell whose centre is in the convex hull of the occupied cells, bridged like the next.
 * - `'bridge'`: occupied cells and the empty ones that join them.
 * `occupied`: ascending, no cell twice.
 * @throws {TerritoryError} INVALID_INPUT, also before a ground of more than 2,000,000 cells is filled.
 */
export function layGround(value: unknown, occupied: readonly string[], resolution: number): Ground {
  if (value === undefined || value === 'bridge') return { cells: bridgeCells(occupied), near: null };
  if (value === 'hull') return { cells: bridgeCells(fillHull(occupied, resolution)), near: null };
  if (!isObject(value)) {
    throw invalid('ground', value, "must be 'bridge', 'hull' or a GeoJSON Polygon or MultiPolygon");
  }
  const inside = fillPolygon(readPolygon(value, 'ground'), resolution);
  const near = new Set(inside);
  for (const cell of occupied) {
    if (!near.has(cell) && gridDisk(cell, 1).some((other) => inside.has(other))) near.add(cell);
  }
  return { cells: [...new Set([...inside, ...occupied])].sort(), near };
}
