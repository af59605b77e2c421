/** Points, arcs and areas on the sphere that every length of a problem is measured on. */

/** Radius of the authalic sphere that H3 cells lie on, in km. */
export const EARTH_RADIUS_KM = 6371.0072;

const RADIANS = Math.PI / 180;

/** −0 is turned into 0, so that equal values are equal bytes. */
export function round(value: number, digits: 6 | 9): number {
  const scale = digits === 6 ? 1e6 : 1e9;
  return Math.round(value * scale) / scale + 0;
}

/** Writes the point at `lat`, `lng` (degrees) of the unit sphere to `out[at]`, `out[at + 1]`, `out[at + 2]`. */
export function writeUnitVector(out: Float64Array | number[], at: number, lat: number, lng: number): void {
  const phi = lat * RADIANS;
  const lambda = lng * RADIANS;
  const cos = Math.cos(phi);
  out[at] = cos * Math.cos(lambda);
  out[at + 1] = cos * Math.sin(lambda);
  out[at + 2] = Math.sin(phi);
}

/**
 * Writes the point at `lat`, `lng` (degrees) in km. Rounded to 1e-6 km, because engines differ in the last bit of
 * sines, and what is nearest must not.
 */
export function writePointKm(out: Float64Array | number[], at: number, lat: number, lng: number): void {
  writeUnitVector(out, at, lat, lng);
  for (let c = at; c < at + 3; c++) out[c] = round(out[c]! * EARTH_RADIUS_KM, 6);
}

/** Points in km, `[x, y, z]` each, from `[lng, lat]` pairs. */
export function toPointsKm(lngLat: Float64Array): Float64Array {
  const points = new Float64Array((lngLat.length / 2) * 3);
  for (let i = 0; 2 * i < lngLat.length; i++) writePointKm(points, 3 * i, lngLat[2 * i + 1]!, lngLat[2 * i]!);
  return points;
}

/** Points in km, `[x, y, 0]` each, from `[x, y]` pairs. */
export function planePointsKm(xy: Float64Array): Float64Array {
  const points = new Float64Array((xy.length / 2) * 3);
  for (let i = 0; 2 * i < xy.length; i++) {
    points[3 * i] = xy[2 * i]!;
    points[3 * i + 1] = xy[2 * i + 1]!;
  }
  return points;
}

/** Between points u and v of `[x, y, z]` each. */
export function squaredDistance(points: Float64Array, u: number, v: number): number {
  const x = points[3 * u]! - points[3 * v]!;
  const y = points[3 * u + 1]! - points[3 * v + 1]!;
  const z = points[3 * u + 2]! - points[3 * v + 2]!;
  return x * x + y * y + z * z;
}

/** Great-circle length in km between the unit vectors at `a` and `b`. Stays exact for short arcs, where acos does not. */
export function arcKm(vectors: Float64Array, a: number, b: number): number {
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(squaredChord(vectors, a, b)) / 2));
}

export function squaredChord(vectors: Float64Array, a: number, b: number): number {
  const x = vectors[a]! - vectors[b]!;
  const y = vectors[a + 1]! - vectors[b + 1]!;
  const z = vectors[a + 2]! - vectors[b + 2]!;
  return x * x + y * y + z * z;
}

/**
 * Area in km² of the spherical triangle between three unit vectors, positive when they turn anticlockwise.
 * Van Oosterom and Strackee, The Solid Angle of a Plane Triangle, 1983; the triple product is taken of differences,
 * because that of nearly equal vectors would lose all digits.
 */
export function triangleKm2(vectors: Float64Array, a: number, b: number, c: number): number {
  const ax = vectors[a]!;
  const ay = vectors[a + 1]!;
  const az = vectors[a + 2]!;
  const bx = vectors[b]!;
  const by = vectors[b + 1]!;
  const bz = vectors[b + 2]!;
  const cx = vectors[c]!;
  const cy = vectors[c + 1]!;
  const cz = vectors[c + 2]!;
  const ux = bx - ax;
  const uy = by - ay;
  const uz = bz - az;
  const vx = cx - ax;
  const vy = cy - ay;
  const vz = cz - az;
  const triple = ax * (uy * vz - uz * vy) + ay * (uz * vx - ux * vz) + az * (ux * vy - uy * vx);
  const dots = ax * bx + ay * by + az * bz + bx * cx + by * cy + bz * cz + cx * ax + cy * ay + cz * az;
  return 2 * Math.atan2(triple, 1 + dots) * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
}
