/**
 * Cells in the convex hull of cells. The hull is taken on the gnomonic plane around their mean, where great circles
 * are straight lines, so that poles and the antimeridian are places like any other; the cells inside are found by
 * flooding the H3 grid from the given ones, wave by wave.
 */
import { invalid } from '../errors.js';
import { CellModule, lookAround, placeCells } from './cell-module.js';
import { dropRepeated } from './key-sets.js';
import { checkGroundSize } from './polygon.js';
import { round, triangleKm2, writeUnitVector } from './sphere.js';

/** Cosine of the widest angle from the mean, 80°: beyond it the plane has no more use. */
const MIN_COSINE = Math.cos((80 * Math.PI) / 180);

/** Keys of `occupied` and of all cells whose centres lie in their convex hull, ascending. About 2 µs per cell. */
export function fillHull(occupied: Float64Array, resolution: number): Float64Array {
  const module = new CellModule();
  const vectors = placeVectors(module, occupied, resolution);
  const corners = convexHull(vectors);
  checkGroundSize(fanAreaKm2(corners), resolution);
  const walls = wallsOf(corners);
  const cells = new Set(occupied);
  for (let wave = occupied; wave.length > 0; ) {
    const around = dropRepeated(lookAround(module, wave, resolution).sort());
    const fresh = around.filter((key) => key >= 0 && !cells.has(key));
    const places = placeVectors(module, fresh, resolution);
    wave = fresh.filter((_, i) => isInside(walls, places.subarray(3 * i, 3 * i + 3)));
    for (const key of wave) cells.add(key);
  }
  return Float64Array.from(cells).sort();
}

/** Area of the convex hull of the cells' centres. O(n log n). */
export function hullAreaKm2(cells: Float64Array, resolution: number): number {
  return fanAreaKm2(convexHull(placeVectors(new CellModule(), cells, resolution)));
}

/** Unit vectors of the rounded centres. */
function placeVectors(module: CellModule, cells: Float64Array, resolution: number): Float64Array {
  const lngLat = placeCells(module, cells, resolution);
  const vectors = new Float64Array(3 * cells.length);
  for (let i = 0; i < cells.length; i++) {
    writeUnitVector(vectors, 3 * i, round(lngLat[2 * i + 1]!, 9), round(lngLat[2 * i]!, 9));
  }
  return vectors;
}

/** Corners of the hull as unit vectors, anticlockwise. Andrew's monotone chain, 1979. */
function convexHull(vectors: Float64Array): Float64Array {
  const plane = gnomonic(vectors);
  const order = Array.from({ length: plane.length / 2 }, (_, i) => i);
  order.sort((a, b) => plane[2 * a]! - plane[2 * b]! || plane[2 * a + 1]! - plane[2 * b + 1]!);
  const turnsLeft = (a: number, b: number, c: number) =>
    (plane[2 * b]! - plane[2 * a]!) * (plane[2 * c + 1]! - plane[2 * a + 1]!) -
      (plane[2 * b + 1]! - plane[2 * a + 1]!) * (plane[2 * c]! - plane[2 * a]!) >
    0;
  const half = (points: readonly number[]) => {
    const chain: number[] = [];
    for (const point of points) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2)!, chain.at(-1)!, point)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const corners = [...half(order), ...half(order.slice().reverse())];
  return Float64Array.from(corners.flatMap((i) => Array.from(vectors.subarray(3 * i, 3 * i + 3))));
}

/** `[x, y]` on the plane that touches the sphere at the mean of the vectors. */
function gnomonic(vectors: Float64Array): Float64Array {
  const mean = new Float64Array(3);
  for (let i = 0; i < vectors.length; i++) mean[i % 3]! += vectors[i]!;
  const length = Math.hypot(mean[0]!, mean[1]!, mean[2]!);
  const [x, y, z] = [mean[0]! / length, mean[1]! / length, mean[2]! / length];
  // Any axis that is not near the mean gives a frame of the plane.
  const [ax, ay, az] = Math.abs(z) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const east = normalize(ay! * z - az! * y, az! * x - ax! * z, ax! * y - ay! * x);
  const [ex, ey, ez] = east;
  const [nx, ny, nz] = [y * ez - z * ey, z * ex - x * ez, x * ey - y * ex];
  const plane = new Float64Array((vectors.length / 3) * 2);
  for (let i = 0; 3 * i < vectors.length; i++) {
    const [px, py, pz] = [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
    const cosine = px * x + py * y + pz * z;
    if (!(cosine >= MIN_COSINE)) throw invalid('ground', 'hull', 'needs units within 80° of their mean');
    plane[2 * i] = (px * ex + py * ey + pz * ez) / cosine;
    plane[2 * i + 1] = (px * nx + py * ny + pz * nz) / cosine;
  }
  return plane;
}

function normalize(x: number, y: number, z: number): [number, number, number] {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function fanAreaKm2(corners: Float64Array): number {
  let sum = 0;
  for (let i = 3; i + 5 < corners.length; i += 3) sum += triangleKm2(corners, 0, i, i + 3);
  return Math.abs(sum);
}

/** Normals of the planes through the centre of the sphere and each side, pointing inwards. */
function wallsOf(corners: Float64Array): Float64Array {
  const walls = new Float64Array(corners.length);
  for (let a = 0; a < corners.length; a += 3) {
    const b = (a + 3) % corners.length;
    walls[a] = corners[a + 1]! * corners[b + 2]! - corners[a + 2]! * corners[b + 1]!;
    walls[a + 1] = corners[a + 2]! * corners[b]! - corners[a]! * corners[b + 2]!;
    walls[a + 2] = corners[a]! * corners[b + 1]! - corners[a + 1]! * corners[b]!;
  }
  return walls;
}

/** A hull of fewer than three corners has no inside. */
function isInside(walls: Float64Array, vector: Float64Array): boolean {
  if (walls.length < 9) return false;
  for (let i = 0; i < walls.length; i += 3) {
    const dot = walls[i]! * vector[0]! + walls[i + 1]! * vector[1]! + walls[i + 2]! * vector[2]!;
    if (dot < 0) return false;
  }
  return true;
}
