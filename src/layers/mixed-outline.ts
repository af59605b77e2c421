/** Outlines of cells beside finer ones, drawn along these, so that cells of several resolutions leave no gaps. */
import {
  cellToChildren,
  cellToParent,
  directedEdgeToBoundary,
  getDirectedEdgeDestination,
  getResolution,
  originToDirectedEdges,
} from 'h3-js';
import type { Problem } from '../types.js';

/** `[lat, lng]` in degrees. */
type Corner = readonly [number, number];

/** Two cells compute a common corner apart by rounding only; corners of one cell lie much further apart. */
const SAME_CORNER_DEGREES = 1e-8;

/** Whether two positions are one corner, on whichever side of the antimeridian each is written. */
export function areSameCorner(lng1: number, lat1: number, lng2: number, lat2: number): boolean {
  if (Math.abs(lat1 - lat2) > SAME_CORNER_DEGREES) return false;
  const apart = Math.abs(lng1 - lng2) % 360;
  return Math.min(apart, 360 - apart) < SAME_CORNER_DEGREES;
}

/** Cells that are split: all that units descend from. */
export function listSplitCells({ ids, resolution }: Problem): ReadonlySet<string> {
  const split = new Set<string>();
  if (resolution !== 'mixed') return split;
  for (const id of ids) {
    for (let r = getResolution(id) - 1; r >= 0; r--) {
      const parent = cellToParent(id, r);
      if (split.has(parent)) break;
      split.add(parent);
    }
  }
  return split;
}

/** Corners of a cell, anticlockwise; null when no cell around it is split. O(corners²). */
export function outlineBeside(id: string, split: ReadonlySet<string>): Corner[] | null {
  const edges = originToDirectedEdges(id);
  if (!edges.some((edge) => split.has(getDirectedEdgeDestination(edge)))) return null;
  return joinSides(edges.flatMap((edge) => sidesAlong(id, edge, split)));
}

/** The side across an edge, as chains of corners: of the cell, or of its children when what lies beyond is split. */
function sidesAlong(id: string, edge: string, split: ReadonlySet<string>): Corner[][] {
  const beyond = getDirectedEdgeDestination(edge);
  if (!split.has(beyond)) return [directedEdgeToBoundary(edge)];
  const resolution = getResolution(id);
  return cellToChildren(id, resolution + 1).flatMap((child) =>
    originToDirectedEdges(child)
      .filter((own) => cellToParent(getDirectedEdgeDestination(own), resolution) === beyond)
      .flatMap((own) => sidesAlong(child, own, split)),
  );
}

/** One ring of chains in any order, each of which begins where another ends. */
function joinSides(sides: Corner[][]): Corner[] {
  const [first, ...left] = sides as [Corner[], ...Corner[][]];
  const ring = first.slice(0, -1);
  for (let end = first.at(-1)!; left.length > 0; ) {
    const next = left.findIndex(([start]) => areSameCorner(start![1], start![0], end[1], end[0]));
    const [side] = left.splice(next, 1) as [Corner[]];
    ring.push(...side.slice(0, -1));
    end = side.at(-1)!;
  }
  return ring;
}
