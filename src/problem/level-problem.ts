/** The problem of one level: the same units, with the level's groups as territories. */
import { fromKm } from '../metrics/positions.js';
import type { Level, Objective, Problem, Territory } from '../types.js';
import { levelDemands, levelPins } from './level-demands.js';
import { planePointsKm, toPointsKm } from './sphere.js';
import { renameToday } from './today.js';

/**
 * A group's target is the sum of its territories' targets; its bounds follow the level's own rules, else they are the
 * sums of its territories' bounds. A group whose territories all have fixed centres is based at their mean, and one
 * whose territories are all locked is locked; it may be in pieces when one of its territories may. Accounts and units, and who serves them today, go with the territory that
 * they had: groups take their territories' places in today's plan. O(n + A + M k).
 */
export function levelProblem(problem: Problem, level: Level): Problem {
  const groups = level.groups.map((id, g) => describeGroup(problem, level, id, g));
  const { target, lower, upper } = sumBounds(problem, level);
  return {
    ...problem,
    territories: groups,
    balance: level.balance ?? problem.balance,
    target,
    ...(level.balance ? ownBounds(problem, level.balance, target, groups.length) : { lower, upper }),
    pinned: levelPins(problem, level),
    demands: levelDemands(problem, level),
    levels: [],
    ...todayByGroup(problem, level, groups),
  };
}

/**
 * Targets and bounds of groups of which only the sizes are settled: each group's part of the whole by its number of
 * territories, M × g. Bounds follow the level's own rules, else they are as wide as the territories' are on average.
 */
export function boundsBySize(problem: Problem, level: Level): Pick<Problem, 'target' | 'lower' | 'upper'> {
  const k = problem.territories.length;
  const sizes = new Int32Array(level.groups.length);
  for (const g of level.of) sizes[g]!++;
  const spread = (values: Float64Array) => {
    const bySize = new Float64Array(problem.measures.length * sizes.length);
    problem.measures.forEach((_, m) => {
      const total = values.subarray(m * k, (m + 1) * k).reduce((sum, x) => sum + x, 0);
      sizes.forEach((size, g) => {
        bySize[m * sizes.length + g] = (total * size) / k;
      });
    });
    return bySize;
  };
  const target = spread(problem.target);
  if (level.balance) return { target, ...ownBounds(problem, level.balance, target, sizes.length) };
  return { target, lower: spread(problem.lower), upper: spread(problem.upper) };
}

/** Targets and bounds of every group as the sums of its territories', M × g. */
function sumBounds({ measures, target, lower, upper, territories }: Problem, { of, groups }: Level) {
  const k = territories.length;
  const sums = (values: Float64Array) => {
    const summed = new Float64Array(measures.length * groups.length);
    for (let i = 0; i < values.length; i++) summed[Math.floor(i / k) * groups.length + of[i % k]!]! += values[i]!;
    return summed;
  };
  return { target: sums(target), lower: sums(lower), upper: sums(upper) };
}

function describeGroup({ territories, objective }: Problem, { of }: Level, id: string, g: number): Territory {
  const members = territories.filter((_, t) => of[t] === g);
  const centers = members.flatMap(({ center }) => (center ? [center] : []));
  return {
    id,
    share: members.reduce((sum, { share }) => sum + share, 0),
    center: centers.length === members.length ? meanCenter(centers, objective.distance) : null,
    locked: members.every(({ locked }) => locked),
    contiguous: members.every(({ contiguous }) => contiguous),
  };
}

/** On the sphere the mean is taken in space; centres that cancel out are based at the first. */
function meanCenter(
  centers: readonly (readonly [number, number])[],
  distance: Objective['distance'],
): readonly [number, number] {
  const places = Float64Array.from(centers.flat());
  const points = distance === 'planar' ? planePointsKm(places) : toPointsKm(places);
  const mean = [0, 0, 0];
  points.forEach((x, i) => {
    mean[i % 3]! += x / centers.length;
  });
  const [x, y, z] = mean as [number, number, number];
  if (distance === 'great-circle' && x * x + y * y + z * z < 1e-12) return centers[0]!;
  return fromKm(x, y, z, distance);
}

function ownBounds(
  { measures }: Problem,
  balance: NonNullable<Level['balance']>,
  target: Float64Array,
  groups: number,
): Pick<Problem, 'lower' | 'upper'> {
  const lower = new Float64Array(target.length).fill(-Infinity);
  const upper = new Float64Array(target.length).fill(Infinity);
  for (const [measure, rule] of Object.entries(balance)) {
    const m = measures.indexOf(measure);
    for (let i = m * groups; i < (m + 1) * groups; i++) {
      const { tolerance } = rule;
      lower[i] = tolerance === undefined ? (rule.lower ?? -Infinity) : target[i]! * (1 - tolerance);
      upper[i] = tolerance === undefined ? (rule.upper ?? Infinity) : target[i]! * (1 + tolerance);
    }
  }
  return { lower, upper };
}

function todayByGroup(problem: Problem, { of }: Level, groups: readonly Territory[]) {
  const { today, accountTerritory, todayIds, territories } = problem;
  const k = territories.length;
  const others = renameToday(todayIds, (accountTerritory ?? today)?.filter((t) => t >= k) ?? null, groups);
  const rename = (held: Int32Array | null) =>
    held?.map((t) => (t < 0 ? -1 : t < k ? of[t]! : others.index[t]!)) ?? null;
  return { todayIds: others.todayIds, today: rename(today), accountTerritory: rename(accountTerritory) };
}
