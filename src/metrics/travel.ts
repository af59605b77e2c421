/**
 * Estimated travel of reps, in km: one visit to each account, by continuous approximation. An estimate for comparing
 * plans, not a route. With n accounts in an area A at mean distance r from the base and C stops per tour,
 *
 *   km = circuity · (2 r n / C + κ √(n A))
 *
 * line haul out and back plus the way between stops (Daganzo 1984, Transportation Science 18(4), κ ≈ 0.57).
 */
import { invalid } from '../errors.js';
import { round } from '../problem/sphere.js';
import type { Problem } from '../types.js';
import type { Basis } from './basis.js';
import { convexHullArea } from './convex-hull.js';
import { groupUnits, listMembers } from './members.js';
import { accountPointsKm, arcKm, EARTH_RADIUS_KM, fixedCentersKm } from './positions.js';

export interface TravelOptions {
  /** Accounts visited per tour (C). > 0. @default 8 */
  readonly stopsPerTour?: number;
  /** Daganzo's constant κ. > 0. @default 0.57 */
  readonly tourConstant?: number;
  /** Road km per straight km. ≥ 1. @default 1.3 */
  readonly circuity?: number;
}

const DEFAULTS: Required<TravelOptions> = { stopsPerTour: 8, tourConstant: 0.57, circuity: 1.3 };

/**
 * Travel per rep in km, rounded to 1e-6; 0 for a rep without accounts. `reps` gives each account's rep (−1 for none),
 * `count` the number of reps. A rep that is a territory with a fixed centre starts there, any other at the mean of its
 * accounts. The area is the convex hull of the accounts on an equal-area plane, at least the cells that they occupy
 * (of a shared cell, the rep's share of its accounts). null when the problem has no accounts. O(A log A + k).
 *
 * @throws {TerritoryError} INVALID_OPTION for an option that is unknown or out of range.
 */
export function estimateTravel(
  problem: Problem,
  reps: Int32Array,
  count: number,
  options: TravelOptions = {},
): Float64Array | null {
  const settings = readOptions(options);
  const points = accountPointsKm(problem);
  if (!points) return null;
  const homes = problem.objective.distance === 'great-circle' ? fixedCentersKm(problem) : NO_HOMES;
  const accounts = groupUnits(reps, count);
  return Float64Array.from(listMembers(accounts), (own, r) =>
    estimateRep(problem, points, homes.subarray(3 * r, 3 * r + 3), own, settings),
  );
}

/** Travel of one territory to the `accounts` that it serves, as `estimateTravel`; null when the problem has none. */
export function territoryTravel({ problem, fixedCenters }: Basis, t: number, accounts: Int32Array): number | null {
  const points = accountPointsKm(problem);
  if (!points) return null;
  const homes = problem.objective.distance === 'great-circle' ? fixedCenters : NO_HOMES;
  return estimateRep(problem, points, homes.subarray(3 * t, 3 * t + 3), accounts, DEFAULTS);
}

const NO_HOMES = new Float64Array(0);

function estimateRep(
  { accountUnit, accountCount, areaKm2 }: Problem,
  points: Float64Array,
  home: Float64Array,
  accounts: Int32Array,
  settings: Required<TravelOptions>,
): number {
  if (accounts.length === 0) return 0;
  let occupied = 0;
  for (let i = 0; areaKm2 && i < accounts.length; i++) {
    const u = accountUnit![accounts[i]!]!;
    occupied += areaKm2[u]! / (accountCount![u]! || 1);
  }
  const middle = direction(points, accounts);
  const base = home.length === 3 && !Number.isNaN(home[0]!) ? home : middle;
  const area = Math.max(occupied, convexHullArea(toPlane(points, accounts, middle)));
  const haul = (2 * meanArc(points, accounts, base) * accounts.length) / settings.stopsPerTour;
  const tour = settings.tourConstant * Math.sqrt(accounts.length * area);
  return round(settings.circuity * (haul + tour), 6);
}

function readOptions(options: TravelOptions): Required<TravelOptions> {
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(DEFAULTS, key)) throw invalid(key, value, 'is not an option of the estimate', 'INVALID_OPTION');
    const least = key === 'circuity' ? 1 : 0;
    if (value === undefined) continue;
    if (!Number.isFinite(value) || value < least || value === 0) {
      throw invalid(key, value, least ? 'must be a number of 1 or more' : 'must be a number above 0', 'INVALID_OPTION');
    }
  }
  return {
    stopsPerTour: options.stopsPerTour ?? DEFAULTS.stopsPerTour,
    tourConstant: options.tourConstant ?? DEFAULTS.tourConstant,
    circuity: options.circuity ?? DEFAULTS.circuity,
  };
}

/** Mean of the accounts on the sphere; where they cancel out, the first of them. */
function direction(points: Float64Array, accounts: Int32Array): Float64Array {
  const mean = new Float64Array(3);
  for (let i = 0; i < accounts.length; i++) {
    const a = 3 * accounts[i]!;
    mean[0]! += points[a]!;
    mean[1]! += points[a + 1]!;
    mean[2]! += points[a + 2]!;
  }
  const length = Math.sqrt(mean[0]! ** 2 + mean[1]! ** 2 + mean[2]! ** 2);
  if (length < 1e-6) return points.slice(3 * accounts[0]!, 3 * accounts[0]! + 3);
  return mean.map((x) => (x / length) * EARTH_RADIUS_KM);
}

function meanArc(points: Float64Array, accounts: Int32Array, base: Float64Array): number {
  let sum = 0;
  for (const a of accounts) {
    const dx = points[3 * a]! - base[0]!;
    const dy = points[3 * a + 1]! - base[1]!;
    const dz = points[3 * a + 2]! - base[2]!;
    sum += arcKm(Math.sqrt(dx * dx + dy * dy + dz * dz));
  }
  return sum / accounts.length;
}

/**
 * Lambert's azimuthal equal-area projection about `middle` (Snyder 1987, eq. 24-2), in vector form: no trouble at the
 * poles or the antimeridian. The orientation is arbitrary. Length 2 per account.
 */
function toPlane(points: Float64Array, accounts: Int32Array, middle: Float64Array): Float64Array {
  const c = middle.map((x) => x / EARTH_RADIUS_KM);
  const axis = Math.abs(c[2]!) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const e = unitCross(axis, c);
  const f = unitCross(c, e);
  const plane = new Float64Array(2 * accounts.length);
  for (let i = 0; i < accounts.length; i++) {
    const x = points[3 * accounts[i]!]!;
    const y = points[3 * accounts[i]! + 1]!;
    const z = points[3 * accounts[i]! + 2]!;
    // 1 + cos of the angle to the middle; the antipode would be a circle, so it is kept just short of it.
    const cos = (x * c[0]! + y * c[1]! + z * c[2]!) / EARTH_RADIUS_KM;
    const scale = Math.sqrt(2 / Math.max(1e-12, 1 + cos));
    plane[2 * i] = scale * (x * e[0] + y * e[1] + z * e[2]);
    plane[2 * i + 1] = scale * (x * f[0] + y * f[1] + z * f[2]);
  }
  return plane;
}

function unitCross(a: ArrayLike<number>, b: ArrayLike<number>): [number, number, number] {
  const x = a[1]! * b[2]! - a[2]! * b[1]!;
  const y = a[2]! * b[0]! - a[0]! * b[2]!;
  const z = a[0]! * b[1]! - a[1]! * b[0]!;
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}
