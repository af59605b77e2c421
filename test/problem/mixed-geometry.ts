/** What the H3 library tells about cells of several resolutions, cell by cell and side by side. */
import {
  cellToChildren,
  cellToParent,
  cellToVertexes,
  edgeLength,
  getDirectedEdgeDestination,
  getResolution,
  originToDirectedEdges,
} from 'h3-js';
import { EARTH_RADIUS_KM } from '../../src/problem/sphere.js';

/** The library measures on a sphere of another radius. */
const SCALE = EARTH_RADIUS_KM / 6371.007180918475;

/** Unit of each descendant at `resolution` of the units that are no finer. */
export function descendants(ids: readonly string[], resolution: number): Map<string, number> {
  const owners = new Map<string, number>();
  ids.forEach((id, u) => {
    if (getResolution(id) > resolution) return;
    for (const cell of cellToChildren(id, resolution)) owners.set(cell, u);
  });
  return owners;
}

/**
 * Pairs `u:v`, u < v, whose regions share a side: regions are the unions of descendants at the finest resolution there
 * is, as polygons; sides are known by their two corners.
 */
export function touchingPairs(ids: readonly string[]): Set<string> {
  const finest = Math.max(...ids.map(getResolution));
  const sides = new Map<string, number>();
  const pairs = new Set<string>();
  for (const [cell, u] of descendants(ids, finest)) {
    const corners = cellToVertexes(cell);
    corners.forEach((corner, i) => {
      const side = [corner, corners[(i + 1) % corners.length]].sort().join();
      const v = sides.get(side);
      if (v === undefined) sides.set(side, u);
      else if (v !== u) pairs.add(`${Math.min(u, v)}:${Math.max(u, v)}`);
    });
  }
  return pairs;
}

/** Length in km of the common border of each pair `u:v`, u < v, as fine as the finer of the two units. */
export function borderLengths(ids: readonly string[]): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const resolution of new Set(ids.map(getResolution))) {
    const owners = descendants(ids, resolution);
    ids.forEach((id, u) => {
      if (getResolution(id) !== resolution) return;
      for (const edge of originToDirectedEdges(id)) {
        const v = owners.get(getDirectedEdgeDestination(edge));
        // Of two of one resolution each sees the other.
        if (v === undefined || v === u || (getResolution(ids[v]!) === resolution && v < u)) continue;
        const pair = `${Math.min(u, v)}:${Math.max(u, v)}`;
        lengths.set(pair, (lengths.get(pair) ?? 0) + edgeLength(edge, 'km') * SCALE);
      }
    });
  }
  return lengths;
}

/** Length in km of what of each unit faces no unit, as fine as the units that lie along it. */
export function outerLengths(ids: readonly string[]): number[] {
  const finest = Math.max(...ids.map(getResolution));
  const parted = new Set(
    ids.flatMap((id) => Array.from({ length: getResolution(id) }, (_, resolution) => cellToParent(id, resolution))),
  );
  const lengths: number[] = new Array(ids.length).fill(0);
  for (let resolution = 0; resolution <= finest; resolution++) {
    const owners = descendants(ids, resolution);
    for (const [cell, u] of owners) {
      for (const edge of originToDirectedEdges(cell)) {
        const beyond = getDirectedEdgeDestination(edge);
        const empty = !owners.has(beyond) && !parted.has(beyond);
        // Coarser than here, the side is whole unless something lies in the cell beyond.
        const seen = getResolution(ids[u]!) === resolution || parted.has(cellToParent(beyond, resolution - 1));
        if (empty && seen) lengths[u]! += edgeLength(edge, 'km') * SCALE;
      }
    }
  }
  return lengths;
}
