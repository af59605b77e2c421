/**
 * The member unit c with the least Σ w d(u, c)^power, exactly, without trying every pair.
 *
 * Each candidate has a lower bound in chords, and no arc is shorter than its chord. With x the weighted mean and W the
 * weight: W |x − c| (power 1, triangle inequality) and Σ w |p − x|² + W |x − c|² (power 2, Steiner). Under power 1 every
 * candidate that is evaluated adds a cutting plane, f(c) ≥ f(c₀) + g·(c − c₀), because the sum of chords is convex
 * (Kelley 1960). The candidate with the least bound is evaluated next, until no bound is below the best sum.
 */
import { arcKm } from './positions.js';
import { weightedMean } from './weighted-mean.js';

export interface BestUnit {
  readonly unit: number;
  /** Σ w d^power to that unit. */
  readonly inertia: number;
}

/** Sums within this share of each other are equal, so that the choice does not hang on the last bits of an arc sine. */
const TIE = 1e-12;
/** More than the rounding errors of a bound. */
const SLACK = 1e-9;

/** `units`: at least one, ascending; `points`: `positionsKm`. Ties go to the lowest unit index. */
export function findBestUnit(
  points: Float64Array,
  weights: Float64Array,
  units: Int32Array,
  power: 1 | 2,
  planar: boolean,
): BestUnit {
  const bounds = meanBounds(points, weights, units, power);
  const slope = new Float64Array(3);
  let unit = units[0]!;
  let best = Infinity;
  for (let round = 0; round < units.length; round++) {
    const next = indexOfLeast(bounds);
    // A sum of 0 cannot be beaten, and of units on one spot the lowest index comes first.
    if (best === 0 || bounds[next]! > best * (1 + SLACK)) break;
    bounds[next] = Infinity;
    const c = units[next]!;
    const { sum, chords } = sumTo(points, weights, units, c, power, planar, slope);
    if (sum < best * (1 - TIE) || (c < unit && sum <= best * (1 + TIE))) {
      unit = c;
      best = sum;
    }
    if (power === 1) raiseByPlane(bounds, points, units, c, chords, slope);
  }
  return { unit, inertia: best };
}

/** Lower bounds per member from the weighted mean alone. */
function meanBounds(points: Float64Array, weights: Float64Array, units: Int32Array, power: 1 | 2): Float64Array {
  const x = weightedMean(points, weights, units);
  const squares = new Float64Array(units.length);
  let total = 0;
  let aboutMean = 0;
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    const dx = points[3 * u]! - x[0]!;
    const dy = points[3 * u + 1]! - x[1]!;
    const dz = points[3 * u + 2]! - x[2]!;
    squares[i] = dx * dx + dy * dy + dz * dz;
    total += weights[u]!;
    aboutMean += weights[u]! * squares[i]!;
  }
  return squares.map((square) => (power === 2 ? aboutMean + total * square : total * Math.sqrt(square)));
}

/** Σ w d^power to c, Σ w chord to c, and into `slope` the gradient of the latter; a unit on c itself has slope 0. */
function sumTo(
  points: Float64Array,
  weights: Float64Array,
  units: Int32Array,
  c: number,
  power: 1 | 2,
  planar: boolean,
  slope: Float64Array,
): { sum: number; chords: number } {
  const cx = points[3 * c]!;
  const cy = points[3 * c + 1]!;
  const cz = points[3 * c + 2]!;
  let sum = 0;
  let chords = 0;
  let gx = 0;
  let gy = 0;
  let gz = 0;
  for (const u of units) {
    const dx = cx - points[3 * u]!;
    const dy = cy - points[3 * u + 1]!;
    const dz = cz - points[3 * u + 2]!;
    const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (chord === 0) continue;
    const w = weights[u]!;
    const d = planar ? chord : arcKm(chord);
    sum += w * (power === 2 ? d * d : d);
    chords += w * chord;
    gx += (w * dx) / chord;
    gy += (w * dy) / chord;
    gz += (w * dz) / chord;
  }
  slope[0] = gx;
  slope[1] = gy;
  slope[2] = gz;
  return { sum, chords };
}

/** Lifts every open bound to the plane that touches the sum of chords at c. */
function raiseByPlane(
  bounds: Float64Array,
  points: Float64Array,
  units: Int32Array,
  c: number,
  chords: number,
  slope: Float64Array,
): void {
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    const plane =
      chords +
      slope[0]! * (points[3 * u]! - points[3 * c]!) +
      slope[1]! * (points[3 * u + 1]! - points[3 * c + 1]!) +
      slope[2]! * (points[3 * u + 2]! - points[3 * c + 2]!);
    if (plane > bounds[i]!) bounds[i] = plane;
  }
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[least]!) least = i;
  return least;
}
