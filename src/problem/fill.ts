/**
 * Cells whose centres lie in a polygon. Works down from coarse cells: one that no side of the polygon comes near is
 * inside or outside with all that descend from it, so only cells along the outline are looked at one by one.
 */
import { getHexagonEdgeLengthAvg, getRes0Cells, gridDisk, latLngToCell } from 'h3-js';
import { eachChild, keyOf } from './cell-keys.js';
import type { CellModule } from './cell-module.js';
import type { Rings } from './polygon.js';
import { type Box, RingSet } from './rings.js';
import { EARTH_RADIUS_KM } from './sphere.js';

/**
 * Centres of all that descends from a cell lie this near to its own, in average edges of its resolution. On the
 * sphere the farthest are at 1.13, on a regular grid at 1.05; the rest keeps a child's disk inside its parent's.
 */
const FAMILY_RADIUS = 1.3;
/** A disk of two rings holds all cells that have a family in this distance, in average edges. */
const DISK_RADIUS = 0.5;

const DEGREES = 180 / Math.PI;

export interface FillVisitor {
  /** Gets the key of each cell inside, ascending. */
  take(key: number): void;
  /** Called for each cell, coarse or fine, whose position is looked up. */
  look(): void;
}

/** O(sides × levels + cells along the outline + cells inside), with few of these looked up in H3. */
export function fillRings(module: CellModule, rings: Rings, resolution: number, { take, look }: FillVisitor): void {
  const ringSet = new RingSet(rings);
  const { exports, chunk } = module;
  const descend = (key: number, r: number, nearParent: Int32Array): void => {
    look();
    chunk.keys[0] = key;
    exports.placeKeys(1, r);
    const lng = chunk.lngLat[0]!;
    const lat = chunk.lngLat[1]!;
    if (r === resolution) {
      if (ringSet.contains(lng, lat)) take(key);
      return;
    }
    const near = ringSet.through(familyBox(lat, lng, r), nearParent);
    if (near.length > 0) eachChild(key, r, (child) => descend(child, r + 1, near));
    else if (ringSet.contains(lng, lat)) takeAll(key, r);
  };
  const takeAll = (key: number, r: number): void => {
    if (r === resolution) take(key);
    else eachChild(key, r, (child) => takeAll(child, r + 1));
  };
  const start = startCells(ringSet.box, resolution);
  const sides = ringSet.allSides();
  for (const key of start.cells.map(keyOf).sort((a, b) => a - b)) descend(key, start.resolution, sides);
}

function edgeDegrees(resolution: number): number {
  return (getHexagonEdgeLengthAvg(resolution, 'km') / EARTH_RADIUS_KM) * DEGREES;
}

/** The box that holds the centres of all that descends from a cell. */
function familyBox(lat: number, lng: number, resolution: number): Box {
  const radius = FAMILY_RADIUS * edgeDegrees(resolution);
  const south = lat - radius;
  const north = lat + radius;
  if (south <= -90 || north >= 90) return { west: -Infinity, south, east: Infinity, north };
  const width = Math.asin(Math.sin(radius / DEGREES) / Math.cos(lat / DEGREES)) * DEGREES;
  return { west: lng - width, south, east: lng + width, north };
}

/** Cells of the finest resolution of which a small disk holds the box with a margin. */
function startCells({ west, south, east, north }: Box, resolution: number) {
  const lat = (south + north) / 2;
  const lng = (west + east) / 2;
  // First along the parallel of the centre, then along a meridian.
  const radius = (north - south) / 2 + ((east - west) / 2) * Math.cos(lat / DEGREES);
  for (let r = resolution; r >= 0; r--) {
    if (radius < DISK_RADIUS * edgeDegrees(r)) return { resolution: r, cells: gridDisk(latLngToCell(lat, lng, r), 2) };
  }
  return { resolution: 0, cells: getRes0Cells() };
}
