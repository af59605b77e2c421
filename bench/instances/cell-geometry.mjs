import { cellToBoundary, cellToLatLng } from 'h3-js';

/** Radius of H3's sphere in km. */
export const EARTH_RADIUS_KM = 6371.007180918475;

/** A place on the unit sphere. */
export function toSphere(lat, lng) {
  const phi = (lat * Math.PI) / 180;
  const lambda = (lng * Math.PI) / 180;
  const flat = Math.cos(phi);
  return [flat * Math.cos(lambda), flat * Math.sin(lambda), Math.sin(phi)];
}

/**
 * Centres, areas and neighbours around each cell. A neighbour takes the slot of the side whose bearing is nearest to its
 * own, so equal cells list their neighbours in an equal order whatever is missing around them.
 * @param {readonly string[]} ids
 * @param {Int32Array} neighbors six per cell, −1 for none, in any order
 */
export function measureCells(ids, neighbors) {
  const n = ids.length;
  const centers = new Float64Array(3 * n);
  for (let i = 0; i < n; i++) centers.set(toSphere(...cellToLatLng(ids[i])), 3 * i);
  const areaKm2 = new Float64Array(n);
  const ring = new Int32Array(6 * n).fill(-1);
  for (let i = 0; i < n; i++) {
    const frame = tangentFrame(centers.subarray(3 * i, 3 * i + 3));
    const corners = cellToBoundary(ids[i]).map(([lat, lng]) => toSphere(lat, lng));
    areaKm2[i] = areaOf(corners, frame) * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
    const around = [];
    for (let slot = 6 * i; slot < 6 * i + 6; slot++) {
      const j = neighbors[slot];
      if (j >= 0) around.push({ j, bearing: bearingOf(centers.subarray(3 * j, 3 * j + 3), frame) });
    }
    around.sort((a, b) => a.bearing - b.bearing);
    fillRing(ring.subarray(6 * i, 6 * i + 6), around, sideBearings(corners, around, frame));
  }
  return { centers, areaKm2, ring };
}

/** East and north at a point of the sphere. */
function tangentFrame([x, y, z]) {
  const flat = Math.hypot(x, y);
  return { at: [x, y, z], east: [-y / flat, x / flat], north: [-z * (x / flat), -z * (y / flat), flat] };
}

/** Counter-clockwise from the east, in radians. */
function bearingOf([px, py, pz], { at, east, north }) {
  const [x, y, z] = [px - at[0], py - at[1], pz - at[2]];
  return Math.atan2(x * north[0] + y * north[1] + z * north[2], x * east[0] + y * east[1]);
}

/** Area on the tangent plane, for a sphere of radius 1. */
function areaOf(corners, { at, east, north }) {
  let twice = 0;
  for (let v = 0; v < corners.length; v++) {
    const a = flatten(corners[v]);
    const b = flatten(corners[(v + 1) % corners.length]);
    twice += (a[0] * b[1] - b[0] * a[1]) / 2;
  }
  return Math.abs(twice);

  function flatten([px, py, pz]) {
    const [x, y, z] = [px - at[0], py - at[1], pz - at[2]];
    return [x * east[0] + y * east[1], x * north[0] + y * north[1] + z * north[2]];
  }
}

/** Ascending. Cells with more than six corners have their sides told by the first neighbour, a sixth of a turn apart. */
function sideBearings(corners, around, frame) {
  const middles = corners.map((a, v) => {
    const b = corners[(v + 1) % corners.length];
    return bearingOf([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2], frame);
  });
  if (corners.length === 6) return middles.sort((a, b) => a - b);
  const first = around[0]?.bearing ?? middles[0];
  return Array.from({ length: 6 }, (_, side) => {
    const bearing = first + (side * Math.PI) / 3;
    return bearing > Math.PI ? bearing - 2 * Math.PI : bearing;
  }).sort((a, b) => a - b);
}

function fillRing(ring, around, sides) {
  for (const { j, bearing } of around) {
    let best = -1;
    for (let side = 0; side < 6; side++) {
      if (ring[side] >= 0) continue;
      if (best < 0 || turn(bearing, sides[side]) < turn(bearing, sides[best])) best = side;
    }
    ring[best] = j;
  }
}

/** Angle between two bearings, 0 … π. */
function turn(a, b) {
  const angle = Math.abs(a - b);
  return angle > Math.PI ? 2 * Math.PI - angle : angle;
}
