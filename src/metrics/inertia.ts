/**
 * The inertia (power 2) or distance (power 1) term, exactly, one value per territory, unweighted by the objective.
 *
 * - Fixed centre c: Σ w d(u, c)^power, d the great-circle arc, or the straight line under planar distance.
 * - Free centroid, power 2: Σ w |p − S/W|² (= Q − |S|²/W with Q = Σ w |p|²) over chords in 3-D; taken about the mean,
 *   because the difference of two large sums would cancel.
 * - Free centroid, power 1: Σ w d(u, c), c the weighted mean brought back to the sphere.
 * - Free unit: the least Σ w d(u, c)^power over the member units c.
 * - Sites for centres: Σ w d(u, c)^power as of fixed ones, about the sites that cost least in all, no two the same.
 * - Cost matrix: Σ w m(u, t), whatever the distances; centres are as above.
 */
import type { Problem } from '../types.js';
import { findBestUnit } from './best-unit.js';
import { groupUnits } from './members.js';
import { arcKm, EARTH_RADIUS_KM, fixedCentersKm, fromKm, hasPositions, positionsKm } from './positions.js';
import { baseAtSites } from './sites.js';
import { weightedMean } from './weighted-mean.js';
import { unitWeights } from './weights.js';

export interface InertiaTerm {
  /** In weight · km² (power 2), weight · km (power 1) or weight · the matrix's unit, length k; 0 for a territory without units, weight or positions. */
  readonly inertia: Float64Array;
  /** What each territory was measured from, `[lng, lat]` or planar `[x, y]`; null without units or positions. */
  readonly centers: readonly (readonly [number, number] | null)[];
}

/** What each territory costs, and where its centre is. O(n + k); with free unit centres about O(n) per candidate that a lower bound cannot rule out. */
export function measureInertia(problem: Problem, assignment: Int32Array): InertiaTerm {
  const term = measureDistances(problem, assignment);
  const matrix = problem.demands?.matrix;
  return matrix ? { ...term, inertia: sumGiven(problem, matrix, assignment) } : term;
}

function sumGiven(problem: Problem, matrix: Float64Array, assignment: Int32Array): Float64Array {
  const k = problem.territories.length;
  const weights = unitWeights(problem);
  const inertia = new Float64Array(k);
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (t >= 0) inertia[t]! += weights[u]! * matrix[u * k + t]!;
  }
  return inertia;
}

function measureDistances(problem: Problem, assignment: Int32Array): InertiaTerm {
  const k = problem.territories.length;
  const inertia = new Float64Array(k);
  const centers: (readonly [number, number] | null)[] = new Array(k).fill(null);
  if (!hasPositions(problem)) return { inertia, centers };

  const { power, distance, center } = problem.objective;
  const planar = distance === 'planar';
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
  }
  return { inertia, centers };
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
