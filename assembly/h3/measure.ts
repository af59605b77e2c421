// Lengths, areas and positions of cells. They are the same on every engine: this module brings
// its own sines and arcs along. What a problem holds is rounded all the same, far above the errors of doubles.

import { cornerCount, findCenter, findOutline, firstCorner, lastCorner, outline, point } from './outline';

const DEGREES: f64 = 180.0 / Math.PI;
const RADIANS: f64 = Math.PI / 180.0;

/** Arguments below which a few terms of a series give all digits. */
const SMALL: f64 = 1e-4;

/** `[lng, lat]` of a cell's centre in degrees, unrounded. */
export function writeLngLat(key: u64, resolution: i32, out: StaticArray<f64>, at: i32): void {
  findCenter(key, resolution);
  writePoint(out, at);
}

function writePoint(out: StaticArray<f64>, at: i32): void {
  const x = point[0];
  const y = point[1];
  out[at] = Math.atan2(y, x) * DEGREES;
  out[at + 1] = Math.atan2(point[2], Math.sqrt(x * x + y * y)) * DEGREES;
}

/** −0 is turned into 0, so that equal values are equal bytes. */
function roundTo(value: f64, scale: f64): f64 {
  return Math.round(value * scale) / scale + 0.0;
}

/** Length of the arc of a squared chord, on the unit sphere. */
function arcOf(squaredChord: f64): f64 {
  const s = 0.25 * squaredChord;
  const half = Math.sqrt(s);
  if (s > SMALL) return 2.0 * Math.asin(min(1.0, half));
  return 2.0 * half * (1.0 + s * (1.0 / 6.0 + s * (3.0 / 40.0 + s * (15.0 / 336.0))));
}

function squaredChord(a: i32, b: i32): f64 {
  const x = outline[a] - outline[b];
  const y = outline[a + 1] - outline[b + 1];
  const z = outline[a + 2] - outline[b + 2];
  return x * x + y * y + z * z;
}

/**
 * Area of the triangle from `point` to corners a and b, on the unit sphere. Van Oosterom and Strackee, The Solid Angle
 * of a Plane Triangle, 1983; the triple product is taken of differences, because that of nearly equal vectors would
 * lose all digits.
 */
function triangle(a: i32, b: i32): f64 {
  const px = point[0];
  const py = point[1];
  const pz = point[2];
  const ax = outline[a];
  const ay = outline[a + 1];
  const az = outline[a + 2];
  const bx = outline[b];
  const by = outline[b + 1];
  const bz = outline[b + 2];
  const ux = ax - px;
  const uy = ay - py;
  const uz = az - pz;
  const vx = bx - px;
  const vy = by - py;
  const vz = bz - pz;
  const triple = px * (uy * vz - uz * vy) + py * (uz * vx - ux * vz) + pz * (ux * vy - uy * vx);
  const dots = px * ax + py * ay + pz * az + ax * bx + ay * by + az * bz + bx * px + by * py + bz * pz;
  const q = triple / (1.0 + dots);
  const qq = q * q;
  if (qq > SMALL) return 2.0 * Math.atan2(triple, 1.0 + dots);
  return 2.0 * q * (1.0 - qq * (1.0 / 3.0 - qq * (1.0 / 5.0 - qq * (1.0 / 7.0 - qq * (1.0 / 9.0)))));
}

/**
 * Measures one cell on a sphere of `radius` km: `lngLat[2c …]` of its centre in degrees, rounded to 1e-9; `area[c]` in
 * km², rounded to 1e-6; and in km, unrounded, `sides[6c + s]` towards each neighbour of the ring and their sum
 * `perimeter[c]`.
 */
export function measureCell(
  key: u64,
  resolution: i32,
  radius: f64,
  c: i32,
  lngLat: StaticArray<f64>,
  area: StaticArray<f64>,
  perimeter: StaticArray<f64>,
  sides: StaticArray<f64>,
): void {
  findOutline(key, resolution);
  writePoint(lngLat, 2 * c);
  lngLat[2 * c] = roundTo(lngLat[2 * c], 1e9);
  lngLat[2 * c + 1] = roundTo(lngLat[2 * c + 1], 1e9);
  let sum: f64 = 0;
  let around: f64 = 0;
  const end = 3 * cornerCount;
  for (let s = 0; s < 6; s++) {
    let side: f64 = 0;
    for (let at = 3 * firstCorner[s], last = 3 * lastCorner[s]; at < last; at += 3) {
      const next = at + 3 == end ? 0 : at + 3;
      side += arcOf(squaredChord(at, next));
      sum += triangle(at, next);
    }
    sides[6 * c + s] = side * radius;
    around += side;
  }
  area[c] = roundTo(sum * radius * radius, 1e6);
  perimeter[c] = around * radius;
}

const center: StaticArray<f64> = new StaticArray<f64>(2);

/**
 * `[x, y, z]` in km of a cell's rounded centre, rounded to 1e-6 km: the same numbers that a host finds from the
 * positions of a problem.
 */
export function writePointKm(key: u64, resolution: i32, radius: f64, out: StaticArray<f64>, at: i32): void {
  writeLngLat(key, resolution, center, 0);
  const lng = roundTo(center[0], 1e9) * RADIANS;
  const lat = roundTo(center[1], 1e9) * RADIANS;
  const cos = Math.cos(lat);
  out[at] = roundTo(cos * Math.cos(lng) * radius, 1e6);
  out[at + 1] = roundTo(cos * Math.sin(lng) * radius, 1e6);
  out[at + 2] = roundTo(Math.sin(lat) * radius, 1e6);
}
