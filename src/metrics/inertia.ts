/**
 * The inertia (power 2) or distance (power 1) term, exactly, of one territory, unweighted by the objective.
 *
 * - Fixed centre c: Σ w d(u, c)^power, d the great-circle arc, or the straight line under planar distance.
 * - Free centroid, power 2: Σ w |p − S/W|² (= Q − |S|²/W with Q = Σ w |p|²) over chords in 3-D; taken about the mean,
 *   because the difference of two large sums would cancel.
 * - Free centroid, power 1: Σ w d(u, c), c the weighted mean brought back to the sphere.
 * - Free unit: the least Σ w d(u, c)^power over the member units c.
 * - Sites for centres: Σ w d(u, c)^power as of fixed ones, about the sites that cost least in all, no two the same.
 * - Cost matrix: Σ w m(u, t), whatever the distances; centres are as above.
 */
import type { Basis } from './basis.js';
import { findBestUnit } from './best-unit.js';
import { arcKm, EARTH_RADIUS_KM, fromKm } from './positions.js';
import { weightedMean } from './weighted-mean.js';

export interface TerritoryInertia {
  /** In weight · km² (power 2), weight · km (power 1) or weight · the matrix's unit; 0 for a territory without units, weight or positions. */
  readonly inertia: number;
  /** What the territory was measured from, `[lng, lat]` or planar `[x, y]`; null without units or positions. */
  readonly center: readonly [number, number] | null;
  /** What it would cost to be based at each site; null where centres may be anywhere, and for a territory that has its own. */
  readonly siteCosts: Float64Array | null;
}

/** `units` ascending. O(units); with a free unit centre about that per candidate that a lower bound cannot rule out. */
export function measureInertia(basis: Basis, t: number, units: Int32Array): TerritoryInertia {
  const term = measureDistances(basis, t, units);
  const matrix = basis.problem.demands?.matrix;
  return matrix ? { ...term, inertia: sumGiven(basis, matrix, t, units) } : term;
}

function sumGiven({ problem, weights }: Basis, matrix: Float64Array, t: number, units: Int32Array): number {
  const k = problem.territories.length;
  let inertia = 0;
  for (let i = 0; i < units.length; i++) inertia += weights[units[i]!]! * matrix[units[i]! * k + t]!;
  return inertia;
}

function measureDistances(basis: Basis, t: number, units: Int32Array): TerritoryInertia {
  const { problem, points, weights, fixedCenters } = basis;
  const siteCosts = measureSites(basis, t, units);
  if (!points || units.length === 0) return { inertia: 0, center: null, siteCosts };
  const { power, distance, center } = problem.objective;
  const planar = distance === 'planar';
  const given = problem.territories[t]!.center;
  if (given) {
    const home = fixedCenters.subarray(3 * t, 3 * t + 3);
    return { inertia: sumDistances(points, weights, units, home, power, planar), center: given, siteCosts };
  }
  // where centres are at sites, a locked territory without one has its centroid
  if (center === 'unit' && !problem.demands?.candidates) {
    const { unit, inertia } = findBestUnit(points, weights, units, power, planar);
    const lngLat = planar ? problem.xy! : problem.lngLat!;
    return { inertia, center: [lngLat[2 * unit]!, lngLat[2 * unit + 1]!], siteCosts };
  }
  const mean = weightedMean(points, weights, units);
  const onGround = planar ? mean : projectToSphere(mean, points, units);
  return {
    inertia:
      power === 2
        ? sumSquares(points, weights, units, mean)
        : sumDistances(points, weights, units, onGround, 1, planar),
    center: fromKm(onGround[0]!, onGround[1]!, onGround[2]!, distance),
    siteCosts,
  };
}

function measureSites({ problem, points, weights, sites }: Basis, t: number, units: Int32Array): Float64Array | null {
  const { center, locked } = problem.territories[t]!;
  if (!points || sites.length === 0 || center || locked) return null;
  const { power, distance } = problem.objective;
  return Float64Array.from({ length: sites.length / 3 }, (_, s) =>
    sumDistances(points, weights, units, sites.subarray(3 * s, 3 * s + 3), power, distance === 'planar'),
  );
}

/** The mean lengthened to the sphere. Members that cancel out have no direction: then the first of them. */
function projectToSphere(mean: Float64Array, points: Float64Array, units: Int32Array): Float64Array {
  const length = Math.sqrt(mean[0]! ** 2 + mean[1]! ** 2 + mean[2]! ** 2);
  if (length < 1e-6) return points.slice(3 * units[0]!, 3 * units[0]! + 3);
  return mean.map((x) => (x / length) * EARTH_RADIUS_KM);
}

function sumSquares(points: Float64Array, weights: Float64Array, units: Int32Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    const dx = points[3 * u]! - c[0]!;
    const dy = points[3 * u + 1]! - c[1]!;
    const dz = points[3 * u + 2]! - c[2]!;
    sum += weights[u]! * (dx * dx + dy * dy + dz * dz);
  }
  return sum;
}

function sumDistances(
  points: Float64Array,
  weights: Float64Array,
  units: Int32Array,
  c: Float64Array,
  power: 1 | 2,
  planar: boolean,
): number {
  let sum = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    const dx = points[3 * u]! - c[0]!;
    const dy = points[3 * u + 1]! - c[1]!;
    const dz = points[3 * u + 2]! - c[2]!;
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const d = planar ? chord : arcKm(chord);
    sum += weights[u]! * (power === 2 ? d * d : d);
  }
  return sum;
}
