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
<<<<<<< HEAD
import { groupUnits } from './members.js';
import { arcKm, EARTH_RADIUS_KM, fixedCentersKm, fromKm, hasPositions, positionsKm } from './positions.js';
import { baseAtSites } from './sites.js';
=======
import { arcKm, EARTH_RADIUS_KM, fromKm } from './positions.js';
>>>>>>> f29ed86 (Judge territory by territory, so that an edit need judge only those that it touches; lay accounts over the map in a plan)
import { weightedMean } from './weighted-mean.js';

export interface TerritoryInertia {
  /** In weight · km² (power 2), weight · km (power 1) or weight · the matrix's unit; 0 for a territory without units, weight or positions. */
  readonly inertia: number;
  /** What the territory was measured from, `[lng, lat]` or planar `[x, y]`; null without units or positions. */
  readonly center: readonly [number, number] | null;
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
  if (!points || units.length === 0) return { inertia: 0, center: null };
  const { power, distance, center } = problem.objective;
  const planar = distance === 'planar';
<<<<<<< HEAD
  const points = positionsKm(problem);
  const weights = unitWeights(problem);
  const fixed = fixedCentersKm(problem);
  const members = groupUnits(assignment, k);
  const lngLat = planar ? problem.xy! : problem.lngLat!;
  const atSites = baseAtSites(problem, (t, site) =>
    sumDistances(
      points,
      weights,
      members.units.subarray(members.offsets[t]!, members.offsets[t + 1]!),
      site,
      power,
      planar,
    ),
  );

  for (let t = 0; t < k; t++) {
    const units = members.units.subarray(members.offsets[t]!, members.offsets[t + 1]!);
    if (units.length === 0) continue;
    const given = problem.territories[t]!.center;
    const based = atSites?.get(t);
    if (based) {
      inertia[t] = based.cost;
      centers[t] = based.place;
    } else if (given) {
      inertia[t] = sumDistances(points, weights, units, fixed.subarray(3 * t, 3 * t + 3), power, planar);
      centers[t] = given;
    } else if (center === 'unit') {
      const best = findBestUnit(points, weights, units, power, planar);
      inertia[t] = best.inertia;
      centers[t] = [lngLat[2 * best.unit]!, lngLat[2 * best.unit + 1]!];
    } else {
      const mean = weightedMean(points, weights, units);
      const onGround = planar ? mean : projectToSphere(mean, points, units);
      inertia[t] =
        power === 2
          ? sumSquares(points, weights, units, mean)
          : sumDistances(points, weights, units, onGround, 1, planar);
      centers[t] = fromKm(onGround[0]!, onGround[1]!, onGround[2]!, distance);
    }
=======
  const given = problem.territories[t]!.center;
  if (given) {
    const home = fixedCenters.subarray(3 * t, 3 * t + 3);
    return { inertia: sumDistances(points, weights, units, home, power, planar), center: given };
>>>>>>> f29ed86 (Judge territory by territory, so that an edit need judge only those that it touches; lay accounts over the map in a plan)
  }
  if (center === 'unit') {
    const { unit, inertia } = findBestUnit(points, weights, units, power, planar);
    const lngLat = planar ? problem.xy! : problem.lngLat!;
    return { inertia, center: [lngLat[2 * unit]!, lngLat[2 * unit + 1]!] };
  }
  const mean = weightedMean(points, weights, units);
  const onGround = planar ? mean : projectToSphere(mean, points, units);
  return {
    inertia:
      power === 2
        ? sumSquares(points, weights, units, mean)
        : sumDistances(points, weights, units, onGround, 1, planar),
    center: fromKm(onGround[0]!, onGround[1]!, onGround[2]!, distance),
  };
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
